"""What else the pad tells of a hold: slips, rigid placement, ankle before toes, pulses.

All from the course of the hold (course.py). Where the pad cannot know, the answer is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.findings import Compensation
from trainer.core.hold import COURSE_BEFORE_S, COURSE_SLOT_S, COURSE_SLOTS, Hold
from trainer.core.packets import detected_columns
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import CleanPress
from trainer.detect.statics import Statics

LEAST_LOAD_N: Final = 20.0
"""Below this load on the cells the centre of pressure is not looked at: 0.1 N of drift between toes
and heel moves it by a millimetre."""

EDGE_S: Final = 0.25
"""Rise and fall, left out at both ends: a usual rise takes .3 s, half of it lies in the hold."""

JUMP_SLOTS: Final = 5
"""A level is the median of this many slots on either side: a twitch of 0.1 s is no jump ..."""

JUMP_GAP: Final = 1
"""... with one slot between, in which the jump happens: 50 ms."""

STILL_CM: Final = 0.01
"""No movement: of 708 seconds of real stance, on firm ground and on foam, the stillest one had a
standard deviation of 0.015 cm (means of 50 ms)."""

STILL_S: Final = 1.0
"""That was measured over a second: a shorter hold cannot tell."""

STILL_DEG: Final = 0.2
"""No tilt: twice what a pitch is known to."""

HIGH_SHARE: Final = 0.5
HIGH_N: Final = 20.0
"""High force: half of the recording's strongest plateau, and more than a resting toe."""

LEAD_LEAST_NM: Final = 1.0
LEAD_SPREADS: Final = 4.0
"""An ankle whose course is timed has this much excess, and more than so many standard deviations of
its own course before the press; half of it counts as crossed where two slots lie above."""

PULSE_LOW: Final = 0.75
PULSE_HIGH: Final = 0.90
"""A pulse goes below the first share of the plateau and comes back above the second: steady holds
vary by less than a tenth."""


def judge_footwork(
    holds: Sequence[Hold],
    cells: tuple[str, ...],
    pad: PadSettings,
    judged: Sequence[Compensation],
    clean: CleanPress | None,
) -> tuple[Compensation, ...]:
    """Return the judgements with what the courses of the holds add to them."""
    strongest_n = max((hold.plateau_n for hold in holds), default=0.0)
    weights_m: FloatArray | None = None
    if clean is not None:
        weights_m = Statics(pad, cells).excess_weights_m(clean.ratio, clean.axis_shift_m)
    watch = _Footwork(
        places_cm=_places_cm(cells, pad),
        detected=list(detected_columns(cells)),
        weights_m=weights_m,
        high_n=max(HIGH_N, HIGH_SHARE * strongest_n),
    )
    return tuple(watch.add(hold, found) for hold, found in zip(holds, judged, strict=True))


def _places_cm(cells: tuple[str, ...], pad: PadSettings) -> FloatArray | None:
    """Return (cell,) places along the foot; None where one is not known, or all are the same."""
    places = {**PadSettings().cells, **pad.cells}
    if any(role not in places for role in cells):
        return None
    x_cm = 100 * np.array([places[role].x_m for role in cells], np.float64)
    return x_cm if np.ptp(x_cm) > 0 else None


@dataclass(frozen=True, slots=True)
class _Footwork:
    places_cm: FloatArray | None
    detected: list[int]
    """Columns of the detected force."""
    weights_m: FloatArray | None
    """(cell,) from changes to the ankle's excess; None where the pad shows no moment."""
    high_n: float

    def add(self, hold: Hold, found: Compensation) -> Compensation:
        """Return a judgement with the hold's footwork."""
        if not hold.course_n or hold.is_saturated:
            return found
        course = np.array(hold.course_n)
        inside = course[round((COURSE_BEFORE_S + EDGE_S) / COURSE_SLOT_S) :]
        if len(course) < COURSE_SLOTS:
            inside = inside[: max(0, len(inside) - round(EDGE_S / COURSE_SLOT_S))]
        centre_cm = self._centre_cm(hold, inside)
        return replace(
            found,
            is_rigid=self._is_rigid(hold, centre_cm, found.pitch_change_deg),
            slip_cm=None if centre_cm is None else _largest_jump(centre_cm),
            ankle_lead_s=self._ankle_lead_s(hold, course, found.ankle_excess_nm),
            pulses=self._pulses(hold, inside),
        )

    def _centre_cm(self, hold: Hold, inside: FloatArray) -> FloatArray | None:
        """Return the (slot,) centre of pressure along the foot in centimetres."""
        if self.places_cm is None or sum(hold.cell_rest_n) < LEAST_LOAD_N:
            return None
        load_n = inside.sum(axis=1)
        if len(load_n) == 0 or load_n.min() < LEAST_LOAD_N:
            return None
        centre_cm: FloatArray = inside @ self.places_cm / load_n
        return centre_cm

    def _is_rigid(
        self, hold: Hold, centre_cm: FloatArray | None, pitch_change_deg: float | None
    ) -> bool | None:
        if centre_cm is None or len(centre_cm) * COURSE_SLOT_S < STILL_S:
            return None
        is_still = bool(centre_cm.std() < STILL_CM)
        is_tilted = pitch_change_deg is not None and abs(pitch_change_deg) >= STILL_DEG
        return hold.plateau_n >= self.high_n and is_still and not is_tilted

    def _ankle_lead_s(
        self, hold: Hold, course: FloatArray, excess_nm: float | None
    ) -> float | None:
        """Return how long before the toes the ankle crossed half of its final excess."""
        if self.weights_m is None or excess_nm is None or excess_nm < LEAD_LEAST_NM:
            return None
        excess = (course - np.array(hold.cell_rest_n)) @ self.weights_m
        before = excess[: round(COURSE_BEFORE_S / COURSE_SLOT_S / 2)]
        if excess_nm < LEAD_SPREADS * before.std():
            return None
        is_over = excess >= excess_nm / 2
        lasting = is_over[:-1] & is_over[1:]
        first = int(lasting.argmax())
        if first == 0 or not lasting[first]:
            return None
        low, high = float(excess[first - 1]), float(excess[first])
        share = (excess_nm / 2 - low) / (high - low)
        # A slot's mean stands for its middle.
        return COURSE_BEFORE_S - (first - 0.5 + share) * COURSE_SLOT_S

    def _pulses(self, hold: Hold, inside: FloatArray) -> int:
        rest_n = sum(hold.cell_rest_n[column] for column in self.detected)
        shares = (inside[:, self.detected].sum(axis=1) - rest_n) / hold.plateau_n
        sides = (shares > PULSE_HIGH).astype(np.int8) - (shares < PULSE_LOW)
        sides = sides[sides != 0]
        return int(np.count_nonzero((sides[:-1] < 0) & (sides[1:] > 0)))


def _largest_jump(centre_cm: FloatArray) -> float | None:
    """Return the largest change between lasting levels with a slot between; None if too short."""
    count = len(centre_cm) - JUMP_SLOTS + 1
    offset = JUMP_SLOTS + JUMP_GAP
    if count <= offset:
        return None
    shifted = np.array([centre_cm[first : first + count] for first in range(JUMP_SLOTS)])
    levels = np.sort(shifted, axis=0)[JUMP_SLOTS // 2]
    return float(np.abs(levels[offset:] - levels[:-offset]).max())
