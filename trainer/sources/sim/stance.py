"""How the foot stands on the pad: its load at rest, shifts of posture, stepping off and on."""

import math
from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.sources.sim.config import FootConfig, Unrest
from trainer.sources.sim.statics import cell_changes
from trainer.sources.sim.truth import Disturbance

STEP_S = 0.6
"""Stepping on or off, assumed."""
ONE_LEG = 4.0
"""Times the sway of two legs, assumed."""
HALLUX_SHARE = 0.55
"""Of a force spread over hallux and toes."""
KEPT = 0.7
"""Of an old shift that a new one keeps, so that posture does not wander off."""
ENDED = np.inf


@dataclass(frozen=True, slots=True)
class _Ramp:
    start_s: float
    end_s: float
    change: FloatArray
    """(5,) newtons of the four cells, and of the share of the foot that is present."""


class Stance:
    """The cells under the resting foot, and whether it is there; times must not step back."""

    def __init__(self, config: FootConfig, unrest: Unrest, rng: np.random.Generator) -> None:
        self._config = config
        self._unrest = unrest
        self._rng = rng
        self._state = np.append(self._rest_n(), 1.0)
        self._posture_n = np.zeros(4)
        self._ramps: list[_Ramp] = []
        self._is_off = False
        self._alone: list[tuple[float, float]] = []
        """From when to when it stood on this foot alone."""
        self._leans: list[tuple[float, float]] = []
        """From when on which share of the usual load more."""
        self._next_shift_s = self._wait_s(0.0)
        self._quiet_until_s = 0.0
        self.log: list[Disturbance] = []

    def keep_still(self, until_s: float) -> None:
        """Shift no more before then."""
        self._quiet_until_s = until_s

    def step_off(self, at_s: float) -> None:
        """Take the foot from the pad."""
        if self._is_off:
            return
        self._is_off = True
        self._posture_n = np.zeros(4)
        self._ramps = [r for r in self._ramps if r.start_s <= at_s]
        self.log = [d for d in self.log if d.start_s <= at_s]
        ends = self._state + sum((r.change for r in self._ramps), np.zeros(5))
        self._add("foot off", at_s, STEP_S, -ends)

    def step_on(self, at_s: float) -> None:
        """Put a foot on the pad, loaded a little differently from the last one."""
        if not self._is_off:
            return
        self._is_off = False
        self._add("foot on", at_s, STEP_S, np.append(self._rest_n(), 1.0))

    def stand_on_one(self, at_s: float) -> None:
        """Take the other foot off the floor: this one bears the whole weight."""
        self._alone.append((at_s, math.inf))

    def stand_on_both(self, at_s: float) -> None:
        """Put the other foot down; what was planned later is given up."""
        self._alone = [(on_s, min(off_s, at_s)) for on_s, off_s in self._alone if on_s < at_s]
        self.bear(None, at_s)

    def bear(self, load_n: float | None, at_s: float) -> None:
        """Shift weight until the foot bears so much; None: the usual share."""
        usual_n = self._config.body_weight_n * self._config.load_share
        more = 0.0 if load_n is None else load_n / usual_n - 1.0
        if self._leans or more:
            self._leans.append((at_s, more))

    def alone(self, time_s: FloatArray) -> FloatArray | float:
        """Return (n,) or one share, 0 on two legs and 1 on one."""
        near = [(on_s, off_s) for on_s, off_s in self._alone if off_s + STEP_S > time_s[0]]
        if not near or near[0][0] > time_s[-1]:
            return 0.0
        steps = [_step(time_s - on_s) - _step(time_s - off_s) for on_s, off_s in near]
        return np.asarray(np.sum(steps, axis=0))

    def resettle(self, at_s: float, duration_s: float) -> None:
        """Move the rest level a little, as each release does."""
        toe_n, load_n, moment_nm = self._rng.standard_normal(3)
        spread_n = self._unrest.resettle_n
        change_n = _posture(toe_n * spread_n, 3 * load_n * spread_n, 0.2 * moment_nm * spread_n)
        if not self._is_off:
            self._posture_n = self._posture_n + change_n
            self._add("resettle", at_s, duration_s, np.append(change_n, 0.0))

    def rest(self, time_s: FloatArray) -> tuple[FloatArray, FloatArray | float]:
        """Return (n, 4) or (4,) newtons of the rest load, and the share of the foot present."""
        self._shift_until(float(time_s[-1]))
        first_s = float(time_s[0])
        for ramp in [r for r in self._ramps if r.end_s <= first_s]:
            self._state = self._state + ramp.change
            self._ramps.remove(ramp)
        # A pad on which nobody stands bears nothing more on one leg either.
        usual = self._config.load_share or 1.0
        more = np.reshape(self.alone(time_s), (-1, 1)) * (1.0 / usual - 1.0)
        more = more + np.reshape(self._leaning(time_s), (-1, 1))
        if not self._ramps:
            load_n = (
                self._state[:4]
                if not (self._alone or self._leans)
                else (1.0 + more) * self._state[:4]
            )
            return load_n, float(self._state[4])
        state = np.repeat(self._state[np.newaxis, :], len(time_s), axis=0)
        for ramp in self._ramps:
            share = np.clip((time_s - ramp.start_s) / (ramp.end_s - ramp.start_s), 0.0, 1.0)
            state += np.multiply.outer(share * share * (3.0 - 2.0 * share), ramp.change)
        return (1.0 + more) * state[:, :4], state[:, 4]

    def _leaning(self, time_s: FloatArray) -> FloatArray | float:
        """Return (n,) shares of the usual load that are shifted onto the foot; one 0 if never."""
        shifted: FloatArray | float = 0.0
        before = 0.0
        for at_s, more in self._leans:
            shifted = shifted + (more - before) * _step(time_s - at_s)
            before = more
        return shifted

    def _shift_until(self, last_s: float) -> None:
        while self._next_shift_s <= last_s:
            at_s = self._next_shift_s
            self._next_shift_s = self._wait_s(at_s)
            toe, load, moment, length = self._rng.standard_normal(4)
            if self._is_off or at_s < self._quiet_until_s:
                continue
            spread_n = self._unrest.shift_n
            target_n = KEPT * self._posture_n + _posture(
                toe * spread_n, 3 * load * spread_n, 0.2 * moment * spread_n
            )
            change = np.append(target_n - self._posture_n, 0.0)
            self._posture_n = target_n
            self._add("shift", at_s, float(np.clip(2.0 + 0.5 * length, 1.0, 3.0)), change)

    def _add(self, kind: str, at_s: float, duration_s: float, change: FloatArray) -> None:
        self._ramps.append(_Ramp(at_s, at_s + duration_s, change))
        self.log.append(Disturbance(kind, at_s, at_s + duration_s, float(change[:2].sum())))

    def _wait_s(self, from_s: float) -> float:
        if self._unrest.shifts_per_min <= 0.0:
            return ENDED
        return from_s + float(self._rng.exponential(60.0 / self._unrest.shifts_per_min))

    def _rest_n(self) -> FloatArray:
        load_n = self._config.body_weight_n * self._config.load_share
        varied = np.array(self._config.rest_shares) * np.exp(0.04 * self._rng.standard_normal(4))
        return load_n * varied


def _step(since_s: FloatArray) -> FloatArray:
    """Return (n,) shares from 0 to 1 of a step that takes STEP_S."""
    share = np.clip(since_s / STEP_S, 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def _posture(toe_n: float, load_n: float, moment_nm: float) -> FloatArray:
    return cell_changes(HALLUX_SHARE * toe_n, (1.0 - HALLUX_SHARE) * toe_n, load_n, moment_nm)
