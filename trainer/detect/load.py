"""What all cells bear together, at even times."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

TICK_S: Final = 0.25


class LoadWatch:
    """Tells the median load of each tick from one time on up to another."""

    def __init__(self, from_s: float, until_s: float) -> None:
        self._next_s = from_s + TICK_S
        self._until_s = until_s
        self._waiting: list[tuple[FloatArray, FloatArray]] = []

    def push(self, time_s: FloatArray, load_n: FloatArray) -> list[tuple[float, float]]:
        """Return time and newtons of the ticks that (n,) newtons complete."""
        self._waiting.append((time_s, load_n))
        told: list[tuple[float, float]] = []
        while self._next_s <= min(float(time_s[-1]), self._until_s):
            told += self._tick()
        return told

    def _tick(self) -> list[tuple[float, float]]:
        at_s = self._next_s
        self._next_s += TICK_S
        time_s = np.concatenate([times for times, _ in self._waiting])
        load_n = np.concatenate([loads for _, loads in self._waiting])
        self._waiting = [(time_s[time_s > at_s], load_n[time_s > at_s])]
        inside = load_n[(time_s > at_s - TICK_S) & (time_s <= at_s)]
        return [(at_s, float(np.median(inside)))] if len(inside) else []
