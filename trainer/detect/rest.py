"""The rest level and how far force must stand out of it: tare, spread and threshold.

The level follows on a fixed grid of GRID samples of absolute index, never per packet, so that events do
not depend on how the signal is cut. It follows while the force is near it, sinks faster than it
climbs, re-tares after a hold, and never moves during one.
"""

import math
from collections import deque
from typing import Final

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

SPREAD_S: Final = 3.0
"""Time constant of the spread of rest."""

NOISE_SHARE: Final = 6.0
"""Threshold in spreads: 5 standard deviations of quiet baseline is the usual onset level (Dos'Santos
et al. 2017), one more because rest here includes a standing person's sway."""

LEVEL_SHARE: Final = 0.1
"""Threshold as a share of the recent holds' plateau, or of the MVC times LEVEL_OF_MVC."""

SWAY_SHARE: Final = 0.3
"""The slow part of the spread raises the threshold to this share of the holds' plateau at most."""

LEVEL_OF_MVC: Final = 0.4
"""Where the holds of a session are expected before there are any: the usual training load."""

LAMP_SHARE: Final = 0.2
"""The lamp's threshold as a share of the recent holds' plateau; 8 % MVC at the usual load."""


class RestLevel:
    """Follow the rest level of the detected force and derive the thresholds from it."""

    def __init__(self, settings: DetectionSettings, rate_hz: float, mvc_n: float | None) -> None:
        self._floor_n = settings.floor_n
        self._climb = 1 - math.exp(-GRID / (CLIMB_S * rate_hz))
        self._sink = 1 - math.exp(-GRID / (SINK_S * rate_hz))
        self._spread = 1 - math.exp(-GRID / (SPREAD_S * rate_hz))
        self._flat_cells = max(2, round(FLAT_S * rate_hz / GRID))
        self._ranges: deque[tuple[float, float]] = deque(maxlen=self._flat_cells)
        self._noise_n2 = 0.0
        self._sway_n2 = 0.0
        self._cells_seen = 0
        self.level_n: float | None = None
        self.holds_level_n = LEVEL_OF_MVC * mvc_n if mvc_n else 0.0
        """Plateau that holds have now, 0 while nothing is known of them."""
        self.on_n = 0.0
        """Force above the level at which an excursion begins."""
        self.lamp_n = 0.0
        """Force above the level at which the lamp goes on."""
        self.least_n = 0.0
        """Least plateau that stands out of the noise."""
        self._set_thresholds()

    @property
    def known_level_n(self) -> float:
        """Return the level; only called once there is one."""
        assert self.level_n is not None
        return self.level_n

    @property
    def on_level_n(self) -> float:
        """Return the force at which an excursion begins."""
        return self.known_level_n + self.on_n

    def expect(self, holds_level_n: float) -> None:
        """Set the plateau that holds now have, so that fidgets are told from them."""
        self.holds_level_n = holds_level_n
        self._set_thresholds()

    def expect_mvc(self, mvc_n: float) -> None:
        """Set the plateau that holds will have after a maximum was measured."""
        self.expect(LEVEL_OF_MVC * mvc_n)

    def start(self, level_n: float, variance_n2: float) -> None:
        """Begin with a first level and spread."""
        self.retare(level_n)
        self._noise_n2 = variance_n2
        self._sway_n2 = 0.0
        self._cells_seen = 1
        self._set_thresholds()

    def retare(self, level_n: float) -> None:
        """Set the level to where the force came to rest."""
        self.level_n = level_n
        self._ranges.clear()

    def note_range(self, low_n: float, high_n: float) -> None:
        """Take in lowest and highest sample of the next grid cell, at rest or not."""
        self._ranges.append((low_n, high_n))

    def follow(self, mean_n: float, variance_n2: float) -> float:
        """Move towards a cell of rest; return the share by which the level moved."""
        low, high = self._ranges[-1]
        level = self.known_level_n
        away = mean_n - level
        near = NEAR_SHARE * self.on_n
        if high < level:
            share = self._sink
        elif high - level < near and low - level > -near:
            share = self._climb
            self._cells_seen += 1
            weight = max(self._spread, 1 / self._cells_seen)
            self._noise_n2 += weight * (variance_n2 - self._noise_n2)
            self._sway_n2 += weight * (away * away - self._sway_n2)
            self._set_thresholds()
        elif self.is_flat():
            share = self._sink
        else:
            return 0.0
        self.level_n = level + share * away
        return share

    def is_flat(self) -> bool:
        """Return whether the last half second varied no more than rest does."""
        if len(self._ranges) < self._flat_cells:
            return False
        lowest = min(low for low, _ in self._ranges)
        highest = max(high for _, high in self._ranges)
        return highest - lowest < max(self._floor_n, self.least_n)

    def _set_thresholds(self) -> None:
        sway_n = NOISE_SHARE * math.sqrt(self._noise_n2 + self._sway_n2)
        if self.holds_level_n:
            # A rest level may wander by half a hold (measured): then holds set the threshold.
            sway_n = min(sway_n, SWAY_SHARE * self.holds_level_n)
        self.least_n = max(self._floor_n, NOISE_SHARE * math.sqrt(self._noise_n2), sway_n)
        self.on_n = max(self.least_n, LEVEL_SHARE * self.holds_level_n)
        self.lamp_n = max(self.on_n, LAMP_SHARE * self.holds_level_n)
