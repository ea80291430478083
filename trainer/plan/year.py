"""The season and the year: what each week was or will be, with its sessions, rung and races."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from trainer.core.diary.planning import SeasonPart
from trainer.plan.adherence import SESSIONS
from trainer.plan.days import WEEK, monday
from trainer.plan.keys import key_days
from trainer.plan.records import Records
from trainer.plan.season import season_part

WEEKS: Final = 53


@dataclass(frozen=True, slots=True)
class YearWeek:
    """One week of the year."""

    monday: date
    part: SeasonPart
    sessions: int
    rung: str
    """The one decided last in it or before it; empty before the start and for weeks to come."""
    marks: tuple[str, ...]
    """Races, key workouts and holidays in it."""
    is_past: bool
    """Whether it has begun."""


def year_weeks(records: Records, now: datetime, back: int = 26) -> tuple[YearWeek, ...]:
    """Return the weeks of a year around now, `back` of them before this one."""
    this = monday(now.date())
    first = this - WEEK * back
    done: dict[date, set[date]] = {}
    for entry in records.sessions:
        if entry.said.kind in SESSIONS:
            done.setdefault(monday(entry.local_day), set()).add(entry.local_day)
    return tuple(
        YearWeek(
            week,
            season_part(records, week),
            len(done.get(week, ())),
            _rung(records, week) if week <= this else "",
            _marks(records, week),
            week <= this,
        )
        for week in (first + WEEK * index for index in range(WEEKS))
    )


def _rung(records: Records, week: date) -> str:
    named = [
        entry.said.rung
        for entry in records.decisions
        if entry.said.rung and entry.local_day < week + WEEK
    ]
    return named[-1] if named else ""


def _marks(records: Records, week: date) -> tuple[str, ...]:
    end = week + WEEK
    keys = [day for day in key_days(records) if week <= day.on < end]
    races = [day for day in keys if day.is_race]
    workouts = [day for day in keys if not day.is_race]
    holidays = [e.said for e in records.holidays if e.said.first < end and e.said.last >= week]
    return (
        *(f"race {said.name} {said.on}".replace("  ", " ") for said in races),
        *(f"workout {said.name} {said.on}".replace("  ", " ") for said in workouts),
        *(f"holiday {said.first} - {said.last}" for said in holidays),
    )
