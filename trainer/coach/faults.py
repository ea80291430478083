"""The faults of a TOML text, all of them in one go, each with its line."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from trainer.core.errors import SettingsError
from trainer.core.tomllines import KeyPath, key_lines

MOST_FAULTS: Final = 100
"""More are not told: a file with so many is no programme."""

LONGEST_FAULT: Final = 1000
NOT_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"


class ProgrammeError(SettingsError):
    """A programme cannot be used; `faults` has one sentence for each thing that is wrong."""

    exit_status = 1

    def __init__(self, faults: tuple[str, ...]) -> None:
        more = len(faults) - 1
        rest = f" ({more} more: `footspring programme validate` lists all.)" if more else ""
        super().__init__(faults[0] + rest)
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """What was found so far in one text."""

    origin: str
    text: str
    _found: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    _lines: dict[KeyPath, int] | None = None
    _bad: set[KeyPath] = field(default_factory=set[KeyPath])

    @property
    def is_full(self) -> bool:
        """Return whether no more are told."""
        return len(self._found) >= MOST_FAULTS

    def give_up(self, path: KeyPath) -> None:
        """Hear nothing more of a path: a stand-in has taken the place of its value."""
        self._bad.add(path)

    def add(self, path: KeyPath, what: str) -> None:
        """Add what is wrong with the value at a path."""
        self._enter(path, f"'{'.'.join(path)}' {what}")

    def add_line(self, path: KeyPath, written: str, what: str) -> None:
        """Add what is wrong with one text of a list of texts."""
        self._enter(path, f"'{'.'.join(path)}' {what}", self._line_of(path, written))

    def unknown(
        self, path: KeyPath, asked: str, known: Iterable[str], kind: str, written: str = ""
    ) -> None:
        """Add that an id is missing, with the nearest one that is there."""
        ids = list(known)
        near = difflib.get_close_matches(asked, ids, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(ids) or 'none'}."
        self.add_line(path, written, f"is {asked!r}: there is no such {kind}; {hint}")

    def raise_any(self) -> None:
        """Raise ProgrammeError where there is a fault, in the order of the lines."""
        if self._found:
            self._found.sort(key=lambda fault: fault[0])
            raise ProgrammeError(tuple(dict.fromkeys(message for _, message in self._found)))

    def _enter(self, path: KeyPath, what: str, line: int | None = None) -> None:
        if self.is_full or any(path[:end] in self._bad for end in range(len(path) + 1)):
            return
        at = line or self._line(path)
        where = f"{self.origin}, line {at}" if at else self.origin
        # Keys may be any text; a terminal would obey some of it.
        shown = "".join(c if c.isprintable() else NOT_SHOWN for c in f"{where}: {what}")
        self._found.append((at, shown[:LONGEST_FAULT]))

    def _line(self, path: KeyPath) -> int:
        """Return the line of a path or of what is around it; 0 where the text has none."""
        if self._lines is None:
            self._lines = key_lines(self.text)
        prefixes = (path[:end] for end in range(len(path), 0, -1))
        return next((self._lines[prefix] for prefix in prefixes if prefix in self._lines), 0)

    def _line_of(self, path: KeyPath, written: str) -> int:
        start = self._line(path)
        if not written:
            return start
        quoted = (json.dumps(written, ensure_ascii=False), f"'{written}'")
        for number, line in enumerate(self.text.splitlines()[max(0, start - 1) :], max(1, start)):
            if any(form in line for form in quoted):
                return number
        return start
