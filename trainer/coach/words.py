"""Words that several phases say: feet, seconds and why a session stopped."""

import math
from typing import Final

from trainer.core.cues import Side, StopReason

NO_DATA: Final = (
    "No data from the pad: let go, and see that it is switched on, near and plugged in."
)

OVERLOAD: Final = "The pad is overloaded: press more gently. This press does not count."

HEEL_DOWN: Final = "HEEL DOWN"
"""The cue while the calf does the toes' work: that is what lifts the heel."""

CALF_HELPS: Final = "Your calf is pushing: heel down, ankle still, press with the toes alone."

STOPPED: Final = {
    StopReason.PAIN: "Take the foot off the pad and leave this exercise for today. If the pain "
    "was sharp or stays, see a clinician before you go on.",
    StopReason.STALE: "The pad has sent nothing for too long. Check its power and its connection, "
    "then start a new session.",
    StopReason.SATURATED: "The pad was pressed beyond what it can measure. Take the foot off, and "
    "start a new session with less force.",
    StopReason.ENGINE: "The program failed. Take the foot off the pad; what was recorded is kept.",
    StopReason.BUTTON: "Take the foot off the pad. Was it pain? Unanswered it counts as pain. On "
    "the button itself, no is two holds of two seconds.",
    StopReason.INTERRUPTED: "You say that it was no pain. What was done is kept; start a new "
    "session when you are ready.",
}


def tiring(decline_pct: float) -> str:
    """Return what is said of a set that shows fatigue."""
    return f"Your foot is tiring: presses are {decline_pct:.0f} % below the first ones."


def foot(side: Side) -> str:
    """Return the foot in words."""
    return f"{side.value} foot"


def seconds(length_s: float) -> str:
    """Return a length in words, without needless digits."""
    return f"{length_s:g} second" if length_s == 1 else f"{length_s:g} seconds"


def digit(left_s: float) -> str:
    """Return the whole second of a countdown, never 0."""
    return str(max(1, math.ceil(left_s)))
