"""What a plan is: today, the days around it, where one stands, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from trainer.coach.programme import Circuit
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, Proposal, SeasonPart
from trainer.plan.adherence import Adherence
from trainer.plan.position import Position
from trainer.plan.records import Reason
from trainer.plan.wheel import Spoke


class DayKind(StrEnum):
    """What a day is for."""

    TRAINING = "training"
    BASELINE = "baseline"
    STANDARD_SET = "standard set"
    ACTIVATION = "activation"
    """A rest day with two or three gentle minutes."""
    HOLIDAY = "holiday"
    NOTHING = "nothing"
    """A day that is past, without anything noted, or one that pain has ended."""
    DONE = "done"
    """The day's session was done."""


HARD: frozenset[DayKind] = frozenset({DayKind.TRAINING, DayKind.BASELINE, DayKind.STANDARD_SET})
"""Days with a session that asks for 48 hours after it."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan."""

    day: date
    kind: DayKind
    sentence: str
    circuits: tuple[Circuit, ...] = ()
    """In order, as they are to be run that day."""
    not_before: datetime | None = None
    """UTC; None: any time of the day."""
    not_after: datetime | None = None
    minutes: float = 0.0
    mobility: str = ""
    """Which light mobility work it replaces or supplements."""
    done: tuple[str, ...] = ()
    """Kinds of the sessions that were done, each with the word that pain stopped it."""

    @property
    def is_hard(self) -> bool:
        """Return whether its session asks for 48 hours after it."""
        return self.kind in HARD


@dataclass(frozen=True, slots=True)
class Dose:
    """What is left of the rung's resistance and reps today, as shares, and why."""

    resistance: float = 1.0
    reps: float = 1.0
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan at one moment."""

    now: datetime
    days: tuple[PlanDay, ...]
    """From this week's Monday to the Sunday after next."""
    today: PlanDay
    next_action: str
    """One sentence; never empty."""
    position: Position
    phase: str
    rung: str
    dose: Dose
    season: SeasonPart
    adherence: Adherence
    sessions_a_week: int
    decisions: tuple[Decision, ...] = ()
    """New ones: whoever asked for the plan notes them."""
    reasons: tuple[Reason, ...] = ()
    """Of everything else in the plan."""
    wheel: tuple[Spoke, ...] = ()
    first_side: Side = Side.LEFT
    surface: str = ""
    """The most demanding one that is open for drills."""
    device_level: int = 1
    """The highest that is open: 1 entry, 2 moderate, 3 advanced."""
    minimalist_min: float = 0.0
    """Minutes a week in minimalist shoes or barefoot that are open."""
    proposal: Proposal | None = None
    review_due: date | None = None
    """Day from which the next baseline is due."""
    review_on: date | None = None
    """Planned day that holds it; None where none does."""
    review_why: str = ""
    """Why it is not on its due day."""
    todo: tuple[str, ...] = field(default_factory=tuple[str, ...])
    """What the athlete is asked for besides sessions."""
