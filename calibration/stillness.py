"""Whether a load stands still enough to be read, and if not, why.

A stretch of READ_S is still when its second half is at the level of its first, its scatter is not
much more than its noise from sample to sample, and that noise is not much more than when the pad
stood unloaded. How far levels may part follows the noise that is measured, so that a quiet pad is
held to more; but never less than what changes a calibration.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np

from calibration.budget import FloatArray

READ_S: Final = 3.0
"""Long enough to average converter noise (.015 N per sample at 80 per s) to a thousandth of N."""

LOOK_S: Final = 0.25
"""How often a stretch is looked at."""

LEAST_SAMPLES: Final = 24
"""Twelve a half: 10 samples per second for READ_S give 30."""

LONGEST_GAP_S: Final = 0.5
"""Of the radio; longer, and who knows what happened meanwhile."""

LEVEL_SIGMAS: Final = 4.0
"""Of the difference of two halves: noise alone passes it once in 16,000 looks."""

TOLERATED_CREEP: Final = 2e-4
"""Share of the load by which the halves may part: a tenth of the aim of .5 % is left for creep."""

SWING: Final = 2.0
"""Scatter in noises from sample to sample; white noise has 1, a swing of its own size 1.4."""

ROUGH: Final = 4.0
"""Noise in that of the unloaded pad."""


Rest: TypeAlias = tuple[tuple[float, ...], tuple[float, ...]]
"""Mean and noise of each channel of the unloaded pad, in counts."""


class Unrest(StrEnum):
    """Why a stretch is not still."""

    MISSING = "samples are missing"
    SATURATED = "saturated"
    DRIFTS = "it drifts"
    SWINGS = "it swings"
    SHAKES = "it shakes"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of samples, judged."""

    mean_counts: tuple[float, ...]
    spread_counts: tuple[float, ...]
    """Noise from sample to sample."""
    unrest: Unrest | None
    """None where it is still."""
    channel: int
    """That is least still."""


def judge_stretch(
    time_s: FloatArray,
    counts: FloatArray,
    rest: Rest | None,
    full_scale_counts: int,
) -> Stretch:
    """Return what (n, channel) counts of one stretch are; `rest` is mean and noise unloaded."""
    if len(counts) < LEAST_SAMPLES or np.diff(time_s).max() > LONGEST_GAP_S:
        empty = (0.0,) * counts.shape[1]
        return Stretch(empty, empty, Unrest.MISSING, 0)
    noise = np.sqrt((np.diff(counts, axis=0) ** 2).mean(axis=0) / 2)
    mean = counts.mean(axis=0)
    unrest, channel = _unrest(counts, noise, rest, full_scale_counts)
    return Stretch(_row(mean), _row(noise), unrest, channel)


def _unrest(
    counts: FloatArray,
    noise: FloatArray,
    rest: Rest | None,
    full_scale_counts: int,
) -> tuple[Unrest | None, int]:
    half = len(counts) // 2
    part = np.abs(counts[:half].mean(axis=0) - counts[half:].mean(axis=0))
    allowed = LEVEL_SIGMAS * noise * math.sqrt(2 / half)
    if rest is not None:
        step = np.abs(counts.mean(axis=0) - np.array(rest[0])).max()
        allowed = np.maximum(allowed, TOLERATED_CREEP * step)
    # A channel of one count of noise may sit between two counts.
    floor = np.maximum(noise, 1.0)
    rough = ROUGH * np.maximum(np.array(rest[1]), 1.0) if rest is not None else np.inf * floor
    found = (
        (Unrest.SATURATED, np.abs(counts).max(axis=0) / full_scale_counts),
        (Unrest.DRIFTS, part / np.maximum(allowed, 1.0) - 1e-9),
        (Unrest.SWINGS, counts.std(axis=0) / (SWING * floor)),
        (Unrest.SHAKES, noise / rough),
    )
    for unrest, ratio in found:
        channel = int(np.argmax(ratio))
        if ratio[channel] >= 1:
            return unrest, channel
    return None, 0


def _row(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
