"""The rules of a rep: which settled holds count, and what is said of one that does."""

from typing import Final

from trainer.coach.exercises import Exercise
from trainer.coach.target import Target
from trainer.core.cues import RejectReason
from trainer.core.hold import Hold
from trainer.core.texts import noted, tr

MOST_LOST_SHARE: Final = 0.2
"""A hold of which more was lost is not counted. The plateau is the median of the hold's middle
half: were all losses in there, a fifth of the hold would be two fifths of it, and the median would
still be a sample that was received; from a quarter on it need not be. Ordinary losses are far below
(one app's exports lose 1 sample in 16)."""

REJECTED: Final = {
    RejectReason.TOO_SHORT: noted("Too short to count: hold until the cue says let go."),
    RejectReason.SATURATED: noted("Not counted: a cell was overloaded during this press."),
    RejectReason.CUT_OFF: noted("Not counted: the data broke off during this press."),
    RejectReason.EARLY: noted("Too early: wait for the cue, then press at once."),
    RejectReason.LOST_SAMPLES: noted("Not counted: too many samples of this press were lost."),
}
"""What the person reads about a hold that was not counted."""


def judge(
    hold: Hold, exercise: Exercise, rate_hz: float, void: RejectReason | None
) -> RejectReason | None:
    """Return why a hold is no rep, None where it is one; `void` is what happened during it."""
    reason = fault(hold, rate_hz, void)
    if reason is None and hold.duration_s < exercise.min_hold_s:
        return RejectReason.TOO_SHORT
    return reason


def fault(hold: Hold, rate_hz: float, void: RejectReason | None) -> RejectReason | None:
    """Return what is wrong with a hold's data, None where they can be trusted."""
    if not hold.is_finished:
        return RejectReason.CUT_OFF
    if hold.is_saturated:
        return RejectReason.SATURATED
    if void is not None:
        return void
    if hold.lost_samples > MOST_LOST_SHARE * rate_hz * hold.duration_s:
        return RejectReason.LOST_SAMPLES
    return None


def is_compensated(hold: Hold) -> bool:
    """Return whether the calf is known to have helped."""
    return hold.compensation.is_compensated is True


def praise(
    rep: int,
    hold: Hold,
    target: Target | None,
    *,
    is_estimating: bool = False,
    is_new: bool = False,
) -> str:
    """Return what to do better, or that it was good; the target it had: to come, or new by it."""
    plateau_n = hold.plateau_n
    if is_compensated(hold):
        text = tr("Rep {rep} counted, but the calf helped: heel down, press with the toes alone.")
    elif target is None and is_estimating:
        text = tr("Rep {rep} counted: press as firmly again, until the target is known.")
    elif is_new:
        text = tr("Rep {rep} counted: the target is known now, press into its band.")
    elif target is not None and plateau_n < target.low_n:
        text = tr("Rep {rep} counted: a little stronger, up into the band.")
    elif target is not None and plateau_n > target.high_n:
        text = tr("Rep {rep} counted: a little softer, down into the band.")
    else:
        text = tr("Rep {rep} counted: good, just like that.")
    return text.format(rep=rep)
