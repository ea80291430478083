"""HX711 converters clocked by an SPI bus each; hx711spi.py has the bytes.

Several chips run on their own oscillators: all are waited for, then all are read, so the samples
of a row lie within one period of each other.
"""

from hx711spi import LOOK, READ, decode, is_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from footnode.ports import SpiBus


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
            bus.exchange(LOOK, self._seen)
            if not is_waiting(self._seen):
                return False
        return True

    def read(self, into: "list[int]") -> int:
        """Put one count of each cell into the list; return status bits."""
        bits = 0
        for place, bus in enumerate(self._buses):
            bus.exchange(READ, self._received)
            bits |= decode(self._received, into, place)
        return bits
