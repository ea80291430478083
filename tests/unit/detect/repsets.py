"""Sets of reps whose force falls from a known rep on: for the tests of fatigue only."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.unit.detect.traces import make_hold
from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold

CYCLE_S = 3.0


def fall_from(rep: int, reps: int) -> FloatArray:
    """Return (reps,) how many reps of a fall each has behind it that begins with `rep`, from 1."""
    behind: FloatArray = np.maximum(np.arange(1.0, reps + 1) - (rep - 1), 0.0)
    return behind


def plateaus(
    rng: np.random.Generator, *, reps: int = 60, noise: float = 0.05, slope: float = 0.0
) -> FloatArray:
    """Return (reps,) newtons, scattered by a share, falling by a share per rep from the 25th on."""
    scatter = np.exp(noise * rng.normal(size=reps))
    return 40 * (1 - slope * fall_from(25, reps)) * scatter


def holds_of(plateaus_n: Sequence[float] | FloatArray, first_s: float = 0.0) -> list[Hold]:
    """Return one set of holds with these plateaus."""
    return [
        make_hold(float(plateau_n), 1.5, first_s + CYCLE_S * rep)
        for rep, plateau_n in enumerate(plateaus_n)
    ]


def with_unrest(holds: Sequence[Hold], unrest: FloatArray) -> list[Hold]:
    """Return the holds with a variation and a tremor that are so many times the usual."""
    return [
        replace(hold, cv_pct=3.0 * times, tremor_n=0.02 * times * hold.plateau_n)
        for hold, times in zip(holds, unrest.tolist(), strict=True)
    ]
