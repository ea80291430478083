"""A diary of runs and of sets of both feet, for the tests of what is shown of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from trainer.app.runshelf import RunShelf
from trainer.core.cues import Side
from trainer.core.diary.running import Run, RunSource
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.library.diary import Noting
from trainer.library.library import Library
from trainer.running.measures import Found

WHO: Final = "Ada"
BERLIN: Final = ZoneInfo("Europe/Berlin")
START: Final = datetime(2026, 6, 1, 6, tzinfo=BERLIN)
"""A Monday."""
USUAL: Final = Run(
    sha256="",
    source=RunSource.FIT,
    duration_s=3000.0,
    km=10.0,
    spm=170.0,
    step_m=1.18,
    gct_ms=250.0,
    gct_cv_pct=4.0,
    gct_balance_pct=50.2,
    vo_mm=88.0,
    vertical_ratio_pct=7.6,
)
SET: Final = SetLog(
    "s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60.0, plateau_n=40.0, impulse_n_s=900.0
)


def ran(day: int, **changes: object) -> Found:
    """Return a run of a day, its hash from the day."""
    run = replace(USUAL, sha256=f"{day:08x}" + "0" * 56, **changes)  # type: ignore[arg-type]
    return Found(START + timedelta(days=day), run)


def note_runs(library: Library, *runs: Found) -> RunShelf:
    """Note runs as one import and return the shelf that has them."""
    shelf = RunShelf(library.diary, WHO)
    for run in runs:
        shelf.add(run, "batch")
    shelf.flush()
    return shelf


def note_sets(library: Library, *sets: tuple[int, SetLog], is_simulated: bool = False) -> None:
    """Note sets on their days."""
    library.diary.note_all(
        [
            Noting(WHO, START + timedelta(days=day, hours=12), said, is_simulated=is_simulated)
            for day, said in sets
        ]
    )


def note_weeks(library: Library, weeks: int, *, is_simulated: bool = False) -> RunShelf:
    """Note weeks in which the feet get stronger and the contact time shorter, with noise."""
    random = Random(7)  # noqa: S311 - test data
    runs = [
        ran(
            7 * week + day,
            km=km + 0.1 * week,
            duration_s=300 * (km + 0.1 * week),
            spm=168 + 0.2 * week + random.gauss(0, 1.5),
            gct_ms=262 - 0.9 * week + random.gauss(0, 3),
            gct_balance_pct=48.9 + 0.04 * week + random.gauss(0, 0.3),
            vertical_ratio_pct=8.2 - 0.02 * week + random.gauss(0, 0.1),
            step_m=1.17 + random.gauss(0, 0.01),
        )
        for week in range(weeks)
        for day, km in ((1, 8.0), (3, 9.0), (5, 14.0))
    ]
    sets = [
        (
            7 * week + day,
            replace(SET, side=side, plateau_n=start + 0.5 * week + random.gauss(0, 1.5)),
        )
        for week in range(weeks)
        for day in (0, 2, 4)
        for side, start in ((Side.LEFT, 38.0), (Side.RIGHT, 43.0))
    ]
    note_sets(library, *sets, is_simulated=is_simulated)
    return note_runs(library, *runs)


def now(weeks: int) -> datetime:
    """Return the Sunday evening after so many weeks."""
    return (START + timedelta(weeks=weeks, hours=-10)).astimezone(UTC)
