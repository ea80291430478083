"""Where a circuit was left before its end, and whether it may go on."""

from datetime import datetime, timedelta
from typing import Final

from trainer.core.cues import StopReason
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.library.diary import Diary

STILL_OPEN: Final = timedelta(days=7)
"""Proposed: what was cut off longer ago is no longer gone on with."""

FOR_PAIN: Final = frozenset({StopReason.PAIN.value, StopReason.BUTTON.value})
"""Stops that end the day; the foot button's counts as pain until it is said that it was none."""


ENDED: Final = "ended by the person"
"""Said of what nobody stopped and nothing cut off."""


def find_progress(diary: Diary, athlete: str, now: datetime) -> Entry[Progress] | None:
    """Return the athlete's last circuit that asks to be gone on with; None where none does.

    One that was stopped for pain does not, nor on another day one that the person ended: they are
    gone on with where that is asked for.
    """
    found = last_left(diary, athlete, now)
    if found is None or found.said.stop_reason in FOR_PAIN:
        return None
    is_ended = found.said.stop_reason == ENDED
    return None if is_ended and not is_same_day(found, now) else found


def last_left(diary: Diary, athlete: str, now: datetime) -> Entry[Progress] | None:
    """Return where the athlete's last circuit was left, whatever for; None where none was."""
    found = diary.entries(athlete, Progress, now - STILL_OPEN)
    return found[-1] if found else None


def is_same_day(found: Entry[Progress], now: datetime) -> bool:
    """Return whether it is still the day on which a session was left, where the athlete was."""
    return now.astimezone(found.local_at.tzinfo).date() == found.local_day


def hint(found: Entry[Progress]) -> str:
    """Return in one sentence that something was cut off."""
    said = found.said
    return (
        f"{said.circuit} was left at set {said.number} of {said.sets}: `footspring run "
        "--resume` goes on there."
    )
