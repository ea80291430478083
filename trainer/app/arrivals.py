"""Which files have come into a folder and are whole: closed by their writer, then still."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from trainer.app.runitem import is_run_file

QUIET_S: Final = 2.0
"""After a file was closed or moved: some programs open it once more to set its date."""
OPEN_QUIET_S: Final = 30.0
"""While nobody has said that it is closed: slow writers, and file systems that tell no closing."""


class Happening(Enum):
    """What happened to a file."""

    CAME = "came"
    """Made, or moved here: the system does not tell which."""
    WRITTEN = "written"
    """Or its date was set."""
    CLOSED = "closed"
    """By who wrote it."""


@dataclass(slots=True)
class _Seen:
    since_s: float
    last: Happening
    size: int = -1
    changed_ns: int = -1


class Arrivals:
    """Which files have come and stood still; time is handed in."""

    def __init__(self, quiet_s: float = QUIET_S, open_quiet_s: float = OPEN_QUIET_S) -> None:
        self._quiet_s, self._open_quiet_s = quiet_s, open_quiet_s
        self._seen: dict[Path, _Seen] = {}

    def note(self, path: Path, at_s: float, what: Happening) -> None:
        """Take that something happened to a file."""
        if not is_run_file(path.name) and path.suffix.lower() != ".zip":
            return
        before = self._seen.get(path)
        if what is Happening.WRITTEN and before is not None and before.last is Happening.CLOSED:
            # A copied file gets its old date after it was closed: that opens nothing.
            self._seen[path] = _Seen(at_s, before.last, before.size)
        else:
            self._seen[path] = _Seen(at_s, what)

    def take(self, at_s: float) -> tuple[Path, ...]:
        """Return the files that have stood still, each once, in order of their names."""
        ready: list[Path] = []
        for path, seen in list(self._seen.items()):
            try:
                facts = path.stat()
            except OSError:
                # Renamed or removed before it was whole: its new name is told on its own.
                del self._seen[path]
                continue
            now = facts.st_size, facts.st_mtime_ns
            is_open = seen.last is Happening.WRITTEN or not facts.st_size
            if now != (seen.size, seen.changed_ns):
                has_grown = seen.size not in {-1, facts.st_size}
                last = Happening.WRITTEN if has_grown else seen.last
                self._seen[path] = _Seen(at_s, last, *now)
            elif at_s - seen.since_s >= (self._open_quiet_s if is_open else self._quiet_s):
                del self._seen[path]
                ready.append(path)
        return tuple(sorted(ready))
