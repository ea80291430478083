"""The snapshot: all a screen needs to show, frozen, replaced as a whole."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trainer.core.cues import Side
from trainer.core.link import NO_VITALS, Vitals


class Phase(StrEnum):
    """Where a session is."""

    READY = "ready"
    TARE = "tare"
    CHECK = "check"
    MVC_READY = "mvc ready"
    MVC_PRESS = "mvc press"
    MVC_REST = "mvc rest"
    READINESS = "readiness"
    """The three questions before a circuit."""
    CLOCK = "clock"
    """A set led by the clock alone."""
    PAUSED = "paused"
    COUNTDOWN = "countdown"
    WORK = "work"
    REST = "rest"
    FOLLOW = "follow"
    """A replay: the coach follows the recording."""
    DONE = "done"
    STOPPED = "stopped"


PAUSES: Final = frozenset(
    {Phase.READY, Phase.CHECK, Phase.MVC_READY, Phase.MVC_REST, Phase.REST}
    | {Phase.READINESS, Phase.PAUSED}
)
"""Phases that wait for the person, or in which the person may stop waiting: the foot button goes on
there, and stops everywhere else."""

LATE_S: Final = 0.1
"""A packet later than this is worth a word: about the time after which a person notices a delay
(Miller 1968)."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """How well samples arrive."""

    rate_hz: float | None = None
    lost_samples: int = 0
    rejected_samples: int = 0
    gaps: int = 0
    late_s: float = 0.0
    """How much later than at best the newest packet arrived."""
    is_stale: bool = False
    vitals: Vitals = NO_VITALS
    """How the link to the device stands."""
    is_there: bool = True
    """False where no sensor takes part: the clock alone leads, and nothing is measured."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a session as a screen shows it."""

    seq: int = 0
    """Counts snapshots, so that a reader sees whether one is new."""
    at_s: float = 0.0
    """Stream time."""
    phase: Phase = Phase.READY
    exercise: str = ""
    """Title, as shown."""
    athlete: str = ""
    side: Side = Side.LEFT
    is_press_asked: bool = False
    """True while the force should be in the target band: asked for, or held already."""
    cue: str = ""
    """One word, upper case: PRESS, HOLD, RELAX, REST, READY, STOPPED ..."""
    message: str = ""
    """One sentence that says what to do next, or what is wrong."""
    set_number: int = 0
    sets: int = 0
    rep: int = 0
    reps: int = 0
    hold_s: float = 0.0
    """Seconds of the hold now going on; 0 when none."""
    hold_goal_s: float = 0.0
    left_s: float = 0.0
    """Seconds left of a countdown, rest, tare or maximal press, or to say that it was no pain."""
    force_n: float = 0.0
    """Detected force above rest."""
    target_low_n: float | None = None
    target_high_n: float | None = None
    is_target_estimated: bool = False
    mvc_n: float | None = None
    mvc_trial: int = 0
    mvc_trials: int = 0
    is_compensating: bool = False
    """True while the calf does the toes' work in a press that is still on."""
    decline_pct: float | None = None
    """How far the set's presses have fallen; None until that is fatigue beyond doubt."""
    block: str = ""
    """warm-up, work or cooldown of a circuit; empty without one."""
    question: str = ""
    """What a figure from 0 to 10, or a yes or no, is asked for; empty while nothing is."""
    is_yes_no: bool = False
    """Whether that question is answered by yes or no."""
    margin_pct: float | None = None
    """How far the set still is from its onset of fatigue; None where nobody can say yet."""
    is_margin_watched: bool = False
    """Whether the set ends by its margin, so that one that is not known yet is worth a word."""
    trace: tuple[tuple[float, float], ...] = ()
    """The force to follow: stream time in seconds and newtons above rest, joined by lines."""
    is_standing: bool | None = None
    """Whether somebody is seen on one leg; None where that is not asked for, or not seen at all."""
    load_n: float | None = None
    """What the foot bears in a sequence; None where that is not asked for."""
    load_band_n: tuple[float, float] | None = None
    """What it is to bear; None where no weight is known."""
    plane: str = ""
    """The plane of the beat that is on in a sequence, upper case; empty outside of one."""
    wobble_dps: float | None = None
    """How much the ankle turns to the side now: root mean square of the last seconds."""
    can_undo: bool = False
    is_simulated: bool = False
    link: LinkState = LinkState()
    stop_reason: str = ""
    is_pain_asked: bool = False
    """True while a stop by the foot button waits for the answer whether it was pain."""
