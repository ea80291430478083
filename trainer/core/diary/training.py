"""What is noted of training: sessions, their sets, readiness, pain, and how it felt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trainer.core.cues import Side


class SessionKind(StrEnum):
    """What a session is for."""

    TRAINING = "training"
    """In the non-fatiguing range: sets end before the onset of fatigue."""
    BASELINE = "baseline"
    """The standard circuit, to fatigue: the first one, and every reassessment."""
    STANDARD_SET = "standard set"
    """The short, weekly standard set by which a plateau is told."""
    ACTIVATION = "activation"
    """Two or three gentle minutes; no load session."""
    TRAVEL = "travel"
    """Without sensors: unmeasured."""
    TRY_OUT = "try-out"
    """Three minutes with a device, to judge it."""


class Block(StrEnum):
    """The part of a session that a set belongs to."""

    WARM_UP = "warm-up"
    WORK = "work"
    COOLDOWN = "cooldown"


class EndedBy(StrEnum):
    """Why a set ended."""

    DONE = "done"
    FATIGUE = "fatigue margin"
    """A training set that stopped before the onset of fatigue."""
    ABRUPT_LOSS = "abrupt loss"
    TOO_HEAVY = "too heavy"
    PAIN = "pain"
    SKIPPED = "skipped"
    ENDED = "ended by the person"
    CUT_OFF = "cut off"
    IDLE = "nothing seen"
    """It waited for a press, or for somebody to stand there, and ended by itself."""


class PainSite(StrEnum):
    """Where on a foot; the map is drawn with these."""

    GREAT_TOE = "great toe"
    LESSER_TOES = "lesser toes"
    METATARSAL_HEADS = "metatarsal heads"
    SESAMOIDS = "sesamoids"
    ARCH = "arch"
    FASCIA = "plantar fascia"
    HEEL = "heel"
    TOP = "top of the foot"
    ANKLE_INSIDE = "inside of the ankle"
    ANKLE_OUTSIDE = "outside of the ankle"
    ACHILLES = "Achilles tendon"
    CALF = "calf"
    NOT_SAID = "not said"
    """The person has said that it hurts and not where; on no map."""


@dataclass(frozen=True, slots=True)
class SetLog:
    """One set as it was done."""

    session_id: str
    exercise: str
    """Id in the programme."""
    block: Block
    side: Side | None
    """None where both feet or no foot are meant."""
    ended_by: EndedBy
    duration_s: float
    asked_reps: int = 0
    counted_reps: int = 0
    compensated_reps: int = 0
    """Counted, not scored."""
    target_pct_mvc: float | None = None
    target_n: float | None = None
    plateau_n: float | None = None
    """Median plateau of the counted, uncompensated reps."""
    impulse_n_s: float = 0.0
    """Of all counted reps: the load that weeks are compared by."""
    peak_n: float | None = None
    tempo_error_s: float | None = None
    """Median absolute difference from the tempo asked for."""
    tempo_cv_pct: float | None = None
    decline_pct: float | None = None
    """From the first to the last reps."""
    onset_rep: int | None = None
    """Rep of the onset of fatigue; None where none was seen."""
    is_measured: bool = True
    device: str = ""
    """Id of the device; empty for none."""
    surface: str = ""
    """floor, grass, foam ...; empty where it does not matter."""
    ease: float | None = None
    """0 hard to 10 easy, as the person said."""
    pain: float | None = None
    """0 to 10, as the person said."""
    recording: str = ""
    """Id of the session whose recording holds it: what went on after a cut has several."""
    start_s: float | None = None
    """Stream time in that recording; None where nobody kept it, and of a set left out."""
    end_s: float | None = None
    decay_pct: float | None = None
    """Lost from the begin of the longest hold's plateau to its end."""
    in_band_s: float | None = None
    """Of the longest hold; None without a target."""
    cv_pct: float | None = None
    """Coefficient of variation within a hold, the median of the clean ones."""
    taps: int = 0
    tap_cv_pct: float | None = None
    tap_slowing_pct: float | None = None
    reaction_s: float | None = None
    """Median time from a cue that nobody could foresee to the lamp, which begins some 0.08 s after
    the force does (simulated)."""
    rise_n_s: float | None = None
    """Steepest rate of force development of the clean reps."""
    beat_error_s: float | None = None
    """Median absolute distance of the presses, or of the turns of a pulse, from their beat."""
    sway_cm_s: float | None = None
    """Mean speed of the centre of pressure."""
    frontal_rate_dps: float | None = None
    """Root mean square of the turns to the side: about the axis that points forward."""
    medial_excursions: int | None = None
    stood_s: float | None = None
    """On one leg, as the pad or its inertial sensor saw it; None where the clock alone led."""
    step_offs: int | None = None
    target_pct_bw: float | None = None
    load_n: float | None = None
    """Median of what the foot bore in a sequence; its target is then a load, too."""


@dataclass(frozen=True, slots=True)
class SessionLog:
    """One session as it was done; its entry's key is the session's id."""

    session_id: str
    kind: SessionKind
    programme: str
    circuit: str
    is_complete: bool
    """All of it, the cooldown too."""
    is_hard: bool
    """Loaded enough to ask for a day of rest after it."""
    duration_s: float
    """From the first of the warm-up to the end of the cooldown."""
    rung: str = ""
    """The ladder's rung it was made for; empty outside a programme."""
    protocol_version: int = 0
    """Of a baseline and of a standard set."""
    stop_reason: str = ""
    replaced: str = ""
    """What of the athlete's light mobility work it took the place of; empty: it came on top."""
    breath: bool | None = None
    """Self-check: breathed calmly throughout; None where not asked."""
    posture: bool | None = None
    """Self-check: stood or sat upright throughout."""


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """The 20 seconds before a session: three answers, 0 none to 10 worst."""

    pain: float
    stiffness: float
    tiredness: float
    dose_share: float = 1.0
    """What share of the planned dose the answers left, 0 to 1."""
    sites: tuple[PainSite, ...] = ()


NO_FIGURE: Final = "pain stop, no figure given"
"""Words of a report of which nobody gave a figure: its level is no one's."""


@dataclass(frozen=True, slots=True)
class PainReport:
    """Pain at one place of one foot."""

    site: PainSite
    side: Side
    level: float
    """0 none to 10 worst."""
    is_sharp: bool = False
    session_id: str = ""
    """The session it came up in; empty for pain of another time."""
    device: str = ""
    is_next_morning: bool = False
    """Told on the morning after a session."""
    words: str = ""

    @property
    def is_level_said(self) -> bool:
        """Return whether a figure was given; what stopped without one counts as the worst."""
        return self.words != NO_FIGURE


@dataclass(frozen=True, slots=True)
class DespitePain:
    """Why there is a session on a day that pain has ended; it holds for the pain before it."""

    reason: str


@dataclass(frozen=True, slots=True)
class BodyWeight:
    """What the athlete weighs, as said or as a scale has it."""

    kg: float
