"""From the pin plan to the jobs of the processes that read it."""

from typing import Final, assert_never

from trainer.core.errors import SettingsError
from trainer.core.pinplan import PadDriver, PinPlan
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.lsm6ds import NAME
from trainer.sources.pins.nau7802 import BRANCHES

_MOSI_BUSES: Final = {10: 0, 20: 1}
"""SPI bus by the GPIO of its MOSI (Raspberry Pi documentation, SPI)."""


def jobs_of(plan: PinPlan) -> tuple[Job, ...]:
    """Return the force job, then that of the inertial sensor where there is one.

    Raises SettingsError where the build cannot have these cells.
    """
    force = _force_job(plan)
    return (force, Job(Driver.LSM6DS, (NAME,))) if plan.has_imu else (force,)


def _force_job(plan: PinPlan) -> Job:
    match plan.driver:
        case PadDriver.HX711_SPI:
            buses = tuple(_bus(plan, number) for number in _numbers(plan))
            return Job(Driver.HX711_SPI, _names(plan), buses=buses)
        case PadDriver.HX711_GPIO:
            data = tuple(_gpio(plan, f"data{number}") for number in _numbers(plan))
            return Job(Driver.HX711_GPIO, _names(plan), data, _gpio(plan, "clock"))
        case PadDriver.NAU7802:
            if len(plan.cells) > BRANCHES:
                raise SettingsError(
                    f"pins.toml: {len(plan.cells)} cells; a TCA9548A has {BRANCHES} branches. "
                    "Name fewer."
                )
            return Job(Driver.NAU7802, plan.cells)
    assert_never(plan.driver)


def _numbers(plan: PinPlan) -> range:
    return range(1, len(plan.cells) + 1)


def _names(plan: PinPlan) -> tuple[str, ...]:
    lines = [plan.line(f"data{number}") for number in _numbers(plan)]
    pairs = zip(plan.cells, lines, strict=True)
    return tuple(f"{role} (DOUT at GPIO{line.bcm}, pin {line.pin})" for role, line in pairs)


def _gpio(plan: PinPlan, role: str) -> int:
    bcm = plan.line(role).bcm
    if bcm is None:
        raise SettingsError(f"pins.toml: build '{plan.build}': '{role}' has no bcm. Add it.")
    return bcm


def _bus(plan: PinPlan, number: int) -> int:
    role = f"clock{number}"
    bcm = _gpio(plan, role)
    if bcm not in _MOSI_BUSES:
        raise SettingsError(
            f"pins.toml: build '{plan.build}': '{role}' is GPIO{bcm}; allowed: "
            f"{', '.join(f'GPIO{mosi} (SPI{bus})' for mosi, bus in _MOSI_BUSES.items())}, for it "
            "must be the MOSI of an SPI bus. Correct it."
        )
    return _MOSI_BUSES[bcm]
