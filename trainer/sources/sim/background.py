"""What goes on without events: sway, wander, tremor, converter noise, hum and warm-up drift."""

from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.sources.sim.bands import Band
from trainer.sources.sim.beat import Beat
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.stance import HALLUX_SHARE
from trainer.sources.sim.statics import cell_changes

CHUNK = 1024
"""Samples computed at once, 11 s of them: a frame then costs a few slices."""


@dataclass(frozen=True, slots=True)
class Run:
    """The background of a run of samples."""

    sway_n: FloatArray
    """(n, 4)"""
    wander: FloatArray
    """(n,) of unit variance"""
    tremor: FloatArray
    """(n,) of unit variance"""
    added_n: FloatArray
    """(n, 4) drift of the cells and hum, as if pressed"""
    noise_counts: FloatArray
    """(n, 4)"""


class Background:
    """Delivers runs of samples in order; how they are cut changes nothing."""

    def __init__(
        self,
        config: SimConfig,
        beat: Beat,
        tones: np.random.Generator,
        noise: np.random.Generator,
    ) -> None:
        self._config = config
        self._beat = beat
        self._noise = noise
        self.wander = Band(tones, 0.3, 3.0)
        self._tremor = Band(tones, 7.0, 11.0)
        self._sway = [Band(tones, 0.05, 1.0) for _ in range(3)]
        self._hum_phase = 2.0 * np.pi * tones.random()
        self._drift_n = config.pad.drift_n * tones.standard_normal(4)
        self._rows = np.empty((0, 14))
        self._first = 0

    def take(self, first: int, count: int) -> Run:
        """Return the background of `count` samples from index `first`, never below the last."""
        while first + count > self._first + len(self._rows):
            begin = self._first + len(self._rows)
            kept = self._rows[max(0, first - self._first) :]
            self._first = begin - len(kept)
            self._rows = np.concatenate((kept, self._compute(begin)))
        rows = self._rows[first - self._first : first - self._first + count]
        return Run(rows[:, 0:4], rows[:, 4], rows[:, 5], rows[:, 6:10], rows[:, 10:14])

    def _compute(self, begin: int) -> FloatArray:
        time_s = self._beat.at(np.arange(begin, begin + CHUNK, dtype=np.float64))
        unrest, pad = self._config.unrest, self._config.pad
        toe, load, moment = (band.at(time_s) for band in self._sway)
        toe_n = unrest.sway_n * toe
        sway_n = cell_changes(
            HALLUX_SHARE * toe_n,
            (1.0 - HALLUX_SHARE) * toe_n,
            unrest.sway_load_n * load,
            unrest.sway_moment_nm * moment,
        )
        hum = np.cos(2.0 * np.pi * pad.mains_hz * time_s + self._hum_phase)
        warmed = -np.expm1(-np.maximum(time_s, 0.0) / pad.drift_s)
        added_n = pad.mains_n * hum[:, np.newaxis] + np.multiply.outer(warmed, self._drift_n)
        noise = pad.noise_counts * self._noise.standard_normal((CHUNK, 4))
        wander, tremor = self.wander.at(time_s), self._tremor.at(time_s)
        return np.column_stack((sway_n, wander, tremor, added_n, noise))
