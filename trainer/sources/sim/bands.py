"""Random fluctuation within a band of frequencies, as a function of time alone."""

import numpy as np

from trainer.core.arrays import FloatArray


class Band:
    """A sum of tones with random phases: unit variance, the same whenever it is asked."""

    def __init__(
        self, rng: np.random.Generator, low_hz: float, high_hz: float, tones: int = 24
    ) -> None:
        # One tone in each of equal steps of the logarithm: power falls with frequency, as sway's.
        steps = (np.arange(tones) + rng.random(tones)) / tones
        self._turns_s = 2.0 * np.pi * low_hz * (high_hz / low_hz) ** steps
        self._phase = 2.0 * np.pi * rng.random(tones)
        self._height = float(np.sqrt(2.0 / tones))

    def at(self, time_s: FloatArray) -> FloatArray:
        """Return (n,) values at (n,) seconds."""
        angle = np.multiply.outer(time_s, self._turns_s) + self._phase
        return np.asarray(self._height * np.cos(angle).sum(axis=1))
