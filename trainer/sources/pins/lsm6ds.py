"""The inertial sensor on I2C, by adafruit_lsm6ds: raw counts, as a foot node sends them.

The library gives m/s2 and rad/s; the counts behind them come back exactly, for both are multiples
of the scales below. Axes stay the chip's own: the pad file says how it is mounted.
"""

import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from trainer.core.errors import SourceFault
from trainer.core.units import ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT
from trainer.sources.pins.cells import I2cDevice, PinsFaultError, Shift
from trainer.sources.pins.driver import load_driver, open_i2c
from trainer.wire.hx711spi import SATURATED

NAME: Final = "inertial sensor"
_TURN_RADS_PER_COUNT: Final = math.radians(TURN_DPS_PER_COUNT)
_STATUS_REGISTER: Final = b"\x1e"
"""ST data sheets of all LSM6DS: bit 0 acceleration, bit 1 turn rate waits."""
_BOTH: Final = 3
_TOP: Final = 0x7FFF
_CHIPS: Final = (
    ("adafruit_lsm6ds.lsm6dsox", "LSM6DSOX"),
    ("adafruit_lsm6ds.lsm6ds3trc", "LSM6DS3TRC"),
    ("adafruit_lsm6ds.lsm6ds33", "LSM6DS33"),
)


class Lsm6ds(Protocol):
    """What of a chip of the library is used."""

    i2c_device: AbstractContextManager[I2cDevice]

    @property
    def acceleration(self) -> tuple[float, float, float]:
        """Return m/s2."""
        ...

    @property
    def gyro(self) -> tuple[float, float, float]:
        """Return rad/s."""
        ...


class ImuCells:
    """The one sensor as a converter of six channels."""

    def __init__(self, chip: Lsm6ds, now_ns: Callable[[], int]) -> None:
        self._chip = chip
        self._now_ns = now_ns
        self._ready = bytearray(1)

    @property
    def names(self) -> tuple[str, ...]:
        """Return what it is called in a message."""
        return (NAME,)

    @property
    def channels(self) -> int:
        """Return six: acceleration, then turn rate."""
        return 6

    def look(self) -> Sequence[bool]:
        """Return whether both wait."""
        with self._chip.i2c_device as device:
            device.write_then_readinto(_STATUS_REGISTER, self._ready)
        return [self._ready[0] & _BOTH == _BOTH]

    def shift(self, into: list[int]) -> Shift:
        """Read acceleration and turn rate."""
        start_ns = self._now_ns()
        acceleration, turn = self._chip.acceleration, self._chip.gyro
        into[:3] = [round(axis / ACCEL_MS2_PER_COUNT) for axis in acceleration]
        into[3:] = [round(axis / _TURN_RADS_PER_COUNT) for axis in turn]
        is_saturated = any(count in (_TOP, -_TOP - 1) for count in into)
        return Shift(start_ns, self._now_ns(), None, SATURATED if is_saturated else 0)

    def reset(self) -> None:
        """Do nothing: a sensor that was unplugged needs its registers anew, by a new start."""

    def close(self) -> None:
        """Let go of nothing: the bus belongs to the process."""


def open_lsm6ds(now_ns: Callable[[], int]) -> ImuCells:
    """Return the sensor at address 0x6A, whichever of three kinds it is, at 4 g and 500 deg/s."""
    return lsm6ds_on(open_i2c(), now_ns)


def lsm6ds_on(bus: Any, now_ns: Callable[[], int]) -> ImuCells:  # noqa: ANN401 - an untyped library
    """Return the sensor on that bus. Raises PinsFaultError where none answers."""
    refusals: list[str] = []
    for module, name in _CHIPS:
        try:
            chip = getattr(load_driver(module), name)(bus)
        except (OSError, ValueError, RuntimeError) as error:
            refusals.append(f"{name}: {error}")
            continue
        _set_ranges(chip)
        return ImuCells(chip, now_ns)
    raise PinsFaultError(
        f"{NAME}: none answers at 0x6A ({'; '.join(refusals)}). Check SDA, SCL and its 3.3 V and "
        "that I2C is on (sudo raspi-config nonint do_i2c 0), or set imu = false in pins.toml.",
        SourceFault.NOT_FOUND,
    )


def _set_ranges(chip: Any) -> None:  # noqa: ANN401 - an untyped library
    library = load_driver("adafruit_lsm6ds")
    chip.accelerometer_range = library.AccelRange.RANGE_4G
    chip.gyro_range = library.GyroRange.RANGE_500_DPS
