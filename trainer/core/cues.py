"""Cues: what the coach says to the person, the screen, the recording and the source.

A device ignores cues; the simulated foot acts on them. All times are stream time in seconds.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Side(StrEnum):
    """The foot, as the person says it is; no sensor can know."""

    LEFT = "left"
    RIGHT = "right"


class StopReason(StrEnum):
    """Why a session was stopped."""

    PAIN = "pain"
    STALE = "stale data"
    SATURATED = "overload"
    ENGINE = "internal error"
    BUTTON = "foot button"
    """The person, by foot; it counts as pain for as long as the question whether it was is open."""
    INTERRUPTED = "interruption"
    """The person, who has said that it was not pain."""


@dataclass(frozen=True, slots=True)
class TareAsked:
    """Foot relaxed on the pad: the cells are set to zero."""

    at_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """Press once, gently, with the toes: does the right cell answer?"""

    at_s: float


@dataclass(frozen=True, slots=True)
class MaxPressAsked:
    """One maximal press."""

    at_s: float
    side: Side
    trial: int
    trials: int
    duration_s: float


@dataclass(frozen=True, slots=True)
class CountdownStarted:
    """A set is about to start."""

    at_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class SetStarted:
    """A set begins."""

    at_s: float
    side: Side
    set_number: int
    sets: int
    reps: int


@dataclass(frozen=True, slots=True)
class PressAsked:
    """Press now, up to the target, and hold."""

    at_s: float
    rep: int
    target_n: float | None
    """Middle of the target band; None before any target is known."""
    hold_s: float
    pulse_s: float = 0.0
    """Period of slow pulses between the target and a share of it; 0 for a steady hold."""


@dataclass(frozen=True, slots=True)
class RelaxAsked:
    """Let go."""

    at_s: float


@dataclass(frozen=True, slots=True)
class RepCounted:
    """A hold was counted."""

    at_s: float
    rep: int
    plateau_n: float
    is_compensated: bool = False
    """Counted, but the calf helped."""


@dataclass(frozen=True, slots=True)
class RepTakenBack:
    """The person undid the last counted rep."""

    at_s: float
    rep: int


@dataclass(frozen=True, slots=True)
class MvcMeasured:
    """A foot's maximal presses are done."""

    at_s: float
    side: Side
    mvc_n: float
    """Highest 0.5 s mean of them."""
    exercise: str = ""
    """Whose maximum it is; empty for the session's own exercise."""


class RejectReason(StrEnum):
    """Why a hold was not counted as a rep."""

    TOO_SHORT = "too short"
    SATURATED = "overload"
    CUT_OFF = "cut off by a gap"
    LOST_SAMPLES = "samples lost"
    EARLY = "before its cue"
    """Where the cue is to be reacted to."""


@dataclass(frozen=True, slots=True)
class RepRejected:
    """A hold was not counted, and why."""

    at_s: float
    reason: RejectReason


@dataclass(frozen=True, slots=True)
class SetEnded:
    """A set is over."""

    at_s: float
    set_number: int
    reps: int


@dataclass(frozen=True, slots=True)
class RestStarted:
    """Rest until `at_s + duration_s`."""

    at_s: float
    duration_s: float
    next_side: Side


@dataclass(frozen=True, slots=True)
class ClockStarted:
    """A set that the clock alone leads begins: no press is asked for."""

    at_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class TapsAsked:
    """Tap with the toes, quick and even, until `at_s + duration_s`."""

    at_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class BalanceAsked:
    """Stand on one leg for so long, all in all: time beside it does not count."""

    at_s: float
    duration_s: float
    side: Side | None


@dataclass(frozen=True, slots=True)
class LoadAsked:
    """Let the foot on the pad bear so much, until `at_s + duration_s`."""

    at_s: float
    duration_s: float
    low_n: float
    high_n: float | None
    """None where any load will do."""


@dataclass(frozen=True, slots=True)
class PauseStarted:
    """The person stands still for as long as it takes."""

    at_s: float


@dataclass(frozen=True, slots=True)
class SetRated:
    """The person said how a set was; None where not said."""

    at_s: float
    set_number: int
    ease: float | None
    pain: float | None


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """All done, or ended by the person."""

    at_s: float
    is_complete: bool


@dataclass(frozen=True, slots=True)
class SessionStopped:
    """Stopped for safety."""

    at_s: float
    reason: StopReason


@dataclass(frozen=True, slots=True)
class StopExplained:
    """Why the foot button stopped the session: PAIN, or INTERRUPTED where that was said."""

    at_s: float
    reason: StopReason


Cue: TypeAlias = (
    TareAsked
    | CheckAsked
    | MaxPressAsked
    | CountdownStarted
    | SetStarted
    | PressAsked
    | RelaxAsked
    | RepCounted
    | RepRejected
    | RepTakenBack
    | MvcMeasured
    | SetEnded
    | RestStarted
    | ClockStarted
    | TapsAsked
    | BalanceAsked
    | LoadAsked
    | PauseStarted
    | SetRated
    | SessionEnded
    | SessionStopped
    | StopExplained
)
