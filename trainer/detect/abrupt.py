"""A sudden loss: a quarter of the force or more gone from one rep to the next but one.

The mean of two neighbouring reps is compared with the median of those just before them. It must
lie lower by a quarter of the set's level, further than the reps' own scatter takes it, and lower
than any two neighbours of the set did before: who presses at two levels in turn does not tire.
"""

import math
from typing import Final

from trainer.core.arrays import FloatArray
from trainer.detect.baseline import median_of

LOSS: Final = 0.25
"""By definition: a quarter or more within two reps."""

BOTH: Final = 0.85
"""... and both reps below this share of the level: one low rep is a slip."""

BEFORE: Final = 5
"""Reps that the level before is the median of: more of them lie too far back when force falls
slowly, at 5 % per rep it would pass for sudden."""

FEWEST_BEFORE: Final = 4
"""Of three, one low rep moves the median."""

SIGMAS: Final = 4.5
"""How many standard errors the loss must exceed: 60 reps give 60 chances, and neighbours that go
together make two of them less than two (measured on simulated sets, docs/fatigue.md)."""

USUAL_SCATTER: Final = 0.07
"""Rep-to-rep scatter that is expected before it is known, worth as much as PRIOR_REPS reps."""

PRIOR_REPS: Final = 4

LOWER: Final = 0.9
"""... and below this share of the lowest neighbours before."""


def lost_share(plateaus_n: FloatArray) -> float | None:
    """Return the share lost suddenly in the last two of (n,) reps; None where it was not.

    It is a share of the set's level so far: of a force that has nearly gone, every step is a large
    share.
    """
    if len(plateaus_n) < FEWEST_BEFORE + 2:
        return None
    earlier, newest_n = plateaus_n[:-2], float(plateaus_n[-2:].mean())
    if newest_n > (1 - LOSS) * float(earlier.max()):
        return None
    before_n = median_of(earlier[-BEFORE:])
    level_n = max(before_n, median_of(earlier))
    share = (before_n - newest_n) / level_n
    if share < LOSS or float(plateaus_n[-2:].max()) > BOTH * before_n:
        return None
    if newest_n > LOWER * float((earlier[1:] + earlier[:-1]).min()) / 2:
        return None
    # Of a median of five normal values the variance is 1.43 times that of their mean.
    error = _scatter(earlier, level_n) * math.sqrt(1 / 2 + 1.43 / min(len(earlier), BEFORE))
    return share if share > SIGMAS * error else None


def _scatter(plateaus_n: FloatArray, level_n: float) -> float:
    """Return the reps' standard deviation about a slow trend, as a share of the level."""
    # From differences: what changes slowly is no scatter. Of next neighbours' it would be too
    # small where they go together.
    steps = (plateaus_n[2:] - plateaus_n[:-2]) / level_n
    seen = float(steps.dot(steps)) / 2
    return math.sqrt((PRIOR_REPS * USUAL_SCATTER**2 + seen) / (PRIOR_REPS + len(steps)))
