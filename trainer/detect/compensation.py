"""Judge every hold of a recording: did the toes press, or did the ankle do their work?

The clean press is learned from the holds that were coached, or else from the first ones
(cleanpress.py); the witnesses are heard for every hold (witnesses.py). What the pad cannot see is
said in `warnings`; a hold that nothing can vouch for is judged None, never clean.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.findings import Compensation
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import CleanPress, Presses, known_clean, learn_clean
from trainer.detect.footwork import judge_footwork
from trainer.detect.heelrise import learn_pitch
from trainer.detect.statics import Statics
from trainer.detect.witnesses import Excess, judge_hold

FIRST: Final = (1, 10)
"""The holds that the clean press is learned from when nothing else is said."""

FEWEST: Final = 5
"""Fewer to learn from leave the spread to assumptions: said as a warning."""

HELPED_COACHED: Final = 0.1
HELPED_UNWATCHED: Final = 0.2
HELPED_LATER: Final = 0.5
"""Probability that a hold was helped, before anything is known: of those that were coached, of the
first ones that nobody vouches for, and of all others."""

LATER_WEIGHT: Final = 0.3
"""What one of the others counts beside one to learn from: with its full weight a set in which seven
in ten were helped taught helped as clean (simulated at +2 Nm: 5 in 10 found), with this 8 in 10."""

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
        helped = HELPED_COACHED if coached else HELPED_UNWATCHED
        learned = learn_from(holds, cells, pad, teachers, helped)
        warnings += _lessons(pad, teachers, source)
    excesses: list[Excess | None] = [None] * len(holds)
    if learned is not None:
        excesses = excesses_of(holds, cells, statics, learned)
    still = learn_pitch(pitch[chosen])
    judged = [
        judge_hold(hold, statics, excess, deg, still)
        for hold, excess, deg in zip(holds, excesses, pitch.tolist(), strict=True)
    ]
    has_ratio = learned is not None and statics.has_moment
    return CompensationReview(
        judge_footwork(holds, cells, pad, judged, learned if has_ratio else None),
        learned.ratio if learned is not None and has_ratio else None,
        _usual_spread(holds, statics, learned, teachers) if has_ratio else None,
        warnings,
    )


def can_teach(hold: Hold, cells: tuple[str, ...]) -> bool:
    """Return whether a hold's moments are those of a whole press."""
    return hold.is_finished and _has_moments(hold, cells)


def _has_moments(hold: Hold, cells: tuple[str, ...]) -> bool:
    changes_n = hold.cell_changes_n
    is_whole = len(changes_n) == len(cells) and all(map(math.isfinite, changes_n))
    return is_whole and not hold.is_saturated


def learn_from(
    holds: Sequence[Hold],
    cells: tuple[str, ...],
    pad: PadSettings,
    teachers: Sequence[int],
    helped: float = HELPED_UNWATCHED,
) -> CleanPress:
    """Return the clean press of the holds at the positions `teachers`; the others count little.

    `helped` is the probability that one of the former was helped all the same.
    """
    statics = Statics(pad, cells)
    sigma_nm = None if statics.pivot_x_m else pad.clean_sigma_nm
    if pad.clean_ratio is not None and sigma_nm is not None:
        return known_clean(pad.clean_ratio, max(sigma_nm, SMALLEST_SIGMA_NM))
    used = [index for index, hold in enumerate(holds) if can_teach(hold, cells)]
    is_first = np.isin(used, list(teachers))
    presses = Presses(
        *_moments([holds[index] for index in used], cells, statics),
        np.where(is_first, helped, HELPED_LATER),
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


def excesses_of(
    holds: Sequence[Hold], cells: tuple[str, ...], statics: Statics, clean: CleanPress
) -> list[Excess | None]:
    """Return the ankle's excess of every hold; None where its moments are not known."""
    used = [index for index, hold in enumerate(holds) if _has_moments(hold, cells)]
    ankle, toe, push = _moments([holds[index] for index in used], cells, statics)
    excess = clean.excess_nm(ankle, toe, push)
    found: list[Excess | None] = [None] * len(holds)
    columns = (excess, clean.spread_nm(toe), clean.limits_nm(toe), clean.evidence(excess, toe))
    for index, row in zip(used, np.column_stack(columns).tolist(), strict=True):
        found[index] = Excess(*row)
    return found


def _moments(
    holds: Sequence[Hold], cells: tuple[str, ...], statics: Statics
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return (n,) ankle and toe moments in newton metres and leg pushes in newtons."""
    changes = np.array([hold.cell_changes_n for hold in holds]).reshape(len(holds), len(cells))
    ankle, toe = statics.moments(changes)
    return ankle, toe, changes.sum(axis=1) * statics.has_leg_push
