"""The notebook of one athlete: notes with the clock's time and zone, reads, takes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trainer.core.clock import SystemClock
from trainer.core.diary.entry import Entry
from trainer.core.folders import user_folders
from trainer.library.diary import Noting
from trainer.library.library import Library, open_library

Said = TypeVar("Said")

NOBODY: Final = "athlete"
"""The name of the first athlete until somebody gives one."""


class Clock(Protocol):
    """What tells the time and the zone."""

    def now(self) -> datetime:
        """Return the instant in UTC."""
        ...

    def zone_name(self) -> str:
        """Return the name of the zone."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: lines for a person, a table for a program, and its exit status."""

    lines: tuple[str, ...]
    table: object = None
    status: int = 0


class Notebook:
    """The diary as one athlete's commands use it; StorageError where the file refuses."""

    def __init__(self, library: Library, athlete: str | None, clock: Clock) -> None:
        self.library = library
        self.athlete = athlete or last_athlete(library)
        self._clock = clock

    def now(self) -> datetime:
        """Return the instant, aware, in the zone of the machine."""
        return self._clock.now().astimezone(zone_of(self._clock.zone_name()))

    def note(self, said: object, *, key: str = "", is_simulated: bool = False) -> int:
        """Note a record now and return its number; what stood under its key is replaced."""
        noting = Noting(self.athlete, self.now(), said, is_simulated, key)
        number = self.library.diary.note(noting, replaces=True)
        assert number is not None, "what replaces is always noted"
        return number

    def exchange(self, entry: Entry[Any], said: object) -> int:
        """Put a changed record in the place of one, at its own time; return its number."""
        at = entry.at.astimezone(zone_of(entry.zone, entry.local_at))
        noting = Noting(self.athlete, at, said, entry.is_simulated, entry.key)
        number = self.library.diary.note(noting, replaces=True)
        assert number is not None, "what replaces is always noted"
        # Without a key nothing was replaced; with one it is gone already.
        self.library.diary.take_back(entry.entry_id)
        return number

    def entries(self, kind: type[Said], since: datetime | None = None) -> tuple[Entry[Said], ...]:
        """Return the athlete's records of a kind, in order of time."""
        return self.library.diary.entries(self.athlete, kind, since)

    def newest(self, *kinds: type[Any]) -> Entry[Any] | None:
        """Return what was noted last of some kinds."""
        found = [entry for kind in kinds for entry in self.entries(kind)]
        return max(found, key=lambda entry: entry.entry_id, default=None)


@contextmanager
def open_notebook(athlete: str | None, clock: Clock | None = None) -> Iterator[Notebook]:
    """Yield the notebook of an athlete; without a name of who trained last."""
    with open_library(user_folders()) as library:
        yield Notebook(library, athlete, clock or SystemClock())


def zone_of(name: str, otherwise: datetime | None = None) -> tzinfo | None:
    """Return a zone by its name; that of a time, or the machine's, where the name is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise.tzinfo if otherwise else None


def last_athlete(library: Library) -> str:
    """Return who trained last; where nobody did, the newest athlete there is."""
    sessions, athletes = library.sessions(), library.athletes()
    if sessions:
        return sessions[0].athlete
    return athletes[-1] if athletes else NOBODY
