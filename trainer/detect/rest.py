"""The rest level and how far force must stand out of it: tare, spread and thresholds.

The level follows on a fixed grid of GRID samples of absolute index, never per packet, so that
events do not depend on how the signal is cut. It follows while the force is near it, sinks faster
than it climbs, re-tares after a hold, and never moves during one.

Spreads are medians: a press that was taken for rest moves them by one step and no more, so that
missed presses cannot raise the threshold until all are missed.
"""

import math
from collections import deque
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.settings import DetectionSettings

GRID: Final = 8
"""Samples per step of the tare: 0.1 s at 80 Hz."""

NEAR_SHARE: Final = 0.7
"""Rest is what stays within this share of the threshold (measured: F1 .998 against .919 for 'quiet
and low' alone, on simulated recordings)."""

CLIMB_S: Final = 2.0
"""Time constant towards higher levels: creep and drift, not a slow press."""

SINK_S: Final = 0.5
"""Time constant towards lower levels, and of the re-tare on a flat shifted level."""

FLAT_S: Final = 0.5
"""How long a level must be flat before it can be rest."""

SPREAD_S: Final = 10.0
"""Time constant of the spreads; 3 to 20 s make no difference (measured on simulated recordings)."""

QUIET_S: Final = 1.0
"""How long after a hold rest becomes quiet: before, its spread is the hold's doing. A real rest
level that swings between pushes 1.2 s apart would raise the threshold until they are missed."""

SPREADS: Final = 5.0
"""Threshold in standard deviations of quiet rest (Dos'Santos et al. 2017)."""

RANGE_OF_GRID: Final = 2.847
"""Mean range of GRID normal samples in standard deviations (table of the relative range)."""

MEDIAN_DISTANCE: Final = 0.6745
"""Median distance of a normal variable from its mean, in standard deviations."""

TRIGGER_SHARE: Final = 0.6
"""An excursion begins at this share of the least plateau: the level may lie above the rest that is
then found beside the hold. From 0.5 to 0.7 no difference, from 0.85 on weak holds are missed."""

LEVEL_SHARE: Final = 0.06
"""... or at this share of the plateau that holds now have."""

LEVEL_OF_MVC: Final = 0.4
"""Where the holds of a session are expected before there are any: the usual training load."""

LAMP_SHARE: Final = 0.2
"""The lamp's threshold as a share of the recent holds' plateau: 8 % of the maximum at that load."""


class RestLevel:
    """Follow the rest level of the detected force and derive the thresholds from it."""

    def __init__(self, settings: DetectionSettings, rate_hz: float, mvc_n: float | None) -> None:
        self._floor_n = settings.floor_n
        self._climb = 1 - math.exp(-GRID / (CLIMB_S * rate_hz))
        self._sink = 1 - math.exp(-GRID / (SINK_S * rate_hz))
        self._slowest_step = GRID / (SPREAD_S * rate_hz)
        self._quiet_cells = round(QUIET_S * rate_hz / GRID)
        self._flat_cells = max(2, round(FLAT_S * rate_hz / GRID))
        self._weights: dict[float, FloatArray] = {}
        self._ranges: deque[tuple[float, float]] = deque(maxlen=self._flat_cells)
        self._least_spread_n = self._floor_n / SPREADS
        self._noise_n = self._sway_n = self._least_spread_n
        self._cells_seen = 0
        self.usual_least_n = self._floor_n
        self._cells_at_rest = 0
        self.level_n = 0.0
        """Newtons; means nothing before `start`."""
        self.holds_level_n = LEVEL_OF_MVC * mvc_n if mvc_n else 0.0
        """Plateau that holds have now, 0 while nothing is known of them."""
        self._set_thresholds()

    def weights(self, share: float) -> FloatArray:
        """Return (GRID + 1,) weights: the cell's samples share `share`, the last is the level's."""
        found = self._weights.get(share)
        if found is None:
            found = self._weights[share] = np.append(np.full(GRID, share / GRID), 1 - share)
        return found

    @property
    def flat_samples(self) -> int:
        """Return how many samples a flat stretch has."""
        return GRID * self._flat_cells

    def expect(self, holds_level_n: float) -> None:
        """Set the plateau that holds now have, so that fidgets are told from them."""
        self.holds_level_n = holds_level_n
        self._set_thresholds()

    def start(self, level_n: float) -> None:
        """Begin with a first level; rest counts as quiet at once."""
        self.retare(level_n)
        self._cells_at_rest = self._quiet_cells

    def retare(self, level_n: float) -> None:
        """Set the level to where the force came to rest."""
        self.level_n = level_n
        self._ranges.clear()

    def wait_for_quiet(self) -> None:
        """Learn no spread for a while: a hold has just ended."""
        self._cells_at_rest = 0

    def note_range(self, low_n: float, high_n: float) -> None:
        """Take in lowest and highest sample of the next grid cell, at rest or not."""
        self._ranges.append((low_n, high_n))

    def follow(self, mean_n: float) -> float:
        """Move towards the newest cell, of rest; return the share by which the level moved."""
        low_n, high_n = self._ranges[-1]
        away_n = mean_n - self.level_n
        near_n = NEAR_SHARE * self.on_n
        self._cells_at_rest += 1
        if self._cells_at_rest > self._quiet_cells:
            self._learn_spread(high_n - low_n, abs(away_n))
        if high_n < self.level_n:
            share = self._sink
        elif high_n - self.level_n < near_n and self.level_n - low_n < near_n:
            share = self._climb
        elif self.is_flat():
            share = self._sink
        else:
            return 0.0
        self.level_n += share * away_n
        return share

    def is_flat(self) -> bool:
        """Return whether the last half second varied no more than rest does."""
        if len(self._ranges) < self._flat_cells:
            return False
        lowest_n = min(low_n for low_n, _ in self._ranges)
        highest_n = max(high_n for _, high_n in self._ranges)
        return highest_n - lowest_n < self.least_n

    def _learn_spread(self, range_n: float, away_n: float) -> None:
        """Move the medians by one step each; the first steps are larger."""
        self._cells_seen += 1
        step = 1 + max(self._slowest_step, 1 / (self._cells_seen + 2))
        self._noise_n *= step if range_n > RANGE_OF_GRID * self._noise_n else 1 / step
        self._sway_n *= step if away_n > MEDIAN_DISTANCE * self._sway_n else 1 / step
        self._noise_n = max(self._noise_n, self._least_spread_n)
        self._sway_n = max(self._sway_n, self._least_spread_n)
        self._set_thresholds()
        # Of the whole recording every cell counts alike: the steps go on shrinking.
        step = 1 + 3 / (self._cells_seen + 10)
        self.usual_least_n *= step if self.least_n > self.usual_least_n else 1 / step

    def _set_thresholds(self) -> None:
        noise_n = SPREADS * self._noise_n
        self.least_n = max(noise_n, SPREADS * self._sway_n)
        """Least plateau that stands out of rest; the floor at least."""
        self.on_n = max(noise_n, TRIGGER_SHARE * self.least_n, LEVEL_SHARE * self.holds_level_n)
        """Force above the level at which an excursion begins."""
        self.lamp_n = max(self.least_n, LAMP_SHARE * self.holds_level_n)
        """Force above the level at which the lamp goes on."""
