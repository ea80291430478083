"""The sample period of a stream whose samples bring a stamp each, learned as they come."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

FIRST_STEPS: Final = 15
"""Steps from which the period is first taken: 0.2 s at 80 Hz, 2 s at the 8 Hz of a scale."""

_WINDOW: Final = 256
"""Newest steps that later estimates are taken from."""
_EVERY: Final = 64
"""Steps between estimates, counted from the first, so that no cutting moves them."""
_ORDINARY: Final = 1.75
"""A step of more than this many median steps has lost a sample."""


def mean_step(steps_s: FloatArray) -> float | None:
    """Return the mean of the steps of at most 1.75 median steps; None of no step."""
    if not steps_s.size:
        return None
    ordinary_s = steps_s[steps_s <= _ORDINARY * np.median(steps_s)]
    return float(ordinary_s.mean())


class Period:
    """The period known beforehand, or the newest estimate."""

    def __init__(self, period_s: float | None) -> None:
        self.period_s = period_s
        self._is_given = period_s is not None
        self._newest_s: list[FloatArray] = []
        self._steps = 0

    @property
    def room(self) -> int | None:
        """Return the steps until the next estimate; None if there will be none."""
        return None if self._is_given else _EVERY - self._steps % _EVERY

    def learn(self, steps_s: FloatArray) -> None:
        """Take in new steps, at most `room`; those that step back tell nothing."""
        if self._is_given:
            return
        self._steps += steps_s.shape[0]
        self._newest_s.append(steps_s)
        if self._steps % _EVERY == 0:
            steps_s = np.concatenate(self._newest_s)
            rising_s = steps_s[steps_s > 0][-_WINDOW:]
            self._newest_s = [rising_s]
            self.period_s = mean_step(rising_s) or self.period_s
