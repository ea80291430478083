"""The phases of a session: one table, phase x trigger -> phase.

Rules
1. A pair that is not in the table changes nothing.
2. STOP leads to STOPPED from every phase but DONE, in which nothing is asked any more.
3. END leads to DONE from every phase that is not over.
4. STOPPED and DONE lead nowhere.
5. READY leads on to a press only through TARE, and another foot only through TARE: no press is
   asked on a pad that was not set to zero under the foot that stands on it.
6. WORK is entered from COUNTDOWN alone: nobody has to press without notice.
7. READINESS, CLOCK and PAUSED belong to circuits. A foot may have left the pad in each of them:
   there the coach leads on to WORK through TARE alone, though REST of a plain session need not.
8. FOLLOW is where a replay begins; all it does is end.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from trainer.core.snapshot import Phase


class Trigger(StrEnum):
    """What happened, or what is due, that may end a phase."""

    START = "start"
    """The person says that all is right."""
    FIRST_ZERO = "first zero"
    """The first tare is done: the pad is still to be tried."""
    MAX_WANTED = "max wanted"
    """The foot on the pad has no maximum yet, and maximal presses are not skipped."""
    MAX_ASKED = "max asked"
    """The next maximal press is due."""
    MAX_OVER = "max over"
    """A maximal press is over, valid or not."""
    SET_DUE = "set due"
    """Nothing stands between the foot on the pad and its next set."""
    GO = "go"
    """The countdown is over."""
    SET_OVER = "set over"
    """All reps of a set that is not the last."""
    FOOT_CHANGED = "foot changed"
    """The next set is the other foot's."""
    ALL_DONE = "all done"
    """All reps of the last set."""
    ASK_READINESS = "ask readiness"
    """A circuit begins with its questions."""
    CLOCK_DUE = "clock due"
    """The next set is led by the clock alone."""
    PAUSE = "pause"
    """The person wants to stand still."""
    END = "end"
    """The person, or the end of the samples, ends the session."""
    STOP = "stop"
    """Safety."""


_ANYWHERE: Final = {Trigger.END: Phase.DONE, Trigger.STOP: Phase.STOPPED}

_SET_LEFT_OUT: Final = {Trigger.SET_OVER: Phase.REST, Trigger.ALL_DONE: Phase.DONE}

_ON: Final = _SET_LEFT_OUT | {Trigger.PAUSE: Phase.PAUSED} | _ANYWHERE

TRANSITIONS: Final[Mapping[Phase, Mapping[Trigger, Phase]]] = {
    Phase.READY: {Trigger.START: Phase.TARE, Trigger.ASK_READINESS: Phase.READINESS} | _ANYWHERE,
    Phase.READINESS: {
        Trigger.CLOCK_DUE: Phase.CLOCK,
        Trigger.SET_OVER: Phase.REST,
        Trigger.PAUSE: Phase.PAUSED,
    }
    | _ANYWHERE,
    Phase.TARE: {
        Trigger.FIRST_ZERO: Phase.CHECK,
        Trigger.MAX_WANTED: Phase.MVC_READY,
        Trigger.SET_DUE: Phase.COUNTDOWN,
    }
    | _ON,
    Phase.CHECK: {Trigger.MAX_WANTED: Phase.MVC_READY, Trigger.SET_DUE: Phase.COUNTDOWN} | _ON,
    Phase.MVC_READY: {Trigger.MAX_ASKED: Phase.MVC_PRESS, Trigger.SET_DUE: Phase.COUNTDOWN} | _ON,
    Phase.MVC_PRESS: {Trigger.MAX_OVER: Phase.MVC_REST, Trigger.SET_DUE: Phase.COUNTDOWN} | _ON,
    Phase.MVC_REST: {Trigger.MAX_ASKED: Phase.MVC_PRESS, Trigger.SET_DUE: Phase.COUNTDOWN} | _ON,
    Phase.COUNTDOWN: {Trigger.GO: Phase.WORK} | _ON,
    Phase.WORK: _ON,
    Phase.CLOCK: _ON,
    Phase.REST: {
        Trigger.SET_DUE: Phase.COUNTDOWN,
        Trigger.FOOT_CHANGED: Phase.TARE,
        Trigger.CLOCK_DUE: Phase.CLOCK,
        Trigger.ALL_DONE: Phase.DONE,
        Trigger.PAUSE: Phase.PAUSED,
    }
    | _ANYWHERE,
    Phase.PAUSED: {
        Trigger.FOOT_CHANGED: Phase.TARE,
        Trigger.CLOCK_DUE: Phase.CLOCK,
        Trigger.SET_OVER: Phase.REST,
        Trigger.ASK_READINESS: Phase.READINESS,
        Trigger.ALL_DONE: Phase.DONE,
    }
    | _ANYWHERE,
    Phase.FOLLOW: _ANYWHERE,
    Phase.DONE: {},
    Phase.STOPPED: {},
}


def lead(phase: Phase, trigger: Trigger) -> Phase:
    """Return the phase that a trigger leads to; the same phase where it means nothing."""
    return TRANSITIONS[phase].get(trigger, phase)


def is_over(phase: Phase) -> bool:
    """Return whether nothing leads on from the phase."""
    return not TRANSITIONS[phase]
