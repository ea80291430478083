"""Writes a programme of one's own from a shipped template; its comments stay."""

import os
from pathlib import Path
from typing import Final

import tomlkit

from trainer.app.programmes import GOALS, shipped_foundation, shipped_text
from trainer.coach.programmetext import parse_programme
from trainer.core.errors import StorageError, StorageFault, UsageError

_PRIVATE: Final = 0o600
_HEAD: Final = """\
 Your own programme, begun from the template "{goal}". Change what you like, then ask
   footspring programme validate {name}
   footspring programme explain {name}
 One line of `sets` is one step: sets x reps (or seconds), the exercise, @ share of your maximum,
 tempo up-hold-down, rest. A rung changes exactly one thing against the one below it.
"""


def write_new(path: Path, goal: str) -> Path:
    """Write a new programme file, never over another, and return its path.

    Raises UsageError: not a new .toml file; StorageError: cannot be written.
    """
    if path.suffix != ".toml":
        raise UsageError(f"{path}: a programme's name ends in .toml. Name it {path}.toml.")
    text = new_text(path.name, _id(path), goal)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already. Give a new name, or edit it.") from error
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be written ({error.strerror}). Name a folder that is writable.",
            StorageFault.READ_ONLY,
        ) from error
    return path


def new_text(name: str, programme_id: str, goal: str) -> str:
    """Return the text of a new programme, its comments as in the template. Raises UsageError."""
    if goal not in GOALS:
        raise UsageError(f"goal {goal!r}: there is no template. Choose one of: {', '.join(GOALS)}.")
    document = tomlkit.parse(shipped_text(GOALS[goal]))
    document["id"] = programme_id
    document["title"] = f"My programme: {document['title']}"
    head = "".join(f"#{line}\n" for line in _HEAD.format(goal=goal, name=name).splitlines())
    text = f"{head}#\n{tomlkit.dumps(document)}"
    # A template that was damaged in shipping is told now, not when the file is first used.
    parse_programme(text, name, shipped_foundation())
    return text


def _id(path: Path) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "_" for c in path.stem.lower())
    return (letters if letters[:1].isalpha() else f"p_{letters}")[:40]
