"""What `footspring runs` does, part by part, with the library opened around it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from trainer.app.footresults import result_name, results, usual_exercise
from trainer.app.notebook import last_athlete
from trainer.app.running import Tally, import_paths, tally_lines
from trainer.app.runshelf import RunShelf
from trainer.app.runsview import list_json, list_lines, show_json, show_lines
from trainer.core.clock import SystemClock
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run, RunMark
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import user_folders
from trainer.core.texts import tr
from trainer.library.library import Library, open_library
from trainer.running.beside import Association, associate, weekly
from trainer.running.claims import association_lines, field_name, mixed, proxy
from trainer.running.weeks import metric_of, sources_of

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BesideOrder:
    """Which line of the runs beside which line of the foot."""

    metric: str
    foot: str = "plateau_n"
    exercise: str | None = None
    side: Side | None = None
    as_json: bool = False


@contextmanager
def opened(athlete: str | None) -> Iterator[tuple[RunShelf, Library]]:
    """Yield the runs of an athlete, the last one where none is named."""
    with open_library(user_folders()) as library:
        yield RunShelf(library.diary, athlete or last_athlete(library)), library


def import_runs(
    athlete: str | None,
    paths: Sequence[Path],
    output: TextIO,
    tell: Tell,
    *,
    as_json: bool = False,
) -> int:
    """Import what lies at the paths, tell what became of it; 1 where something was refused."""
    from trainer.terminal.runsbar import runs_bar  # noqa: PLC0415 - loads rich

    with opened(athlete) as (shelf, _), runs_bar(output) as hear:
        tally = import_paths(shelf, SystemClock(), paths, hear)
    return told(tally, tell, as_json=as_json)


def told(tally: Tally, tell: Tell, *, as_json: bool = False) -> int:
    """Tell of an import and return the exit status."""
    lines = [json.dumps(asdict(tally), indent=1, ensure_ascii=False)] if as_json else None
    for line in lines or tally_lines(tally):
        tell(line)
    return 1 if tally.refused else 0


def list_runs(athlete: str | None, *, as_json: bool) -> str:
    """Return the list of the runs."""
    with opened(athlete) as (shelf, _):
        runs = shelf.runs()
    return list_json(runs) if as_json else "\n".join(list_lines(runs))


def show_runs(athlete: str | None, weeks: int, *, as_json: bool) -> str:
    """Return the last weeks and what stands out in them."""
    with opened(athlete) as (shelf, _):
        runs = shelf.runs()
    now = SystemClock().now()
    return show_json(runs, now, weeks) if as_json else "\n".join(show_lines(runs, now, weeks))


def mark_run(
    athlete: str | None,
    which: str,
    *,
    shoe: str | None = None,
    surface: str | None = None,
    is_key: bool | None = None,
) -> str:
    """Note the shoe, the surface or the kind of a run and return what stands now."""
    if shoe is None and surface is None and is_key is None:
        raise UsageError("nothing was said of the run: give --shoe, --surface, --key or --no-key.")
    with opened(athlete) as (shelf, _):
        run = shelf.find(which)
        if shoe:
            _check_shoe(shoe, shelf.shoes())
        shelf.mark(run, RunMark(run.key, shoe, surface, is_key))
        return "\n".join(list_lines([shelf.find(run.key)]))


def _check_shoe(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise UsageError(
            f"no shoe {name!r}; there are: {', '.join(known)}. `footspring shoe add` adds one."
        )


def undo(athlete: str | None, which: str | None) -> tuple[str, bool]:
    """Take the last import or mark back, or one run; return what was done, and whether."""
    with opened(athlete) as (shelf, _):
        if which is not None:
            run = shelf.find(which)
            count = shelf.undo_run(run)
            said = tr("taken back: the run of {day}, as {n} sources had it").format(
                day=f"{run.local_at:%Y-%m-%d %H:%M}", n=count
            )
        else:
            done = shelf.undo()
            if not done:
                return tr("there is nothing to take back"), False
            said = tr("taken back: {what}").format(what=done)
    return said + tr("; the file itself was not touched, importing it again adds it"), True


def beside(athlete: str | None, order: BesideOrder) -> tuple[str, bool]:
    """Return how a metric of the runs and a foot result go together, and whether it was told."""
    with opened(athlete) as (shelf, library):
        runs = shelf.runs()
        sets = library.diary.entries(shelf.athlete, SetLog)
    exercise = usual_exercise(sets, order.exercise)
    foot = weekly(results(sets, order.foot, exercise, order.side))
    found = associate(foot, weekly(metric_days(runs, order.metric)))
    names = f"{exercise}: {result_name(order.foot)}", field_name(order.metric)
    sources = sources_of((entry.said for entry in runs), order.metric)
    lines = [*association_lines(found, *names), *mixed(sources), proxy()]
    if any(entry.is_simulated for entry in sets):
        lines.insert(0, tr("SIMULATED: the sets of a simulated pad are among the foot results."))
    is_told = isinstance(found, Association)
    if not order.as_json:
        return "\n".join(lines), is_told
    body = {"foot": names[0], "run": order.metric, "found": asdict(found), "words": lines}
    return json.dumps(body, indent=1, ensure_ascii=False), is_told


def metric_days(runs: Sequence[Entry[Run]], name: str) -> list[tuple[date, float]]:
    """Return one metric of the runs by the athlete's day."""
    found = [(entry.local_day, metric_of(entry.said, name)) for entry in runs]
    return [(day, value) for day, value in found if value is not None]
