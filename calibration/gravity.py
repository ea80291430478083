"""How hard a kilogram presses where the pad stands."""

import math
from dataclasses import dataclass
from typing import Final

from calibration.errors import CalibrationError

STANDARD_MS2: Final = 9.80665
"""Standard acceleration of free fall (3rd CGPM, 1901)."""

LEAST_MS2: Final = 9.7803253359
"""Normal gravity at the equator, WGS 84 (NIMA TR8350.2, 3rd edition, chapter 4)."""

_SOMIGLIANA: Final = 0.00193185265241
_ECCENTRICITY2: Final = 0.00669437999014
_FREE_AIR_PER_S2: Final = 3.086e-6
"""Loss per metre of height: 2 g / a, to first order."""

_ANOMALY_MS2: Final = 0.001
"""Rocks change it by up to 100 mGal nearly everywhere people live (our reading of gravity maps)."""

_ANYWHERE_MS2: Final = 0.0265
"""From standard to the equator (9.780) or the poles (9.832)."""

_HIGHEST_M: Final = 9000.0
_POLE_DEG: Final = 90.0


@dataclass(frozen=True, slots=True)
class Gravity:
    """Acceleration of free fall and the limits of its error."""

    value_ms2: float
    half_width_ms2: float
    """It lies within value +- this, anywhere alike (rectangular)."""

    def relative_u(self) -> float:
        """Return its relative standard uncertainty."""
        return self.half_width_ms2 / math.sqrt(3) / self.value_ms2


ANYWHERE: Final = Gravity(STANDARD_MS2, _ANYWHERE_MS2)
"""Standard gravity, good for any place on earth at sea level."""


def gravity_at(
    latitude_deg: float, height_m: float = 0.0, height_limit_m: float = 100.0
) -> Gravity:
    """Return gravity at a latitude and a height that is known to so many metres.

    Normal gravity of WGS 84 by Somigliana's closed formula (NIMA TR8350.2, eq. 4-1), less the free
    air's share of the height.
    """
    if not abs(latitude_deg) <= _POLE_DEG or not abs(height_m) <= _HIGHEST_M:
        raise CalibrationError(
            f"Gravity at latitude {latitude_deg} deg, height {height_m} m: expected -90 to 90 deg "
            f"and up to {_HIGHEST_M:.0f} m. Correct them, or leave them out."
        )
    sine2 = math.sin(math.radians(latitude_deg)) ** 2
    level = LEAST_MS2 * (1 + _SOMIGLIANA * sine2) / math.sqrt(1 - _ECCENTRICITY2 * sine2)
    half_width = _ANOMALY_MS2 + _FREE_AIR_PER_S2 * height_limit_m
    return Gravity(level - _FREE_AIR_PER_S2 * height_m, half_width)
