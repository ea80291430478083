"""A year of practice: weeks, months, rungs, races and visits, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.core.texts import tr, trn
from trainer.plan.year import YearWeek


@dataclass(frozen=True, slots=True)
class Month:
    """One month."""

    first: date
    parts: tuple[str, ...]
    """Of the season, in order."""
    sessions: int
    minutes: float
    gentle: int
    """Days with gentle activation: no load session."""
    visits: int
    """Assessments, practice among them."""
    pain_days: int
    run_km: float
    rung: str
    """The one at its end; empty before the start."""
    marks: tuple[str, ...]
    """Races, key workouts, holidays, reviews and rungs passed."""


@dataclass(frozen=True, slots=True)
class Year:
    """The year up to today."""

    athlete: str
    today: date
    is_simulated: bool
    weeks: tuple[YearWeek, ...]
    months: tuple[Month, ...]
    visit_days: tuple[date, ...]
    rungs: tuple[str, ...]
    """Of the programme, from the lowest up."""
    streak_weeks: int
    adherence: float | None
    sessions: int
    changes: tuple[str, ...] = ()
    """What moved beyond its error since the first visit that counts."""
    coming: tuple[str, ...] = ()
    """Races to come."""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was done in it."""
        return not (self.sessions or self.visit_days)


def year_title(year: Year) -> str:
    """Return the title."""
    return tr("A year of practice: {athlete}").format(athlete=year.athlete)


def year_span(year: Year) -> str:
    """Return which days it is of."""
    return tr("{first} to {today}").format(first=year.weeks[0].monday, today=year.today)


def tell_habit(year: Year) -> str:
    """Return how the practice was kept: patience is counted in weeks."""
    sessions = trn("{n} session in the year", "{n} sessions in the year", year.sessions)
    streak = trn("{n} week in a row", "{n} weeks in a row", year.streak_weeks)
    if year.adherence is None:
        return f"{sessions}; {streak}."
    share = tr("{share:.0f} % of the sessions of the last 4 weeks").format(
        share=100 * year.adherence
    )
    return f"{sessions}; {streak}; {share}."


def month_columns() -> tuple[str, ...]:
    """Return the heads of the table of months."""
    return (
        tr("month"),
        tr("season"),
        tr("sessions"),
        tr("min"),
        tr("gentle days"),
        tr("visits"),
        tr("pain days"),
        tr("run km"),
        tr("rung"),
        tr("what was on"),
    )


def month_row(month: Month) -> tuple[str, ...]:
    """Return a month's cells."""
    return (
        f"{month.first:%Y-%m}",
        ", ".join(month.parts),
        str(month.sessions),
        f"{month.minutes:.0f}",
        str(month.gentle),
        str(month.visits),
        str(month.pain_days),
        f"{month.run_km:.0f}",
        month.rung.replace("_", " ") or "-",
        "; ".join(month.marks),
    )


def is_race(marks: Sequence[str]) -> bool:
    """Return whether a race is among a week's marks."""
    return any(mark.startswith("race") for mark in marks)
