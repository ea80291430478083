"""A device's resistance from forces at known stretches: stiffness, hysteresis, drift.

1. A step is one stretch that was held still; the way up comes first, the way back may follow. The
   turning point belongs to both.
2. Stiffness is the slope of the weighted line through the way up. A weight holds the force's
   spread and the ruler's: both make a point leave the line.
3. How far the points leave the line says how sure the slope is (so a bent curve makes it less
   sure), with steps - 2 degrees of freedom: expanded uncertainties take Student's factor, 95 %.
   Points that happen to lie on a line are no surer than their figures' last digits.
4. Hysteresis is the work that does not come back, over the stretches that both ways cover.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.stats import t as student

from trainer.core.arrays import FloatArray
from trainer.core.diary.devices import Characteristic
from trainer.core.errors import UsageError

LEAST_STEPS: Final = 4
"""On the way up: a line through three has one degree of freedom, and a factor of 12.7."""

STRETCH_U_MM: Final = 0.5
"""Standard uncertainty of a stretch set by hand at a ruler in millimetres: our own estimate, half
a division to either side; the points' scatter decides in the end."""

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class StretchStep:
    """One stretch that was held."""

    stretch_mm: float
    force_n: float
    force_u_n: float = 0.0
    """Standard uncertainty of the mean force."""
    drift_pct_min: float | None = None
    """Of the force while it was held; None where that was too short to tell."""
    drift_u_pct_min: float | None = None
    digit_n: float = 0.0
    """The last digit that the force was written with; 0: not known."""
    digit_mm: float = 0.0
    """That of the stretch."""

    def rounding_u_n(self, slope: float) -> float:
        """Return the standard uncertainty of a force that its rounding and the stretch's leave."""
        return math.hypot(self.digit_n, slope * self.digit_mm) / math.sqrt(12)


def characterise(
    device_id: str, steps: Sequence[StretchStep], *, tension: str = "", source: str = ""
) -> Characteristic:
    """Return the characteristic of a device from its steps, in the order they were held.

    Raises UsageError: too few stretches on the way up.
    """
    top = max(range(len(steps)), key=lambda index: steps[index].stretch_mm, default=0)
    way_up = steps[: top + 1]
    stretches = {step.stretch_mm for step in way_up}
    if len(stretches) < LEAST_STEPS:
        raise UsageError(
            f"{source or device_id}: {len(stretches)} different stretches on the way up; at least "
            f"{LEAST_STEPS} are needed for a stiffness. Hold more stretches, from slack upwards."
        )
    line = _fit(way_up)
    hysteresis = _hysteresis(steps, top, line)
    # Of several steps that were held long the surest one: longest, and under most force.
    drift_pct_min, drift_u_pct_min = min(
        (
            (step.drift_pct_min, step.drift_u_pct_min)
            for step in steps
            if step.drift_pct_min is not None and step.drift_u_pct_min is not None
        ),
        key=lambda drift: drift[1],
        default=(None, None),
    )
    return Characteristic(
        device_id=device_id,
        stiffness_n_mm=line.slope,
        stiffness_u_n_mm=line.slope_u,
        force_n=line.middle_n,
        force_u_n=line.middle_u_n,
        stretch_mm=line.middle_mm,
        steps=len(way_up),
        hysteresis_pct=hysteresis[0] if hysteresis else None,
        hysteresis_u_pct=hysteresis[1] if hysteresis else None,
        drift_pct_min=drift_pct_min,
        drift_u_pct_min=drift_u_pct_min,
        tension=tension,
        source=source,
    )


def expanded(u: float, steps: int) -> float:
    """Return the 95 % uncertainty of a standard one that came from a line through `steps`."""
    return u * float(student.ppf((1 + CONFIDENCE) / 2, steps - 2))


@dataclass(frozen=True, slots=True)
class _Line:
    slope: float
    slope_u: float
    middle_mm: float
    middle_n: float
    middle_u_n: float
    scatter: float
    """How much further the points leave the line than their own uncertainties say."""

    def step_u_n(self, step: StretchStep) -> float:
        """Return the standard uncertainty of one step's force at its nominal stretch."""
        return max(self.scatter * _spread_n(step, self.slope), step.rounding_u_n(self.slope))


def _fit(steps: Sequence[StretchStep]) -> _Line:
    stretch_mm = np.array([step.stretch_mm for step in steps])
    force_n = np.array([step.force_n for step in steps])
    slope = float(np.polyfit(stretch_mm, force_n, 1)[0])
    weights = np.array([_spread_n(step, slope) ** -2 for step in steps])
    # In the middle of the stretches force and slope do not depend on each other.
    middle_mm = float(np.average(stretch_mm, weights=weights))
    middle_n = float(np.average(force_n, weights=weights))
    away_mm = stretch_mm - middle_mm
    spread = float((weights * away_mm**2).sum())
    slope = float((weights * away_mm * (force_n - middle_n)).sum() / spread)
    left = force_n - middle_n - slope * away_mm
    scatter = math.sqrt(float((weights * left**2).sum()) / (len(steps) - 2))
    whole = float(weights.sum())
    rounding_n = np.array([step.rounding_u_n(slope) for step in steps])
    least_slope_u = math.hypot(*(weights * away_mm * rounding_n / spread))
    least_middle_u_n = math.hypot(*(weights * rounding_n / whole))
    return _Line(
        slope,
        max(scatter / math.sqrt(spread), least_slope_u),
        middle_mm,
        middle_n,
        max(scatter / math.sqrt(whole), least_middle_u_n),
        scatter,
    )


def _spread_n(step: StretchStep, slope: float) -> float:
    # A slope of zero and a force without noise leave nothing to weigh by: then all count alike.
    return math.hypot(step.force_u_n, slope * STRETCH_U_MM) or 1.0


def _hysteresis(steps: Sequence[StretchStep], top: int, line: _Line) -> tuple[float, float] | None:
    """Return the work lost in percent of the work put in, and its standard uncertainty."""
    up, down = list(range(top + 1)), list(range(top, len(steps)))
    stretch_mm = np.array([step.stretch_mm for step in steps])
    low_mm = max(stretch_mm[up].min(), stretch_mm[down].min())
    high_mm = float(stretch_mm[top])
    if len(down) < 2 or high_mm <= low_mm:  # noqa: PLR2004 - the turning point alone is no way back
        return None
    force_n = np.array([step.force_n for step in steps])
    put_in = _work_weights(stretch_mm, up, low_mm)
    given_back = _work_weights(stretch_mm, down, low_mm)
    work_in, work_back = float(put_in @ force_n), float(given_back @ force_n)
    if work_in <= 0:
        return None
    share_back = work_back / work_in
    gradient = (share_back * put_in - given_back) / work_in
    step_u_n = np.array([line.step_u_n(step) for step in steps])
    u = float(np.sqrt(((gradient * step_u_n) ** 2).sum()))
    return 100 * (1 - share_back), 100 * u


def _work_weights(stretch_mm: FloatArray, way: list[int], low_mm: float) -> FloatArray:
    """Return (step,) by which the forces of a way give its work above `low_mm` in N mm."""
    weights = np.zeros(len(stretch_mm))
    order = sorted(way, key=lambda index: stretch_mm[index])
    for low, high in pairwise(order):
        start_mm, end_mm = float(stretch_mm[low]), float(stretch_mm[high])
        begin_mm = max(start_mm, low_mm)
        if end_mm <= begin_mm:
            continue
        share = (begin_mm - start_mm) / (end_mm - start_mm)
        width_mm = end_mm - begin_mm
        weights[low] += width_mm * (1 - share) / 2
        weights[high] += width_mm * (1 + share) / 2
    return weights
