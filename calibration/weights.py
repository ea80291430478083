"""The weights of a calibration, and how well their masses are known."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from calibration.errors import Refusal, RefusedError

HEAVIEST_KG: Final = 100.0
"""Nobody lifts more onto a foot pad: such a mass was meant in grams."""

LIGHTEST_KG: Final = 0.01
"""A mass below says nothing on a 50 kg cell: it was meant in another unit."""


class MassClass(StrEnum):
    """Classes of weights after OIML R 111-1:2004."""

    M1 = "M1"
    M2 = "M2"
    M3 = "M3"


LIMIT_BY_CLASS: Final = {MassClass.M1: 5e-5, MassClass.M2: 1.6e-4, MassClass.M3: 5e-4}
"""Maximum permissible error from 100 g on, in shares of the mass (OIML R 111-1:2004, table 1)."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight that can be put on the pad."""

    name: str
    mass_kg: float
    half_width_kg: float
    """Its mass lies within +- this, anywhere alike (rectangular)."""

    def __post_init__(self) -> None:
        """Refuse a mass that was meant in another unit."""
        if not LIGHTEST_KG <= self.mass_kg <= HEAVIEST_KG:
            raise RefusedError(
                f"Weight '{self.name}': {self.mass_kg:g} kg; expected {LIGHTEST_KG:g} to "
                f"{HEAVIEST_KG:g} kg. Enter kilograms, not grams: 500 g are 0.5.",
                Refusal.UNIT,
            )
        if not 0 <= self.half_width_kg < self.mass_kg / 2:
            raise RefusedError(
                f"Weight '{self.name}' of {self.mass_kg:g} kg: known to +- "
                f"{self.half_width_kg:g} kg; expected 0 to half of its mass. Weigh it again.",
                Refusal.UNIT,
            )

    def u_kg(self) -> float:
        """Return the standard uncertainty of its mass in kg (GUM 4.3.7)."""
        return self.half_width_kg / math.sqrt(3)


def weighed(name: str, mass_kg: float, limit_g: float) -> Weight:
    """Return a weight weighed on a kitchen scale that is right within +- limit_g grams."""
    return Weight(name, mass_kg, limit_g / 1000)


def of_class(name: str, mass_kg: float, mass_class: MassClass) -> Weight:
    """Return a weight of an OIML class, 100 g or heavier."""
    return Weight(name, mass_kg, LIMIT_BY_CLASS[mass_class] * mass_kg)
