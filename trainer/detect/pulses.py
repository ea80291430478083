"""Slow pulses within a hold: when the force rises again after it has dropped, without a release."""

from typing import Final

from trainer.core.arrays import FloatArray

TURN_SHARE: Final = 0.2
"""A turn is one once the force has come back by so much of the pulse's height: two and a half times
the slow error of the least steady foot (docs/simulator.md), under half of what the trace drops."""

LEAST_N: Final = 1.5
"""No pulse is lower where no target says how high they are to be: as taps (taps.py) ..."""

LEAST_SHARE: Final = 0.25
"""... and of a target so much: half of what the trace drops."""


class PulseWatch:
    """Tells each pulse by the middle of its rise, once the force has turned down again."""

    def __init__(self, target_n: float | None = None) -> None:
        self._least_n = LEAST_N if target_n is None else LEAST_SHARE * target_n
        self._course: list[tuple[float, float]] = []
        """Since the newest valley."""
        self._low_n = 0.0
        self._high_n = 0.0
        self._is_rising = True

    def push(self, time_s: FloatArray, above_n: FloatArray) -> tuple[float, ...]:
        """Return the times of the pulses that (n,) newtons above rest settle, in seconds."""
        told: list[float] = []
        for at_s, force_n in zip(time_s.tolist(), above_n.tolist(), strict=True):
            rise_s = self._take(at_s, force_n)
            if rise_s is not None:
                told.append(rise_s)
        return tuple(told)

    def _take(self, at_s: float, force_n: float) -> float | None:
        if not self._is_rising:
            self._follow_down(at_s, force_n)
            return None
        self._course.append((at_s, force_n))
        self._high_n = max(self._high_n, force_n)
        self._low_n = min(self._low_n, force_n)
        turn_n = max(self._least_n, TURN_SHARE * self._high_n)
        if self._high_n - self._low_n < turn_n or force_n > self._high_n - turn_n:
            return None
        middle_n = (self._low_n + self._high_n) / 2
        rise_s = next(s for s, n in self._course if n >= middle_n)
        self._is_rising, self._low_n = False, force_n
        return rise_s

    def _follow_down(self, at_s: float, force_n: float) -> None:
        if force_n <= self._low_n:
            self._low_n = force_n
        elif force_n >= self._low_n + max(self._least_n, TURN_SHARE * self._high_n):
            self._course = [(at_s, force_n)]
            self._is_rising, self._high_n = True, force_n
