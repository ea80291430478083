"""What the TOML text of a programme may say: tables, keys, units and limits; a value has none.

The JSON Schema (programmeschema.py) is made from these tables, so the two cannot part.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from trainer.coach.programme import Direction, Led, PhaseKind, Sensor, Sides
from trainer.core.diary.training import Block, SessionKind
from trainer.core.settings import Bound

FORMAT = 1
LEAST_PCT = 5.0
MOST_PCT = 100.0
MOST_SETS = 20
MOST_REPS = 100
"""Far above any published protocol (4 x 25 is the largest we know): more is a slip of the pen."""
_MOST_SET_S = 600.0


class UnitWord(StrEnum):
    """Unit in which an exercise's sensor is shown."""

    NEWTON = "N"
    DEGREES_PER_SECOND = "deg/s"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DrillTable:
    """`[exercises.<id>]`."""

    title: str
    how: str
    """How to do it, in one to three plain sentences."""
    led: Led
    sensor: Sensor = Sensor.TOES
    unit: UnitWord = UnitWord.NEWTON
    guard: bool = True
    """Whether a calf that helps is told and not scored; false where the calf is the target."""
    targets: tuple[str, ...] = ()
    """Muscles it works."""
    direction: Direction = Direction.NONE
    cues: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    """What the beats of a sequence ask for, a word each, in turn."""
    devices: tuple[str, ...] = ()
    """Kinds of devices it may be done with."""
    picture: str = ""
    substitute: str = ""
    """Id of the exercise that takes its place."""
    hard: bool = False
    """Whether it asks for a day of rest."""


@dataclass(frozen=True, slots=True)
class StepTable:
    """`[[circuits.<id>.steps]]`."""

    exercise: str
    sets: Annotated[int, Bound(1, MOST_SETS)] = 1
    """Of each foot."""
    reps: Annotated[int, Bound(0, MOST_REPS)] = 0
    hold_s: Annotated[float, Bound(0.0, 120.0, "s")] = 0.0
    duration_s: Annotated[float, Bound(0.0, _MOST_SET_S, "s")] = 0.0
    tempo_s: Annotated[tuple[float, float, float], Bound(0.0, 30.0, "s")] = (1.0, 0.5, 1.0)
    """Way up, hold, way down."""
    rest_s: Annotated[float, Bound(0.0, 600.0, "s")] = 45.0
    target_pct_mvc: Annotated[float | None, Bound(LEAST_PCT, MOST_PCT, "%")] = None
    target_pct_bw: Annotated[float | None, Bound(5.0, 250.0, "%")] = None
    """Of body weight; 250: the ground's force on a running foot is two to three body weights."""
    side: Sides = Sides.ALTERNATE
    block: Block = Block.WORK
    device: str = ""
    surface: str = ""


@dataclass(frozen=True, slots=True)
class PartTable:
    """`[parts.<id>]`: steps that several circuits include; no circuit of its own."""

    steps: tuple[StepTable, ...] = ()
    sets: tuple[str, ...] = ()
    """Steps in one line each: `3x20 toe_curl @40% tempo 1-0.5-1 rest 45s`."""
    include: tuple[str, ...] = ()
    """Ids of parts whose steps come in front."""


@dataclass(frozen=True, slots=True)
class CircuitTable:
    """`[circuits.<id>]`: steps or sets; blocks are put in order."""

    title: str
    kind: SessionKind = SessionKind.TRAINING
    steps: tuple[StepTable, ...] = ()
    sets: tuple[str, ...] = ()
    """Steps in one line each: `3x20 toe_curl @40% tempo 1-0.5-1 rest 45s`."""
    include: tuple[str, ...] = ()
    """Ids of parts and circuits whose steps come in front."""
    protocol_version: Annotated[int, Bound(0, 1000)] = 0


@dataclass(frozen=True, slots=True)
class GateTable:
    """`gate = {}` of a rung: what must be seen before the next one."""

    sessions: Annotated[int, Bound(1, 20)] = 2
    most_tempo_error_s: Annotated[float | None, Bound(0.05, 5.0, "s")] = None
    most_tempo_cv_pct: Annotated[float | None, Bound(1.0, 100.0, "%")] = None
    most_compensated_pct: Annotated[float | None, Bound(0.0, 100.0, "%")] = None
    least_done_pct: Annotated[float | None, Bound(0.0, 100.0, "%")] = None
    least_ease: Annotated[float | None, Bound(0.0, 10.0)] = None
    most_pain: Annotated[float | None, Bound(0.0, 10.0)] = 3.0


@dataclass(frozen=True, slots=True)
class RungTable:
    """`[[phases.steps]]`: one rung."""

    id: str
    circuit: str
    weeks: Annotated[int, Bound(1, 26, "weeks")] = 1
    change: dict[str, str] = field(default_factory=dict[str, str])
    """One field of a step and its change: `{target_pct_mvc = "+5"}`."""
    gate: GateTable = field(default_factory=GateTable)


@dataclass(frozen=True, slots=True)
class PhaseTable:
    """`[[phases]]`."""

    id: str
    title: str
    kind: PhaseKind
    steps: tuple[RungTable, ...]


@dataclass(frozen=True, slots=True)
class ReassessTable:
    """`[reassess]`: when the baseline is done again, and with which circuits."""

    weeks: Annotated[int, Bound(1, 26, "weeks")] = 4
    baseline: str = "baseline"
    standard_set: str = "standard_set"


@dataclass(frozen=True, slots=True)
class ProgrammeTable:
    """The whole file."""

    format: Annotated[int, Bound(FORMAT, FORMAT)]
    id: str
    title: str
    goal: str = ""
    frequency_per_week: Annotated[tuple[int, int], Bound(1, 7, "a week")] = (2, 3)
    session_cap_min: Annotated[float, Bound(3.0, 60.0, "min")] = 15.0
    include: tuple[str, ...] = ()
    """Ids of shipped circuits."""
    activation: str = "activation"
    travel: str = "travel"
    reassess: ReassessTable = field(default_factory=ReassessTable)
    exercises: dict[str, DrillTable] = field(default_factory=dict[str, DrillTable])
    parts: dict[str, PartTable] = field(default_factory=dict[str, PartTable])
    circuits: dict[str, CircuitTable] = field(default_factory=dict[str, CircuitTable])
    phases: tuple[PhaseTable, ...] = ()
