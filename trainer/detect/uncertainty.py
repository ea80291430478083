"""How sure the measures of a hold are: what the rest beside it tells of noise, carried through.

Two parts of noise are told apart in the rest before and after a hold. The quick one (converter,
cable) varies within REST_S; how alike neighbours are says how many samples count as one where it is
averaged. The slow one (sway, creep) does not average out within a hold: the spread of the levels of
stretches of REST_S shows it, before and after together, so that a level that moved across the hold
counts. Both are taken to go on during the hold, which cannot be checked. A hold of n samples is
known to a sample at its edges. Standard uncertainties after the GUM (JCGM 100:2008): first
derivatives, parts independent of each other. What the calibration adds is not in it.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.hold import Uncertainty
from trainer.detect.baseline import FLAT_SHARE, REST_S, first_true, medians_of
from trainer.detect.excursion import Excursion
from trainer.detect.segment import HALF, Span

BETWEEN: Final = 2 / 3
"""Variance of a value read off between two samples, in those of one: the mean of (1-s)^2 + s^2."""

OF_MEDIAN: Final = math.pi / 2
"""Variance of a median of normal samples, in those of their mean."""

OF_SPREAD: Final = math.sqrt(2)
"""Variance of a median whose samples spread s by themselves, in noise times s over their number:
only noise at samples near the median moves it; (2 / sqrt(pi)) sqrt(2 pi) / 2 where s is normal."""

KEPT: Final = 0.8
"""Share of the smallest squares from which a variance is taken ..."""

OF_KEPT: Final = 0.4377
"""... and their mean in variances, for a normal variable cut off at its 10 and 90 per cent."""

LEAST_NEWNESS: Final = 0.1
"""Noise that is more alike than this from sample to sample is slow noise."""

UNIFORM: Final = 1 / math.sqrt(12)
"""Standard deviation of a uniform variable, in widths."""

SLOPE_REACH_S: Final = 0.02
"""How far beyond a crossing's two samples its slope is taken: noise of two would decide it."""

SLOWEST_S: Final = 2.0
"""Slow rises take up to 2 s: no crossing is flatter than those."""


OF_PEAK: Final = 0.6
"""Error of a peak (peak.py) in standard deviations of the noise (measured on simulated holds)."""

MISSED: Final = 0.11
"""... and twice the .056 that a peak between two samples rises above them, in its bend there."""

SAMPLES_OF_BEND: Final = 3

UNDETRENDED: Final = 0.12
"""What a line leaves of slow noise in a middle half (measured on simulated holds with sway)."""

TREMOR_BAND_HZ: Final = 8.0
"""Width of the 4-12 Hz band that the tremor is measured in."""


@dataclass(frozen=True, slots=True)
class RestNoise:
    """Noise of the rest beside a hold, in newtons."""

    period_s: float
    """Of the samples."""
    quick_n: float
    """Standard deviation of a sample about the level of its REST_S; 0 where no rest was seen."""
    alike: float
    """How many samples count as one when it is averaged: 1 for white noise."""
    slow_n: float
    """... of what stays for longer than REST_S."""
    wander_n2_s: float
    """Variance that the slow part gains per second of distance."""
    level_n: float | None
    """Standard uncertainty of the rest level under the hold; None where no rest was seen."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures that the uncertainties are taken from."""

    above_n: FloatArray
    """(n,) force above the rest line."""
    mean_n: float
    cv_pct: float | None
    tremor_n: float
    decrement_pct: float | None
    rise_s: tuple[float, float] | None
    """Begin and end of the window of the rate of force development; None without one."""


def rest_noise(excursion: Excursion, span: Span) -> RestNoise:
    """Return the noise of the rest beside a hold."""
    time, force = excursion.time_s, excursion.force_n
    period_s = float(time[-1] - time[0]) / (len(time) - 1)
    sides = [side for side in (span.baseline.before, span.baseline.after) if side is not None]
    if not sides:
        return RestNoise(period_s, 0.0, 1.0, 0.0, 0.0, None)
    size = max(2, round(REST_S / period_s))
    parts = [_flat_part(force, side, span) for side in sides]
    blocks = [_blocks(part, size) for part in parts]
    levels = [medians_of(block.T) for block in blocks]
    pairs = zip(blocks, levels, strict=True)
    away = np.concatenate([(block - level[:, None]).ravel() for block, level in pairs])
    steps2 = _trimmed_mean2(np.concatenate([part[1:] - part[:-1] for part in parts])) / 2
    quick2 = max(_trimmed_mean2(away), steps2)
    # Of a first-order process neighbours correlate by 1 - newness, and so many count as one.
    newness = max(steps2 / quick2, LEAST_NEWNESS) if quick2 > 0 else 1.0
    alike = (2 - newness) / newness
    level_noise2 = OF_MEDIAN * alike * quick2 / size
    slow2 = max(0.0, _variance(np.concatenate(levels)) - level_noise2)
    jumps = np.concatenate([level[1:] - level[:-1] for level in levels])
    jump2 = float(jumps.dot(jumps)) / len(jumps) - 2 * level_noise2 if len(jumps) else slow2
    wander_n2_s = max(0.0, jump2) / REST_S
    shares = sum(1 / (side.stop - side.start) for side in sides) / len(sides) ** 2
    # Slow noise counts twice: in the level on either side, and under the hold, where it differs.
    level2 = slow2 * (1 + 1 / len(sides)) + OF_MEDIAN * alike * quick2 * shares
    quick_n, slow_n = math.sqrt(quick2), math.sqrt(slow2)
    return RestNoise(period_s, quick_n, alike, slow_n, wander_n2_s, math.sqrt(level2))


def uncertainty_of(
    excursion: Excursion, span: Span, noise: RestNoise, measured: Measured
) -> Uncertainty:
    """Return the standard uncertainties of a hold's measures; none where no rest was seen."""
    if noise.level_n is None:
        return Uncertainty()
    middle_n = measured.above_n[span.middle]
    duration_s, half_n = span.end_s - span.start_s, HALF * span.plateau_n
    quick2, level2 = noise.quick_n**2, noise.level_n**2
    spread_n = max(noise.quick_n, math.sqrt(_variance(middle_n)))
    edge2 = (spread_n / len(middle_n)) ** 2
    median2 = OF_SPREAD * noise.alike * noise.quick_n * spread_n / len(middle_n) + edge2
    start_s, end_s = _times_u(excursion, span, measured, noise, median2)
    times2 = (start_s or 0.0) ** 2 + (end_s or 0.0) ** 2
    white2 = noise.alike * quick2 * noise.period_s / duration_s + edge2
    by_times2 = ((measured.mean_n - half_n) / duration_s) ** 2 * times2
    return Uncertainty(
        start_s=start_s,
        end_s=end_s,
        peak_n=math.sqrt(level2 + OF_PEAK**2 * quick2 + _missed2(middle_n)),
        plateau_n=math.sqrt(level2 + median2),
        mean_n=math.sqrt(level2 + white2 + by_times2),
        cv_pct=_variation_u(measured, noise, len(middle_n)),
        rfd_n_s=_rate_u(excursion.time_s, span, measured, noise),
        impulse_n_s=math.sqrt((level2 + white2) * duration_s**2 + half_n**2 * times2),
        tremor_n=_tremor_u(measured, noise, len(middle_n)),
        decrement_pct=_decrement_u(measured, noise, edge2, len(middle_n)),
    )


def _times_u(
    excursion: Excursion, span: Span, measured: Measured, noise: RestNoise, median2: float
) -> tuple[float | None, float | None]:
    """Return those of start and end in seconds; None where a cut took the crossing's place."""
    assert noise.level_n is not None
    time, sides = excursion.time_s, span.baseline
    # A level too high by d lowers the plateau by d and half of it by d / 2: what is left is d / 2.
    common2 = BETWEEN * noise.quick_n**2 + (noise.level_n**2 + median2) / 4
    found: list[float | None] = []
    for index, at_s, side in (
        (span.first - 1, span.start_s, sides.before),
        (span.last, span.end_s, sides.after),
    ):
        if not 0 <= index < len(time) - 1:
            found.append(None)
            continue
        # What the rest wanders from where its level was taken to the crossing.
        wander2 = 2 * noise.slow_n**2
        if side is not None:
            away_s = abs(at_s - float(time[(side.start + side.stop) // 2]))
            wander2 = min(wander2, noise.wander_n2_s * away_s)
        force_n = math.sqrt(common2 + wander2)
        found.append(_time_u(time, measured.above_n, index, force_n, span))
    return found[0], found[1]


def _time_u(
    time_s: FloatArray, above_n: FloatArray, index: int, force_n: float, span: Span
) -> float:
    """Return the standard uncertainty in seconds of the crossing between index and the next."""
    period_s = float(time_s[index + 1] - time_s[index])
    slope = max(_slope_at(time_s, above_n, index), span.plateau_n / SLOWEST_S)
    # A force that jumps within a period crosses anywhere in it; a slow one where the line says.
    jump = min(1.0, abs(float(above_n[index + 1] - above_n[index])) / span.plateau_n)
    return math.hypot(force_n / slope, UNIFORM * period_s * jump)


def _slope_at(time_s: FloatArray, above_n: FloatArray, index: int) -> float:
    """Return the steepness in N/s, positive, between index and the next sample and about them."""
    period_s = float(time_s[index + 1] - time_s[index])
    reach = max(1, round(SLOPE_REACH_S / period_s))
    first, last = max(0, index - reach), min(len(time_s) - 1, index + 1 + reach)
    return abs(float(above_n[last] - above_n[first])) / float(time_s[last] - time_s[first])


def _missed2(middle_n: FloatArray) -> float:
    """Return the square of what a peak may rise to between two samples, from the bends there are.

    A parabola with its top at a uniform place between samples rises above them by .056 of its
    second difference (root mean square), and always upwards.
    """
    if len(middle_n) < SAMPLES_OF_BEND:
        return 0.0
    bends = middle_n[2:] - 2 * middle_n[1:-1] + middle_n[:-2]
    return MISSED**2 * float(bends.dot(bends)) / len(bends)


def _variation_u(measured: Measured, noise: RestNoise, count: int) -> float | None:
    """Return that of the variation in per cent: noise widens it, and that is not taken off."""
    if measured.cv_pct is None or noise.level_n is None:
        return None
    seen_n = measured.cv_pct / 100 * measured.mean_n
    by_level_n = measured.cv_pct / 100 * noise.level_n
    slow_n = UNDETRENDED * noise.slow_n
    by_quick_n = _widened(seen_n, noise.quick_n, count / noise.alike)
    by_edge_n = seen_n / count
    return 100 * math.hypot(by_quick_n, slow_n, by_level_n, by_edge_n) / measured.mean_n


def _tremor_u(measured: Measured, noise: RestNoise, count: int) -> float:
    """Return that of the tremor in newtons: white noise has its share in the band."""
    share = min(1.0, 2 * TREMOR_BAND_HZ * noise.period_s)
    return _widened(measured.tremor_n, noise.quick_n * math.sqrt(share), count * share)


def _widened(seen_n: float, noise_n: float, count: float) -> float:
    """Return by how much noise widens a spread of so many samples, and by how much it may vary."""
    own_n = math.sqrt(max(0.0, seen_n**2 - noise_n**2))
    return math.hypot(seen_n - own_n, noise_n / math.sqrt(max(1.0, count)))


def _decrement_u(measured: Measured, noise: RestNoise, edge2: float, count: int) -> float | None:
    """Return that of the loss within the hold, in per cent of its force."""
    if measured.decrement_pct is None or noise.level_n is None:
        return None
    # Each end is a fifth of the middle half: its edges count more, but it spreads less.
    quick2 = noise.alike * noise.quick_n**2 / (count // 5)
    ends2 = 2 * (quick2 + noise.slow_n**2 + 12 * edge2)
    by_level_n = measured.decrement_pct / 100 * noise.level_n
    return 100 * math.hypot(math.sqrt(ends2), by_level_n) / measured.mean_n


def _rate_u(time_s: FloatArray, span: Span, measured: Measured, noise: RestNoise) -> float | None:
    """Return that of the rate of force development in N/s."""
    if measured.rise_s is None or noise.level_n is None:
        return None
    read2 = BETWEEN * noise.quick_n**2 + noise.level_n**2
    foot, reached = (int(at) - 1 for at in time_s.searchsorted(measured.rise_s))
    at_foot = max(_slope_at(time_s, measured.above_n, foot), span.plateau_n / SLOWEST_S)
    # The window begins too early or late by what the foot is off, and is read off so much later.
    carried = _slope_at(time_s, measured.above_n, reached) / at_foot
    begin_s, end_s = measured.rise_s
    return math.sqrt(read2 * (1 + carried**2)) / (end_s - begin_s)


def _flat_part(force_n: FloatArray, side: slice, span: Span) -> FloatArray:
    """Return the rest outwards from a hold as far as it stays flat, a side's samples at least."""
    limit_n = FLAT_SHARE * span.plateau_n
    if side.stop <= span.first:
        level_n = float(span.baseline.line_n[0])
        is_off = np.abs(force_n[: side.start][::-1] - level_n) > limit_n
        count = first_true(is_off) if side.start else 0
        return force_n[side.start - count : side.stop]
    level_n = float(span.baseline.line_n[-1])
    is_off = np.abs(force_n[side.stop :] - level_n) > limit_n
    count = first_true(is_off) if len(is_off) else 0
    return force_n[side.start : side.stop + count]


def _blocks(part: FloatArray, size: int) -> FloatArray:
    """Return (block, size) whole blocks of about `size` samples, one at least."""
    blocks = max(1, len(part) // size)
    size = len(part) // blocks
    return part[: blocks * size].reshape(blocks, size)


def _trimmed_mean2(values: FloatArray) -> float:
    """Return the mean square of (n,) values as of normal ones, less the largest fifth; or 0."""
    # Among them are those of the foot of the rise.
    squares = np.sort(values * values)[: math.ceil(KEPT * len(values))]
    return float(squares.sum()) / (OF_KEPT * max(1, len(squares)))


def _variance(values: FloatArray) -> float:
    """Return the variance of (n,) values, 0 of one."""
    centred = values - values.sum() / len(values)
    return float(centred.dot(centred)) / max(1, len(values) - 1)
