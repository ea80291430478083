"""Presses drawn from straight lines and sines, whose measures are known in closed form."""

import numpy as np

from trainer.core.arrays import FloatArray

RATE_HZ = 100.0


def times_s(lasts_s: float, rate_hz: float = RATE_HZ) -> FloatArray:
    return np.arange(0, lasts_s + 0.5 / rate_hz, 1 / rate_hz)


def trapezoid(
    time_s: FloatArray, *, from_s: float, up_s: float, hold_s: float, down_s: float, force_n: float
) -> FloatArray:
    """Return a straight rise, a level, a straight fall; 0 elsewhere."""
    points = np.cumsum([from_s, up_s, hold_s, down_s])
    return np.interp(time_s, points, [0.0, force_n, force_n, 0.0])
