"""Figures with 95 % intervals: Wilson for shares, Poisson for rates, bootstrap for the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from scipy.stats import chi2

Z95: Final = 1.959964
RESAMPLES: Final = 300
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval; NaN where there was nothing to measure."""

    value: float
    low: float
    high: float
    count: int
    """What it was measured on: holds, sets, recordings, minutes"""

    def scaled(self, by: float, count: int | None = None) -> "Estimate":
        """Return it in another unit, or of another count."""
        count = self.count if count is None else count
        return Estimate(self.value * by, self.low * by, self.high * by, count)


def share(hits: int, count: int) -> Estimate:
    """Return hits / count with Wilson's interval."""
    if count == 0:
        return Estimate(float("nan"), 0.0, 1.0, 0)
    middle = (hits + Z95**2 / 2) / (count + Z95**2)
    half = Z95 / (count + Z95**2) * np.sqrt(hits * (count - hits) / count + Z95**2 / 4)
    low, high = max(0.0, float(middle - half)), min(1.0, float(middle + half))
    return Estimate(hits / count, low, high, count)


def rate(events: int, exposure: float) -> Estimate:
    """Return events per unit of exposure with the exact Poisson interval (Garwood 1936)."""
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    high = chi2.ppf(0.975, 2 * events + 2) / 2
    return Estimate(events / exposure, float(low / exposure), float(high / exposure), events)


def bootstrap(parts: Sequence[Part], figure: Callable[[Sequence[Part]], float]) -> Estimate:
    """Return a figure of several recordings; whole recordings are resampled, with one seed."""
    random = np.random.default_rng(0)
    count = len(parts)
    if count == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    drawn = [
        figure([parts[i] for i in random.integers(count, size=count)]) for _ in range(RESAMPLES)
    ]
    # A share of misses may be infinite latency: quantiles of ranks, without interpolating.
    low, high = np.nanquantile(drawn, (0.025, 0.975), method="nearest")
    return Estimate(figure(parts), float(low), float(high), count)
