"""The simulated pad: newtons on four cells become counts of four HX711 converters."""

from functools import cache
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.core.arrays import CountArray, FloatArray
from trainer.sources.sim.config import PadConfig
from trainer.sources.sim.statics import CHANNELS

FULL_SCALE: Final = 0x7FFFFF
LOWEST: Final = -0x800000
"""Ends of a 24-bit converter, where its codes stay (HX711 data sheet)."""

STEPS: Final = 4
"""Points per conversion at which a press is evaluated."""

REACH: Final = 2 * (STEPS - 1)
"""Points that a sample reaches to either side of its middle."""


class Pad:
    """Cells that creep under load, with cross-talk, each behind its converter."""

    def __init__(self, config: PadConfig) -> None:
        self._config = config
        self._creep_n = np.zeros(4)
        self._zero = np.array(config.zero_counts)
        self._gain = np.array(config.counts_per_n)[:, np.newaxis] * _cross_talk(config.cross_talk)

    @property
    def calibration(self) -> Calibration:
        """Return the pad's own calibration, free of error."""
        inverse = np.linalg.inv(self._gain)
        return Calibration(
            channels=CHANNELS,
            zero_counts=self._config.zero_counts,
            matrix_n_per_count=tuple(tuple(float(v) for v in row) for row in inverse),
            full_scale_counts=FULL_SCALE,
            label="simulated pad",
        )

    @property
    def range_n(self) -> FloatArray:
        """Return (4,) newtons at which each cell's converter ends."""
        return (FULL_SCALE - self._zero) / np.diag(self._gain)

    def convert(
        self, load_n: FloatArray, noise_counts: FloatArray, elapsed_s: float
    ) -> tuple[CountArray, int]:
        """Return (n, 4) counts for (n, 4) newtons over the elapsed time, and how many clip."""
        counts = (load_n + self._creep_n) @ self._gain.T + self._zero + noise_counts
        mean_n = load_n.sum(axis=0) / len(load_n)
        crept = -np.expm1(-elapsed_s / self._config.creep_s)
        self._creep_n += crept * (self._config.creep_ratio * mean_n - self._creep_n)
        whole = np.rint(counts)
        if whole.max() <= FULL_SCALE and whole.min() >= LOWEST:
            return whole.astype(np.int32), 0
        clipped = ((whole > FULL_SCALE) | (whole < LOWEST)).any(axis=1)
        return np.clip(whole, LOWEST, FULL_SCALE).astype(np.int32), int(clipped.sum())


@cache
def converter_steps(count: int) -> tuple[FloatArray, FloatArray]:
    """Return where n samples are evaluated, in indices from the first, and the (n, m) weights.

    The converter's filter is taken as four running means of one conversion each: it takes four
    conversions to settle and delays by two. Indices count the middles of conversions.
    """
    mean = np.full(STEPS, 1.0 / STEPS)
    taps = np.convolve(np.convolve(mean, mean), np.convolve(mean, mean))
    offsets = np.arange(-REACH, STEPS * (count - 1) + REACH + 1) / STEPS
    weights = np.zeros((count, len(offsets)))
    for row in range(count):
        weights[row, STEPS * row : STEPS * row + len(taps)] = taps
    return offsets, weights


def _cross_talk(share: float) -> FloatArray:
    neighbours = np.eye(4, k=1) + np.eye(4, k=-1)
    return np.asarray(np.eye(4) + share * neighbours)
