"""The programme: exercises, circuits, phases and their steps, as values; no text and no file.

Forces are shares of the person's own maximum, never newtons. What the TOML text may say and how
(programmetext.py) is apart from what it means, which stands here with units and limits.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from trainer.core.diary.training import Block, SessionKind


class Led(StrEnum):
    """How a set of an exercise is led, and so what is measured in it."""

    REPS = "reps"
    """Press into the band, hold, let go, at a tempo: toe curls, flexion, adduction, spreads."""
    HOLD = "hold"
    """A few long holds in the band: toe-flexion holds, arch squeezes, domes."""
    PULSE = "pulse"
    """Slow pulses between two forces without letting go, by the trace."""
    RHYTHM = "rhythm"
    """Quick presses to a beat."""
    SEQUENCE = "sequence"
    """Beats that each ask for another plane, under a share of body weight."""
    TAPS = "taps"
    """Foot taps for a time, as fast and even as possible."""
    REACT = "react"
    """Presses after a cue that comes at a moment nobody can foresee."""
    BALANCE = "balance"
    """Stand on one leg for a time; the IMU and the centre of pressure are watched."""
    CLOCK = "clock"
    """Led by the clock alone, unmeasured: mobility, calf raises, breathing, posture."""


class Sensor(StrEnum):
    """Which sensor sees an exercise."""

    TOES = "toes"
    HALLUX = "hallux"
    BALL = "ball"
    DOME = "dome"
    BAND = "band"
    IMU = "imu"
    NONE = "none"


class Direction(StrEnum):
    """The toes' direction of work (control of each has its own score); NONE for the rest."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    ADDUCTION = "adduction"
    ABDUCTION = "abduction"
    NONE = "none"


class Sides(StrEnum):
    """Which feet a step of a circuit trains."""

    ALTERNATE = "alternate"
    """Left and right take turns, set by set: the one rests while the other works."""
    LEFT = "left"
    RIGHT = "right"
    TOGETHER = "together"
    """Both feet at once, or no foot: not told apart."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise of a programme."""

    id: str
    title: str
    how: str
    """How to do it, in one to three plain sentences."""
    led: Led
    sensor: Sensor = Sensor.TOES
    is_guarded: bool = True
    """Whether a calf that helps is told and not scored; False where the calf is the target."""
    targets: tuple[str, ...] = ()
    """Muscles it works, by which exercises take turns."""
    direction: Direction = Direction.NONE
    cues: tuple[str, ...] = ()
    """Short cues of form, breath and posture, shown in turn."""
    beats: tuple[str, ...] = ()
    """What the beats of a sequence ask for, a word each, in turn."""
    devices: tuple[str, ...] = ()
    """Kinds of devices it may be done with; empty: none is needed."""
    picture: str = ""
    """Name of its drawing; empty for none."""
    substitute: str = ""
    """Id of the exercise that takes its place where a device or a sensor is missing or blocked."""
    is_hard: bool = False
    """Whether it loads the foot enough to ask for a day of rest."""
    unit: str = "N"
    """Unit of its sensor: N, deg/s, or none."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of the way up, of the hold and of the way down."""

    up_s: float = 1.0
    hold_s: float = 0.5
    down_s: float = 1.0

    @property
    def rep_s(self) -> float:
        """Return the length of one rep in seconds."""
        return self.up_s + self.hold_s + self.down_s


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a circuit: sets of one exercise. Exactly one of reps and duration_s counts."""

    exercise: str
    sets: int = 1
    """Of each foot."""
    reps: int = 0
    """Of each set; 0 where a set lasts for duration_s."""
    hold_s: float = 0.0
    """Of each rep of a hold; 0 where the tempo says it."""
    duration_s: float = 0.0
    """Of each set; 0 where it lasts for its reps."""
    tempo: Tempo = Tempo()
    rest_s: float = 45.0
    """Between two sets of one foot; the other foot's set takes place in it."""
    target_pct_mvc: float | None = None
    """Middle of the band; None where no force is asked for."""
    sides: Sides = Sides.ALTERNATE
    block: Block = Block.WORK
    device: str = ""
    """Kind of device it is done with; empty: none."""
    surface: str = ""
    target_pct_bw: float | None = None
    """Middle of the band as a share of body weight, in place of the own maximum: what the foot
    carries in running is told by weight."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """What one session does, in order: warm-up, work, cooldown."""

    id: str
    title: str
    kind: SessionKind
    steps: tuple[Step, ...]
    protocol_version: int = 0
    """Of a baseline and a standard set: results of two versions are not compared."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be seen before the next rung; a limit that is None is not asked for."""

    sessions: int = 2
    """Passed in so many sessions, the newest ones."""
    most_tempo_error_s: float | None = None
    most_tempo_cv_pct: float | None = None
    most_compensated_pct: float | None = None
    least_done_pct: float | None = None
    """Counted of asked reps."""
    least_ease: float | None = None
    most_pain: float | None = 3.0


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder: a circuit, changed by exactly one thing against the rung below."""

    id: str
    circuit: str
    weeks: int = 1
    """At least so long on it."""
    change: dict[str, str] = field(default_factory=dict[str, str])
    """Key of a step to a change, `+5`, `-10 %` or a value, laid over the circuit's steps."""
    gate: Gate = Gate()


class PhaseKind(StrEnum):
    """The two phases of the practice."""

    FOUNDATION = "foundation"
    """Short, technique, habit."""
    POWER = "power"
    """Higher resistance, reactive drills."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the programme: its rungs in order."""

    id: str
    title: str
    kind: PhaseKind
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A whole programme."""

    id: str
    title: str
    drills: dict[str, Drill]
    circuits: dict[str, Circuit]
    phases: tuple[Phase, ...]
    goal: str = ""
    """hypertrophy, endurance, integration, power ...: the dose profile it was made for."""
    per_week: tuple[int, int] = (2, 3)
    cap_min: float = 15.0
    """Most minutes of a session, warm-up and cooldown included; a baseline is exempt."""
    reassess_weeks: int = 4
    baseline: str = "baseline"
    """Ids of circuits with a part of their own."""
    standard_set: str = "standard_set"
    activation: str = "activation"
    travel: str = "travel"
    parts: dict[str, tuple[Step, ...]] = field(default_factory=dict[str, tuple[Step, ...]])
    """Steps that circuits of other programmes may include: the warm-up, the cooldown."""
