"""What a plan costs with ten years of records in a library, beside the reading of the records."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from trainer.app.figures import Figure
from trainer.app.notebook import Notebook
from trainer.app.planrecords import read_records
from trainer.app.stopwatch import best_s
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import (
    Block,
    EndedBy,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.folders import Folders
from trainer.library.diary import Noting
from trainer.library.library import open_library
from trainer.plan.planner import make_plan

YEARS: Final = 10
SETS: Final = 10
"""Of each session."""
LIMIT_MS: Final = 50.0
_ATHLETE: Final = "bench"
_NOW: Final = datetime(2026, 6, 3, 18, tzinfo=UTC)


def measure_plan(years: int = YEARS, rounds: int = 7) -> tuple[Figure, ...]:
    """Measure the reading of the records and the making of the plan, best of some rounds."""
    with TemporaryDirectory() as name:
        folders = Folders(Path(name) / "data", Path(name) / "config")
        with open_library(folders) as library:
            library.diary.note_all(_history(years))
            book = Notebook(library, _ATHLETE, ManualClock(_NOW))
            records = read_records(book)
            plan_s, read_s = best_s(
                (lambda: make_plan(records, _NOW), lambda: read_records(book)), rounds
            )
    note = f"{years} years: {len(records.sessions)} sessions, {len(records.sets)} sets looked at"
    floor = "reading the records from the library, ms"
    limit = f"below {LIMIT_MS:g} ms"
    return (Figure("a plan", 1000 * plan_s, "ms", floor, 1000 * read_s, limit, note),)


def _history(years: int) -> Iterator[Noting]:
    """Yield simulated records: three sessions a week, activation on the days between."""
    days = round(365.25 * years)
    first = _NOW - timedelta(days=days)
    yield _note(first, Decision(What.START, "start", "", programme="foundation"))
    for day in range(1, days):
        at = first + timedelta(days=day)
        is_hard = at.weekday() in {0, 2, 4}
        kind = SessionKind.TRAINING if is_hard else SessionKind.ACTIVATION
        if day % 28 == 1:
            kind, is_hard = SessionKind.BASELINE, True
        key = f"s{day}"
        yield _note(at, SessionLog(key, kind, "foundation", "", True, is_hard, 800.0), key)  # noqa: FBT003
        if is_hard:
            yield from (_note(at, _set(key, number)) for number in range(SETS))
        if day % 90 == 0:
            yield _note(at, PainReport(PainSite.ARCH, Side.LEFT, 2.0))


def _note(at: datetime, said: object, key: str = "") -> Noting:
    return Noting(_ATHLETE, at, said, is_simulated=True, key=key)


def _set(session: str, number: int) -> SetLog:
    side = Side.LEFT if number % 2 else Side.RIGHT
    return SetLog(
        session, "toe_curl", Block.WORK, side, EndedBy.DONE, 60.0, 15, 15, impulse_n_s=900.0
    )
