"""What one process at the pins is to read; goes to it as one argument."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from trainer.wire import footwire


class Driver(StrEnum):
    """How converters are read."""

    HX711_GPIO = "hx711 by gpio"
    HX711_SPI = "hx711 by spi"
    NAU7802 = "nau7802"
    LSM6DS = "lsm6ds"


KINDS: Final = {
    Driver.HX711_GPIO: footwire.FORCE,
    Driver.HX711_SPI: footwire.FORCE,
    Driver.NAU7802: footwire.FORCE,
    Driver.LSM6DS: footwire.IMU,
}
"""Kind of frame that each makes."""


@dataclass(frozen=True, slots=True)
class Job:
    """One set of converters that are read together."""

    driver: Driver
    names: tuple[str, ...]
    """Of the converters, as messages call them."""
    data: tuple[int, ...] = ()
    """BCM number of each data line."""
    clock: int = 0
    """BCM number of the shared clock."""
    buses: tuple[int, ...] = ()
    """Number of each SPI bus."""

    def to_text(self) -> str:
        """Return the job as one argument."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_text(text: str) -> "Job":
        """Return what `to_text` was given."""
        told = json.loads(text)
        return Job(
            Driver(told["driver"]),
            tuple(told["names"]),
            tuple(told["data"]),
            int(told["clock"]),
            tuple(told["buses"]),
        )
