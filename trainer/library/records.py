"""What the library knows of a session and of a maximal press."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from trainer.core.cues import Side


class SessionStatus(StrEnum):
    """How a session stands."""

    RUNNING = "running"
    COMPLETE = "complete"
    """All sets were done."""
    ENDED = "ended"
    """Ended early by the person."""
    STOPPED = "stopped"
    """Stopped for safety; the reason stands beside it."""
    RECOVERED = "recovered"
    """The program died; what had been recorded until then is kept."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session in the list."""

    session_id: str
    athlete: str
    started_at: datetime
    """Aware, UTC."""
    zone: str
    """Name of the local time zone at the start."""
    utc_offset_s: int
    """Local time minus UTC at the start."""
    exercise: str
    side_plan: str
    """`left`, `right` or `both`."""
    is_simulated: bool
    status: SessionStatus = SessionStatus.RUNNING
    stop_reason: str = ""
    sets: int = 0
    reps: int = 0
    duration_s: float = 0.0
    recording: str = ""
    """Path below the data folder; empty without one."""
    report: str = ""
    """Path below the data folder; empty without one."""

    @property
    def local_started_at(self) -> datetime:
        """Return the start as the clock on the wall showed it."""
        return self.started_at.astimezone(timezone(timedelta(seconds=self.utc_offset_s)))

    @property
    def local_day(self) -> date:
        """Return the day on which the person trained, wherever it is read."""
        return self.local_started_at.date()


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What is known of a session at its end."""

    status: SessionStatus
    stop_reason: str = ""
    sets: int = 0
    reps: int = 0
    duration_s: float = 0.0
    athlete: str | None = None
    """Who it was, where that was changed on the way."""


@dataclass(frozen=True, slots=True)
class MvcRecord:
    """One foot's maximal press on one pad: the highest 0.5 s mean of its trials."""

    athlete: str
    side: Side
    exercise: str
    pad: str
    """Label of the pad's calibration: forces of two pads are not compared."""
    at: datetime
    """Aware, UTC."""
    mvc_n: float
    is_simulated: bool


def new_session_id(local_started_at: datetime) -> str:
    """Return an id that sorts by local time and tells two sessions of one second apart."""
    return f"{local_started_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
