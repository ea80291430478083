"""What is noted of running: each run once, as summed up from a watch's file, without positions."""

from dataclasses import dataclass
from enum import StrEnum


class RunSource(StrEnum):
    """Where a run came from, the most telling first."""

    FIT = "FIT"
    TCX = "TCX"
    APPLE = "Apple Health"
    INTERVALS = "intervals.icu"
    CSV = "CSV"
    GPX = "GPX"
    STRAVA = "Strava's list"
    """A line of activities.csv that has no file."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run; its entry stands at its start, and its entry's key is `sha256`.

    None: the file does not say, or what it says cannot be; `doubts` tells which.
    """

    sha256: str
    """Of the file's bytes as unpacked; of its own lines where a file holds several runs."""
    source: RunSource
    duration_s: float
    """Running, pauses left out where the source tells them."""
    km: float | None = None
    spm: float | None = None
    """Steps per minute, both feet; median over the run where the source has a course."""
    step_m: float | None = None
    """From one foot's contact to the other's."""
    is_step_derived: bool = False
    """Whether step_m is speed over cadence, not the watch's own measure."""
    gct_ms: float | None = None
    """Ground contact time."""
    gct_cv_pct: float | None = None
    """Spread of the contact time within the run, robust, percent of its median."""
    gct_balance_pct: float | None = None
    """The left foot's share of the contact time, as the watch has it."""
    vo_mm: float | None = None
    """Vertical oscillation."""
    vertical_ratio_pct: float | None = None
    """Vertical oscillation over step length."""
    shoe: str = ""
    """Id of the shoe; empty where not said."""
    surface: str = ""
    """road, trail, track, treadmill, grass ...; empty where not said."""
    is_key: bool = False
    """A key workout: long run, intervals, race; said by the person."""
    doubts: tuple[str, ...] = ()
    """Fields that were dropped, each with its value and the reason."""


@dataclass(frozen=True, slots=True)
class RunRead:
    """A run as one source has it; the runs are made of these, so no order of imports matters."""

    run: Run
    batch: str = ""
    """The import that brought it, which can be taken back as a whole."""


@dataclass(frozen=True, slots=True)
class RunMark:
    """What the person said of a run; None leaves what was said before."""

    sha256: str
    shoe: str | None = None
    surface: str | None = None
    is_key: bool | None = None


@dataclass(frozen=True, slots=True)
class RunFetched:
    """What a server's activity has become, so that it is not fetched again; its key is the id."""

    activity: str
    hashes: tuple[str, ...] = ()
    """Of its runs; none where its file held no run."""
