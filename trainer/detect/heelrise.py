"""The foot's pitch in a person's clean presses, and what a larger one says."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

MOST_DEG: Final = 2.0
"""From this change on the heel has risen, whatever a person's own presses look like: 2 degrees lift
a heel 17 cm behind the ball by 6 mm."""

LEAST_DEG: Final = 1.0
"""No smaller rise counts alone: with a pitch known to 0.1 degrees what moves is the skin."""

SPREADS: Final = 3.0
"""Between the two the limit is this many of the person's own standard deviations."""

PRIOR_DEG: Final = 0.4
"""Assumed spread of clean presses, worth as much as PRIOR_COUNT of them."""
PRIOR_COUNT: Final = 5
SMALLEST_DEG: Final = 0.3

OFFSET_DEG: Final = 0.5
"""A clean press may tilt the foot by as much, and is then learned as that."""

MAD_OF_SIGMA: Final = 0.6745
"""Median distance of a normal variable from its mean, in standard deviations."""

RISES: Final = 0.3
"""Share of helped presses in which the heel rises: below the moment that takes all its load off it
stays down. Assumed; a heel that stays down says little for a clean press."""

RISE_DEG: Final = 8.0
"""Rises are taken to be as likely up to here; higher ones speak for themselves."""


@dataclass(frozen=True, slots=True)
class CleanPitch:
    """Centre and spread of the pitch changes of clean presses, in degrees."""

    centre_deg: float = 0.0
    spread_deg: float = PRIOR_DEG

    @property
    def limit_deg(self) -> float:
        """Return the change from which on the heel has risen."""
        own_deg = self.centre_deg + max(SPREADS * self.spread_deg, LEAST_DEG)
        return min(own_deg, MOST_DEG)

    def evidence(self, change_deg: float) -> float:
        """Return the log of the odds of a helped press against a clean one."""
        away = (change_deg - self.centre_deg) / self.spread_deg
        clean = math.exp(-0.5 * min(away * away, 200.0)) / (self.spread_deg * math.sqrt(math.tau))
        risen = 1 / RISE_DEG if change_deg > self.centre_deg else 0.0
        return math.log((1 - RISES) + RISES * risen / clean)


def learn_pitch(changes_deg: FloatArray) -> CleanPitch:
    """Return what (n,) presses to learn from tell; NaN where the pitch is not known."""
    known = changes_deg[np.isfinite(changes_deg)]
    if len(known) == 0:
        return CleanPitch()
    centre = float(np.clip(np.median(known), -OFFSET_DEG, OFFSET_DEG))
    spread = float(np.median(np.abs(known - centre))) / MAD_OF_SIGMA
    shared = PRIOR_COUNT * PRIOR_DEG**2 + len(known) * spread**2
    return CleanPitch(centre, max(math.sqrt(shared / (PRIOR_COUNT + len(known))), SMALLEST_DEG))
