"""An SPI bus whose MOSI line is the clock of one HX711."""

import busio
import digitalio

from hx711spi import BAUD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcontroller import Pin


class SpiBus:
    """The bus, or, between `end` and `begin`, its MOSI pin held high."""

    def __init__(self, pins: "tuple[Pin, Pin, Pin]") -> None:
        self._pins = pins
        self._spi: busio.SPI | None = None
        self._held: digitalio.DigitalInOut | None = None

    def begin(self) -> None:
        """Let MOSI fall, which wakes the chip, and take the bus."""
        if self._spi is not None:
            return
        if self._held is not None:
            self._held.value = False
            self._held.deinit()
            self._held = None
        clock, mosi, miso = self._pins
        spi = busio.SPI(clock, mosi, miso)
        # Nobody else has this bus, so it is locked once and for all.
        spi.try_lock()
        spi.configure(baudrate=BAUD, polarity=0, phase=0)
        self._spi = spi

    def end(self) -> None:
        """Give the bus back and hold MOSI high: how an HX711 is put to sleep."""
        if self._held is not None:
            return
        if self._spi is not None:
            self._spi.deinit()
            self._spi = None
        self._held = digitalio.DigitalInOut(self._pins[1])
        self._held.switch_to_output(value=True)

    def exchange(self, out: bytes, into: bytearray) -> None:
        """Send and receive as many bytes; only between `begin` and `end`."""
        assert self._spi is not None
        self._spi.write_readinto(out, into)
