"""The days of this week and the next: hard sessions placed with 48 hours between, rest between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from trainer.core.diary.planning import TodayInstead
from trainer.core.diary.training import SessionKind
from trainer.plan.adherence import SESSIONS
from trainer.plan.closed import SPACING, Shut, overruled_today
from trainer.plan.days import DAY, WEEK, Window, day_window, first_free, monday
from trainer.plan.records import Reason, Records

DAYS: Final = 14
_LEAST: Final = timedelta(minutes=30)
"""A shorter stretch before it closes is too short for a session."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A day with a hard session, and when it may begin."""

    day: date
    window: Window


def place(
    records: Records, shut: tuple[Shut, ...], now: datetime, sessions_a_week: int
) -> tuple[Slot, ...]:
    """Return the days of hard sessions from today on, this week and the next."""
    zone = now.tzinfo
    assert zone is not None, "a plan is made for a place"
    slots: list[Slot] = []
    for week in (monday(now.date()), monday(now.date()) + WEEK):
        done = days_done(records, week)
        first = max(week, now.date())
        left = max(0, sessions_a_week - len(done))
        slots += _place_week(_Stretch(first, week + WEEK, now, zone), shut, slots, left)
    return tuple(_with_today(records, shut, now, slots))


def days_done(records: Records, week: date) -> dict[date, list[SessionKind]]:
    """Return the days of a week with sessions that count, hard ones, and their kinds."""
    done: dict[date, list[SessionKind]] = {}
    for entry in reversed(records.sessions):
        # Zones shift a local day by one at most.
        if entry.local_day < week - DAY:
            break
        if monday(entry.local_day) == week and entry.said.kind in SESSIONS and entry.said.is_hard:
            done.setdefault(entry.local_day, []).append(entry.said.kind)
    return done


def why_shut(shut: tuple[Shut, ...], day: date, now: datetime) -> Reason | None:
    """Return why a day has no room for a hard session any more; None where it has."""
    assert now.tzinfo is not None, "a plan is made for a place"
    whole = day_window(day, now.tzinfo)
    window = Window(max(whole.start, min(now.astimezone(UTC), whole.end)), whole.end)
    if first_free(window, [each.window for each in shut], _LEAST) is not None:
        return None
    covering = [
        each for each in shut if each.window.start < window.end and each.window.end > window.start
    ]
    firmest = max(covering, key=lambda each: (each.is_firm, each.window.end), default=None)
    return None if firmest is None else firmest.reason


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: date
    end: date
    now: datetime
    zone: tzinfo


def _place_week(
    stretch: _Stretch, shut: tuple[Shut, ...], before: list[Slot], left: int
) -> list[Slot]:
    """Spread the sessions that are left, closer together only where they would not fit."""
    days = (stretch.end - stretch.first).days
    wide = max(2, days // left) if left else 2
    placed: list[Slot] = []
    for gap in range(wide, 1, -1):
        placed = list(_greedy(stretch, shut, before, left, gap))
        if len(placed) == left:
            break
    return placed


def _greedy(
    stretch: _Stretch, shut: tuple[Shut, ...], before: list[Slot], left: int, gap: int
) -> Iterator[Slot]:
    last = before[-1] if before else None
    day = stretch.first
    while left and day < stretch.end:
        slot = _slot(stretch, shut, last, day)
        if slot is not None:
            yield slot
            last, left = slot, left - 1
            day += timedelta(days=gap)
        else:
            day += DAY


def _slot(stretch: _Stretch, shut: tuple[Shut, ...], last: Slot | None, day: date) -> Slot | None:
    window = day_window(day, stretch.zone)
    closed = [each.window for each in shut]
    closed.append(Window(window.start, stretch.now))
    if last is not None:
        closed.append(Window(last.window.start, last.window.start + SPACING))
    free = first_free(window, closed, _LEAST)
    return Slot(day, free) if free is not None else None


def _with_today(
    records: Records, shut: tuple[Shut, ...], now: datetime, slots: list[Slot]
) -> list[Slot]:
    """Add today where the athlete wants to train and nothing firm stands against it."""
    today, zone = now.date(), now.tzinfo
    wants = overruled_today(records, today, TodayInstead.TRAIN) is not None
    if not wants or zone is None or any(slot.day == today for slot in slots):
        return slots
    firm = tuple(each for each in shut if each.is_firm)
    slot = _slot(_Stretch(today, today + DAY, now, zone), firm, None, today)
    if slot is None:
        return slots
    later = [each for each in slots if each.window.start >= slot.window.start + SPACING]
    return [slot, *later]
