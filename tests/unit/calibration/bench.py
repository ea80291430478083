"""Readings of a pad in straight lines, with one thing wrong at a time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from calibration import Phase, Reading, Setup, weighed
from calibration.plan import make_plan

Array = npt.NDArray[np.float64]

GAINS: Final = np.array([4000.0, 5000.0])
MIX: Final = np.array([[1.0, 0.02], [0.03, 1.0]])
ZERO: Final = np.array([-30_000.0, 80_000.0])
SETUP: Final = Setup(
    ("hallux", "toes"),
    tuple(weighed(f"{kg} kg", kg, 1.0) for kg in (1, 2, 5, 10)),
    full_scale_counts=1_000_000,
)
LOADS: Final = tuple((weight.name,) for weight in SETUP.weights)


def readings(
    *,
    noise: float = 20.0,
    gains: Array = GAINS,
    mix: Array = MIX,
    cycles: int = 3,
    loads: tuple[tuple[str, ...], ...] = LOADS,
    shift_n: Callable[[float, Reading], float] = lambda _force_n, _reading: 0.0,
) -> list[Reading]:
    """Return a whole calibration; `shift_n` is what a loaded cell shows too much."""
    rng = np.random.default_rng(5)
    masses = {weight.name: weight.mass_kg for weight in SETUP.weights}
    found: list[Reading] = []
    for index, step in enumerate(make_plan(SETUP.cells, loads, cycles)):
        blank = Reading(step.place, step.weights, step.phase, step.cycle, 20.0 * index, 3.0, (), ())
        force_n = np.zeros(2)
        own = SETUP.cells.index(step.place)
        force_n[own] = SETUP.gravity.value_ms2 * sum(masses[name] for name in step.weights)
        if force_n[own] > 0:
            force_n[own] += shift_n(float(force_n[own]), blank)
        counts = ZERO + gains * (mix @ force_n) + rng.normal(0, noise, 2)
        mean = (float(counts[0]), float(counts[1]))
        found.append(replace(blank, mean_counts=mean, spread_counts=(100.0, 100.0)))
    return found


def of_phase(found: list[Reading], phase: Phase) -> list[int]:
    """Return the indices of the readings of a phase."""
    return [index for index, reading in enumerate(found) if reading.phase is phase]
