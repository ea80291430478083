"""HX711 converters clocked by an SPI bus each: MOSI is the chip's clock, MISO its data.

Rules:
- Two zero bytes do not clock the chip; both come back zero when a conversion waits (DOUT low).
- Then 00, six times AA, 80: 25 pulses of 1 us at 1 MHz, which no interrupt can stretch to the
  60 us at which the chip powers down (data sheet). Channel A, gain 128.
- The byte received with 00 is zero, or the chip was not ready. Each data bit is received twice, in
  the pulse and after it; the later one counts, as the line has settled by then.
- After the 25th pulse DOUT is high until the next conversion: the bits after it are ones, or the
  chip was not there, lost its power or counted other pulses.
- Several chips run on their own oscillators: all are waited for, then all are read, so the
  samples of a row lie within one period of each other.
"""

from footnode.status import NOT_READY, POWER_DOWN, SATURATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from footnode.ports import SpiBus

BAUD = 1_000_000
READ = b"\x00\xaa\xaa\xaa\xaa\xaa\xaa\x80"
_LOOK = b"\x00\x00"
_HIGHEST = 0x7FFFFF
_LOWEST = -0x800000
_AFTER = 0x7F
"""Bits after the last pulse."""


def decode(received: "bytes | bytearray", into: "list[int]", place: int) -> int:
    """Put the count in eight received bytes at that place of the list; return status bits."""
    if received[0]:
        return NOT_READY
    if received[7] & _AFTER != _AFTER:
        return POWER_DOWN
    count = 0
    for i in range(1, 7):
        pairs = received[i]
        count = count << 4 | pairs >> 3 & 8 | pairs >> 2 & 4 | pairs >> 1 & 2 | pairs & 1
    count = (count ^ 0x800000) - 0x800000
    into[place] = count
    return SATURATED if count in (_HIGHEST, _LOWEST) else 0


class Hx711s:
    """One HX711 per cell."""

    rate_10s = 800

    def __init__(self, buses: "Sequence[SpiBus]", cells: "list[int]") -> None:
        self.cells = cells
        self._buses = buses
        self._seen = bytearray(2)
        self._received = bytearray(8)

    def wake(self) -> None:
        """Let the clock lines fall: the chips begin to convert."""
        for bus in self._buses:
            bus.begin()

    def sleep(self) -> None:
        """Hold the clock lines high: the chips power down after 60 us."""
        for bus in self._buses:
            bus.end()

    def is_ready(self) -> bool:
        """Return whether all chips have a conversion."""
        for bus in self._buses:
            bus.exchange(_LOOK, self._seen)
            if self._seen[0] or self._seen[1]:
                return False
        return True

    def read(self, into: "list[int]") -> int:
        """Put one count of each cell into the list; return status bits."""
        bits = 0
        for place, bus in enumerate(self._buses):
            bus.exchange(READ, self._received)
            bits |= decode(self._received, into, place)
        return bits
