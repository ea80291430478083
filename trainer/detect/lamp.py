"""The lamp: when a press that is still on is told, and how it is told from unrest.

Two tiers, judged sample by sample while force stands out of rest:
- contact: force stands out by its level and by its rise, or by its level alone and further;
- hold, the lamp proper: after contact, an impulse that fidgets and impacts do not have.
Sway is slow, so its rise tells it; a fidget is short, so its impulse tells it; a shift of the rest
level is slow and low. On simulated recordings with sway, fidgets and shifts three times the usual
ones the impulse costs 65 ms at the median and leaves .4 to 1.5 of 2 to 19 false lamps in 15
minutes, by the family of fidgets; the rise left 1.2 of 27 in strong sway.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final

from trainer.detect.thresholds import Thresholds
from trainer.detect.unrest import RISE_S, Unrest

LEVEL_SPREADS: Final = 4.0
RISE_SPREADS: Final = 4.5
"""Level and rise of a press, in standard deviations of rest. From 3.5 to 4.5 and from 4 to 6 the
false lamps change by a third (simulated recordings)."""

SURE_SPREADS: Final = 8.0
SURE_SHARE: Final = 0.12
"""Level that is a press however slow it rose, and its share of the plateau that holds now have:
sway is no normal noise about the tracked level, and a shift of posture is as slow."""

LEAST_SHARE: Final = 0.07
"""Level as a share of the plateau that holds now have. A hold has a tenth of it (verdict.py), but
many begin with a lighter press: with a tenth here, one hold in twenty lit 0.2 s later."""

STRANGE: Final = 1.4
"""The first two are larger by this while nothing is known of the person's holds."""

IMPULSE_S: Final = 0.012
"""Impulse that lights the lamp, in seconds of the plateau that holds now have: a smooth rise of
0.3 s reaches it 90 ms after its begin."""

MOST_IMPULSE_S: Final = 0.03
"""... and at most, however large the bumps are."""

STRANGE_N_S: Final = 0.5
"""... while nothing is known of the person's holds: above nine in ten fidgets of 60 to 300 ms and
2 N at the median."""

BUMP_MARGIN: Final = 1.2
"""The impulse exceeds that of the bumps of this recording by so much."""


class Lamp:
    """Judge one excursion after the other, sample by sample; newtons above the rest level."""

    def __init__(self, unrest: Unrest, limits: Thresholds, rate_hz: float, floor_n: float) -> None:
        self._unrest = unrest
        self._limits = limits
        self._floor_n = floor_n
        self._period_s = 1 / rate_hz
        self.window = max(2, round(RISE_S * rate_hz))
        """Samples before an excursion that `begin` is to be given."""
        self._recent: deque[float] = deque(maxlen=self.window)
        self.begin(())

    def begin(self, before_n: Sequence[float], return_n: float = 0.0) -> None:
        """Start with a new excursion, after these samples.

        Up to `return_n` above rest it may be a foot that was lifted and comes back.
        """
        self._return_n = return_n
        self._recent.clear()
        self._recent.extend(before_n)
        self._impulse_n_s = 0.0
        self.is_contact = False
        self.is_on = False

    def take(self, above_n: float) -> None:
        """Judge the next sample."""
        self._recent.append(above_n)
        self._impulse_n_s += above_n * self._period_s
        holds_n, noise_n = self._limits.holds_n, self._limits.noise_n
        factor = 1.0 if holds_n else STRANGE
        level_n = max(self._unrest.level_n, noise_n)
        least_n = max(self._floor_n, LEAST_SHARE * holds_n, factor * LEVEL_SPREADS * level_n)
        if above_n < max(least_n, self._return_n):
            return
        sure_n = max(factor * SURE_SPREADS * level_n, SURE_SHARE * holds_n)
        if not self.is_contact and above_n < sure_n:
            rise_n = above_n - min(self._recent)
            if rise_n < factor * RISE_SPREADS * max(self._unrest.rise_n, noise_n):
                return
        self.is_contact = True
        self.is_on = self._impulse_n_s > self._needed_n_s()

    def _needed_n_s(self) -> float:
        bump_n_s, holds_n = BUMP_MARGIN * self._unrest.bump_n_s, self._limits.holds_n
        if not holds_n:
            return max(STRANGE_N_S, bump_n_s)
        return min(max(IMPULSE_S * holds_n, bump_n_s), MOST_IMPULSE_S * holds_n)
