"""Measures of one press from its curve: rise, release, smoothness, distance from its target.

Curves are (n,) seconds, rising, and (n,) newtons above the rest level of that press.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d

from trainer.core.arrays import FloatArray

RISE: Final = (0.1, 0.9)
"""Shares of the plateau between which a rise is timed: the usual 10-90 % of a step's response."""

SLOPE_S: Final = 0.05
"""A slope is that of a line through so much of the curve: over 50 ms and longer the figure is
reliable, over 20 ms it is not (Maffiuletti 2016, 10.1007/s00421-016-3346-6). Behind a converter
whose filter spans four conversions at 80 Hz a steeper rise is flattened: figures of one pad only
are compared."""

RELEASE_S: Final = 0.2
"""... and of what is let down slowly through so much: there 50 ms show noise (of 0.03 N at 80 Hz
up to 4 N/s), where a release within 2 s has 12 N/s."""

FEWEST: Final = 4
"""Samples that a line goes through at least: at 80 Hz those of 50 ms."""

VOLUNTARY_HZ: Final = 3.0
"""What the person steers lies below; above it lie tremor, 7-11 Hz, and noise. Proposed. Of 9 Hz
4 % are left."""

SPREAD_S: Final = math.sqrt(math.log(2)) / (2 * math.pi * VOLUNTARY_HZ)
"""Of the bell curve whose low-pass halves the power there. A bell curve adds no turns to a curve,
so that a quick press that only rises and falls stays at 100."""

ENDS: Final = 0.05
"""Share of the highest force below which a press is not looked at: before and after it lies rest,
whose wandering is none of its course."""


def rise_time_s(time_s: FloatArray, above_n: FloatArray, plateau_n: float) -> float | None:
    """Return the seconds from 10 to 90 % of the plateau; None where the curve lacks one of them.

    To the first crossing of 90 %, from the last of 10 % before it, both on straight lines.
    """
    low_n, high_n = (share * plateau_n for share in RISE)
    reached = np.flatnonzero(above_n >= high_n)
    if plateau_n <= 0 or not len(reached) or reached[0] == 0:
        return None
    top = int(reached[0])
    below = np.flatnonzero(above_n[:top] <= low_n)
    if not len(below):
        return None
    foot = int(below[-1])
    return _crossing_s(time_s, above_n, top - 1, high_n) - _crossing_s(time_s, above_n, foot, low_n)


def steepest_n_s(
    time_s: FloatArray, above_n: FloatArray, span_s: float = SLOPE_S
) -> tuple[float, float] | None:
    """Return the steepest loss, below 0, and the steepest rise of force in N/s; None of too few.

    Slopes of least-squares lines through `span_s`.
    """
    if len(time_s) < FEWEST:
        return None
    period_s = float(time_s[-1] - time_s[0]) / (len(time_s) - 1)
    count = min(len(time_s), max(FEWEST, round(span_s / period_s) + 1))
    times = np.lib.stride_tricks.sliding_window_view(time_s, count)
    forces = np.lib.stride_tricks.sliding_window_view(above_n, count)
    away_s = times - times.mean(axis=1, keepdims=True)
    slopes = (away_s * forces).sum(axis=1) / (away_s**2).sum(axis=1)
    return float(slopes.min()), float(slopes.max())


def smoothness_pct(time_s: FloatArray, above_n: FloatArray) -> float | None:
    """Return 100 (net rise + net fall) / path of the force below VOLUNTARY_HZ; None of too few.

    100: one rise and one fall with nothing between. The ratio of the shortest to the travelled path
    is the straightness of a movement (Balasubramanian 2015, 10.1186/s12984-015-0090-9, discusses
    it beside others), taken here of the force.
    """
    slow_n = _voluntary(time_s, above_n)
    if slow_n is None:
        return None
    inside = np.flatnonzero(slow_n >= ENDS * slow_n.max())
    part_n = slow_n[inside[0] : inside[-1] + 1]
    path_n = float(np.abs(np.diff(part_n)).sum() + part_n[0] + part_n[-1])
    return 100 * float(2 * part_n.max()) / path_n


def tracking_pct(
    time_s: FloatArray, above_n: FloatArray, trace: Sequence[tuple[float, float]]
) -> float | None:
    """Return the root mean square of force minus trace in percent of the trace's highest force.

    `trace` are points (seconds, newtons) in order; what lies outside it is left out. None where the
    curve misses a tenth of it or more.
    """
    at_s, wanted_n = (np.array(column) for column in zip(*trace, strict=True))
    inside = (time_s >= at_s[0]) & (time_s <= at_s[-1]) & np.isfinite(above_n)
    highest_n = float(wanted_n.max())
    if highest_n <= 0 or inside.sum() < FEWEST:
        return None
    seen_s = time_s[inside]
    if seen_s[-1] - seen_s[0] < 0.9 * (at_s[-1] - at_s[0]):
        return None
    away_n = above_n[inside] - np.interp(seen_s, at_s, wanted_n)
    return 100 * float(np.sqrt(np.mean(away_n**2))) / highest_n


def best_mean_n(time_s: FloatArray, above_n: FloatArray, lasts_s: float = 0.5) -> float | None:
    """Return the highest mean over `lasts_s` in newtons; None for a shorter curve."""
    if len(time_s) < FEWEST or time_s[-1] - time_s[0] < lasts_s:
        return None
    steps = np.diff(time_s) * (above_n[1:] + above_n[:-1]) / 2
    area = np.concatenate([[0.0], np.cumsum(steps)])
    begins_s = time_s[time_s <= time_s[-1] - lasts_s]
    ends = np.interp(begins_s + lasts_s, time_s, area)
    return float((ends - area[: len(begins_s)]).max()) / lasts_s


def _crossing_s(time_s: FloatArray, above_n: FloatArray, before: int, level_n: float) -> float:
    low_n, high_n = float(above_n[before]), float(above_n[before + 1])
    share = (level_n - low_n) / (high_n - low_n)
    return float(time_s[before] + share * (time_s[before + 1] - time_s[before]))


def _voluntary(time_s: FloatArray, above_n: FloatArray) -> FloatArray | None:
    """Return the curve below VOLUNTARY_HZ, without delay; None of less than a third of a second."""
    if len(time_s) < FEWEST or time_s[-1] - time_s[0] < 1 / VOLUNTARY_HZ or above_n.max() <= 0:
        return None
    rate_hz = (len(time_s) - 1) / float(time_s[-1] - time_s[0])
    slow_n = gaussian_filter1d(above_n, SPREAD_S * rate_hz, mode="nearest")
    return np.asarray(slow_n, np.float64)
