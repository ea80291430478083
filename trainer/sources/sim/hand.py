"""The hand that puts weights on the simulated pad, as carefully as a person does."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.sources.sim.statics import CHANNELS

GRAVITY_MS2: Final = 9.8123
"""Of the place where the simulated pad stands; nobody who calibrates it is told."""

MASS_ERROR: Final = 1e-4
"""Sd of a mass beside what is written on it: a weight of class M2 (OIML R 111-1:2004), about."""

PLACING_ERROR: Final = 3e-4
"""Sd of a cell's answer by where on it a load stands; assumed, as for a bar of decent make."""

LOWERING_S: Final = 0.4
WOBBLE_SHARE: Final = 0.02
WOBBLE_HZ: Final = 6.0
WOBBLE_S: Final = 0.15
"""Until a load that was just put down has come to rest to a third; assumed."""


class Hand:
    """Moves one load at a time; what it did before is not changed by what it does next."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng((seed, len(CHANNELS)))
        self._masses: dict[str, float] = {}
        self._before_n = np.zeros(len(CHANNELS))
        self._after_n = np.zeros(len(CHANNELS))
        self._seen_s = -np.inf
        self._start_s = -np.inf

    def put(self, cell: str, mass_kg_by_name: Mapping[str, float]) -> None:
        """Leave these weights on a cell and nothing on the others; none takes everything off."""
        self._before_n = self._after_n
        mass_kg = sum(self._true_kg(name, mass) for name, mass in mass_kg_by_name.items())
        placed = 1.0 + PLACING_ERROR * float(self._rng.standard_normal())
        self._after_n = np.zeros(len(CHANNELS))
        self._after_n[CHANNELS.index(cell)] = GRAVITY_MS2 * mass_kg * placed
        self._start_s = self._seen_s

    def force(self, time_s: FloatArray) -> FloatArray:
        """Return (n, 4) newtons at (n,) rising stream times."""
        self._seen_s = max(self._seen_s, float(time_s[-1]))
        since_s = time_s - self._start_s if np.isfinite(self._start_s) else np.full_like(time_s, 60)
        moved = np.clip(since_s / LOWERING_S, 0.0, 1.0)
        share = (1.0 - np.cos(np.pi * moved)) / 2.0
        down_s = np.maximum(since_s - LOWERING_S, 0.0)
        wobble = (
            WOBBLE_SHARE * np.sin(2.0 * np.pi * WOBBLE_HZ * down_s) * np.exp(-down_s / WOBBLE_S)
        )
        return np.multiply.outer(1.0 - share, self._before_n) + np.multiply.outer(
            share + wobble, self._after_n
        )

    def _true_kg(self, name: str, mass_kg: float) -> float:
        """Return what a weight really weighs: always the same for one name."""
        if name not in self._masses:
            self._masses[name] = mass_kg * (1.0 + MASS_ERROR * float(self._rng.standard_normal()))
        return self._masses[name]
