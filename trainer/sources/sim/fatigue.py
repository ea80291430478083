"""How the foot tires within a set and recovers in the rest."""

import math

import numpy as np

from trainer.sources.sim.config import FatigueConfig

DEEPEST_LOSS = 0.6
"""No foot here loses more of its force."""


class Fatigue:
    """The share of force lost: it grows with each press from an onset on, and fades in rests."""

    def __init__(self, config: FatigueConfig, rng: np.random.Generator) -> None:
        self._config = config
        self._rng = rng
        self._loss = 0.0
        self._onset: int | None = None
        self._presses = 0
        self._rested_since_s: float | None = None

    @property
    def capacity(self) -> float:
        """Return the share of the rested force that is left."""
        return 1.0 - self._loss

    @property
    def depth(self) -> float:
        """Return how tired the foot is, 0 to 1, for what sags and trembles."""
        return min(1.0, 2.0 * self._loss)

    def start_set(self, reps: int, at_s: float) -> None:
        """Recover for as long as the rest was, and draw where the onset will be."""
        self.recover(at_s)
        is_tiring, where = self._rng.random(2)
        low, high = self._config.onset_share
        share = low + (high - low) * where
        is_any = is_tiring < self._config.probability
        self._onset = max(2, math.ceil(share * reps)) if is_any else None
        self._presses = 0

    def end_set(self, at_s: float) -> None:
        """Begin to recover."""
        self._onset = None
        self._rested_since_s = at_s

    def recover(self, at_s: float) -> None:
        """Count the rest up to now."""
        if self._rested_since_s is not None:
            rest_s = max(0.0, at_s - self._rested_since_s)
            self._loss *= math.exp(-rest_s / self._config.recovery_s)
            self._rested_since_s = None

    def press(self) -> bool:
        """Count one press of the set; return whether it is lowered."""
        self._presses += 1
        if self._onset is None or self._presses < self._onset:
            return False
        self._loss = min(DEEPEST_LOSS, self._loss + self._config.decline_per_rep)
        return True
