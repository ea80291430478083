"""The year of an athlete, gathered from the diary, and told as lines."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from trainer.app.notebook import Answer, Notebook
from trainer.app.progress import records_of
from trainer.app.progressreview import change_line
from trainer.coach.rung import rungs_in_order
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import KeyWorkout, What
from trainer.core.diary.reviewing import GoalReview
from trainer.core.diary.running import Run
from trainer.core.diary.training import PainReport, SessionKind
from trainer.core.texts import tr
from trainer.plan.adherence import LEAST, SESSIONS, look_back
from trainer.plan.records import Records
from trainer.plan.year import year_weeks
from trainer.progress.review import find_review
from trainer.progress.series import find_series
from trainer.progress.verdicts import show
from trainer.report.yearmodel import (
    Month,
    Year,
    is_race,
    month_columns,
    month_row,
    tell_habit,
    year_span,
    year_title,
)

_BACK = 52
"""Weeks before this one."""


def gather_year(book: Notebook) -> Year:
    """Return the year up to today. Raises StorageError."""
    now = book.now()
    today = now.date()
    records = records_of(book)
    weeks = year_weeks(records, now, _BACK)
    first = weeks[0].monday
    assessed = book.entries(Assessment)
    done = _in_year(records.sessions, first)
    started = records.decisions[0].at if records.decisions else None
    kept = look_back(records, now, started)
    review = find_review(show(find_series(assessed)), None, None, LEAST)
    return Year(
        athlete=book.athlete,
        today=today,
        is_simulated=any(entry.is_simulated for entry in (*done, *assessed)),
        weeks=weeks,
        months=tuple(_months(book, records, first, today)),
        visit_days=tuple(sorted({entry.local_day for entry in _in_year(assessed, first)})),
        rungs=tuple(rung.id for _, rung in rungs_in_order(records.programme)),
        streak_weeks=kept.streak_weeks,
        adherence=kept.share,
        sessions=sum(entry.said.kind in SESSIONS for entry in done),
        changes=tuple(change_line(one) for one in review.beyond),
        coming=tuple(
            f"{race.said.on}: {race.said.name or tr('race')}"
            for race in sorted(records.races, key=lambda entry: entry.said.on)
            if race.said.on >= today
        ),
    )


def year_answer(year: Year) -> Answer:
    """Return the year as lines and as a table."""
    if year.is_empty:
        line = tr("Nothing was done in this year yet: `footspring plan` says what to begin with.")
        return Answer((line,), {"format": 1, **asdict(year)})
    lines = [
        f"{year_title(year)}, {year_span(year)}",
        *([tr("SIMULATED: some of this came from no foot.")] if year.is_simulated else []),
        tell_habit(year),
        "",
        *_strip(year),
        "",
        *_table([month_columns(), *(month_row(month) for month in year.months)]),
        "",
        tr("Beyond their own error since the first visit that counts:"),
        *(f"  {line}" for line in year.changes or (tr("nothing yet"),)),
        *(tr("To come: {race}").format(race=race) for race in year.coming),
    ]
    return Answer(tuple(lines), {"format": 1, **asdict(year)})


def _months(book: Notebook, records: Records, first: date, today: date) -> Iterator[Month]:
    weeks = year_weeks(records, book.now(), _BACK)
    assessed, pains = book.entries(Assessment), book.entries(PainReport)
    runs, reviews = book.entries(Run), book.entries(GoalReview)
    starts = [*_month_starts(first, today), today + timedelta(days=1)]
    for start, end in pairwise(starts):
        sessions = _between(records.sessions, start, end)
        real = [entry for entry in sessions if entry.said.kind in SESSIONS]
        gentle = [entry for entry in sessions if entry.said.kind is SessionKind.ACTIVATION]
        inside = [week for week in weeks if start <= week.monday < end]
        hurt = [entry for entry in _between(pains, start, end) if entry.said.level > 0]
        yield Month(
            first=start,
            parts=tuple(dict.fromkeys(str(week.part) for week in inside)),
            sessions=len(real),
            minutes=sum(entry.said.duration_s for entry in real) / 60,
            gentle=len({entry.local_day for entry in gentle}),
            visits=len({entry.said.visit for entry in _between(assessed, start, end)}),
            pain_days=len({entry.local_day for entry in hurt}),
            run_km=sum(entry.said.km or 0.0 for entry in _between(runs, start, end)),
            rung=_rung(records, end),
            marks=tuple(_marks(book, records, reviews, (start, end))),
        )


def _rung(records: Records, end: date) -> str:
    named = [e.said.rung for e in records.decisions if e.said.rung and e.local_day < end]
    return named[-1] if named else ""


def _marks(
    book: Notebook,
    records: Records,
    reviews: Sequence[Entry[GoalReview]],
    span: tuple[date, date],
) -> Iterator[str]:
    start, end = span
    for race in records.races:
        if start <= race.said.on < end:
            yield f"{tr('race')} {race.said.name} {race.said.on:%m-%d}".replace("  ", " ")
    for workout in book.entries(KeyWorkout):
        if start <= workout.said.on < end:
            name = workout.said.name or tr("key workout")
            yield f"{name} {workout.said.on:%m-%d}"
    for holiday in records.holidays:
        if holiday.said.first < end and holiday.said.last >= start:
            yield tr("holiday {first} to {last}").format(
                first=holiday.said.first, last=holiday.said.last
            )
    for decision in _between(records.decisions, start, end):
        if decision.said.what in {What.STEP_UP, What.DIAL_BACK}:
            yield f"{tr(decision.said.what)} {decision.local_day:%m-%d}"
    for review in _between(reviews, start, end):
        yield tr("review: {goal}").format(goal=review.said.goal_after)


def _month_starts(first: date, today: date) -> Iterator[date]:
    start = first.replace(day=1)
    while start <= today:
        yield start
        start = (start + timedelta(days=32)).replace(day=1)


def _between(entries: Sequence[Entry[Any]], start: date, end: date) -> list[Entry[Any]]:
    return [entry for entry in entries if start <= entry.local_day < end]


def _in_year(entries: Sequence[Entry[Any]], first: date) -> list[Entry[Any]]:
    return [entry for entry in entries if entry.local_day >= first]


def _strip(year: Year) -> Iterator[str]:
    """Yield a letter a week: sessions, and below it races and visits."""
    days = {day - timedelta(days=day.weekday()) for day in year.visit_days}
    yield tr("sessions  {weeks}").format(
        weeks="".join(str(min(week.sessions, 9)) if week.sessions else "." for week in year.weeks)
    )
    yield (
        tr("races     {weeks}")
        .format(weeks="".join("R" if is_race(week.marks) else " " for week in year.weeks))
        .rstrip()
    )
    yield (
        tr("visits    {weeks}")
        .format(weeks="".join("v" if week.monday in days else " " for week in year.weeks))
        .rstrip()
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
