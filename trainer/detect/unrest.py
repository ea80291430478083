"""Unrest: how far, how fast and how long force leaves the rest level without being a press.

Learned from all of rest, and from every excursion that turned out to be no hold: unrest that was
taken for presses raises the spreads as other unrest does. Spreads are medians, so that a press
taken for rest moves them by one step and no more.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.thresholds import GRID, MEDIAN_DISTANCE

SPREAD_S: Final = 20.0
"""Time constant of the spreads; 10 to 40 s make little difference (simulated recordings)."""

RISE_S: Final = 0.2
"""How long before now a rise is counted from: a press of the usual 0.3 s has begun since."""

BATCH: Final = 8
"""Cells of the grid that are learned at a time."""

SMALLEST: Final = 1 / 80
"""Least spread as a share of the least force that counts at all."""

UNSURE_S: Final = 1.3
"""Spreads learned from this much rest are doubled, and less the more was seen: the first seconds
of a recording show little of its sway."""

BUMP_S: Final = 1.0
"""A longer excursion was no bump but a level that moved."""

MOST_GROWTH: Final = 1.3
"""No excursion raises the spreads by more: it may have been a slow press before any was known."""

GROWTH: Final = 1.6
DECAY: Final = 0.96
"""The learned impulse of bumps grows and shrinks by these: one bump in twelve is larger."""

FORGETTING: Final = 0.99
"""... and with every hold, since a person who presses well fidgets less."""


class Unrest:
    """Spreads of level and rise at rest, and the impulse of bumps, in newtons and seconds."""

    def __init__(self, floor_n: float, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._least_n = SMALLEST * floor_n
        self._step = GRID / (SPREAD_S * rate_hz)
        self._lag = max(1, round(RISE_S * rate_hz / GRID))
        self._cells = 0
        self._means: list[float] = []
        self._aways: list[float] = []
        # Until something was seen, only a hard press is told from what may be to come.
        self._spreads = [floor_n] * 4
        """Of level and rise: lately, and over the whole recording."""
        self._doubt = 1.0 + UNSURE_S * rate_hz / GRID
        self.bump_n_s = 0.0
        """Impulse that one bump in twelve exceeds; 0 before the first."""

    @property
    def level_n(self) -> float:
        """Return the standard deviation of rest about its level, enlarged while little was seen."""
        return self._spreads[0] * self._doubt

    @property
    def rise_n(self) -> float:
        """Return that of its rise over RISE_S."""
        return self._spreads[1] * self._doubt

    @property
    def usual_level_n(self) -> float:
        """Return the level's spread over the whole recording, enlarged while little was seen."""
        return self._spreads[2] * self._doubt

    @property
    def usual_rise_n(self) -> float:
        """Return the rise's spread over the whole recording."""
        return self._spreads[3] * self._doubt

    def learn(self, means_n: Sequence[float], aways_n: Sequence[float]) -> None:
        """Take in the next cells of rest: their means, and how far these lay from the level."""
        room, first = BATCH - len(self._aways), 0
        while first < len(aways_n):
            self._means += means_n[first : first + room]
            self._aways += aways_n[first : first + room]
            first += room
            if len(self._aways) == BATCH:
                self._learn_batch()
            room = BATCH - len(self._aways)

    def break_off(self) -> None:
        """Let the next cell not follow on the last one: a hold or a gap lies between."""
        if self._aways:
            self._learn_batch()
        self._means.clear()

    def learn_bump(self, force_n: FloatArray, level_n: float) -> None:
        """Take in the (n,) newtons of an excursion that was no hold."""
        self.break_off()
        most = [MOST_GROWTH * spread_n for spread_n in self._spreads]
        cells = force_n[: len(force_n) // GRID * GRID].reshape(-1, GRID)
        means_n = cells.sum(axis=1) / GRID
        self.learn(means_n.tolist(), np.abs(means_n - level_n).tolist())
        self.break_off()
        self._spreads = [min(now, limit) for now, limit in zip(self._spreads, most, strict=True)]
        if len(force_n) < BUMP_S * self._rate_hz:
            impulse = float((force_n - level_n).sum()) / self._rate_hz
            known = self.bump_n_s or impulse
            self.bump_n_s = min(GROWTH * known, impulse) if impulse > known else DECAY * known

    def learn_hold(self) -> None:
        """Take in that an excursion was a hold."""
        self.break_off()
        self.bump_n_s *= FORGETTING

    def _learn_batch(self) -> None:
        means, aways = self._means, self._aways
        rises = [abs(now - before) for now, before in zip(means[self._lag :], means, strict=False)]
        if not self._cells:
            self._spreads = [sorted(aways)[len(aways) // 2] / MEDIAN_DISTANCE] * 4
        self._cells += len(aways)
        lately = 1 + max(self._step, 2 / (self._cells + 2))
        # Of the whole recording every cell counts alike: the steps go on shrinking.
        ever = 1 + 3 / (self._cells + 10)
        level_n, rise_n, usual_level_n, usual_rise_n = self._spreads
        self._spreads = [
            self._stepped(level_n, aways, lately),
            self._stepped(rise_n, rises, lately),
            self._stepped(usual_level_n, aways, ever),
            self._stepped(usual_rise_n, rises, ever),
        ]
        self._doubt = 1.0 + UNSURE_S * self._rate_hz / (GRID * (self._cells + 1))
        aways.clear()
        del means[: -self._lag]

    def _stepped(self, spread_n: float, seen_n: list[float], step: float) -> float:
        """Return a spread after steps towards the median of what was seen."""
        for value_n in seen_n:
            is_more = value_n > MEDIAN_DISTANCE * spread_n
            spread_n = spread_n * step if is_more else spread_n / step
        return max(spread_n, self._least_n)
