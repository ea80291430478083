"""How strongly a series of reps speaks for a fall that began somewhere in it, and where it began.

The model of one feature, rep by rep: a level, from rep k on a fall of one of the SHAPES, and noise
that may depend on the rep before (first-order autoregressive). Level and noise are unknown and
integrated out, the size of the fall is measured in units of the set's own noise. What is left is a
Bayes factor per shape and k against "no fall" that does not depend on the unit, nor on how much the
reps vary (Liang et al. 2008). Weighted by a prior over k that does not look ahead, its sum exceeds
h at any time during an endless series without a fall with a probability of at most 1 / h
(Ville 1939): that is what makes it fit for the live alarm.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray, IndexArray

CORRELATIONS: Final = (-0.8, -0.4, 0.0, 0.3, 0.6)
"""Correlation of neighbours: targets that alternate give negative ones, moods positive ones."""

CORRELATION_ODDS: Final = (0.05, 0.1, 0.5, 0.25, 0.1)
"""How likely each is beforehand."""

WARM_UP: Final = (3.0, 1.5)
"""The first rep's extra variance, in variances of a later one, and the reps in which it fades."""

NOISE_FLOOR: Final = 0.005
"""Reps vary by this share at least: a pad and a person both do; equal reps prove nothing."""

LONGEST: Final = 128
"""Reps that are looked at one by one; a longer series is averaged in groups."""

OUTLIER: Final = 3.0
"""A rep further from its neighbours than this many standard deviations counts as that far."""

NEIGHBOURS: Final = 5
"""The median of so many reps is followed by a slow fall and not by a single low rep."""

SPREAD_RANK: Final = 0.75
"""This share of normal reps lies within a standard deviation of the median of NEIGHBOURS."""

STEP_SCATTER: Final = 1.05
"""Standard deviation of normal reps in median steps from one to the next: 1 / (.6745 sqrt(2))."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A fall that takes `length` reps (None: that goes on), each of the first sigmas deep."""

    length: int | None
    depth: float
    """Prior scale of the fall per rep, in standard deviations of the reps' noise."""
    odds: float
    """How likely this shape is beforehand."""


# From half a per cent per rep at 10 % of noise to two at 5 %: .05 to .4 of a standard deviation.
GRADUAL: Final = (Shape(None, 0.10, 0.35), Shape(None, 0.35, 0.35), Shape(8, 0.5, 0.15))
SUDDEN: Final = (Shape(2, 2.0, 0.075), Shape(1, 4.0, 0.075))
SHAPES: Final = GRADUAL + SUDDEN

_CORRELATION_ODDS: Final = np.array(CORRELATION_ODDS)
_INNOVATION: Final = 1 - np.array(CORRELATIONS)[:, None] ** 2
_LOG_2: Final = float(np.log(2.0))
_LEAST: Final = 1e-300
_OFFSETS: Final = np.arange(NEIGHBOURS)


@dataclass(frozen=True, slots=True)
class _Design:
    """Whitened shapes at every correlation; their first n columns serve a series of n reps."""

    shape_part: IndexArray
    """(shape,) which part each shape is; shapes differ in depth too."""
    depth2: FloatArray
    """(shape, 1)"""
    log_odds: FloatArray
    """(shape, 1)"""
    scale: FloatArray
    """(rep,) 1 / the noise's size, relative to that of later reps."""
    level: FloatArray
    """(correlation, rep)"""
    falls: FloatArray
    """(correlation, part, k, rep)"""
    level2: FloatArray
    """(correlation, rep) running sum of squares; of the falls too, and with the level."""
    fall2: FloatArray
    fall_level: FloatArray


def fall_evidence(falling: FloatArray, shapes: tuple[Shape, ...] = SHAPES) -> FloatArray:
    """Return (shape, n - 1) log Bayes factors of falls that begin at the 2nd to the last of n reps.

    `falling` is (n,) up to LONGEST reps of a feature that grows as force falls. The odds of the
    shapes are taken in: the sum over them is the factor of a fall at k.
    """
    count = len(falling)
    free = count - 1
    design = _design(shapes, LONGEST // 2 if count <= LONGEST // 2 else LONGEST)
    white = _whiten(falling * design.scale[:count])
    level, level2 = design.level[:, :count], design.level2[:, free, None]
    white -= np.sum(level * white, axis=1, keepdims=True) / level2 * level
    noise2 = np.sum(white * white, axis=1, keepdims=True) + count * NOISE_FLOOR**2
    crossed = (design.falls[:, :, :free, :count] @ white[:, None, :, None])[..., 0]
    fall2 = design.fall2[:, :, :free, free]
    fall2 = fall2 - design.fall_level[:, :, :free, free] ** 2 / level2[:, None]
    share = crossed / np.sqrt(fall2 * noise2[:, None])
    part = design.shape_part
    null = -0.5 * (np.log(level2) + free * np.log(noise2 * _INNOVATION))
    logs = _log_factors(design.depth2 * fall2[:, part], share[:, part], free)

    top = float(logs.max())
    weights = _CORRELATION_ODDS * np.exp(null[:, 0] - null.max())
    shares = (weights / weights.sum())[:, None, None]
    mixed: FloatArray = np.sum(shares * np.exp(logs - top), axis=0)
    return top + np.log(np.maximum(mixed, _LEAST)) + design.log_odds


def _log_factors(prior: FloatArray, share: FloatArray, free: int) -> FloatArray:
    """Return the log Bayes factors of falls that explain a share (squared) of the variance.

    `prior` is the variance of a fall beforehand in units of its own error. The second term keeps
    to falls: twice the part of the posterior on their side, the normal one for Student's (Page
    1977).
    """
    kept = prior / (1 + prior)
    explained = kept * np.minimum(share * share, 1.0)
    score = share * np.sqrt(kept * free / (1 - explained))
    logs: FloatArray = _LOG_2 - 0.5 * (np.log1p(prior) + free * np.log1p(-explained))
    return logs - np.log1p(np.exp(np.minimum(-1.5976 * score - 0.070566 * score**3, 500.0)))


def tame_outliers(series: FloatArray) -> FloatArray:
    """Return the (n,) series with reps that stand far from their neighbours pulled towards them."""
    count = len(series)
    if count < NEIGHBOURS:
        return series
    starts = np.clip(np.arange(count) - NEIGHBOURS // 2, 0, count - NEIGHBOURS)
    near = np.sort(series[starts[:, None] + _OFFSETS], axis=1)[:, NEIGHBOURS // 2]
    away, steps = np.abs(series - near), np.abs(series[1:] - series[:-1])
    # Of levels in turn every second rep is the median of its neighbours, but the steps are large.
    scatter = max(
        float(np.sort(away)[int(SPREAD_RANK * count)]),
        float(np.sort(steps)[(count - 1) // 2]) * STEP_SCATTER,
    )
    limit = OUTLIER * max(scatter, NOISE_FLOOR)
    return np.clip(series, near - limit, near + limit)


def group_reps(series: FloatArray) -> FloatArray:
    """Return means of groups of as many reps as it takes for LONGEST groups at most.

    Reps that fill no group are left out at the begin, where they tell least.
    """
    size = group_size(len(series))
    return series if size == 1 else series[len(series) % size :].reshape(-1, size).mean(axis=1)


def group_size(count: int) -> int:
    """Return how many of so many reps make a group."""
    return -(-count // LONGEST)


def log_sum(logs: FloatArray) -> FloatArray:
    """Return (k,) logs of the sums of the (shape, k) numbers whose logs are given."""
    total: FloatArray = np.logaddexp.reduce(logs, axis=0)
    return total


@lru_cache(maxsize=4)
def _design(shapes: tuple[Shape, ...], size: int) -> _Design:
    """Return the design for series of up to `size` reps."""
    rep = np.arange(size)
    extra, fade = WARM_UP
    scale = 1 / np.sqrt(1 + extra * np.exp(-rep / fade))
    lengths = [shape.length or size for shape in shapes]
    parts = sorted(set(lengths))
    steps = rep - rep[1:, None] + 1
    falls = np.stack([_whiten(np.clip(steps, 0, part) * scale) for part in parts], axis=1)
    level = _whiten(scale)
    odds = np.array([shape.odds for shape in shapes])
    return _Design(
        np.array([parts.index(length) for length in lengths]),
        np.array([[shape.depth**2] for shape in shapes]),
        np.log(odds / odds.sum())[:, None],
        scale,
        level,
        falls,
        np.cumsum(level**2, axis=-1),
        np.cumsum(falls**2, axis=-1),
        np.cumsum(falls * level[:, None, None], axis=-1),
    )


def _whiten(series: FloatArray) -> FloatArray:
    """Return (correlation, ..., n) from (..., n): less what each rep takes over from the last."""
    shape = (-1,) + (1,) * series.ndim
    rho = np.array(CORRELATIONS).reshape(shape)
    white = np.repeat(series[None], len(CORRELATIONS), axis=0)
    white[..., 1:] = (series[..., 1:] - rho * series[..., :-1]) / np.sqrt(1 - rho * rho)
    return white
