"""Units: newtons, m/s2 and deg/s inside, others only where a file, a chip or a person uses them."""

from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """The unit in which a stream delivers its samples."""

    COUNTS = "counts"
    NEWTON = "n"
    KILOGRAM = "kg"
    POUND = "lb"
    IMU = "imu"


NEWTON_PER_KG: Final = 9.80665
"""Standard gravity, exact by definition (CGPM 1901), so also newtons in one kilogram-force."""

NEWTON_PER_LB: Final = 4.4482216152605
"""One pound-force: 0.45359237 kg (exact, 1959 agreement) times standard gravity."""

NEWTON_PER_UNIT: Final = {
    Unit.NEWTON: 1.0,
    Unit.KILOGRAM: NEWTON_PER_KG,
    Unit.POUND: NEWTON_PER_LB,
}

ACCEL_MS2_PER_COUNT: Final = 0.122e-3 * NEWTON_PER_KG
"""Of the node's inertial sensor at +-4 g: 0.122 mg per count (LSM6DS3TR-C data sheet)."""

TURN_DPS_PER_COUNT: Final = 17.5e-3
"""... and at +-500 deg/s: 17.5 mdps per count (the same)."""
