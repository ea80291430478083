"""Days and weeks of the athlete's wall clock, and windows of instants.

Two aware times of one zone are compared and subtracted by their wall clocks in Python, an hour
wrong over a change of clocks: every instant here is turned into UTC first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, TypeVar

from trainer.core.diary.entry import Entry

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Window:
    """From an instant up to another, UTC."""

    start: datetime
    end: datetime


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a local day, UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the instant of a wall clock's time, UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def day_window(day: date, zone: tzinfo) -> Window:
    """Return a local day: 23, 24 or 25 hours."""
    return Window(start_of(day, zone), start_of(day + DAY, zone))


def first_free(window: Window, closed: Iterable[Window], least: timedelta) -> Window | None:
    """Return the first part of a window that is long enough and that nothing closes."""
    start = window.start
    for shut in sorted(closed, key=lambda each: each.start):
        if shut.end <= start:
            continue
        if min(shut.start, window.end) - start >= least:
            return Window(start, min(shut.start, window.end))
        start = max(start, shut.end)
    return Window(start, window.end) if window.end - start >= least else None


def since(entries: Sequence[Entry[Said]], at: datetime) -> Sequence[Entry[Said]]:
    """Return the entries from an instant on; they stand in order of time, so few are looked at."""
    first = len(entries)
    while first and entries[first - 1].at >= at:
        first -= 1
    return entries[first:]
