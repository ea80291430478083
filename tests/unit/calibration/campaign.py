"""Many pads calibrated and used: how often the stated uncertainty covers the truth."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration import RefusedError, fit
from tests.unit.calibration.workshop import Array, Truth, Workshop

LEAST_N: Final = 5.0
"""Below, nobody trains."""


@dataclass(frozen=True)
class Campaign:
    """One press on each of many pads."""

    force_n: Array
    error_n: Array
    expanded_n: Array
    sum_error_n: Array
    sum_expanded_n: Array
    refused: int

    def covered(self) -> float:
        """Return the share of forces within their uncertainty."""
        return float(np.mean(np.abs(self.error_n) <= self.expanded_n))

    def sum_covered(self) -> float:
        """Return the same of the sum of all cells."""
        return float(np.mean(np.abs(self.sum_error_n) <= self.sum_expanded_n))

    def margin(self, sigmas: float = 2.0) -> float:
        """Return how far a share of .95 may lie off by chance in so many presses."""
        return sigmas * math.sqrt(0.95 * 0.05 / len(self.error_n))

    def within(self, share: float, fixed_n: float) -> float:
        """Return the share of uncertainties up to share * force + fixed_n."""
        return float(np.mean(self.expanded_n <= share * self.force_n + fixed_n))

    def summary(self) -> str:
        """Return the figures in a line."""
        return (
            f"n {len(self.error_n)}, covered {100 * self.covered():.1f} %, of sums "
            f"{100 * self.sum_covered():.1f} % (+- {100 * self.margin():.1f}); U median "
            f"{np.median(self.expanded_n):.2f} N, largest {self.expanded_n.max():.2f} N; within "
            f"1 % + .3 N {100 * self.within(0.01, 0.3):.1f} %, within .5 % + .1 N "
            f"{100 * self.within(0.005, 0.1):.1f} %; refused {self.refused}"
        )


def run_campaign(truth: Truth, count: int, seed: int) -> Campaign:
    """Return what came of so many pads."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[float, float, float, float, float]] = []
    refused = 0
    for _ in range(count):
        shop = Workshop(rng, truth)
        try:
            calibration = fit(shop.setup(), shop.readings()).calibration
        except RefusedError:
            refused += 1
            continue
        force_n = rng.uniform(LEAST_N, shop.heaviest_n, len(truth.cells))
        tare, counts = shop.use(force_n)
        found_n = calibration.matrix() @ (counts - tare)
        single = calibration.expanded_sum_n(found_n, truth.cells[:1])
        total = calibration.expanded_sum_n(found_n, truth.cells)
        assert single is not None
        assert total is not None
        error_n = found_n - force_n
        rows.append((force_n[0], error_n[0], single, error_n.sum(), total))
    force_n, error_n, expanded_n, sum_error_n, sum_expanded_n = np.array(rows).T
    return Campaign(force_n, error_n, expanded_n, sum_error_n, sum_expanded_n, refused)
