"""Words that several phases say: feet, seconds and why a session stopped."""

import math
from typing import Final

from trainer.core.cues import Side, StopReason
from trainer.core.diary.training import Block
from trainer.core.snapshot import Phase
from trainer.core.texts import noted, tr

NO_DATA: Final = noted(
    "No data from the pad: let go, and see that it is switched on, near and plugged in."
)

OVERLOAD: Final = noted(
    "A cell is overloaded: this press does not count. If it comes again, press more gently."
)

HEEL_DOWN: Final = noted("HEEL DOWN")
"""The cue while the calf does the toes' work: that is what lifts the heel."""

CALF_HELPS: Final = noted(
    "Your calf is pushing: heel down, ankle still, press with the toes alone."
)

STOPPED: Final = {
    StopReason.PAIN: noted(
        "Take the foot off the pad and leave this exercise for today. If the pain was sharp or "
        "stays, see a clinician before you go on."
    ),
    StopReason.STALE: noted(
        "The pad has sent nothing for too long. Check its power and its connection, then start a "
        "new session."
    ),
    StopReason.SATURATED: noted(
        "The pad was pressed beyond what it can measure. Take the foot off, and start a new "
        "session with less force."
    ),
    StopReason.ENGINE: noted(
        "The program failed. Take the foot off the pad; what was recorded is kept."
    ),
    StopReason.BUTTON: noted(
        "Take the foot off the pad. Was it pain? Unanswered it counts as pain. On the button "
        "itself, no is two holds of two seconds."
    ),
    StopReason.INTERRUPTED: noted(
        "You say that it was no pain. What was done is kept; start a new session when you are "
        "ready."
    ),
}

REASONS: Final = {
    StopReason.PAIN: noted("pain"),
    StopReason.STALE: noted("stale data"),
    StopReason.SATURATED: noted("overload"),
    StopReason.ENGINE: noted("internal error"),
    StopReason.BUTTON: noted("foot button"),
    StopReason.INTERRUPTED: noted("interruption"),
}
"""Why a session stopped, in a word or two; the stored reason itself stays English."""

FEET: Final = {Side.LEFT: noted("left foot"), Side.RIGHT: noted("right foot")}
"""As they stand in a sentence: after "with", "your" or "the"."""

LABELS: Final = {Side.LEFT: noted("LEFT FOOT"), Side.RIGHT: noted("RIGHT FOOT")}

SIDES: Final = {Side.LEFT: noted("left"), Side.RIGHT: noted("right")}

BLOCKS: Final = {
    Block.WARM_UP: noted("warm-up"),
    Block.WORK: noted("work"),
    Block.COOLDOWN: noted("cooldown"),
}

PHASES: Final = {
    Phase.READY: noted("READY"),
    Phase.TARE: noted("TARE"),
    Phase.DONE: noted("DONE"),
    Phase.STOPPED: noted("STOPPED"),
    Phase.PAUSED: noted("PAUSED"),
}
"""The cue of a phase that has no cue of its own."""


def stopped(reason: str) -> str:
    """Return that a session was stopped, and for which of its stored reasons."""
    if not reason:
        return tr("Stopped.")
    said = REASONS[StopReason(reason)] if reason in {r.value for r in StopReason} else reason
    return tr("Stopped: {reason}.").format(reason=tr(said))


def tiring(decline_pct: float) -> str:
    """Return what is said of a set that shows fatigue."""
    text = tr("Your foot is tiring: presses are {decline:.0f} % below the first ones.")
    return text.format(decline=decline_pct)


def foot(side: Side) -> str:
    """Return the foot in words, as it stands in a sentence."""
    return tr(FEET[side])


def foot_label(side: Side) -> str:
    """Return the foot as a label, upper case."""
    return tr(LABELS[side])


def seconds(length_s: float) -> str:
    """Return a length in words, without needless digits."""
    text = tr("{length:g} second") if length_s == 1 else tr("{length:g} seconds")
    return text.format(length=length_s)


def digit(left_s: float) -> str:
    """Return the whole second of a countdown, never 0."""
    return str(max(1, math.ceil(left_s)))
