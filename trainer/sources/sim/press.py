"""One press of the toes as a function of time, and the truth that follows from it."""

import math
from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.cues import Side
from trainer.sources.sim.bands import Band
from trainer.sources.sim.truth import PressTruth, Purpose

TRUTH_STEP_S = 0.002
"""Grid of the truth: with the steepest rise, interpolation errs by less than 0.1 ms."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the force of a press rises, fluctuates, sags and falls."""

    rise_s: float
    fall_s: float
    skew: float
    """1 = symmetrical; above, the rise starts slowly."""
    droop: float
    droop_s: float
    wander_cv: float
    tremor_ratio: float


@dataclass(frozen=True, slots=True)
class Intent:
    """What the press was meant to be, and what became of it."""

    purpose: Purpose
    side: Side
    set_number: int = 0
    extra_moment_nm: float = 0.0
    is_early: bool = False
    is_late: bool = False
    is_weak: bool = False
    is_short: bool = False
    is_lowered: bool = False


@dataclass(slots=True)
class Press:
    """A planned press; only its release may still change."""

    start_s: float
    release_s: float
    level_n: float
    shape: Shape
    intent: Intent
    cells_per_n: FloatArray
    """(4,) change of each cell for one newton of the toes."""
    pulse_s: float = 0.0
    """Period of slow pulses between all of the level and half of it; 0: a steady press."""

    @property
    def end_s(self) -> float:
        """Return the stream time at which the force is back at zero."""
        return self.release_s + self.shape.fall_s

    def force(self, time_s: FloatArray) -> FloatArray:
        """Return (n,) newtons of the intended toe force, without wander and tremor."""
        shape = self.shape
        since_s = time_s - self.start_s
        risen = _min_jerk(np.clip(since_s / shape.rise_s, 0.0, 1.0) ** shape.skew)
        fallen = _min_jerk(np.clip((time_s - self.release_s) / shape.fall_s, 0.0, 1.0))
        held_s = np.maximum(since_s - shape.rise_s, 0.0)
        sagged = shape.droop * -np.expm1(-held_s / shape.droop_s)
        steady_n = self.level_n * risen * (1.0 - fallen) * (1.0 - sagged)
        if not self.pulse_s:
            return np.asarray(steady_n)
        turned = 0.75 - 0.25 * np.cos(2.0 * np.pi * since_s / self.pulse_s)
        return np.asarray(steady_n * turned)

    def settle(self, wander: Band, until_s: float) -> PressTruth | None:
        """Return what was pressed up to `until_s`; None before the force reached its half."""
        last_s = min(self.end_s, until_s)
        if last_s <= self.start_s:
            return None
        time_s = np.linspace(
            self.start_s, last_s, 2 + math.ceil((last_s - self.start_s) / TRUTH_STEP_S)
        )
        force_n = self.force(time_s) * (1.0 + self.shape.wander_cv * wander.at(time_s))
        start_s, end_s, plateau_n = half_plateau(time_s, force_n)
        intent = self.intent
        return PressTruth(
            start_s=start_s,
            end_s=end_s,
            plateau_n=plateau_n,
            purpose=intent.purpose,
            side=intent.side,
            set_number=intent.set_number,
            is_compensated=intent.extra_moment_nm > 0.0,
            extra_moment_nm=intent.extra_moment_nm,
            is_early=intent.is_early,
            is_late=intent.is_late,
            is_weak=intent.is_weak,
            is_short=intent.is_short,
            is_lowered=intent.is_lowered,
            is_finished=bool(end_s < last_s),
        )


def half_plateau(time_s: FloatArray, force_n: FloatArray) -> tuple[float, float, float]:
    """Return where the force passes half of its plateau, rising and falling, and the plateau.

    The plateau is the median of the middle half between the two, which need each other: they
    are computed in turn until they agree.
    """
    plateau_n = float(force_n.max())
    start_s = end_s = float(time_s[-1])
    for _ in range(50):
        above = np.flatnonzero(force_n >= plateau_n / 2.0)
        start_s = _crossing(time_s, force_n, int(above[0]) - 1, plateau_n / 2.0)
        end_s = _crossing(time_s, force_n, int(above[-1]), plateau_n / 2.0)
        margin_s = (end_s - start_s) / 4.0
        middle = force_n[(time_s >= start_s + margin_s) & (time_s <= end_s - margin_s)]
        settled_n = float(np.median(middle)) if len(middle) else plateau_n
        if math.isclose(settled_n, plateau_n, rel_tol=1e-9):
            break
        plateau_n = settled_n
    return start_s, end_s, plateau_n


def _crossing(time_s: FloatArray, force_n: FloatArray, before: int, level_n: float) -> float:
    if not 0 <= before < len(time_s) - 1:
        return float(time_s[max(0, min(before, len(time_s) - 1))])
    low_n, high_n = float(force_n[before]), float(force_n[before + 1])
    share = (level_n - low_n) / (high_n - low_n)
    return float(time_s[before] + share * (time_s[before + 1] - time_s[before]))


def _min_jerk(share: FloatArray) -> FloatArray:
    return np.asarray(share**3 * (10.0 - 15.0 * share + 6.0 * share * share))
