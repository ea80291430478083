"""A course over weeks: medians by the week with their error, and the trend with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import pi, sqrt
from statistics import median
from typing import Final

PLATEAU_CONFIDENCE: Final = 0.8
"""Of the interval that the plateau rule looks at."""

FEWEST_POINTS: Final = 4
"""A plateau takes four standard sets; below that an interval of ranks has no room."""

MEDIAN_FACTOR: Final = sqrt(pi / 2)
"""A median of many normal values is so much less sure than their mean."""

_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One value on the athlete's own day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Week:
    """What one week came to."""

    monday: date
    median: float
    count: int
    """Values that it is the median of."""
    u: float | None
    """Standard uncertainty; None where the error of one value is not known."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A Theil-Sen line: change from the first day to the last, in the values' unit."""

    change: float
    low: float
    high: float
    days: int
    count: int

    def is_below(self, mdc95: float) -> bool:
        """Return whether nothing moved: less than an own error would show, and 0 possible."""
        return abs(self.change) < mdc95 and self.low <= 0 <= self.high


def weekly_medians(points: Sequence[Point], sem: float | None) -> tuple[Week, ...]:
    """Return the weeks that have values, in order; `sem` is the error of a single value."""
    ordered = sorted(points, key=lambda point: point.day)
    found: list[Week] = []
    for monday, group in groupby(ordered, key=_monday):
        values = [point.value for point in group]
        found.append(Week(monday, median(values), len(values), _median_u(sem, len(values))))
    return tuple(found)


def theil_sen(points: Sequence[Point], confidence: float = PLATEAU_CONFIDENCE) -> Trend | None:
    """Return the median of all slopes with Sen's interval; None of fewer than four days' values."""
    from scipy.stats import theilslopes  # noqa: PLC0415 - takes a second to load

    days = {point.day for point in points}
    if len(days) < FEWEST_POINTS:
        return None
    first, length = min(days), (max(days) - min(days)).days
    at_d = [(point.day - first).days for point in points]
    found = theilslopes([point.value for point in points], at_d, confidence)
    return Trend(
        change=float(found.slope) * length,
        low=float(found.low_slope) * length,
        high=float(found.high_slope) * length,
        days=length,
        count=len(points),
    )


def _monday(point: Point) -> date:
    return point.day - timedelta(days=point.day.weekday())


def _median_u(sem: float | None, count: int) -> float | None:
    if sem is None:
        return None
    # The median of one or two values is their mean.
    factor = MEDIAN_FACTOR if count > 2 else 1.0  # noqa: PLR2004
    return factor * sem / sqrt(count)
