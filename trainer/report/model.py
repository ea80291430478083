"""What a report is made of: plain values, read from a recording by whoever asks for the report."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.cues import RejectReason
from trainer.core.findings import Fatigue
from trainer.core.hold import Hold
from trainer.detect.tempo import Tempo
from trainer.report.incidents import Incident


def _no_samples() -> FloatArray:
    return np.zeros(0, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class RepData:
    """One hold of a set and what became of it."""

    rep: int
    """Number in its set, from 1; of no meaning where the hold was not counted."""
    hold: Hold
    is_counted: bool = True
    reject_reason: RejectReason | None = None
    """None where it was counted, and where the person took it back."""


@dataclass(frozen=True, slots=True)
class SetData:
    """One set on one foot."""

    number: int
    side: str
    """The foot in one word; empty where nobody said."""
    reps: tuple[RepData, ...]
    target_low_n: float | None = None
    target_high_n: float | None = None
    is_target_estimated: bool = False
    """True where the target comes from the first reps and not from maximal presses."""
    asked_reps: int | None = None
    """How many reps the exercise asked for; None in a replay."""
    fatigue: Fatigue | None = None
    """What the counted reps show, in their own numbers; None where they cannot tell."""
    tempo: Tempo | None = None
    """How the holds kept time with the cues; None where nobody asked."""

    @property
    def counted(self) -> tuple[RepData, ...]:
        """Return the counted reps in order."""
        return tuple(r for r in self.reps if r.is_counted)


@dataclass(frozen=True, slots=True)
class MvcData:
    """A maximal force that targets were taken from."""

    side: str
    mvc_n: float
    """Highest 0.5 s mean of the maximal presses."""
    when: str
    """When it was measured, as shown."""
    u_n: float | None = None
    """Standard uncertainty, that of the plateau it was taken from; None where none is known."""


@dataclass(frozen=True, slots=True)
class LinkData:
    """How well the samples arrived, over the whole session."""

    rate_hz: float | None = None
    """Measured, never nominal."""
    samples: int = 0
    lost_samples: int = 0
    rejected_samples: int = 0
    dropped_frames: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ReportData:
    """Everything that a report shows."""

    title: str
    session_id: str
    athlete: str
    started_local: str
    """Date and time with the zone, as shown."""
    duration_s: float
    status: str
    """Complete, ended early, stopped for pain, recovered after a crash ..."""
    exercise: str
    """Title of the exercise."""
    is_simulated: bool = False
    is_replay: bool = False
    sets: tuple[SetData, ...] = ()
    mvc: tuple[MvcData, ...] = ()
    time_s: FloatArray = field(default_factory=_no_samples)
    """(n,) stamps of the whole session on the recording's own clock."""
    force_n: FloatArray = field(default_factory=_no_samples)
    """(n,) detected force above rest; NaN where there was none."""
    link: LinkData = LinkData()
    incidents: tuple[Incident, ...] = ()
    left_out: tuple[str, ...] = ()
    """Parts of the recording that could not be read, one sentence each."""
    warnings: tuple[str, ...] = ()
    calibration: str = ""
    """The calibration's label."""
    calibration_note: str = ""
    """What the uncertainties hold of it, one or two sentences."""
    unit_notes: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    versions: Mapping[str, str] = field(default_factory=dict[str, str])
