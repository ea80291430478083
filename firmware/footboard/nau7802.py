"""UNTRIED: up to four NAU7802, one per cell, each on its own branch of a TCA9548A.

Rules:
- All NAU7802 have the same address. Each free-runs; all are waited for, then all are read.
- One that does not answer is silent, and the node says so (stream.py). Woken anew each second it
  is asked whether it kept its registers; one that lost its power is set up again.
- Counts are fetched past the library, whose `read` (2.1.4) gives twice the count, as a float.
- The switch's library leaves the bus locked when the switch does not answer, and would then wait
  for it for ever: after every error the bus is unlocked.
"""

import adafruit_tca9548a
import cedargrove_nau7802

from footnode.status import NOT_READY, SATURATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    import busio

_SAMPLES_PER_S = 80
_RATE_BITS = 3
"""How the chip's register names that rate (data sheet)."""
_OUTPUT_REGISTER = b"\x12"
_HIGHEST = 0x7FFFFF
_LOWEST = -0x800000


class Nau7802s:
    """One NAU7802 per cell, on branches 0, 1, 2, 3 of the switch."""

    rate_10s = 10 * _SAMPLES_PER_S

    def __init__(self, bus: "busio.I2C", cells: "list[int]") -> None:
        self.cells = cells
        self._bus = bus
        self._switch = adafruit_tca9548a.TCA9548A(bus)
        self._bytes = bytearray(3)
        self._chips = [self._make(branch) for branch in range(len(cells))]

    def wake(self) -> None:
        """Begin to convert; takes 0.75 s per cell, as the library waits for the supply."""
        try:
            for place, chip in enumerate(self._chips):
                if chip.poll_rate == _RATE_BITS:
                    chip.enable(True)  # noqa: FBT003 - the library's way
                else:
                    self._chips[place] = self._make(place)
        except (OSError, ValueError, RuntimeError):
            # The library's three ways to say that there is none.
            self._bus.unlock()

    def sleep(self) -> None:
        """Switch the chips off."""
        for chip in self._chips:
            try:
                chip.enable(False)  # noqa: FBT003 - the library's way
            except OSError:
                self._bus.unlock()

    def is_ready(self) -> bool:
        """Return whether all chips have a conversion; False where one does not answer."""
        try:
            return all(chip.available() for chip in self._chips)
        except OSError:
            self._bus.unlock()
            return False

    def read(self, into: "list[int]") -> int:
        """Put one count of each cell into the list; return status bits."""
        bits = 0
        try:
            for place, chip in enumerate(self._chips):
                into[place] = count = self._fetch(chip)
                if count in (_HIGHEST, _LOWEST):
                    bits = SATURATED
        except OSError:
            self._bus.unlock()
            return NOT_READY
        return bits

    def _fetch(self, chip: cedargrove_nau7802.NAU7802) -> int:
        data = self._bytes
        with chip.i2c_device as device:
            device.write_then_readinto(_OUTPUT_REGISTER, data)
        return ((data[0] << 16 | data[1] << 8 | data[2]) ^ 0x800000) - 0x800000

    def _make(self, branch: int) -> cedargrove_nau7802.NAU7802:
        chip = cedargrove_nau7802.NAU7802(self._switch[branch])
        chip.poll_rate = _SAMPLES_PER_S
        # Zeroes the chip's own amplifier, not the cell: the host calibrates.
        chip.calibrate("INTERNAL")
        return chip
