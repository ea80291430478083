"""A pad on a kitchen table with a truth of its own: it shares no law with the fit.

Every cell bends (a cubic), remembers (play operators), creeps (two time constants), drifts, warms
and is loaded a little off its middle each time; weights are not what they say.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from calibration import Gravity, Phase, Reading, Setup, Weight, weighed

Array = npt.NDArray[np.float64]

STEP_S: Final = 25.0
"""From one reading to the next."""
MASSES_KG: Final = (1.0, 2.0, 5.0, 10.0, 15.0)
LIMITS_G: Final = (1.0, 2.0, 5.0, 5.0, 10.0)
GRAVITY: Final = Gravity(9.81, 0.005)
REACH_N: Final = 150.0
"""About the largest load: what the shapes are drawn for."""


@dataclass(frozen=True)
class Truth:
    """How large each disturbance is; standard deviations or limits over many pads."""

    noise_n: float = 0.015
    placement: float = 0.001
    bend_n: float = 0.08
    memory_n: float = 0.06
    creep: float = 0.0008
    drift_n: float = 0.02
    span_pct_per_k: float = 0.02
    away_k: float = 5.0
    crosstalk: float = 0.02
    cycles: int = 3
    cells: tuple[str, ...] = ("hallux", "toes")
    masses: int = 5
    with_creep: bool = True


class Cell:
    """One cell that is bent, remembers and creeps."""

    def __init__(self, rng: np.random.Generator, truth: Truth) -> None:
        self.gain = rng.uniform(3000.0, 6000.0)
        self.shape = rng.normal(0.0, truth.bend_n, 2)
        self.memory = rng.normal(0.0, 1.0) * truth.memory_n
        self.creep = rng.normal(0.0, 1.0) * truth.creep
        self.warmth = rng.uniform(-1, 1) * truth.span_pct_per_k / 100
        self.widths_n = np.array([5.0, 15.0, 40.0])
        self.plays_n = np.zeros(3)

    def press(self, force_n: float) -> None:
        """Move the plays to a new force."""
        self.plays_n = np.clip(self.plays_n, force_n - self.widths_n, force_n + self.widths_n)

    def answer_n(self, force_n: float, held_s: float, warmer_k: float = 0.0) -> float:
        """Return what the cell shows, in its own newtons."""
        x = force_n / REACH_N
        bend_n = self.shape @ np.array([4 * x * (1 - x), 6 * x * (1 - x) * (1 - 2 * x)])
        lag_n = self.memory * float(np.mean((self.plays_n - force_n) / self.widths_n))
        grown = self.creep * (
            0.4 * (1 - math.exp(-held_s / 20)) + 0.6 * (1 - math.exp(-held_s / 150))
        )
        return force_n * (1 + grown + self.warmth * warmer_k) + float(bend_n) + lag_n


class Workshop:
    """Draw a pad and weights; calibrate it; use it."""

    def __init__(self, rng: np.random.Generator, truth: Truth) -> None:
        self.rng, self.truth = rng, truth
        count = len(truth.cells)
        self.cells = [Cell(rng, truth) for _ in range(count)]
        self.zero = rng.uniform(-200_000.0, 200_000.0, count)
        self.mix = np.eye(count) + rng.normal(0, truth.crosstalk, (count, count)) * (
            1 - np.eye(count)
        )
        picked = list(zip(MASSES_KG, LIMITS_G, strict=True))[: truth.masses]
        self.weights: tuple[Weight, ...] = tuple(
            weighed(f"{mass_kg:g} kg", mass_kg, limit_g) for mass_kg, limit_g in picked
        )
        self.true_kg = {
            w.name: w.mass_kg + rng.uniform(-1, 1) * w.half_width_kg for w in self.weights
        }
        self.gravity = GRAVITY.value_ms2 + rng.uniform(-1, 1) * GRAVITY.half_width_ms2
        self.drift_n = np.zeros(count)
        self.off = np.ones(count)
        self.heaviest_n = GRAVITY.value_ms2 * picked[-1][0]
        self.now_s = 0.0

    def setup(self) -> Setup:
        """Return what the person knows."""
        truth = self.truth
        return Setup(
            truth.cells,
            self.weights,
            GRAVITY,
            span_pct_per_k=truth.span_pct_per_k,
            away_k=truth.away_k,
        )

    def counts(
        self, force_n: Array, held_s: float, warmer_k: float = 0.0, *, stays: bool = False
    ) -> Array:
        """Return the mean counts of a reading under true forces, loads a little off the middle."""
        if not stays:
            self.off = 1 + self.rng.normal(0, self.truth.placement, len(force_n))
        shown = np.array(
            [
                cell.answer_n(float(f) * float(o), held_s, warmer_k)
                for cell, f, o in zip(self.cells, force_n, self.off, strict=True)
            ]
        )
        noise = self.rng.normal(0, self.truth.noise_n, len(force_n))
        own_n = self.mix @ shown + noise + self.drift_n
        return np.asarray(self.zero + np.array([c.gain for c in self.cells]) * own_n)

    def wait(self, passed_s: float) -> None:
        """Let the zero wander."""
        count = len(self.cells)
        steps = self.rng.normal(0, self.truth.drift_n * math.sqrt(passed_s / 300), count)
        self.drift_n = self.drift_n + steps
        self.now_s += passed_s

    def readings(self) -> list[Reading]:
        """Return a whole calibration."""
        found: list[Reading] = []
        up = [(weight.name,) for weight in self.weights]
        down = up[-2::-1]
        for place in self.truth.cells:
            self._read(place, up[-1], Phase.PRELOAD, 0)
            for cycle in range(1, self.truth.cycles + 1):
                found.append(self._read(place, (), Phase.UNLOADED, cycle))
                found += [self._read(place, names, Phase.UP, cycle) for names in up]
                if self.truth.with_creep and cycle == self.truth.cycles:
                    self.wait(275.0)
                    found.append(self._read(place, up[-1], Phase.CREEP, cycle, 310.0))
                found += [self._read(place, names, Phase.DOWN, cycle) for names in down]
                found.append(self._read(place, (), Phase.UNLOADED, cycle))
        return found

    def _read(
        self, place: str, names: tuple[str, ...], phase: Phase, cycle: int, held_s: float = 10.0
    ) -> Reading:
        self.wait(STEP_S)
        force_n = np.zeros(len(self.cells))
        at = self.truth.cells.index(place)
        force_n[at] = self.gravity * sum(self.true_kg[name] for name in names)
        self.cells[at].press(float(force_n[at]))
        counts = self.counts(force_n, held_s, stays=phase is Phase.CREEP)
        spread = self.truth.noise_n * 5 * np.array([cell.gain for cell in self.cells])
        return Reading(place, names, phase, cycle, self.now_s, 3.0, tuple(counts), tuple(spread))

    def use(self, force_n: Array) -> Array:
        """Return (2, channel) counts: of the tare, and of a press later on some other day."""
        truth = self.truth
        warmer_k = self.rng.uniform(-truth.away_k, truth.away_k)
        self._press_all(np.zeros(len(force_n)))
        tare = self.counts(np.zeros(len(force_n)), 60.0, warmer_k)
        self.wait(float(self.rng.uniform(0, STEP_S * 12)))
        # Half of the presses come down to their force from a higher one.
        higher_n = force_n + self.rng.integers(2) * self.rng.uniform(0, 1) * (
            self.heaviest_n - force_n
        )
        self._press_all(higher_n)
        self._press_all(force_n)
        return np.array([tare, self.counts(force_n, float(self.rng.uniform(2, 300)), warmer_k)])

    def _press_all(self, force_n: Array) -> None:
        for cell, f in zip(self.cells, force_n, strict=True):
            cell.press(float(f))
