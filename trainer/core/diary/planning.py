"""What is noted of the planning: goals, races, key workouts, decisions, and what overruled them."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class GoalKind(StrEnum):
    """What the practice is for: each has its own dose profile."""

    HYPERTROPHY = "hypertrophy"
    ENDURANCE = "endurance"
    INTEGRATION = "integration"
    POWER = "power"
    FOUNDATION = "foundation"
    """Form, strength and habit: what whoever has no goal yet begins with."""


class SeasonPart(StrEnum):
    """The parts of a runner's year."""

    BASE = "base"
    BUILD = "build"
    RACE = "race"
    OFF = "off"


class What(StrEnum):
    """What was decided."""

    START = "start"
    STEP_UP = "step up"
    DIAL_BACK = "dial back"
    LIFT = "lift"
    """One of the cuts of a dial-back is taken away."""
    PLATEAU = "plateau"
    PLATEAU_CHECK = "plateau check"


class Proposal(StrEnum):
    """The one thing that a plateau changes."""

    TEMPO = "tempo"
    DEVICE = "device"
    """The next device or tension."""
    SEQUENCE = "sequence"


class Subject(StrEnum):
    """What can be overruled."""

    TODAY = "today"
    RUNG = "rung"
    CUT = "cut"
    PLATEAU = "plateau"


class TodayInstead(StrEnum):
    """What a day is when it was overruled."""

    REST = "rest"
    TRAIN = "train"


@dataclass(frozen=True, slots=True)
class Goal:
    """What the athlete wants."""

    kind: GoalKind
    words: str = ""
    until: date | None = None
    """Of an endurance goal the race's day."""


@dataclass(frozen=True, slots=True)
class Race:
    """A race, local to where the athlete is."""

    on: date
    name: str = ""
    start: time | None = None
    """None: any time of the day."""
    km: float | None = None


@dataclass(frozen=True, slots=True)
class KeyWorkout:
    """A run that counts: before it the foot is spared. A planned long run is one."""

    on: date
    name: str = ""
    start: time | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which nothing is asked, the last one included."""

    first: date
    last: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year as the athlete sets it, the last day included."""

    part: SeasonPart
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PainFreeDay:
    """A day without any pain in the feet: it opens what new or sharp pain has closed."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a decision used."""

    name: str
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that holds from then on."""

    what: What
    rule: str
    """The rule's name."""
    sentence: str
    """Why, in one sentence with its figures."""
    figures: tuple[Figure, ...] = ()
    programme: str = ""
    rung: str = ""
    """The rung from then on."""
    resistance_cuts: int = 0
    """Steps of about 9 % that the resistance stands below the rung's, from then on."""
    rep_cuts: int = 0
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Overruled:
    """The athlete decided otherwise."""

    subject: Subject
    to: str
    """A rung's id, or what today is instead; empty where there is nothing to choose."""
    reason: str

    def __post_init__(self) -> None:
        """Refuse a missing reason."""
        if not self.reason.strip():
            raise ValueError("overruling takes a reason")
