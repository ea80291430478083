"""Strokes: where a signal turned upwards and rose, sample by sample.

A stroke runs from a lowest point to the next highest; a fall of less than the reversal ends none.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

SLOPE_S: Final = 0.05
"""The steepest slope is taken over this time: over one sample of 4 ms it would be noise."""

MEMORY_S: Final = 2.0
"""Of a rise: what began earlier rose too slowly to be part of it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One rise from a lowest point to a highest, in the unit of the signal."""

    at_s: float
    """Where it passes the middle of the two, interpolated."""
    low: float
    high: float
    slope: float
    """Steepest, per second."""


class StrokeFinder:
    """Follow one signal through one unbroken run."""

    def __init__(self, rate_hz: float, reversal: float) -> None:
        self._reversal = reversal
        self._lag = max(1, round(SLOPE_S * rate_hz))
        memory = round(MEMORY_S * rate_hz)
        self._rise: deque[tuple[float, float]] = deque(maxlen=memory)
        """Times and values from the low to the high, the newest of them."""
        self._since: deque[tuple[float, float]] = deque(maxlen=memory)
        """Those after the high."""
        self._is_rising = False
        self._high = -np.inf
        self.low = np.inf
        """Lowest value since the last stroke, or of the one under way."""

    def push(self, at_s: float, value: float) -> Stroke | None:
        """Take in a sample; return the stroke that it shows to be over."""
        if not self._is_rising:
            if value <= self.low:
                self._turn(at_s, value)
                return None
            self._rise.append((at_s, value))
            if value - self.low >= self._reversal:
                self._is_rising = True
                self._high = value
            return None
        self._since.append((at_s, value))
        if value > self._high:
            self._high = value
            self._rise.extend(self._since)
            self._since.clear()
        elif self._high - value >= self._reversal:
            stroke = self._stroke()
            self._turn(at_s, value)
            return stroke
        return None

    def finish(self) -> Stroke | None:
        """Return the stroke under way: no more of the run will come."""
        return self._stroke() if self._is_rising else None

    def _turn(self, at_s: float, value: float) -> None:
        self._is_rising = False
        self.low = value
        self._since.clear()
        self._rise.clear()
        self._rise.append((at_s, value))

    def _stroke(self) -> Stroke:
        time_s: FloatArray
        values: FloatArray
        time_s, values = np.array(self._rise, dtype=np.float64).T
        lag = min(self._lag, len(values) - 1)
        slopes = (values[lag:] - values[:-lag]) / (time_s[lag:] - time_s[:-lag])
        middle = (self.low + self._high) / 2
        # The last time below the middle; where the rise began before memory, its first sample.
        below = np.flatnonzero(values[:-1] <= middle)
        before = int(below[-1]) if len(below) else 0
        pair = slice(before, before + 2)
        at_s = float(np.interp(middle, values[pair], time_s[pair]))
        return Stroke(at_s, self.low, self._high, float(slopes.max()))
