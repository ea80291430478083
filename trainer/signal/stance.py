"""Stance on an even grid below 10 Hz: what sway figures take, for they depend on both.

Rules:
- Of the recording the longest unbroken stretch counts: a jump of more than LOSS_PERIODS periods,
  rows missing or not finite alike, or a clock that steps back ends one. Nothing is put into a gap.
- Within it a cubic spline through the samples that are there gives the even grid, of the stretch's
  own rate or the least multiple of it that reaches GRID_HZ: nothing is thinned out, so no noise is
  folded down, and a slow recording's path is no polygon.
- The low-pass is a Butterworth filter of fourth order, run forwards and backwards. Beyond its ends
  the stretch is continued by its point reflection, which keeps value and slope.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import butter, sosfiltfilt

from trainer.core.arrays import FloatArray, IndexArray
from trainer.core.track import EvenTrack

LOWPASS_HZ: Final = 10.0
"""Quiet standing has no more (Santos and Duarte 2016 publish at 10 Hz)."""

ORDER: Final = 4
"""Run twice: at 5 Hz 0.4 % are missing, at 15 Hz 4 % are left (derived)."""

GRID_HZ: Final = 95.0
"""A circle at 2 Hz loses 0.07 % of its path as a polygon of 95 points a second (derived); 100 Hz as
clocks go is left as it is."""

LOSS_PERIODS: Final = 5
"""Lost periods up to which samples are filled (timing/ticks.py)."""

ORDINARY: Final = 1.75
"""A step of more than this many median steps has lost a sample (timing/period.py)."""

LEAST_S: Final = 2.0
"""A shorter stretch has no sway: the slowest figure of interest, 0.5 Hz, goes round once."""

PAD_S: Final = 1.0
"""Continuation at either end: ten cycles of the cut-off, more than twice the filter's memory."""


def even_stance(time_s: FloatArray, values: FloatArray) -> EvenTrack:
    """Return (n, k) values at (n,) seconds, NaN where lost, as an even track below 10 Hz."""
    is_there = np.isfinite(values).all(axis=1) & np.isfinite(time_s)
    time_s, values = time_s[is_there], values[is_there]
    longest = _longest_run(time_s)
    if longest is None:
        return EvenTrack(np.empty(0), np.empty((0, values.shape[1])))
    rows, period_s = longest
    time_s, values = time_s[rows], values[rows]
    lasts_s = float(time_s[-1] - time_s[0])
    steps = round(lasts_s / period_s) * int(np.ceil(period_s * GRID_HZ))
    grid_s = np.linspace(float(time_s[0]), float(time_s[-1]), steps + 1)
    even: FloatArray = CubicSpline(time_s, values)(grid_s)
    grid_hz = steps / lasts_s
    sections = butter(ORDER, LOWPASS_HZ, fs=grid_hz, output="sos")
    padding = min(steps, round(PAD_S * grid_hz))
    return EvenTrack(grid_s, sosfiltfilt(sections, even, axis=0, padlen=padding))


def _longest_run(time_s: FloatArray) -> tuple[IndexArray, float] | None:
    """Return the rows of the longest stretch, each later than the last, and the mean period."""
    steps_s = np.diff(time_s)
    rising_s = steps_s[steps_s > 0]
    if not len(rising_s):
        return None
    period_s = float(rising_s[rising_s <= ORDINARY * np.median(rising_s)].mean())
    is_cut = (steps_s < 0) | (np.rint(steps_s / period_s) > LOSS_PERIODS)
    edges = [0, *(np.flatnonzero(is_cut) + 1).tolist(), len(time_s)]
    first, stop = max(pairwise(edges), key=lambda run: time_s[run[1] - 1] - time_s[run[0]])
    if time_s[stop - 1] - time_s[first] < LEAST_S:
        return None
    rows = np.arange(first, stop)
    # A sample written twice stands on no grid (timing/stamps.py).
    is_new = np.diff(time_s[first:stop], prepend=-np.inf) > 0
    return rows[is_new], period_s
