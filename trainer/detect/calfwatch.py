"""Watch a press that is on: say so while the ankle does the toes' work, once per press.

A press is on from the lamp to its release, above the rest level that the lamp names. While it is
on, a witness speaks at a sample (excess beyond its limit, heel off, heel risen); once one has
spoken for LASTING_S without a pause, CompensationSeen is returned, and no more in that press.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import (
    CompensationSeen,
    Event,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
)
from trainer.core.findings import Compensation, Witness
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import LEAST_NM, CleanPress
from trainer.detect.compensation import FIRST, can_teach, excesses_of, learn_from
from trainer.detect.heelrise import MOST_DEG, CleanPitch
from trainer.detect.statics import Statics
from trainer.detect.tilt import TiltTrack
from trainer.detect.witnesses import HEEL_OFF_SHARE, HEEL_REST_N, Excess, judge_hold

LASTING_S: Final = 0.3
"""How long a witness must speak: the leg settles within, and fidgets last 60 to 300 ms."""

ROUNDING_S: Final = 1e-4
"""A stamp may lie that much early: the last sample of LASTING_S counts."""

MOST_LEARNED: Final = 20
"""Holds that are learned from while a session runs: each time that takes up to 1 ms (measured on
x86), and those after the first ten count little anyway."""

TOE_NM: Final = np.linspace(0.0, 10.0, 21)
"""Toe moments at which limits are worked out; between them they are interpolated."""

_MOMENT, _HEEL, _PITCH = 1, 2, 3
_WITNESSES: Final = (None, Witness.MOMENT, Witness.HEEL, Witness.PITCH)
"""By code, 0 for silence: when several speak, the first of them is named."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What a press is compared with, as it was when the press began."""

    weights_m: FloatArray
    """(cell + 1,) metres that turn changes from rest into the excess moment."""
    limits_nm: FloatArray | None
    """Of the excess, at TOE_NM; None where the pad shows no moment."""
    least_nm: float
    """No sample with a smaller excess says anything."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Which witness spoke at every sample of a block, by code, and the excess there."""

    codes: list[int]
    excess_nm: list[float]

    def event(self, at_s: float, position: int) -> CompensationSeen:
        witness = _WITNESSES[self.codes[position]]
        assert witness is not None
        excess_nm = self.excess_nm[position] if witness is Witness.MOMENT else None
        return CompensationSeen(at_s, witness, excess_nm)


class CalfWatch:
    """Compare every sample of a press with the person's clean press; cutting changes nothing."""

    def __init__(self, pad: PadSettings, cells: tuple[str, ...]) -> None:
        self._pad = pad
        self._cells = cells
        self._statics = Statics(pad, cells)
        self._heel = cells.index("heel") if "heel" in cells else None
        self.reset()

    def reset(self) -> None:
        """Forget everything, the clean press included."""
        self._holds: list[Hold] = []
        self._clean: CleanPress | None = None
        self._relearn()
        self._lesson = self._next_lesson
        self._levels_n = np.zeros(len(self._cells) + 1)
        self._heel_off_n = -math.inf
        self._rest_deg: float | None = None
        self._start_s = math.nan
        self._since_s: float | None = None
        self._is_on = self._is_said = self._was_said = False

    @property
    def clean(self) -> CleanPress | None:
        """Return the clean press as learned so far; None where the pad shows no moment."""
        return self._clean

    def learn(self, hold: Hold) -> None:
        """Take in a settled hold: the first ones teach what later presses are compared with."""
        if len(self._holds) < MOST_LEARNED and can_teach(hold, self._cells):
            self._holds.append(hold)
            self._relearn()

    def judge(self, hold: Hold, pitch_change_deg: float | None) -> Compensation:
        """Return the judgement of a settled hold by what was learned so far, and learn from it."""
        self.learn(hold)
        excess: Excess | None = None
        if self._clean is not None:
            (excess,) = excesses_of([hold], self._cells, self._statics, self._clean)
        pitch_deg = math.nan if pitch_change_deg is None else pitch_change_deg
        return judge_hold(hold, self._statics, excess, pitch_deg, CleanPitch())

    def push(
        self, block: ForceBlock, found: Sequence[Event], tilt: TiltTrack | None
    ) -> tuple[Event, ...]:
        """Return what was seen in the next block; `found` is what the hold detector says of it."""
        if len(block.time_s) == 0:
            return ()
        if block.starts_run:
            self._leave()
        events: list[Event] = []
        start = 0
        for event in found:
            if not isinstance(event, HoldStarted | HoldReleased | HoldWithdrawn | HoldSettled):
                continue
            stop = int(block.time_s.searchsorted(event.at_s))
            events += self._listen(block, start, stop, tilt)
            start = max(start, stop)
            if isinstance(event, HoldStarted):
                self._enter(event, tilt)
            else:
                self._leave()
        events += self._listen(block, start, len(block.time_s), tilt)
        return tuple(events)

    def is_wanted(self, found: Sequence[Event]) -> bool:
        """Return whether a block with these events can show anything."""
        return self._is_on or bool(found)

    def _listen(
        self, block: ForceBlock, start: int, stop: int, tilt: TiltTrack | None
    ) -> list[Event]:
        """Go through a part of a block; most are silent, which one product shows."""
        if not self._is_on or self._is_said or stop <= start:
            return []
        part = slice(start, stop)
        changes = block.force_n[part] - self._levels_n
        pitch: FloatArray | None = None
        if tilt is not None and self._rest_deg is not None:
            pitch = tilt.pitch_at(block.time_s[part]) - self._rest_deg
        said = self._say(changes, pitch)
        if said is None:
            self._since_s = None
            return []
        for position, at_s in enumerate(block.time_s[part].tolist()):
            if self._lasts(at_s, said.codes[position]):
                self._is_said = True
                return [said.event(at_s, position)]
        return []

    def _lasts(self, at_s: float, code: int) -> bool:
        """Return whether a witness has spoken for long enough at this sample."""
        if code == 0:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = at_s
        return at_s - self._since_s >= LASTING_S - ROUNDING_S

    def _say(self, changes: FloatArray, pitch_deg: FloatArray | None) -> _Said | None:
        """Return which witness speaks at every sample; None where none does at any.

        `changes` are the (n, cell + 1) newtons from rest.
        """
        lesson, statics = self._lesson, self._statics
        excess = changes @ lesson.weights_m
        rises = pitch_deg is not None and np.fmax.reduce(pitch_deg) > MOST_DEG
        heel = changes[:, self._heel] if self._heel is not None else None
        comes_off = heel is not None and heel.min() < self._heel_off_n
        if not rises and not comes_off and excess.max() <= lesson.least_nm:
            return None
        codes = np.zeros(len(changes), np.int8)
        if pitch_deg is not None:
            codes[pitch_deg > MOST_DEG] = _PITCH
        # A leg that is lifted takes ball and heel along, without any ankle moment.
        is_loaded = excess > LEAST_NM if statics.has_moment else np.ones(len(codes), np.bool_)
        if lesson.limits_nm is not None:
            toe = changes[:, :-1] @ statics.toe_levers_m
            speaks = excess > np.interp(toe, TOE_NM, lesson.limits_nm)
            codes[speaks] = _MOMENT if statics.has_moment else _HEEL
        if heel is not None:
            codes[is_loaded & (heel < self._heel_off_n) & (codes != _MOMENT)] = _HEEL
        return _Said(codes.tolist(), excess.tolist())

    def _enter(self, lamp: HoldStarted, tilt: TiltTrack | None) -> None:
        """Begin a press, or take up one that dipped: what was learned meanwhile holds now."""
        is_again = lamp.start_s == self._start_s
        self._leave()
        if len(lamp.rest_n) != len(self._cells) + 1:
            return
        self._is_on = True
        self._is_said = is_again and self._was_said
        self._was_said = self._is_said
        self._start_s = lamp.start_s
        self._lesson = self._next_lesson
        self._levels_n = np.array(lamp.rest_n)
        self._rest_deg = None if tilt is None else tilt.rest_before_deg(lamp.start_s)
        rest_n = 0.0 if self._heel is None else lamp.rest_n[self._heel]
        is_seen = rest_n >= HEEL_REST_N
        self._heel_off_n = (HEEL_OFF_SHARE - 1) * rest_n if is_seen else -math.inf

    def _leave(self) -> None:
        self._was_said = self._was_said or self._is_said
        self._is_on = False
        self._is_said = False
        self._since_s = None

    def _relearn(self) -> None:
        """Work out weights and limits from the holds so far."""
        weights = np.zeros(len(self._cells) + 1)
        limits_nm: FloatArray | None = None
        if self._statics.has_moment or self._statics.has_heel_moment:
            teachers = range(min(FIRST[1], len(self._holds)))
            clean = learn_from(self._holds, self._cells, self._pad, teachers)
            weights[:-1] = self._statics.excess_weights_m(clean.ratio, clean.axis_shift_m)
            limits_nm = clean.limits_nm(TOE_NM)
            self._clean = clean
        least_nm = math.inf if limits_nm is None else float(limits_nm.min())
        self._next_lesson = _Lesson(weights, limits_nm, min(least_nm, LEAST_NM))
