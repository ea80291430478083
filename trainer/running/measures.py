"""What a source says of a run, and what became of it: found, passed over or refused."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from trainer.core.diary.running import Run, RunSource


class RunFileError(Exception):
    """A run's bytes cannot be used; the message says why, and nothing of where they lie."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A run as its source has it, not yet judged; None where it does not say."""

    source: RunSource
    start: datetime | None
    """Without a zone: as the wall clock showed it."""
    duration_s: float | None
    km: float | None = None
    spm: float | None = None
    step_m: float | None = None
    gct_ms: float | None = None
    gct_cv_pct: float | None = None
    gct_balance_pct: float | None = None
    vo_mm: float | None = None
    vertical_ratio_pct: float | None = None
    shoe: str = ""
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A run that can be kept."""

    start: datetime
    """Aware, in the zone it was run in as far as known."""
    run: Run


@dataclass(frozen=True, slots=True)
class Passed:
    """An activity that is no run."""

    what: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A run that cannot be kept."""

    why: str


Outcome: TypeAlias = Found | Passed | Refused
Told: TypeAlias = Measures | Passed


def hash_of(told: bytes, place: int = 0) -> str:
    """Return the SHA-256 of a file's first run, or of a further one by its place."""
    whole = hashlib.sha256(told).hexdigest()
    return whole if place == 0 else hashlib.sha256(f"{whole}#{place}".encode()).hexdigest()
