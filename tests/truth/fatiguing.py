"""Sets of presses with a known onset of fatigue, or none."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from tests.truth.generator import Take, record
from tests.truth.laws import Random, Samples
from tests.truth.presses import Exercise, Pen, Press, TrueHold
from tests.truth.scene import Scene

LEAST_SHARE: Final = 0.35
"""Nobody goes on with less of the rested force."""


@dataclass(frozen=True, slots=True)
class FatiguePlan:
    """What a set is to show."""

    reps: tuple[int, int] = (60, 60)
    """Fewest and most"""
    fall: float = 0.0
    """Share of the rested force lost with every rep from the onset on; 0 for no onset"""
    abrupt: float = 0.0
    """Share lost at once at the onset"""
    spread: float = 0.05
    """Standard deviation of the plateaus from rep to rep, over their mean"""
    memory: float = 0.0
    """Correlation of that of one rep with the next"""
    warm_up: float = 0.0
    """What the first three reps lack"""

    @property
    def has_onset(self) -> bool:
        """Return whether the set has an onset."""
        return self.fall > 0 or self.abrupt > 0


@dataclass(frozen=True, slots=True)
class FatigueTruth:
    """A recorded set, and its first lowered rep, counted from 1."""

    take: Take
    onset_rep: int | None


def record_set(plan: FatiguePlan, seed: int) -> FatigueTruth:
    """Return one set, recorded; the same plan and seed give the same samples."""
    random = np.random.default_rng(seed)
    reps = int(random.integers(plan.reps[0], plan.reps[1] + 1))
    # Not before there is something to compare with, nor too late to show.
    onset = int(random.integers(round(0.25 * reps) + 5, round(0.7 * reps) + 1))
    shares = _shares(plan, reps, onset, random)
    hold_s, pause_s = random.uniform(0.8, 2.0), random.uniform(0.8, 1.6)
    scene = Scene(
        mvc_n=random.uniform(60, 200),
        rate_hz=float(random.choice([80.0, 92.9, 100.0])),
        duration_s=reps * (hold_s + pause_s + 1.5) + 10,
        sway_share=random.uniform(0.05, 0.2),
        fidgets_per_min=0.5,
        wander=(0.005, 0.02),
        lost_share=0.002,
        jitter=0.02,
    )

    def draw(scene: Scene, random: Random, step_s: float, origin_s: float) -> Exercise:
        pen = Pen(scene, random, step_s, origin_s, [])
        now_s = 3.0
        level_n = random.uniform(0.35, 0.6) * scene.mvc_n
        for share in shares.tolist():
            hold = float(hold_s * random.uniform(0.9, 1.1))
            now_s = pen.press(now_s, level_n, hold) + pause_s * random.uniform(0.8, 1.3)
            pen.presses[-1] = _scaled(pen.presses[-1], share * level_n)
        return Exercise(tuple(pen.presses), ())

    take = record(scene, seed, draw)
    return FatigueTruth(take, onset if plan.has_onset else None)


def _shares(plan: FatiguePlan, reps: int, onset: int, random: Random) -> Samples:
    """Return (reps,) plateaus over the mean of the rested ones."""
    scatter = np.zeros(reps)
    last = random.normal()
    for rep in range(reps):
        last = plan.memory * last + np.sqrt(1 - plan.memory**2) * random.normal()
        scatter[rep] = plan.spread * last
    lowered = np.clip(np.arange(1, reps + 1) - onset + 1, 0, None)
    shares = 1 - plan.fall * lowered - plan.abrupt * (lowered > 0)
    shares[:3] -= plan.warm_up * np.array([1.0, 0.7, 0.3])
    return np.asarray(np.maximum(shares, LEAST_SHARE) * np.maximum(1 + scatter, 0.3))


def _scaled(press: Press, plateau_n: float) -> Press:
    """Return the press with exactly this plateau: what its shape scatters is part of the spread."""
    ratio = plateau_n / press.hold.plateau_n
    hold: TrueHold = replace(press.hold, plateau_n=plateau_n, peak_n=press.hold.peak_n * ratio)
    return Press(press.first, press.curve_n * ratio, hold)
