"""Whether a calibration still holds: one known force against what the pad says of it."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.errors import CalibrationError
from calibration.gravity import Gravity
from calibration.model import Calibration
from calibration.weights import Weight


@dataclass(frozen=True, slots=True)
class KnownForce:
    """A force on one cell that is known by something other than the pad."""

    cell: str
    force_n: float
    expanded_n: float
    """Its own U, for 95 per cent."""


@dataclass(frozen=True, slots=True)
class Check:
    """What came out of a check."""

    known: KnownForce
    found_n: float
    """What the pad says."""
    error_n: float
    """Found less known."""
    limit_n: float
    """sqrt(U^2 + U_ref^2)."""

    def en(self) -> float:
        """Return E_n, the error in its limits (ISO 13528:2015, 9.7)."""
        return (
            self.error_n / self.limit_n if self.limit_n else math.copysign(math.inf, self.error_n)
        )

    def has_passed(self) -> bool:
        """Return whether the error lies within its limit: |E_n| <= 1."""
        return abs(self.error_n) <= self.limit_n

    def sentence(self) -> str:
        """Return the result with both numbers."""
        verdict = "holds" if self.has_passed() else "does not hold: calibrate anew"
        return (
            f"'{self.known.cell}': {self.found_n:.2f} N found, {self.known.force_n:.2f} N known; "
            f"error {self.error_n:+.2f} N, limit {self.limit_n:.2f} N. The calibration {verdict}."
        )


def known_weight(cell: str, weight: Weight, gravity: Gravity) -> KnownForce:
    """Return the force of a weight on a cell; U with k = 2."""
    force_n = weight.mass_kg * gravity.value_ms2
    relative = math.hypot(weight.u_kg() / weight.mass_kg, gravity.relative_u())
    return KnownForce(cell, force_n, 2 * relative * force_n)


def check(
    calibration: Calibration, known: KnownForce, counts: npt.ArrayLike, tare: npt.ArrayLike
) -> Check:
    """Return how a reading (channel,) above a tare (channel,) agrees with a known force.

    Weights from the calibration itself tell less: what is wrong with them goes unseen.
    """
    if known.cell not in calibration.channels:
        raise CalibrationError(
            f"No cell '{known.cell}' in calibration '{calibration.label}'; it has "
            f"{', '.join(calibration.channels)}. Put the weight on one of these."
        )
    above = np.asarray(counts, dtype=np.float64) - np.asarray(tare, dtype=np.float64)
    force_n = calibration.matrix() @ above
    own = calibration.channels.index(known.cell)
    loaded = np.zeros(len(force_n))
    loaded[own] = known.force_n
    expanded_n = calibration.expanded_sum_n(loaded, (known.cell,))
    if expanded_n is None:
        raise CalibrationError(
            f"Calibration '{calibration.label}' does not say how sure it is, so nothing can be "
            "checked against it. Calibrate the pad with known masses."
        )
    found_n = float(force_n[own])
    limit_n = math.hypot(expanded_n, known.expanded_n)
    return Check(known, found_n, found_n - known.force_n, limit_n)
