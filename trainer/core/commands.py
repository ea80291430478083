"""Commands: what the person asks for. A pain stop is no command: it is a flag (ports.py)."""

from dataclasses import dataclass
from typing import TypeAlias

from trainer.core.cues import Side
from trainer.core.diary.training import PainSite


@dataclass(frozen=True, slots=True)
class Next:
    """Start, or go on: ends the waiting, the rest or the maximal presses' pause."""


@dataclass(frozen=True, slots=True)
class SkipMvc:
    """Do the sets without maximal presses: the target is then estimated."""


@dataclass(frozen=True, slots=True)
class ChangeSide:
    """The foot on the pad, as the person says it is."""

    side: Side


@dataclass(frozen=True, slots=True)
class ChangeAthlete:
    """Who stands on the pad."""

    name: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change of athlete or foot, or the last counted rep."""


@dataclass(frozen=True, slots=True)
class Retare:
    """Set the cells to zero again."""


@dataclass(frozen=True, slots=True)
class EndSession:
    """End here; what was done is kept."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stand still until Next: nobody presses, no time runs."""


@dataclass(frozen=True, slots=True)
class SkipSet:
    """Leave out the set that is on, or the one that comes next."""


@dataclass(frozen=True, slots=True)
class SkipStep:
    """Leave out that set and all others of its exercise in this step of the circuit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure, 0 to 10, in answer to the question that is shown."""

    figure: float


@dataclass(frozen=True, slots=True)
class Reply:
    """Yes, no, or neither, in answer to the question that is shown."""

    is_yes: bool | None


@dataclass(frozen=True, slots=True)
class RateEase:
    """How easy the newest set was, 0 hard to 10 easy."""

    ease: float


@dataclass(frozen=True, slots=True)
class RatePain:
    """How much the newest set hurt, 0 not at all to 10 worst."""

    pain: float
    is_sharp: bool = False
    site: PainSite = PainSite.NOT_SAID


@dataclass(frozen=True, slots=True)
class RateReadiness:
    """All answers of the readiness check at once, 0 none to 10 worst."""

    pain: float
    stiffness: float
    tiredness: float


Command: TypeAlias = (
    Next
    | SkipMvc
    | ChangeSide
    | ChangeAthlete
    | Undo
    | Retare
    | EndSession
    | Pause
    | SkipSet
    | SkipStep
    | Answer
    | Reply
    | RateEase
    | RatePain
    | RateReadiness
)
