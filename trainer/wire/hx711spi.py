"""One HX711 clocked by an SPI bus: the bytes that read it, and what the answer means; no IO.

Rules (MOSI is the chip's clock, MISO its data; SCLK and CS stay unconnected):
- Two zero bytes do not clock the chip; both come back zero when a conversion waits (DOUT low).
- Then 00, six times AA, 80: 25 pulses of 1 us at 1 MHz, which no interrupt can stretch to the
  60 us at which the chip powers down (data sheet). Channel A, gain 128.
- The byte received with 00 is zero, or the chip was not ready. Each data bit is received twice, in
  the pulse and after it (data sheet: it stands 0.1 us after the edge; we look 0.5 us after it):
  where the two differ the line is not to be trusted.
- From the 25th pulse on DOUT is high until the next conversion: ones, or the chip was not there,
  lost its power or counted other pulses.

This file also runs on the node's CircuitPython: integers and bytes only.
"""

BAUD = 1_000_000
LOOK = b"\x00\x00"
READ = b"\x00\xaa\xaa\xaa\xaa\xaa\xaa\x80"
RESET = b"\xff" * 12 + b"\x00"
"""Clock high for 96 us: the chip powers down, and up again when MOSI falls."""
SATURATED = 1
NOT_READY = 2
POWER_DOWN = 4
"""Status bits of a reading, as in footwire's rules."""
HIGHEST = 0x7FFFFF
LOWEST = -0x800000
_AFTER = 0xFF
"""In and after the last pulse."""
_PAIRS = 0x55


def is_waiting(seen: bytes | bytearray) -> bool:
    """Return whether a conversion waits, by what LOOK brought back."""
    return not seen[0] and not seen[1]


def decode(received: bytes | bytearray, into: list[int], place: int) -> int:
    """Put the count in eight received bytes at that place of the list; return status bits.

    With NOT_READY or POWER_DOWN there is no count, and the list stays as it was.
    """
    if received[0]:
        return NOT_READY
    if received[7] != _AFTER:
        return POWER_DOWN
    count = 0
    for i in range(1, 7):
        pairs = received[i]
        if (pairs ^ pairs >> 1) & _PAIRS:
            return POWER_DOWN
        count = count << 4 | pairs >> 3 & 8 | pairs >> 2 & 4 | pairs >> 1 & 2 | pairs & 1
    count = (count ^ 0x800000) - 0x800000
    into[place] = count
    return SATURATED if count in (HIGHEST, LOWEST) else 0
