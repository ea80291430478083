"""When conversions happen: the converters' own oscillator, off its nominal rate and drifting."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

DELAY_PERIODS: Final = 2.0
"""Mean delay of an HX711: four conversions to settle (data sheet), so two on average."""

DRIFT_CYCLE_S: Final = 600.0


class Beat:
    """Stream time of each conversion's middle; 0 s is when the first sample was ready."""

    def __init__(self, rate_hz: float, drift: float) -> None:
        self._period_s = 1.0 / rate_hz
        self._turns = 2.0 * np.pi * self._period_s / DRIFT_CYCLE_S
        self._swing_s = drift * self._period_s / self._turns
        self._first_s = -DELAY_PERIODS * self.period_s(0)

    def at(self, index: FloatArray) -> FloatArray:
        """Return (n,) seconds at (n,) indices, which may lie between samples."""
        return self._first_s + index * self._period_s + self._swing_s * np.sin(self._turns * index)

    def stamp_s(self, index: int) -> float:
        """Return the middle of one conversion in seconds."""
        swung_s = self._swing_s * float(np.sin(self._turns * index))
        return self._first_s + index * self._period_s + swung_s

    def period_s(self, index: int) -> float:
        """Return the period around one conversion in seconds."""
        slope = self._swing_s * self._turns * float(np.cos(self._turns * index))
        return self._period_s + slope

    def ready_s(self, index: int) -> float:
        """Return when the converter has the sample ready, in stream time."""
        return self.stamp_s(index) + DELAY_PERIODS * self.period_s(index)
