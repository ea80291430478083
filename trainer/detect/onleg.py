"""Whether somebody stands on one leg while that is asked for, and how much the ankle wobbles now.

Every TICK_S from the request on it is judged anew, for all that was seen since: load on the pad
speaks first, a board or a foot that moves only where nothing loads the pad. Of two feet on the pad
nobody can tell but by the load: who stood on two legs at first and then on one stood on one only
from then on.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray

Truths = npt.NDArray[np.bool_]

TICK_S: Final = 0.25
"""Four times a second: quick enough for a hold of half a minute, and to say that a foot is down."""

SAMPLES_LATE_S: Final = 0.1
"""A tick is judged when so much of what follows it has come: two frames of the inertial sensor."""

LEAST_N: Final = 50.0
"""Less load is no standing: the lightest adult's foot bears more when half the weight is on it."""

ON_SHARE: Final = 0.75
"""Of the usual load: between one leg and half of the weight, which is 0.5."""

USUAL_PCT: Final = 90.0
"""The usual load: not the largest, which a landing makes."""

MOVING_DPS: Final = 0.3
"""RMS of the turns of somebody who stands; a board alone shows its noise, 0.1 deg/s on two axes
(LSM6DS3 data sheet: 7 mdps/sqrt(Hz))."""

MOVING_S: Final = 1.0
WOBBLE_S: Final = 3.0
"""Seconds over which the wobble that is shown is taken."""

FORWARD: Final = 0
"""Column of the turns about the axis that points forward: to the side, in the frontal plane."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What is known at one moment of the request."""

    at_s: float
    is_standing: bool
    stood_s: float
    wobble_dps: float | None
    """RMS of the turns to the side over the last seconds; None without an inertial sensor."""
    step_offs: int


class LegWatch:
    """Follows one request to stand on one leg, from `asked_s` on."""

    def __init__(self, asked_s: float) -> None:
        self._asked_s = asked_s
        self._loads: list[tuple[FloatArray, FloatArray]] = []
        self._turns: list[tuple[FloatArray, FloatArray]] = []
        self._loads_n: list[float] = []
        self._is_moving: list[bool] = []
        self.stood: Truths = np.zeros(0, np.bool_)
        """(tick,) whether somebody stood, as far as is known now."""

    def push_load(self, time_s: FloatArray, load_n: FloatArray) -> None:
        """Take in (n,) newtons on all cells, at (n,) seconds."""
        self._loads.append((time_s, load_n))

    def push_turns(self, time_s: FloatArray, turn_dps: FloatArray) -> None:
        """Take in (n, 3) deg/s about forward, left and up, at (n,) seconds."""
        self._turns.append((time_s, turn_dps))

    def look(self, now_s: float) -> tuple[Tick, ...]:
        """Return the ticks that are known by now and were not told yet."""
        told: list[Tick] = []
        while self._next_s + SAMPLES_LATE_S <= now_s:
            told.append(self._judge(self._next_s))
        return tuple(told)

    def is_stood_at(self, time_s: FloatArray) -> Truths:
        """Return (n,) whether each moment lies in a tick in which somebody stood."""
        ticks = np.ceil((time_s - self._asked_s) / TICK_S).astype(np.int64) - 1
        is_inside = (ticks >= 0) & (ticks < len(self.stood))
        known: Truths = np.zeros(len(time_s), np.bool_)
        known[is_inside] = self.stood[ticks[is_inside]]
        return known

    @property
    def _next_s(self) -> float:
        return self._asked_s + TICK_S * (len(self._loads_n) + 1)

    def _judge(self, at_s: float) -> Tick:
        load_n = _between(self._loads, at_s - TICK_S, at_s)
        self._loads_n.append(float(np.median(load_n)) if len(load_n) else 0.0)
        moved = _between(self._turns, at_s - MOVING_S, at_s)
        self._is_moving.append(len(moved) > 0 and _rms(moved) >= MOVING_DPS)
        self.stood = self._judge_all()
        sideways = _between(self._turns, at_s - WOBBLE_S, at_s)
        changes = np.diff(self.stood.astype(np.int8))
        return Tick(
            at_s=at_s,
            is_standing=bool(self.stood[-1]),
            stood_s=TICK_S * int(np.count_nonzero(self.stood)),
            wobble_dps=_rms(sideways[:, FORWARD]) if len(sideways) else None,
            step_offs=int(np.count_nonzero(changes < 0)),
        )

    def _judge_all(self) -> Truths:
        loads_n = np.array(self._loads_n)
        loaded_n = loads_n[loads_n >= LEAST_N]
        if not len(loaded_n):
            return np.array(self._is_moving)
        usual_n = float(np.percentile(loaded_n, USUAL_PCT))
        return loads_n >= max(LEAST_N, ON_SHARE * usual_n)


def _between(
    pieces: list[tuple[FloatArray, FloatArray]], after_s: float, until_s: float
) -> FloatArray:
    """Return the rows after one moment and up to another, in order."""
    found = [np.empty(0)]
    for time_s, rows in reversed(pieces):
        if len(time_s) and time_s[-1] <= after_s:
            break
        inside = rows[(time_s > after_s) & (time_s <= until_s)]
        if len(inside):
            found.append(inside)
    return np.concatenate(found[:0:-1]) if len(found) > 1 else found[0]


def _rms(turns_dps: FloatArray) -> float:
    away = turns_dps - turns_dps.mean(axis=0)
    return float(np.sqrt(np.sum(away * away) / len(away)))
