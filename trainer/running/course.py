"""The course of a run, one value a second or so: its middle and its spread."""

from collections import defaultdict
from statistics import median
from typing import Final

FEWEST_FOR_SPREAD: Final = 30
"""Half a minute: below it a spread tells of the start, not of the run."""
_NORMAL: Final = 1.4826
"""From the median deviation to a standard deviation, for values that are normal."""


class Course:
    """Collects values by their name; those of standing still are not handed in."""

    def __init__(self) -> None:
        self._values: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, value: float) -> None:
        """Take one value."""
        self._values[name].append(value)

    def middle(self, name: str) -> float | None:
        """Return the median, None without values."""
        values = self._values.get(name)
        return median(values) if values else None

    def spread_pct(self, name: str) -> float | None:
        """Return the robust spread in percent of the median; None for a short course."""
        values = self._values.get(name, [])
        if len(values) < FEWEST_FOR_SPREAD:
            return None
        middle = median(values)
        if middle <= 0:
            return None
        return 100 * _NORMAL * median(abs(value - middle) for value in values) / middle
