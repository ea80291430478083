"""Watch a press that is on: say so while the ankle does the toes' work, once per press.

States: REST --detected force > level + on--> PRESS --below .6 of it, or a gap--> REST.
In PRESS a witness speaks at a sample (excess beyond its limit, heel off, heel risen); once one has
spoken for LASTING_S without a pause, CompensationSeen is returned, and no more in that press.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import CompensationSeen, Event
from trainer.core.findings import Witness
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import LEAST_NM, CleanPress
from trainer.detect.compensation import FIRST, can_teach, learn_from
from trainer.detect.heelrise import MOST_DEG
from trainer.detect.statics import Statics
from trainer.detect.witnesses import HEEL_OFF_SHARE, HEEL_REST_N

LASTING_S: Final = 0.3
"""How long a witness must speak: the leg settles within, and fidgets last 60 to 300 ms."""

ON_N: Final = 5.0
"""Detected force above rest from which on a press is on, before any is known: above fidgets."""
ON_LEAST_N: Final = 2.0
ON_SHARE: Final = 0.25
"""... and as a share of the presses that were learned from, but no less than ON_LEAST_N."""
OFF_OF_ON: Final = 0.6

MOST_LEARNED: Final = 20
"""Holds that are learned from while a session runs: each time that takes 3 ms (measured on x86),
and those after the first ten count little anyway."""

TOE_NM: Final = np.linspace(0.0, 10.0, 21)
"""Toe moments at which limits are worked out; between them they are interpolated."""

_MOMENT, _HEEL, _PITCH = 1, 2, 3
_WITNESSES: Final = (None, Witness.MOMENT, Witness.HEEL, Witness.PITCH)
"""By code, 0 for silence: when several speak, the first of them is named."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What a press is compared with, as it was when the press began."""

    weights_m: FloatArray
    """(cell + 1, 3): minus detected force, excess, minus heel force; one product per block."""
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

    def __init__(self, pad: PadSettings, cells: tuple[str, ...], rate_hz: float) -> None:
        self._pad = pad
        self._cells = cells
        self._statics = Statics(pad, cells)
        # A stamp may lie a hundredth of a period early: the last sample of LASTING_S counts.
        self._lasting_s = LASTING_S - 0.01 / rate_hz
        self._is_on = False
        self._is_said = False
        self.reset()

    def reset(self) -> None:
        """Forget everything, the clean press included."""
        self._holds: list[Hold] = []
        self._on_n = ON_N
        self._clean: CleanPress | None = None
        self._relearn()
        self._lesson = self._next_lesson
        self._levels_n: FloatArray | None = None
        self._bounds: list[float] = []
        self._since_s: float | None = None
        self._leave()

    @property
    def clean(self) -> CleanPress | None:
        """Return the clean press as learned so far; None where the pad shows no moment."""
        return self._clean

    def learn(self, hold: Hold) -> None:
        """Take in a settled hold: the first ones teach what later presses are compared with."""
        if len(self._holds) < MOST_LEARNED and can_teach(hold, self._cells):
            self._holds.append(hold)
            usual_n = float(np.median([known.plateau_n for known in self._holds]))
            self._on_n = max(ON_LEAST_N, ON_SHARE * usual_n)
            self._levels_n = None
            self._relearn()

    def push(
        self, block: ForceBlock, levels_n: FloatArray, pitch_deg: FloatArray | None
    ) -> tuple[Event, ...]:
        """Return what was seen in the next block.

        `levels_n` are the (cell + 1,) rest levels during the block, the same array for as long as
        they stay the same; `pitch_deg` is (n,) from rest, NaN where it is not known.
        """
        if len(block.time_s) == 0:
            return ()
        if block.starts_run:
            self._leave()
        if not self._is_on:
            if block.force_n[:, -1].max() <= levels_n[-1] + self._on_n:
                return ()
        elif self._is_said:
            if block.force_n[:, -1].min() >= levels_n[-1] + OFF_OF_ON * self._on_n:
                return ()
        elif self._is_silent(block, levels_n, pitch_deg):
            self._since_s = None
            return ()
        return self._follow(block, levels_n, pitch_deg)

    def _is_silent(
        self, block: ForceBlock, levels_n: FloatArray, pitch_deg: FloatArray | None
    ) -> bool:
        """Return whether the press goes on and no witness speaks at any sample of the block."""
        if levels_n is not self._levels_n:
            self._levels_n = levels_n
            self._bounds = self._silence(levels_n)
        highest = (block.force_n @ self._lesson.weights_m).max(axis=0).tolist()
        if any(value > bound for value, bound in zip(highest, self._bounds, strict=True)):
            return False
        return pitch_deg is None or not np.fmax.reduce(pitch_deg) > MOST_DEG

    def _silence(self, levels_n: FloatArray) -> list[float]:
        """Return what the three products of a silent block stay below."""
        rest = (levels_n @ self._lesson.weights_m).tolist()
        off_n = OFF_OF_ON * self._on_n
        heel_n = -HEEL_OFF_SHARE * self._heel_rest_n(levels_n)
        return [rest[0] - off_n, rest[1] + self._lesson.least_nm, heel_n]

    def _heel_rest_n(self, levels_n: FloatArray) -> float:
        """Return the heel's rest load; minus infinity where that it comes off cannot be seen."""
        rest_n = self._statics.heel_of(levels_n.tolist()) if self._statics.has_heel else 0.0
        return rest_n if rest_n >= HEEL_REST_N else -math.inf

    def _follow(
        self, block: ForceBlock, levels_n: FloatArray, pitch_deg: FloatArray | None
    ) -> tuple[Event, ...]:
        """Go through a block sample by sample."""
        events: list[Event] = []
        detected = (block.force_n[:, -1] - levels_n[-1]).tolist()
        said = self._listen(block, levels_n, pitch_deg)
        for position, at_s in enumerate(block.time_s.tolist()):
            if not self._is_on and detected[position] > self._on_n:
                self._enter()
                said = self._listen(block, levels_n, pitch_deg)
            elif self._is_on and detected[position] < OFF_OF_ON * self._on_n:
                self._leave()
            if self._is_on and not self._is_said and self._lasts(at_s, said.codes[position]):
                self._is_said = True
                events.append(said.event(at_s, position))
        return tuple(events)

    def _lasts(self, at_s: float, code: int) -> bool:
        """Return whether a witness has spoken for long enough at this sample."""
        if code == 0:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = at_s
        return at_s - self._since_s >= self._lasting_s

    def _listen(
        self, block: ForceBlock, levels_n: FloatArray, pitch_deg: FloatArray | None
    ) -> "_Said":
        """Return which witness speaks at every sample."""
        lesson, codes = self._lesson, np.zeros(len(block.time_s), np.int8)
        excess = (block.force_n - levels_n) @ lesson.weights_m[:, 1]
        if pitch_deg is not None:
            codes[pitch_deg > MOST_DEG] = _PITCH
        is_loaded = np.ones(len(codes), np.bool_)
        if lesson.limits_nm is not None:
            toe = (block.force_n - levels_n)[:, :-1] @ self._statics.toe_levers_m
            if self._statics.has_moment:
                # A leg that is lifted takes ball and heel along, without any ankle moment.
                is_loaded = excess > LEAST_NM
            speaks = excess > np.interp(toe, TOE_NM, lesson.limits_nm)
            codes[speaks] = _MOMENT if self._statics.has_moment else _HEEL
        heel_off_n = HEEL_OFF_SHARE * self._heel_rest_n(levels_n)
        is_off = is_loaded & (-(block.force_n @ lesson.weights_m[:, 2]) < heel_off_n)
        codes[is_off & (codes != _MOMENT)] = _HEEL
        return _Said(codes.tolist(), excess.tolist())

    def _enter(self) -> None:
        """Begin a press: what was learned meanwhile holds from here on."""
        self._is_on = True
        self._lesson = self._next_lesson
        self._levels_n = None

    def _leave(self) -> None:
        self._is_on = False
        self._is_said = False
        self._since_s = None

    def _relearn(self) -> None:
        """Work out weights and limits from the holds so far."""
        weights = np.zeros((len(self._cells) + 1, 3))
        weights[-1, 0] = -1.0
        if self._statics.has_heel:
            weights[self._cells.index("heel"), 2] = -1.0
        limits_nm: FloatArray | None = None
        if self._statics.has_moment or self._statics.has_heel_moment:
            teachers = range(min(FIRST[1], len(self._holds)))
            clean = learn_from(self._holds, self._cells, self._pad, teachers)
            weights[:-1, 1] = self._statics.excess_weights_m(clean.ratio, clean.axis_shift_m)
            limits_nm = clean.limits_nm(TOE_NM)
            self._clean = clean
        least_nm = math.inf if limits_nm is None else float(limits_nm.min())
        self._next_lesson = _Lesson(weights, limits_nm, min(least_nm, LEAST_NM))
