"""The measures of one hold, from the samples of its excursion."""

import math
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import Quality
from trainer.core.hold import Hold
from trainer.detect.baseline import medians_of
from trainer.detect.course import course_of
from trainer.detect.excursion import Excursion
from trainer.detect.peak import peak_of
from trainer.detect.segment import FOOT_SHARE, HALF, Span
from trainer.detect.uncertainty import Measured, rest_noise, uncertainty_of

RFD_WINDOW_S: Final = 0.2
"""Rate of force development over 0-200 ms; 0-50 ms cannot be measured behind a converter whose
filter spans four conversions at 80 samples a second."""

BEST_MEAN_S: Final = 0.5
"""A maximal press is the highest 0.5 s mean."""

FEWEST_FOR_CV: Final = 8
"""Fewer samples leave a coefficient of variation uncertain by more than a quarter of itself:
1 / sqrt(2 (n - 1)) of a normal sample."""

FEWEST_OF_FIFTH: Final = 2
"""Samples of a fifth of the middle half: at 80 Hz a hold of a quarter second has as many."""

# As plain integers: an operator on an IntFlag costs more than the array it is applied to.
_SATURATED: Final = int(Quality.SATURATED)
_HELD: Final = int(Quality.HELD)


def measure_hold(excursion: Excursion, span: Span, cells: tuple[str, ...]) -> Hold:
    """Return the measures of a span; `cells` names the columns before the detected force."""
    time, stretch = excursion.time_s, excursion.stretch
    above = excursion.force_n - span.baseline.line_n
    inside, middle = slice(span.first, span.last + 1), span.middle
    noise = rest_noise(excursion, span)
    impulse = _impulse(time, above, span)
    rise = _rise_window(time, above, span)
    measured = Measured(
        above_n=above,
        mean_n=impulse / (span.end_s - span.start_s),
        cv_pct=_variation(time[middle], above[middle]),
        tremor_n=_root_mean_square(stretch.band_n[middle]),
        decrement_pct=_decrement(above[middle]),
        rise_s=rise,
    )
    quality = stretch.quality[inside]
    rest_n, changes = _cells(excursion, span)
    return Hold(
        start_s=span.start_s,
        end_s=span.end_s,
        # No noise is taken off below what most of the hold keeps.
        peak_n=max(
            span.plateau_n,
            peak_of(above[inside], above[middle], noise.quick_n, noise.period_s),
        ),
        plateau_n=span.plateau_n,
        mean_n=measured.mean_n,
        cv_pct=measured.cv_pct,
        rfd_n_s=None if rise is None else _rate_of_force_development(time, above, rise, span),
        impulse_n_s=impulse,
        best_half_second_n=_best_mean(time[inside], above[inside]),
        tremor_n=measured.tremor_n,
        heel_change_n=changes[cells.index("heel")] if "heel" in cells else None,
        trunk_push_n=sum(changes) if len(cells) > 1 else None,
        is_finished=span.is_finished,
        is_saturated=bool((quality & _SATURATED).any()),
        lost_samples=int(np.count_nonzero(quality & _HELD)),
        rest_n=float(span.baseline.line_n[span.first]),
        decrement_pct=measured.decrement_pct,
        uncertainty=uncertainty_of(excursion, span, noise, measured),
        cell_changes_n=tuple(changes),
        cell_rest_n=tuple(rest_n),
        course_n=course_of(excursion, span, len(cells)),
    )


def _impulse(time_s: FloatArray, above_n: FloatArray, span: Span) -> float:
    """Return the trapezoid integral in N s between the crossings, which are points of it."""
    time, above = time_s[span.first : span.last + 1], above_n[span.first : span.last + 1]
    half_n = HALF * span.plateau_n
    before = (time[0] - span.start_s) * (half_n + above[0])
    after = (span.end_s - time[-1]) * (above[-1] + half_n)
    return float(before + (time[1:] - time[:-1]).dot(above[1:] + above[:-1]) + after) / 2


def _variation(time_s: FloatArray, above_n: FloatArray) -> float | None:
    """Return the coefficient of variation in per cent after a linear detrend."""
    if len(above_n) < FEWEST_FOR_CV:
        return None
    centred = time_s - time_s.sum() / len(time_s)
    mean_n = float(above_n.sum()) / len(above_n)
    slope = centred.dot(above_n) / centred.dot(centred)
    rest = above_n - mean_n - slope * centred
    return float(100 * math.sqrt(rest.dot(rest) / (len(rest) - 2)) / mean_n)


def _decrement(above_n: FloatArray) -> float | None:
    """Return the per cent by which the last fifth of the middle half lies below its first."""
    part = len(above_n) // 5
    if part < FEWEST_OF_FIFTH:
        return None
    first_n, last_n = float(above_n[:part].sum()), float(above_n[-part:].sum())
    return 100 * (1 - last_n / first_n) if first_n > 0 else None


def _root_mean_square(band_n: FloatArray) -> float:
    return math.sqrt(float(band_n.dot(band_n)) / len(band_n))


def _rise_window(time_s: FloatArray, above_n: FloatArray, span: Span) -> tuple[float, float] | None:
    """Return begin and end of RFD_WINDOW_S from where the rise passes FOOT_SHARE of the plateau."""
    level_n = FOOT_SHARE * span.plateau_n
    below = np.flatnonzero(above_n[: span.first] <= level_n)
    if len(below) == 0:
        return None
    foot = int(below[-1])
    start_s = float(np.interp(level_n, above_n[foot : foot + 2], time_s[foot : foot + 2]))
    end_s = start_s + RFD_WINDOW_S
    return (start_s, end_s) if end_s <= span.end_s else None


def _rate_of_force_development(
    time_s: FloatArray, above_n: FloatArray, rise_s: tuple[float, float], span: Span
) -> float:
    """Return the rate in N/s over the window of the rise."""
    reached_n = float(np.interp(rise_s[1], time_s, above_n))
    return (reached_n - FOOT_SHARE * span.plateau_n) / RFD_WINDOW_S


def _best_mean(time_s: FloatArray, above_n: FloatArray) -> float | None:
    """Return the highest mean in newtons over BEST_MEAN_S; None for a shorter hold."""
    if time_s[-1] - time_s[0] < BEST_MEAN_S:
        return None
    area = np.zeros(len(time_s))
    np.cumsum((time_s[1:] - time_s[:-1]) * (above_n[1:] + above_n[:-1]) / 2, out=area[1:])
    last_s = float(time_s[-1]) - BEST_MEAN_S
    count = int(time_s.searchsorted(last_s, side="right"))
    ends: FloatArray = np.interp(time_s[:count] + BEST_MEAN_S, time_s, area)
    return float((ends - area[:count]).max()) / BEST_MEAN_S


def _cells(excursion: Excursion, span: Span) -> tuple[list[float], list[float]]:
    """Return each cell's rest beside the hold and its median in the middle half above it."""
    cells_n = excursion.stretch.cells_n[:, :-1]
    sides = (span.baseline.before, span.baseline.after)
    levels = [medians_of(cells_n[side]) for side in sides if side is not None]
    first, last = (levels[0], levels[-1]) if levels else (excursion.levels_n[:-1],) * 2
    rest = (first + last) / 2
    rest_n: list[float] = rest.tolist()
    changes_n: list[float] = (medians_of(cells_n[span.middle]) - rest).tolist()
    return rest_n, changes_n
