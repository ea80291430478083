"""The unit files of a box: found beside the program, and filled in for one machine and user."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HIDDEN: Final = tuple(map(Path, ("/home", "/root", "/run/user")))
"""What ProtectHome= empties; a program that lies there has to be let through."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What is put where the unit files leave it open."""

    command: Path
    source: str
    side: str
    user: str = ""
    groups: tuple[str, ...] = ()
    """Of the groups that may use pins and radio, those that this machine has."""
    code: tuple[Path, ...] = ()
    """Folders that the program is read from."""

    def words(self) -> dict[str, str]:
        """Return each placeholder's name with what stands for it."""
        return {
            "COMMAND": quoted(str(self.command)),
            "SOURCE": quoted(self.source),
            "SIDE": quoted(self.side),
            "USER": self.user,
            "GROUPS": " ".join(self.groups),
            "CODE": " ".join(bound(path) for path in let_through(self.code)),
        }


def templates() -> Path:
    """Return the folder of the unit files: within the package, or beside it in a checkout."""
    within = Path(__file__).with_name("systemd")
    return within if within.is_dir() else Path(__file__).parents[2] / "systemd"


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return a unit file with its placeholders filled in."""
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


def quoted(word: str) -> str:
    """Return a word as a command line of a unit has it (systemd.service(5), quoting)."""
    for letter, escaped in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(letter, escaped)
    is_plain = all(letter.isalnum() or letter in "/._-+:%$" for letter in word)
    return word if is_plain and word else f'"{word}"'


def bound(path: Path) -> str:
    """Return a path as a list of bind mounts has it, where a colon separates."""
    return quoted(str(path)).replace("$$", "$").replace(":", "\\:")


def let_through(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of the folders that would be hidden, none within another."""
    hidden = {f for f in folders if any(f.is_relative_to(home) for home in HIDDEN)}
    within = {f for f in hidden for other in hidden if f != other and f.is_relative_to(other)}
    return tuple(sorted(hidden - within))
