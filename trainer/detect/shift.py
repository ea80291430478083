"""Whether an excursion is no hold but a rest level that moved, judged where the force lies flat.

It is rest where it comes back to the level that a foot was lifted from within a minute, and where
it lies flat
- at the level it had before it was pulled down a few seconds ago,
- for long, and low: below SHIFT_OF_HEIGHT of the excursion's height a hold has ended by definition,
- where it lay flat before, in the same excursion, and a press stood out of it in between.
After LONGEST_S it is rest wherever it lies, since all its samples are kept.
"""

from typing import Final

from trainer.detect.rest import NEAR_SHARE, RestLevel
from trainer.detect.thresholds import CLEAR, GRID, Thresholds
from trainer.detect.verdict import LEAST_SHARE

LONG_S: Final = 3.0
"""An excursion this long may be a shifted level: slow rises take up to 2 s."""

SHIFT_OF_HEIGHT: Final = 0.4
"""Some way below half of the height, since the height of a hold may be an impact's."""

LONGEST_S: Final = 600.0
"""No exercise holds for ten minutes."""

PRESS_OF_SHIFT: Final = 1.0
"""A press on a shifted level is as high as the shift: the unrest of a hold is not."""


class ShiftWatch:
    """Watch an excursion grid cell by grid cell."""

    def __init__(self, rest: RestLevel, thresholds: Thresholds, rate_hz: float) -> None:
        self._rest = rest
        self._thresholds = thresholds
        self._long = LONG_S * rate_hz / GRID
        self._longest = LONGEST_S * rate_hz / GRID
        self.begin()

    def begin(self) -> None:
        """Start with a new excursion."""
        self._cells = 0
        self._flats: list[tuple[float, float]] = []
        """Each flat level, and the highest sample since, in newtons."""

    def is_rest(self, mean_n: float, high_n: float, height_n: float) -> bool:
        """Return whether the newest cell is rest; `height_n` is the excursion's so far."""
        self._cells += 1
        self._flats = [(flat_n, max(top_n, high_n)) for flat_n, top_n in self._flats]
        if self._cells > self._longest:
            return True
        if self._rest.has_come_back():
            return True
        if not self._rest.is_flat():
            return False
        if self._rest.was_pulled_from(mean_n):
            return True
        above_n = mean_n - self._rest.level_n
        if above_n < max(SHIFT_OF_HEIGHT * height_n, LEAST_SHARE * self._thresholds.holds_n):
            return self._cells > self._long
        return self._lay_here_before(mean_n, high_n, above_n)

    def _lay_here_before(self, mean_n: float, high_n: float, above_n: float) -> bool:
        limits = self._thresholds
        for flat_n, top_n in self._flats:
            if abs(mean_n - flat_n) < NEAR_SHARE * limits.on_n:
                return top_n - mean_n > max(PRESS_OF_SHIFT * above_n, CLEAR * limits.least_n)
        self._flats.append((mean_n, high_n))
        return False
