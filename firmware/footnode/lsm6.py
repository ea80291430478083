"""The inertial sensor, LSM6DS3TR-C or LSM6DS33: raw counts in one burst, turned into our axes.

Registers and values by ST's data sheets, the same for both chips: 104 samples a second, +-4 g
(0.122 mg per count), +-500 deg/s (17.5 mdps per count).
"""

from footnode.status import IMU_FAULT, SATURATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from footnode.axes import Axes
    from footnode.ports import RegisterBus

_CTRL1_XL = 0x10
_CTRL2_G = 0x11
_CTRL3_C = 0x12
_STATUS = 0x1E
_OUT = 0x22
_104_HZ_4_G = 0x48
_104_HZ_500_DPS = 0x44
_WHOLE_SAMPLES = 0x44
"""Block data update, so that no sample is half old, and addresses that count on in a burst."""
_BOTH_READY = 3


class Lsm6:
    """The inertial sensor on a bus of registers."""

    rate_10s = 1040

    def __init__(self, bus: "RegisterBus", axes: "Axes") -> None:
        self._bus = bus
        self._axes = axes
        self._ready = bytearray(1)
        self._burst = bytearray(12)

    def wake(self) -> None:
        """Begin to measure."""
        try:
            self._bus.write(_CTRL3_C, _WHOLE_SAMPLES)
            self._bus.write(_CTRL1_XL, _104_HZ_4_G)
            self._bus.write(_CTRL2_G, _104_HZ_500_DPS)
        except OSError:
            # A sensor that does not answer is silent, and the node says so.
            return

    def sleep(self) -> None:
        """Switch both halves of the chip off."""
        try:
            self._bus.write(_CTRL1_XL, 0)
            self._bus.write(_CTRL2_G, 0)
        except OSError:
            # As in `wake`.
            return

    def is_ready(self) -> bool:
        """Return whether acceleration and turn wait; False where the sensor does not answer."""
        try:
            self._bus.read(_STATUS, self._ready)
        except OSError:
            return False
        return self._ready[0] & _BOTH_READY == _BOTH_READY

    def read(self, into: "list[int]") -> int:
        """Put acceleration and turn about x, y, z into the list; return status bits."""
        try:
            self._bus.read(_OUT, self._burst)
        except OSError:
            return IMU_FAULT
        burst = self._burst
        bits = 0
        for i in range(6):
            count = burst[2 * i] | burst[2 * i + 1] << 8
            count = (count ^ 0x8000) - 0x8000
            if count in (0x7FFF, -0x8000):
                bits = SATURATED
            # The chip has its turn first.
            into[(i + 3) % 6] = count
        self._axes.turn(into)
        return bits
