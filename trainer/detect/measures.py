"""The measures of one hold, from the samples of its excursion."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import Quality
from trainer.core.hold import Hold
from trainer.detect.history import Stretch
from trainer.detect.segment import FOOT_SHARE, REST_S, Excursion, Span

RFD_WINDOW_S: Final = 0.2
"""Rate of force development over 0-200 ms; 0-50 ms cannot be measured behind a converter whose filter
spans four conversions at 80 samples a second."""

BEST_MEAN_S: Final = 0.5
"""A maximal press is the highest 0.5 s mean."""

FEWEST_FOR_CV: Final = 8
"""Fewer samples leave a coefficient of variation uncertain by more than a quarter of itself:
1 / sqrt(2 (n - 1)) of a normal sample."""


def measure_hold(
    excursion: Excursion,
    span: Span,
    cells: tuple[str, ...],
    stretch: Stretch,
) -> Hold:
    """Return the measures of a span; the stretch has the excursion's samples of every cell."""
    time = excursion.time_s
    above = excursion.force_n - span.rest_n
    inside = slice(span.first, span.last + 1)
    quarter = (span.last - span.first + 1) // 4
    middle = slice(span.first + quarter, span.last + 1 - quarter)
    impulse = _impulse(time, above, span)
    duration_s = span.end_s - span.start_s
    flags = stretch.quality[inside]
    changes = _cell_changes(excursion, span, stretch.force_n, middle)
    return Hold(
        start_s=span.start_s,
        end_s=span.end_s,
        peak_n=float(above[inside].max()),
        plateau_n=span.plateau_n,
        mean_n=impulse / duration_s,
        cv_pct=_variation(time[middle], above[middle]),
        rfd_n_s=_rate_of_force_development(time, above, span),
        impulse_n_s=impulse,
        best_half_second_n=_best_mean(time[inside], above[inside]),
        tremor_n=float(np.sqrt(np.mean(stretch.band_n[middle] ** 2))),
        heel_change_n=changes[cells.index("heel")] if "heel" in cells else None,
        trunk_push_n=sum(changes) if len(cells) > 1 else None,
        is_finished=span.is_finished,
        is_saturated=bool((flags & Quality.SATURATED).any()),
        lost_samples=int(np.count_nonzero(flags & Quality.HELD)),
        rest_n=float(span.rest_n[span.first]),
    )


def _impulse(time_s: FloatArray, above_n: FloatArray, span: Span) -> float:
    """Return the trapezoid integral between the crossings, which are points of it."""
    inside = slice(span.first, span.last + 1)
    grid = np.concatenate([[span.start_s], time_s[inside], [span.end_s]])
    ends = np.interp([span.start_s, span.end_s], time_s, above_n)
    curve = np.concatenate([ends[:1], above_n[inside], ends[1:]])
    return float(np.sum(np.diff(grid) * (curve[1:] + curve[:-1]) / 2))


def _variation(time_s: FloatArray, above_n: FloatArray) -> float | None:
    if len(above_n) < FEWEST_FOR_CV:
        return None
    centred = time_s - time_s.mean()
    slope = float(centred @ above_n) / float(centred @ centred)
    rest = above_n - above_n.mean() - slope * centred
    return float(100 * np.sqrt(rest @ rest / (len(rest) - 2)) / above_n.mean())


def _rate_of_force_development(time_s: FloatArray, above_n: FloatArray, span: Span) -> float | None:
    """Return newtons per second over 200 ms from where the rise passes FOOT_SHARE of the plateau."""
    below = np.flatnonzero(above_n[: span.first] <= FOOT_SHARE * span.plateau_n)
    if len(below) == 0:
        return None
    start_s = float(time_s[below[-1]])
    if start_s + RFD_WINDOW_S > span.end_s:
        return None
    low, high = np.interp([start_s, start_s + RFD_WINDOW_S], time_s, above_n)
    return float(high - low) / RFD_WINDOW_S


def _best_mean(time_s: FloatArray, above_n: FloatArray) -> float | None:
    if time_s[-1] - time_s[0] < BEST_MEAN_S:
        return None
    steps = np.diff(time_s) * (above_n[1:] + above_n[:-1]) / 2
    area = np.concatenate([[0.0], np.cumsum(steps)])
    starts = time_s[time_s <= time_s[-1] - BEST_MEAN_S]
    sums = np.interp(starts + BEST_MEAN_S, time_s, area) - area[: len(starts)]
    return float(sums.max() / BEST_MEAN_S)


def _cell_changes(
    excursion: Excursion, span: Span, force_n: FloatArray, middle: slice
) -> list[float]:
    """Return each cell's median in the hold minus its rest level, in newtons."""
    time = excursion.time_s
    before = slice(
        int(np.searchsorted(time, time[span.foot_first] - REST_S)), span.foot_first + 1
    )
    levels = np.median(force_n[before, :-1], axis=0)
    if span.is_finished:
        stop = int(np.searchsorted(time, time[span.foot_last] + REST_S, side="right"))
        levels = (levels + np.median(force_n[span.foot_last : stop, :-1], axis=0)) / 2
    changes = np.median(force_n[middle, :-1], axis=0) - levels
    return [float(change) for change in changes]
