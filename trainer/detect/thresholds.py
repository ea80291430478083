"""How far force must stand out of rest: learned from the spread of rest and from the holds.

Spreads are medians: a press that was taken for rest moves them by one step and no more, so that
missed presses cannot raise the thresholds until all are missed.
"""

from collections.abc import Sequence
from typing import Final

from trainer.core.settings import DetectionSettings

GRID: Final = 8
"""Samples per cell of the grid on which rest is followed: 0.1 s at 80 Hz."""

SPREAD_S: Final = 10.0
"""Time constant of the spreads; 3 to 20 s make no difference (measured on simulated recordings)."""

SPREADS: Final = 5.0
"""Threshold in standard deviations of quiet rest (Dos'Santos et al. 2017)."""

RANGE_OF_GRID: Final = 2.847
"""Mean range of GRID normal samples in standard deviations (Tippett 1925)."""

MEDIAN_DISTANCE: Final = 0.6745
"""Median distance of a normal variable from its mean, in standard deviations."""

TRIGGER_SHARE: Final = 0.5
"""An excursion begins at this share of the least plateau: the level may lie above the rest that is
then found beside the hold, and a weak hold with sharp edges has less (verdict.py). With .6 one more
in eight of the weakest is missed (simulated recordings)."""

LEVEL_SHARE: Final = 0.06
"""... or at this share of the plateau that holds now have."""

LEVEL_OF_MVC: Final = 0.4
"""Where the holds of a session are expected before there are any: the usual training load."""

CLEAR: Final = 2.0
"""What stands out this many times as far as it must is no bump of the rest's own."""


class Thresholds:
    """Thresholds above the rest level, in newtons."""

    def __init__(self, settings: DetectionSettings, rate_hz: float, mvc_n: float | None) -> None:
        self._least_step = GRID / (SPREAD_S * rate_hz)
        self._least_spread_n = settings.floor_n / SPREADS
        self.noise_n = self._sway_n = self._least_spread_n
        """Standard deviation of the sensor's noise, the floor's share at least."""
        self._cells = 0
        self.usual_least_n = settings.floor_n
        """Median of `least_n` over the whole recording."""
        self.expect(LEVEL_OF_MVC * (mvc_n or 0.0))

    def expect(self, holds_n: float) -> None:
        """Set the plateau that holds now have, so that fidgets are told from them."""
        self.holds_n = holds_n
        """Plateau that holds now have, 0 while nothing is known of them."""
        self._derive()

    def learn(self, ranges_n: Sequence[float], aways_n: Sequence[float]) -> None:
        """Take in cells of quiet rest: their ranges, and how far they lie from the level."""
        noise_n, sway_n = self.noise_n, self._sway_n
        for range_n, away_n in zip(ranges_n, aways_n, strict=True):
            self._cells += 1
            step = 1 + max(self._least_step, 1 / (self._cells + 2))
            noise_n = noise_n * step if range_n > RANGE_OF_GRID * noise_n else noise_n / step
            sway_n = sway_n * step if away_n > MEDIAN_DISTANCE * sway_n else sway_n / step
            noise_n = max(noise_n, self._least_spread_n)
            sway_n = max(sway_n, self._least_spread_n)
        self.noise_n, self._sway_n = noise_n, sway_n
        self._derive()
        # Of the whole recording every cell counts alike: the steps go on shrinking.
        step = (1 + 3 / (self._cells + 10)) ** len(aways_n)
        self.usual_least_n *= step if self.least_n > self.usual_least_n else 1 / step

    def _derive(self) -> None:
        noise_n = SPREADS * self.noise_n
        self.least_n = max(noise_n, SPREADS * self._sway_n)
        """Least plateau that stands out; the floor at least."""
        self.on_n = max(noise_n, TRIGGER_SHARE * self.least_n, LEVEL_SHARE * self.holds_n)
        """Force at which an excursion begins."""
