"""What is followed from rep to rep for fatigue: series of a set's holds that grow as force falls.

The plateau comes first. Two companions may support it, where they were measured: how unsteady the
force is beside its mean (variation after detrend, and tremor), and how much of it is lost within a
hold. The rate of force development is left out: it differs from rep to rep by more than fatigue
changes it (Maffiuletti et al. 2016).
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold
from trainer.detect.baseline import median_of
from trainer.detect.changepoint import (
    SHAPES,
    Shape,
    fall_evidence,
    group_reps,
    log_sum,
    tame_outliers,
)

MISSING_SHARE: Final = 0.2
"""A companion that more of the reps lack is not followed."""

SPEAKS: Final = 0.5
"""How likely a companion changes when force falls: it supports, and its silence costs a half."""


def is_usable(hold: Hold) -> bool:
    """Return whether a hold counts for fatigue: complete, within range, and pressed."""
    return hold.is_finished and not hold.is_saturated and hold.plateau_n > 0


def plateau_series(plateaus_n: FloatArray) -> FloatArray:
    """Return the series of (n,) plateaus as shares of their median, outliers tamed."""
    return tame_outliers(group_reps(-plateaus_n / median_of(plateaus_n)))


def companions_of(holds: Sequence[Hold]) -> tuple[FloatArray, ...]:
    """Return the series of the companions that enough of the holds have."""
    found = (_complete([_log(hold.cv_pct) for hold in holds]), _complete([*map(_tremor, holds)]))
    unsteady = [series for series in found if series is not None]
    loss = _complete([hold.decrement_pct for hold in holds])
    # Variation and tremor see the same unrest: together they are one companion.
    series = [np.asarray(sum(unsteady)) / len(unsteady)] if unsteady else []
    series += [] if loss is None else [loss / 100]
    return tuple(tame_outliers(group_reps(entry)) for entry in series)


def support_of(
    companions: Sequence[FloatArray], count: int, shapes: tuple[Shape, ...] = SHAPES
) -> FloatArray:
    """Return (count - 1,) log factors by which companions support a fall from the 2nd rep on."""
    total = np.zeros(count - 1)
    for companion in companions:
        factor = log_sum(fall_evidence(companion, shapes))
        total += np.logaddexp(math.log(1 - SPEAKS), math.log(SPEAKS) + factor)
    return total


def _tremor(hold: Hold) -> float | None:
    """Return the log of the tremor's share of the force."""
    return None if hold.tremor_n is None else _log(hold.tremor_n / hold.plateau_n)


def _log(share: float | None) -> float | None:
    return math.log(share) if share is not None and share > 0 else None


def _complete(series: Sequence[float | None]) -> FloatArray | None:
    """Return the series with its median where a rep has none; None where too many have none."""
    known = [entry for entry in series if entry is not None]
    if len(known) < (1 - MISSING_SHARE) * len(series):
        return None
    median = median_of(np.array(known))
    return np.array([median if entry is None else entry for entry in series])
