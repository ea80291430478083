"""What the weeks have shown as plain lines and as a table for a program."""

from collections.abc import Iterable, Iterator
from typing import Final

from trainer.app.notebook import Answer
from trainer.app.progresstable import progress_table
from trainer.core.cues import Side
from trainer.core.texts import tr
from trainer.progress.change import tell_symmetry
from trainer.progress.error import Visit
from trainer.progress.load import WeekLoad
from trainer.progress.metrics import Head, Metric
from trainer.progress.overview import (
    Overview,
    tell_chance,
    tell_head,
    tell_how_to_read,
    tell_unknown,
    tell_visits,
)
from trainer.progress.series import Course
from trainer.progress.verdicts import (
    FootShown,
    Shown,
    half_width,
    tell_figure,
    tell_mdc,
    tell_title,
)

_WEEKS: Final = 4
"""Weeks that are told; the page and --json have all."""


def progress_answer(overview: Overview, *, as_json: bool = False) -> Answer:
    """Return everything as lines or as a table; of an empty diary what to do, in one line."""
    if as_json:
        return Answer((), progress_table(overview))
    if overview.is_empty:
        return Answer(overview.next_steps)
    heads = (line for head in Head for line in _head(overview, head))
    title = tr("What the weeks have shown: {athlete}, {day}")
    if overview.is_runs_only:
        title = tr("Runs of {athlete}, {day}: of the foot nothing was trained or measured yet")
    lines = [
        title.format(athlete=overview.athlete, day=overview.today),
        *([tr("SIMULATED: some of this came from no foot.")] if overview.is_simulated else []),
        *([overview.habit] if overview.habit else []),
        *([tell_visits(overview), tell_how_to_read()] if overview.shown else []),
        *heads,
        *_runs(overview),
        *_load(overview),
        *_with_gap(overview.warnings),
        *_with_gap(_last(overview)),
    ]
    return Answer(tuple(lines))


def side_name(side: Side | None) -> str:
    """Return a foot's name; of what belongs to both feet both."""
    return tr("both") if side is None else tr("left") if side is Side.LEFT else tr("right")


def _head(overview: Overview, head: Head) -> Iterator[str]:
    shown = overview.under(head)
    if shown:
        yield ""
        yield tell_head(head).upper()
    for one in shown:
        yield from _series(one)


def _series(shown: Shown) -> Iterator[str]:
    metric = shown.series.metric
    if shown.apart:
        text = tr("  apart, not compared ({why}); {mdc}")
        yield text.format(why=", ".join(shown.apart), mdc=tell_mdc(shown))
    else:
        proxy = tr(" (proxy)") if metric.is_proxy else ""
        yield f"  {tell_title(shown)}{proxy}; {tell_mdc(shown)}"
    for foot in shown.feet:
        yield from _foot(shown, foot)
    notes = [note for foot in shown.feet for note in foot.course.notes]
    if not shown.apart:
        yield from (f"    {note}" for note in dict.fromkeys(notes))
    if shown.symmetry is not None and shown.symmetry.is_seen:
        yield f"    {tell_symmetry(shown.symmetry)}"


def _foot(shown: Shown, foot: FootShown) -> Iterator[str]:
    metric, course = shown.series.metric, foot.course
    name = side_name(course.side)
    if course.visits:
        yield f"    {name:<5}  {_from_to(metric, course)}: {foot.verdict}"
    if course.practice:
        values = ", ".join(_dated(metric, visit) for visit in course.practice)
        yield tr("    {foot:<5}  practice, not compared: {values}").format(foot=name, values=values)
    if course.missing:
        yield tr("    {foot:<5}  newest visit without a value: {why}").format(
            foot=name, why=course.missing
        )
    if len(foot.weeks) > 1 and not shown.apart:
        yield _weeks(shown, foot)


def _weeks(shown: Shown, foot: FootShown) -> str:
    decimals = shown.series.metric.decimals
    told = []
    for week in foot.weeks[-_WEEKS:]:
        half = half_width(shown.error, week)
        sure = "" if half is None else f" ± {half:.{decimals}f}"
        told.append(f"{week.monday:%m-%d} {week.median:.{decimals}f}{sure}")
    return tr("           weeks, median ± 95 %: {weeks}").format(weeks=", ".join(told))


def _from_to(metric: Metric, course: Course) -> str:
    first, last = course.visits[0], course.visits[-1]
    if first is last:
        return _dated(metric, first)
    return f"{_dated(metric, first)} -> {_dated(metric, last)}"


def _dated(metric: Metric, visit: Visit) -> str:
    return f"{tell_figure(metric, visit.value)} ({visit.day})"


def _runs(overview: Overview) -> Iterator[str]:
    if not overview.runs:
        return
    yield ""
    yield tr("RUNNING BESIDE THE FOOT (all proxies, by runs; no cause is shown)")
    for shown in overview.runs:
        yield f"  {tr(shown.series.metric.title)} ({shown.series.condition.device})"
        for foot in shown.feet:
            yield tr("    {n} runs, mean of {k} at either end: {verdict}").format(
                n=len(foot.course.visits), k=foot.averaged, verdict=foot.verdict
            )


def _load(overview: Overview) -> Iterator[str]:
    if not overview.loads:
        return
    yield ""
    yield tr("LOAD BY WEEK (impulse, N s)")
    for week in overview.loads[-_WEEKS:]:
        yield f"  {load_line(week)}"
    if overview.wheel:
        spokes = "; ".join(
            f"{one.target} {one.left_n_s:.0f}/{one.right_n_s:.0f}" for one in overview.wheel
        )
        yield tr("  this week by muscle, left/right: {spokes}").format(spokes=spokes)


def load_line(week: WeekLoad) -> str:
    """Return a week's load in one line."""
    text = tr("{monday}: left {left:.0f}, right {right:.0f}, {sessions} sessions, {sets} sets")
    line = text.format(
        monday=week.monday,
        left=week.left_n_s,
        right=week.right_n_s,
        sessions=week.sessions,
        sets=week.sets,
    )
    if week.unmeasured_sets:
        line += tr(", {n} of them by the clock (unmeasured)").format(n=week.unmeasured_sets)
    return line


def _last(overview: Overview) -> Iterator[str]:
    told = (tell_unknown(overview), tell_chance(overview), *overview.next_steps)
    yield from (line for line in told if line)


def _with_gap(lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    yield from ("", *told) if told else ()
