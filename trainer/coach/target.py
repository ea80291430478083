"""The target band of a foot: from its maximum, else estimated from its first reps."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from trainer.coach.exercises import Exercise

ESTIMATE_REPS: Final = 3
"""Reps whose median plateau stands in for an unknown maximum."""

LEAST_N: Final = 7.0
"""Middle of the lowest estimated band: of the simulated foot's long holds at 3 N and at 5 N some
were missed, so that its cooldown was given up; one at 7 N was counted. Proposed."""

MOST_OF_FIRM: Final = 0.5
"""No band is lifted beyond half of the firm presses that stand in for a maximum."""


@dataclass(frozen=True, slots=True)
class Target:
    """The band to press in, in newtons above rest."""

    low_n: float
    middle_n: float
    high_n: float
    is_estimated: bool
    """True where no maximum is known, so that no share of it can be shown."""


def aim(
    exercise: Exercise, mvc_n: float | None, first_plateaus_n: Sequence[float]
) -> Target | None:
    """Return the band; None while neither a maximum nor three counted reps are known."""
    if mvc_n is not None:
        return _band(exercise, mvc_n, is_estimated=False)
    if len(first_plateaus_n) < ESTIMATE_REPS:
        return None
    stands_in_n = median(first_plateaus_n[:ESTIMATE_REPS])
    # Firm presses are no maximum: a small share of them may be too little to be felt.
    least_n = min(LEAST_N, stands_in_n * MOST_OF_FIRM) * 100 / exercise.target_pct_mvc
    return _band(exercise, max(stands_in_n, least_n), is_estimated=True)


def _band(exercise: Exercise, force_n: float, *, is_estimated: bool) -> Target:
    middle = force_n * exercise.target_pct_mvc / 100
    half = middle * exercise.band_pct / 100
    return Target(middle - half, middle, middle + half, is_estimated)
