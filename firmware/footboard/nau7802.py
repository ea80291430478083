"""UNTRIED: up to four NAU7802, one per cell, each on its own branch of a TCA9548A.

All NAU7802 have the same address. Each free-runs; all are waited for, then all are read.
"""

import adafruit_tca9548a
import cedargrove_nau7802

from footnode.status import NOT_READY, SATURATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    import busio

_SAMPLES_PER_S = 80
_HIGHEST = 0x7FFFFF
_LOWEST = -0x800000


class Nau7802s:
    """One NAU7802 per cell, on branches 0, 1, 2, 3 of the switch."""

    rate_10s = 10 * _SAMPLES_PER_S

    def __init__(self, bus: "busio.I2C", cells: "list[int]") -> None:
        self.cells = cells
        switch = adafruit_tca9548a.TCA9548A(bus)
        self._chips = [cedargrove_nau7802.NAU7802(switch[branch]) for branch in range(len(cells))]
        for chip in self._chips:
            chip.poll_rate = _SAMPLES_PER_S
            # Zeroes the chip's own amplifier, not the cell: the host calibrates.
            chip.calibrate("INTERNAL")

    def wake(self) -> None:
        """Begin to convert; takes 0.75 s per cell, as the library waits for the supply."""
        for chip in self._chips:
            chip.enable(True)  # noqa: FBT003 - the library's way

    def sleep(self) -> None:
        """Switch the chips off."""
        for chip in self._chips:
            chip.enable(False)  # noqa: FBT003 - the library's way

    def is_ready(self) -> bool:
        """Return whether all chips have a conversion; False where one does not answer."""
        try:
            return all(chip.available() for chip in self._chips)
        except OSError:
            return False

    def read(self, into: "list[int]") -> int:
        """Put one count of each cell into the list; return status bits."""
        bits = 0
        try:
            for place, chip in enumerate(self._chips):
                count = int(chip.read())
                into[place] = count
                if count in (_HIGHEST, _LOWEST):
                    bits = SATURATED
        except OSError:
            return NOT_READY
        return bits
