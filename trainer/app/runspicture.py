"""The page of pictures of runs and feet, from the diary to a file of its owner alone."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from trainer.app.footresults import result_name, results, usual_exercise
from trainer.app.privatefile import write_picture
from trainer.app.runs import metric_days, opened
from trainer.core.clock import SystemClock
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.library.library import Library
from trainer.report.runpage import METRICS, RunPage, write_run_page
from trainer.running.claims import mixed, proxy
from trainer.running.weeks import sources_of

_FOOT: Final = "plateau_n"
_KINDS: Final = frozenset({".svg", ".png"})


def draw_weeks(athlete: str | None, path: Path, weeks: int) -> str:
    """Draw the last weeks to a file, mode 0600, and return where it lies."""
    if path.suffix.lower() not in _KINDS:
        raise UsageError(
            f"{path}: ends with {path.suffix!r}; name a file that ends with .svg or .png."
        )
    with opened(athlete) as (shelf, library):
        draw(library, shelf.athlete, path, weeks, SystemClock().now())
    return str(path)


def draw(library: Library, athlete: str, path: Path, weeks: int, now: datetime) -> None:
    """Draw the weeks before an instant. Raises UsageError, StorageError."""
    since = now - timedelta(weeks=weeks)
    runs = library.diary.entries(athlete, Run, since)
    sets = library.diary.entries(athlete, SetLog, since)
    if not runs:
        raise UsageError(
            f"there are no runs in the last {weeks} weeks: `footspring runs import FILE` adds "
            "some, --weeks looks further back."
        )
    feet_name, feet = _feet(sets)
    page = RunPage(
        tr("Runs and feet of {name}, the last {n} weeks").format(name=athlete, n=weeks),
        " ".join((*mixed(sources_of((run.said for run in runs), "gct_ms")), proxy())),
        {metric: metric_days(runs, metric) for metric in METRICS},
        feet_name,
        feet,
        any(run.is_simulated for run in runs) or any(one.is_simulated for one in sets),
    )
    write_picture(path, lambda part: write_run_page(page, part))


def _feet(sets: tuple[Entry[SetLog], ...]) -> tuple[str, dict[str, list[tuple[date, float]]]]:
    try:
        exercise = usual_exercise(sets, None)
    except UsageError:
        return result_name(_FOOT), {}
    found = {side.value: list(results(sets, _FOOT, exercise, side)) for side in Side}
    return f"{exercise}, {result_name(_FOOT)}", found
