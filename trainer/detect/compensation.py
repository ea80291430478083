"""Judge every hold of a recording: did the toes press, or did the ankle do their work?

Three witnesses. The ankle moment beyond the person's own clean press (statics.py, cleanpress.py);
the heel that came off; the foot's pitch. Each has a limit of its own, and moment and pitch are
added up as evidence, so that two that nearly speak count together. What the pad cannot see is said
in `warnings`; a hold that nothing can vouch for is judged None, never clean.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from trainer.core.findings import Compensation, Witness
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import LEAST_NM, SURE, CleanPress, Presses, known_clean, learn_clean
from trainer.detect.footwork import judge_footwork
from trainer.detect.heelrise import CleanPitch, learn_pitch
from trainer.detect.statics import Statics

FIRST: Final = (1, 10)
"""The holds that the clean press is learned from when nothing else is said."""

FEWEST: Final = 5
"""Fewer to learn from leave the spread to assumptions: said as a warning."""

HELPED_AT_FIRST: Final = 0.1
"""Probability that one of the holds to learn from was helped all the same."""

HELPED_LATER: Final = 0.4
LATER_WEIGHT: Final = 0.15
"""Later holds refine what was learned, at little weight: with their full weight a set in which most
presses are helped teaches helped as clean."""

HEEL_OFF_SHARE: Final = 0.1
"""A heel with less than this share of its rest load has come off."""

HEEL_REST_N: Final = 10.0
"""Least rest load for that: of less, a leg that pulls by 6 N takes half without any calf."""

SMALLEST_SIGMA_NM: Final = 0.05
"""A spread handed in as zero would make every excess infinitely sure."""


@dataclass(frozen=True, slots=True)
class CompensationReview:
    """What compensation the holds of a recording show."""

    holds: tuple[Compensation, ...]
    """One per hold."""
    clean_ratio: float | None
    """Ankle moment over toe moment of clean presses; None where the pad shows no moment."""
    sigma_nm: float | None
    """Spread of the ankle moment about it at a press of the usual force."""
    warnings: tuple[str, ...]


def judge_compensation(
    holds: Sequence[Hold],
    cells: tuple[str, ...],
    pad: PadSettings,
    pitch_changes_deg: Sequence[float | None],
    clean: tuple[int, int] | None,
    coached: Sequence[int] = (),
) -> CompensationReview:
    """Return the judgement of every hold; `clean` and `coached` count holds from 1.

    `pitch_changes_deg` has the median pitch of every hold minus that of rest.
    """
    statics = Statics(pad, cells)
    pitch = np.array([math.nan if deg is None else deg for deg in pitch_changes_deg], np.float64)
    warnings = blind_spots(statics, cells, has_pitch=bool(np.isfinite(pitch).any()))
    chosen, source = _choose(len(holds), clean, coached)
    teachers = [index for index in chosen if can_teach(holds[index], cells)]
    learned: CleanPress | None = None
    if holds and (statics.has_moment or statics.has_heel_moment):
        learned = learn_from(holds, cells, pad, teachers)
        warnings += _lessons(pad, teachers, source)
    judge = _Judge(statics, learned, learn_pitch(pitch[chosen]))
    judged = [judge.judge(hold, float(deg)) for hold, deg in zip(holds, pitch, strict=True)]
    has_ratio = learned is not None and statics.has_moment
    return CompensationReview(
        judge_footwork(holds, cells, pad, judged, learned if has_ratio else None),
        learned.ratio if learned is not None and has_ratio else None,
        _usual_spread(holds, statics, learned, teachers) if has_ratio else None,
        warnings,
    )


def can_teach(hold: Hold, cells: tuple[str, ...]) -> bool:
    """Return whether a hold's moments are those of a whole press."""
    return hold.is_finished and not hold.is_saturated and len(hold.cell_changes_n) == len(cells)


def learn_from(
    holds: Sequence[Hold], cells: tuple[str, ...], pad: PadSettings, teachers: Sequence[int]
) -> CleanPress:
    """Return the clean press of the holds at the positions `teachers`; the others count little."""
    statics = Statics(pad, cells)
    sigma_nm = None if statics.pivot_x_m else pad.clean_sigma_nm
    if pad.clean_ratio is not None and sigma_nm is not None:
        return known_clean(pad.clean_ratio, max(sigma_nm, SMALLEST_SIGMA_NM))
    used = [index for index, hold in enumerate(holds) if can_teach(hold, cells)]
    is_first = np.isin(used, list(teachers))
    changes = np.array([holds[i].cell_changes_n for i in used]).reshape(len(used), len(cells))
    ankle, toe = statics.moments(changes)
    presses = Presses(
        ankle,
        toe,
        changes.sum(axis=1) * statics.has_leg_push,
        np.where(is_first, HELPED_AT_FIRST, HELPED_LATER),
        np.where(is_first, 1.0, LATER_WEIGHT),
    )
    learned = learn_clean(presses, statics.pivot_x_m, pad.clean_ratio)
    if sigma_nm is None:
        return learned
    known = known_clean(learned.ratio, max(sigma_nm, SMALLEST_SIGMA_NM))
    return replace(known, ratio_u=learned.ratio_u, axis_shift_m=learned.axis_shift_m)


def blind_spots(statics: Statics, cells: tuple[str, ...], *, has_pitch: bool) -> tuple[str, ...]:
    """Return what this pad cannot see of compensation, one sentence each."""
    said: list[str] = []
    if statics.has_heel_moment:
        said.append(
            "no ball cell: the ankle moment is not known, the heel's unloading decides, and a leg "
            "that pulls up looks like a calf that works"
        )
    elif statics.has_moment and not statics.has_heel:
        said.append(
            "no heel cell: the ankle moment is taken about the heel's place, the leg's push is "
            "not known, and a heel that comes off is not seen as such"
        )
    elif not statics.has_moment:
        missing = "toe cell" if not statics.has_toe_moment else "ball or heel cell"
        said.append(f"no {missing}: the ankle moment is not known")
    if statics.is_toe_place_assumed and (statics.has_moment or statics.has_heel_moment):
        said.append("the cell 'force' is taken to lie under the lesser toes")
    if statics.unplaced and len(cells) > 1:
        names = ", ".join(statics.unplaced)
        said.append(f"no place is known for {names}: what it carries is missing from the moment")
    if not has_pitch:
        said.append("no IMU: pitch_change_deg is not known")
        if not (statics.has_moment or statics.has_heel):
            said.append("neither ankle moment nor heel nor pitch is seen: compensated is not known")
    return tuple(said)


def _choose(
    count: int, clean: tuple[int, int] | None, coached: Sequence[int]
) -> tuple[list[int], str]:
    """Return the positions of the holds to learn from, and what they are called."""
    if coached:
        chosen = sorted({number - 1 for number in coached if 1 <= number <= count})
        return chosen, f"the {len(chosen)} coached holds"
    first, last = FIRST if clean is None else clean
    chosen = list(range(max(first, 1) - 1, min(last, count)))
    if clean is not None:
        return chosen, f"holds {first} to {last}, as asked for"
    return chosen, f"the first {len(chosen)} holds, which nobody vouches for"


def _lessons(pad: PadSettings, teachers: Sequence[int], source: str) -> tuple[str, ...]:
    """Return what must be said of how the clean press was learned."""
    if pad.clean_ratio is not None:
        return ()
    said: list[str] = []
    if "coached" not in source:
        said.append(f"the clean ratio of ankle to toe moment is learned from {source}")
    if len(teachers) < FEWEST:
        said.append(
            f"only {len(teachers)} of {source} could be learned from: the clean ratio and its "
            "spread are partly assumed"
        )
    return tuple(said)


def _usual_spread(
    holds: Sequence[Hold], statics: Statics, learned: CleanPress | None, teachers: Sequence[int]
) -> float | None:
    """Return the spread in newton metres at the median toe moment of the holds learned from."""
    if learned is None or not teachers:
        return None
    _, toe = statics.moments(np.array([holds[index].cell_changes_n for index in teachers]))
    return float(learned.spread_nm(np.array([np.median(toe)]))[0])


@dataclass(frozen=True, slots=True)
class _Judge:
    statics: Statics
    clean: CleanPress | None
    pitch: CleanPitch

    def judge(self, hold: Hold, pitch_deg: float) -> Compensation:
        """Return the judgement of one hold; NaN where its pitch is not known."""
        strengths: dict[Witness, float | None] = {Witness.PITCH: None}
        if math.isfinite(pitch_deg):
            strengths[Witness.PITCH] = pitch_deg / self.pitch.limit_deg
        excess_nm, spread_nm = self._excess(hold)
        by_moment = Witness.MOMENT if self.statics.has_moment else Witness.HEEL
        if excess_nm is not None:
            strengths[by_moment] = self._moment_strength(hold, excess_nm, pitch_deg)
        heel_off = self._heel_strength(hold, excess_nm, spread_nm)
        if heel_off is not None:
            strengths[Witness.HEEL] = max(heel_off, strengths.get(Witness.HEEL) or 0.0)
        known = {witness: value for witness, value in strengths.items() if value is not None}
        witness = max(known, key=lambda name: known[name], default=None)
        is_compensated = None if witness is None else known[witness] > 1.0
        has_moment = excess_nm is not None and self.statics.has_moment
        return Compensation(
            is_compensated=is_compensated,
            witness=witness if is_compensated else None,
            ankle_excess_nm=excess_nm if has_moment else None,
            ankle_excess_u_nm=spread_nm if has_moment else None,
            pitch_change_deg=pitch_deg if math.isfinite(pitch_deg) else None,
        )

    def _excess(self, hold: Hold) -> tuple[float | None, float | None]:
        """Return the moment beyond the clean one and its spread, in newton metres."""
        if self.clean is None or hold.is_saturated or not hold.cell_changes_n:
            return None, None
        changes = np.array([hold.cell_changes_n])
        ankle, toe = self.statics.moments(changes)
        push = changes.sum(axis=1) * self.statics.has_leg_push
        excess = self.clean.excess_nm(ankle, toe, push)
        return float(excess[0]), float(self.clean.spread_nm(toe)[0])

    def _moment_strength(self, hold: Hold, excess_nm: float, pitch_deg: float) -> float:
        """Return the excess as a multiple of its limit, which a risen heel brings down."""
        assert self.clean is not None
        _, toe = self.statics.moments(np.array([hold.cell_changes_n]))
        limit_nm = float(self.clean.limits_nm(toe)[0])
        if excess_nm > limit_nm or not math.isfinite(pitch_deg):
            return excess_nm / limit_nm
        by_pitch = self.pitch.evidence(pitch_deg)
        evidence = float(self.clean.evidence(np.array([excess_nm]), toe)[0]) + by_pitch
        is_odd = excess_nm > max(LEAST_NM, float(self.clean.spread_nm(toe)[0]))
        is_helped = is_odd and by_pitch > 0 and evidence > SURE
        return math.nextafter(1.0, 2.0) if is_helped else excess_nm / limit_nm

    def _heel_strength(
        self, hold: Hold, excess_nm: float | None, spread_nm: float | None
    ) -> float | None:
        """Return more than 1 for a heel that came off; None where that cannot be seen."""
        if hold.heel_change_n is None or hold.is_saturated or not hold.cell_rest_n:
            return None
        rest_n = self.statics.heel_of(hold.cell_rest_n)
        if rest_n < HEEL_REST_N:
            return None
        # A leg that is lifted takes ball and heel along: then the ankle moment stays a clean one.
        if self.statics.has_moment and (excess_nm or 0.0) < (spread_nm or 0.0):
            return 0.0
        share = (rest_n + hold.heel_change_n) / rest_n
        return (1 - share) / (1 - HEEL_OFF_SHARE)
