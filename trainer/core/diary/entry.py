"""An entry of the diary: one record, whose it is, and when it was so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Generic, TypeVar

Said = TypeVar("Said")
"""A frozen dataclass of numbers, texts, enums, dates, tuples and further such dataclasses."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[Said]):
    """One record as it stands in the diary."""

    entry_id: int
    athlete: str
    at: datetime
    """Aware, UTC: rules of hours are held to this."""
    zone: str
    """Name of the athlete's time zone then."""
    utc_offset_s: int
    """Local time minus UTC then."""
    is_simulated: bool
    said: Said
    key: str = ""
    """What makes it one of its kind, where something does: a file's hash, a device's id."""

    @property
    def local_at(self) -> datetime:
        """Return when it was, as the clock on the athlete's wall showed it."""
        return self.at.astimezone(timezone(timedelta(seconds=self.utc_offset_s)))

    @property
    def local_day(self) -> date:
        """Return the athlete's day: weeks and days are counted by this."""
        return self.local_at.date()
