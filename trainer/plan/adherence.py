"""Adherence before intensity: sessions done of those meant, weeks in a row, activation days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Holiday
from trainer.core.diary.training import SessionKind
from trainer.plan.days import WEEK, monday, since
from trainer.plan.records import Records

LEAST: Final = 0.75
"""Share of the sessions of 4 weeks below which nothing gets harder.

Half of the people do not keep to a home programme; in Taddei 2020 (NCT02306148) adherence fell from
90 to 49 %.
"""
WEEKS: Final = 4
SESSIONS: Final = frozenset(
    {SessionKind.TRAINING, SessionKind.BASELINE, SessionKind.STANDARD_SET, SessionKind.TRAVEL}
)
"""Kinds that count; activation has a counter of its own."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """How well the practice is kept."""

    done: int
    """Days with a session in the newest 4 weeks."""
    meant: float
    """Sessions asked for in them, holidays left out."""
    streak_weeks: int
    """Weeks in a row with the sessions asked for; this one once it has them."""
    activation_week: int
    """Days with gentle activation in this week."""
    activation_total: int

    @property
    def share(self) -> float | None:
        """Return done over meant, 1 at most; None while too little was asked for."""
        return min(1.0, self.done / self.meant) if self.meant >= 1.0 else None

    @property
    def is_enough(self) -> bool:
        """Return whether the sessions were kept; before anything was asked for, they were."""
        return self.share is None or self.share >= LEAST


def look_back(records: Records, now: datetime, started: datetime | None) -> Adherence:
    """Return how well the newest weeks were kept."""
    today = now.date()
    recent = since(records.sessions, now.astimezone(UTC) - WEEK * (WEEKS + 1))
    first = today - timedelta(days=7 * WEEKS - 1)
    if started is not None:
        first = max(first, started.astimezone(now.tzinfo).date())
    days = [first + timedelta(days=shift) for shift in range((today - first).days + 1)]
    asked_days = sum(not is_holiday(records.holidays, day) for day in days)
    done = {entry.local_day for entry in recent if entry.said.kind in SESSIONS}
    activation = {
        entry.local_day for entry in records.sessions if entry.said.kind is SessionKind.ACTIVATION
    }
    return Adherence(
        done=len(done & set(days)),
        meant=asked_days * records.programme.per_week[0] / 7 if started else 0.0,
        streak_weeks=_streak(records, today),
        activation_week=sum(monday(day) == monday(today) for day in activation),
        activation_total=len(activation),
    )


def is_holiday(holidays: tuple[Entry[Holiday], ...], day: date) -> bool:
    """Return whether a day is one on which nothing is asked."""
    return any(entry.said.first <= day <= entry.said.last for entry in holidays)


def _streak(records: Records, today: date) -> int:
    kept: dict[date, set[date]] = {}
    for entry in records.sessions:
        if entry.said.kind in SESSIONS:
            kept.setdefault(monday(entry.local_day), set()).add(entry.local_day)
    asked, week = records.programme.per_week[0], monday(today)
    streak = int(len(kept.get(week, ())) >= asked)
    for _ in kept:
        week -= WEEK
        if len(kept.get(week, ())) >= asked:
            streak += 1
        elif not _is_away(records, week):
            break
    return streak


def _is_away(records: Records, week: date) -> bool:
    """Whether so much of a week was holiday that it neither keeps nor breaks the row."""
    days = sum(is_holiday(records.holidays, week + timedelta(days=shift)) for shift in range(7))
    return days >= 4  # noqa: PLR2004 - most of it
