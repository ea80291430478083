"""Two lines of time beside each other: how far they go together, with its interval, and no cause.

Both are taken by the week: medians of a week's runs, medians of a week's foot results. Two lines
that merely rise with the weeks go together too, so the changes from one week to the next are held
against each other as well.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist, median
from typing import Final

import numpy as np
from scipy import stats

from trainer.running.weeks import WEEK, monday_of

FEWEST_WEEKS: Final = 10
"""Below it even a rank correlation of 0.6 cannot be told from none: its interval holds 0."""
FEWEST_FOR_TREND: Final = 6
"""With fewer weeks the interval of a Theil-Sen slope at 95 % is the range of all slopes."""
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval."""

    middle: float
    low: float
    high: float

    @property
    def holds_none(self) -> bool:
        """Return whether no change is within it."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Association:
    """How two lines of weekly medians go together."""

    weeks: int
    rank: Interval
    """Spearman's rank correlation of the weekly medians, -1 to 1."""
    slope: Interval
    """Theil-Sen: units of the second for one unit of the first."""
    changes: int
    """Pairs of consecutive weeks."""
    rank_of_changes: Interval | None
    """Spearman of the changes between consecutive weeks; None with too few of them."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """Not enough weeks that have both, or one of them was the same in all."""

    weeks: int
    needed: int = FEWEST_WEEKS
    is_flat: bool = False


def weekly(days: Iterable[tuple[date, float]]) -> dict[date, float]:
    """Return the median of each week that has a value, by its Monday."""
    held: dict[date, list[float]] = {}
    for day, value in days:
        held.setdefault(monday_of(day), []).append(value)
    return {monday: median(values) for monday, values in sorted(held.items())}


def associate(foot: Mapping[date, float], run: Mapping[date, float]) -> Association | TooFew:
    """Return how weekly medians of foot and run go together, over the weeks that have both."""
    shared = sorted(set(foot) & set(run))
    one, other = [foot[week] for week in shared], [run[week] for week in shared]
    if len(shared) < FEWEST_WEEKS or _is_flat(one) or _is_flat(other):
        return TooFew(len(shared), is_flat=len(shared) >= FEWEST_WEEKS)
    steps = [week for week in shared if week - WEEK in foot and week - WEEK in run]
    changes = [(foot[week] - foot[week - WEEK], run[week] - run[week - WEEK]) for week in steps]
    rank_of_changes = None
    if len(changes) >= FEWEST_WEEKS:
        first, second = [c[0] for c in changes], [c[1] for c in changes]
        if not (_is_flat(first) or _is_flat(second)):
            rank_of_changes = rank(first, second)
    return Association(
        len(shared), rank(one, other), slope(one, other), len(changes), rank_of_changes
    )


def trend_per_week(values: Mapping[date, float]) -> Interval | None:
    """Return the Theil-Sen change a week of weekly medians; None with too few weeks."""
    if len(values) < FEWEST_FOR_TREND:
        return None
    mondays = sorted(values)
    at = [(monday - mondays[0]) / WEEK for monday in mondays]
    return slope(at, [values[monday] for monday in mondays])


def slope(first: list[float], second: list[float]) -> Interval:
    """Return the Theil-Sen slope of the second over the first, with its interval (Sen 1968)."""
    found = stats.theilslopes(np.array(second), np.array(first), LEVEL)
    return Interval(float(found.slope), float(found.low_slope), float(found.high_slope))


def rank(first: list[float], second: list[float]) -> Interval:
    """Return Spearman's correlation with its interval (Bonett and Wright 2000)."""
    rho = float(stats.spearmanr(first, second).statistic)
    inner = min(max(rho, -1 + 1e-12), 1 - 1e-12)
    half = NormalDist().inv_cdf(0.5 + LEVEL / 2) * math.sqrt(
        (1 + inner * inner / 2) / (len(first) - 3)
    )
    middle = math.atanh(inner)
    return Interval(rho, math.tanh(middle - half), math.tanh(middle + half))


def _is_flat(values: list[float]) -> bool:
    return len(set(values)) < 2  # noqa: PLR2004 - a single value has no order
