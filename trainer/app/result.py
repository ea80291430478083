"""What an analysis concludes: facts of the recording, holds, sets, and the task's own figures."""

from dataclasses import dataclass

from trainer.app.calibrationshare import CalibrationFacts
from trainer.core.events import Event, GapFound
from trainer.core.findings import Fatigue, Squeeze, Sway, Taps
from trainer.core.hold import Hold
from trainer.recording.recording import Recording


@dataclass(frozen=True, slots=True)
class Facts:
    """What a recording holds, in samples."""

    channels: tuple[str, ...]
    samples: int
    """Rows with what is judged: the detected force, else the centre of pressure, else the turns."""
    duration_s: float
    rate_hz: float | None
    lost_samples: int
    gaps: tuple[GapFound, ...]
    rejected_samples: int = 0


@dataclass(frozen=True, slots=True)
class SetFinding:
    """One set: holds between long rests, counted from 1 over the whole recording."""

    first_hold: int
    last_hold: int
    fatigue: Fatigue | None


@dataclass(frozen=True, slots=True)
class TaskFindings:
    """The figures of one task; None of the others."""

    squeeze: Squeeze | None = None
    taps: Taps | None = None
    sway: Sway | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All that is concluded."""

    recording: Recording
    task: str
    facts: Facts
    holds: tuple[Hold, ...] = ()
    sets: tuple[SetFinding, ...] = ()
    task_findings: TaskFindings = TaskFindings()
    warnings: tuple[str, ...] = ()
    """What a reader of the figures must know."""
    calibration: CalibrationFacts | None = None
    """What makes newtons of the samples; None where there are none."""
    events: tuple[Event, ...] = ()
    """What the stages told while the recording passed, as they tell it live."""

    @property
    def fatigue(self) -> Fatigue | None:
        """Return that of the longest set, the first of equally long ones."""
        longest = max(self.sets, key=lambda s: s.last_hold - s.first_hold, default=None)
        return None if longest is None else longest.fatigue
