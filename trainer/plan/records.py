"""What a plan is made from: the programme, the diary's records and plain figures of the runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from trainer.coach.programme import Programme
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import (
    Decision,
    Figure,
    Goal,
    Holiday,
    KeyWorkout,
    Overruled,
    PainFreeDay,
    Race,
    Season,
)
from trainer.core.diary.training import PainReport, ReadinessCheck, SessionLog, SetLog


@dataclass(frozen=True, slots=True)
class LongRun:
    """One run that was done."""

    at: datetime
    """Aware."""
    km: float


@dataclass(frozen=True, slots=True)
class KeyRun:
    """A run that was marked as a key workout."""

    on: date
    """Local to where it was run."""
    at: datetime
    """Aware."""


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A device of the athlete, or one tension of it."""

    device_id: str
    level: int
    """1 entry, 2 moderate, 3 advanced."""
    is_blocked: bool = False
    tension: str = ""


@dataclass(frozen=True, slots=True)
class StandardResult:
    """What a standard set came to, in any one unit."""

    at: datetime
    """Aware."""
    amount: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures from other folders; empty and None where nothing is known."""

    weekly_km: Mapping[date, float] = field(default_factory=dict[date, float])
    """By the week's Monday."""
    runs: tuple[LongRun, ...] = ()
    """Of the newest 60 days, in order of time."""
    key_runs: tuple[KeyRun, ...] = ()
    """In order of time."""
    high_stack_share: float | None = None
    """Share of the newest weeks' km in high-stack shoes."""
    minimalist_min: Mapping[date, float] = field(default_factory=dict[date, float])
    """Minutes in minimalist shoes or barefoot, by the week's Monday."""
    minimalist_ladder: tuple[float, float] = (10.0, 10.0)
    """Minutes of the first week once they are open, and percent more from week to week."""
    devices: tuple[OwnDevice, ...] = ()
    checks_due: tuple[str, ...] = ()
    """Ids of the devices whose safety check is due."""
    devices_worn: tuple[str, ...] = ()
    """Ids of the devices that have lost resistance."""
    standard: tuple[StandardResult, ...] = ()
    """In order of time."""
    mdc95: float | None = None
    """Own minimal detectable change of the standard set's amount; None until it is known."""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything noted of one athlete that a plan looks at; each tuple in order of time."""

    programme: Programme
    sessions: tuple[Entry[SessionLog], ...] = ()
    sets: tuple[Entry[SetLog], ...] = ()
    """At least those of the newest 12 weeks."""
    readiness: tuple[Entry[ReadinessCheck], ...] = ()
    pains: tuple[Entry[PainReport], ...] = ()
    pain_free: tuple[Entry[PainFreeDay], ...] = ()
    goals: tuple[Entry[Goal], ...] = ()
    races: tuple[Entry[Race], ...] = ()
    workouts: tuple[Entry[KeyWorkout], ...] = ()
    holidays: tuple[Entry[Holiday], ...] = ()
    seasons: tuple[Entry[Season], ...] = ()
    decisions: tuple[Entry[Decision], ...] = ()
    overruled: tuple[Entry[Overruled], ...] = ()
    facts: Facts = field(default_factory=Facts)
    left_out: int = 0
    """Simulated sessions that stand in the diary and of which nothing counts here."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: the rule, one sentence, and the figures in it."""

    rule: str
    sentence: str
    figures: tuple[Figure, ...] = ()
