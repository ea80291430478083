"""Short movements that nobody asked for: fidgets of the toes, and stamps that overload a cell."""

from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.sources.sim.statics import cell_changes
from trainer.sources.sim.truth import Disturbance

HALLUX_SHARE = (0.2, 0.9)
PULLING_SHARE = 0.25
"""Of the fidgets, those that lift the toes instead of pressing them; assumed."""


@dataclass(frozen=True, slots=True)
class _Bump:
    start_s: float
    end_s: float
    height: FloatArray
    """(4,) newtons"""


class Fidgets:
    """Bumps at random times; spans must not step back, save for what they share."""

    def __init__(
        self,
        per_min: tuple[float, float],
        fidget_n: float,
        range_n: FloatArray,
        rng: np.random.Generator,
    ) -> None:
        self._fidgets_per_min, self._stamps_per_min = per_min
        self._fidget_n = fidget_n
        self._range_n = range_n
        self._rng = rng
        self._next_fidget_s = self._wait_s(0.0, self._fidgets_per_min)
        self._next_stamp_s = self._wait_s(0.0, self._stamps_per_min)
        self._quiet_until_s = 0.0
        self._bumps: list[_Bump] = []
        self.log: list[Disturbance] = []

    def keep_still(self, until_s: float) -> None:
        """Begin no more before then."""
        self._quiet_until_s = until_s

    def force(self, time_s: FloatArray) -> FloatArray | None:
        """Return (n, 4) newtons; None while nothing moves."""
        self._begin_until(float(time_s[-1]))
        self._bumps = [b for b in self._bumps if b.end_s > time_s[0]]
        if not self._bumps:
            return None
        force_n = np.zeros((len(time_s), 4))
        for bump in self._bumps:
            share = np.clip((time_s - bump.start_s) / (bump.end_s - bump.start_s), 0.0, 1.0)
            force_n += np.multiply.outer(np.sin(np.pi * share) ** 2, bump.height)
        return force_n

    def _begin_until(self, last_s: float) -> None:
        while self._next_fidget_s <= last_s:
            at_s = self._next_fidget_s
            self._next_fidget_s = self._wait_s(at_s, self._fidgets_per_min)
            self._begin(at_s, "fidget", self._draw_fidget())
        while self._next_stamp_s <= last_s:
            at_s = self._next_stamp_s
            self._next_stamp_s = self._wait_s(at_s, self._stamps_per_min)
            self._begin(at_s, "stamp", self._draw_stamp())

    def _begin(self, at_s: float, kind: str, drawn: tuple[float, FloatArray]) -> None:
        duration_s, height = drawn
        if at_s < self._quiet_until_s:
            return
        self._bumps.append(_Bump(at_s, at_s + duration_s, height))
        size_n = float(height[:2].sum()) if kind == "fidget" else float(height.max())
        self.log.append(Disturbance(kind, at_s, at_s + duration_s, size_n))

    def _draw_fidget(self) -> tuple[float, FloatArray]:
        length, sign, where = self._rng.random(3)
        size, load, moment = self._rng.standard_normal(3)
        toe_n = self._fidget_n * float(np.exp(0.6 * size)) * (-1 if sign < PULLING_SHARE else 1)
        low, high = HALLUX_SHARE
        hallux_n = toe_n * (low + (high - low) * where)
        cells = cell_changes(hallux_n, toe_n - hallux_n, 0.5 * load * toe_n, 0.03 * moment * toe_n)
        return float(0.06 + 0.24 * length), cells

    def _draw_stamp(self) -> tuple[float, FloatArray]:
        length, size = self._rng.random(2)
        cell = int(self._rng.integers(4))
        height = np.zeros(4)
        height[cell] = self._range_n[cell] * (1.2 + size)
        return float(0.15 + 0.35 * length), height

    def _wait_s(self, from_s: float, per_min: float) -> float:
        return from_s + float(self._rng.exponential(60.0 / per_min)) if per_min > 0.0 else np.inf
