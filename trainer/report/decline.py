"""The decline over a set: a straight line through the plateaus, with what it can and cannot say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

from trainer.core.arrays import FloatArray

MIN_REPS: Final = 3
"""A line takes two degrees of freedom; the third rep is the first that says how well it fits."""

CONFIDENCE: Final = 0.95

ROUNDING_PCT: Final = 1e-9
"""Percent per rep below which a slope is the rounding error of equal plateaus."""


@dataclass(frozen=True, slots=True)
class Decline:
    """A least-squares line through plateau force over rep number."""

    first_n: float
    """The line's value at the first rep."""
    slope_n: float
    """Newtons per rep, negative where the force falls."""
    first_rep: int
    slope_half_n: float
    """Half width of the slope's 95 % interval (Student's t, reps taken as independent)."""
    mean_rep: float
    mean_half_n: float
    """Half width of the 95 % interval of the line at the mean rep."""

    @property
    def pct(self) -> float:
        """Return the slope in percent per rep of the line's value at the first rep."""
        return 100 * self.slope_n / self.first_n

    @property
    def low_pct(self) -> float:
        """Return the lower end of the slope's 95 % interval, percent per rep."""
        return 100 * (self.slope_n - self.slope_half_n) / self.first_n

    @property
    def high_pct(self) -> float:
        """Return the upper end of the slope's 95 % interval, percent per rep."""
        return 100 * (self.slope_n + self.slope_half_n) / self.first_n

    @property
    def is_distinct(self) -> bool:
        """Return whether the 95 % interval leaves out no change."""
        return self.low_pct > ROUNDING_PCT or self.high_pct < -ROUNDING_PCT

    def line_n(self, reps: FloatArray) -> FloatArray:
        """Return the line at the rep numbers, newtons."""
        return self.first_n + self.slope_n * (reps - self.first_rep)

    def half_width_n(self, reps: FloatArray) -> FloatArray:
        """Return the half width of the line's 95 % interval at the rep numbers, newtons."""
        return np.hypot(self.mean_half_n, self.slope_half_n * (reps - self.mean_rep))


def fit_decline(reps: Sequence[int], plateau_n: Sequence[float]) -> Decline | None:
    """Return the line through the plateaus, None with fewer than three or no force at the start."""
    count = len(reps)
    if count < MIN_REPS:
        return None
    x = np.asarray(reps, dtype=np.float64)
    y = np.asarray(plateau_n, dtype=np.float64)
    mean_rep = float(x.mean())
    spread = float(((x - mean_rep) ** 2).sum())
    slope_n = float(((x - mean_rep) * y).sum() / spread)
    residual = y - y.mean() - slope_n * (x - mean_rep)
    sigma = math.sqrt(float((residual**2).sum()) / (count - 2))
    first_n = float(y.mean()) + slope_n * (reps[0] - mean_rep)
    if first_n <= 0:
        return None
    t = float(stdtrit(count - 2, 0.5 + CONFIDENCE / 2))
    return Decline(
        first_n=first_n,
        slope_n=slope_n,
        first_rep=reps[0],
        slope_half_n=t * sigma / math.sqrt(spread),
        mean_rep=mean_rep,
        mean_half_n=t * sigma / math.sqrt(count),
    )
