"""Finds a programme: a shipped one by id, one's own in the config folder, or any file by path."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from trainer.app.namedtoml import read_named
from trainer.coach.faults import ProgrammeError
from trainer.coach.programme import Drill, Programme
from trainer.coach.programmeschema import schema_text
from trainer.coach.programmetext import MOST_LETTERS, parse_programme
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.texts import tr

DEFAULT: Final = "foundation"
FOLDER: Final = "programmes"
"""In the user's config folder."""
_SUFFIX: Final = ".toml"
GOALS: Final = {
    "endurance": "endurance",
    "hypertrophy": "hypertrophy",
    "integration": "integration",
    "power": "integration",
    "foundation": DEFAULT,
}
"""Goals to the shipped programme that is their template."""
_MOST_BYTES: Final = 4 * MOST_LETTERS


@dataclass(frozen=True, slots=True)
class Found:
    """A programme's text and where it was found."""

    origin: str
    text: str
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One programme in the list."""

    id: str
    title: str
    is_own: bool
    fault: str = ""
    """The first thing that is wrong with it; empty for nothing."""

    def line(self) -> str:
        """Return the line of the list."""
        whose = tr("yours") if self.is_own else tr("shipped")
        return f"{self.id}: {self.fault or tr(self.title)} ({whose})"

    def as_json(self) -> dict[str, object]:
        """Return what --json prints."""
        return {
            "id": self.id,
            "title": self.title,
            "is_own": self.is_own,
            "fault": self.fault,
        }


def load_programme(name: str | None = None, folders: Folders | None = None) -> Programme:
    """Return a programme by id or path; None: the shipped foundation.

    Raises SettingsError: not found, not readable; ProgrammeError: what is wrong with it.
    """
    if name is None or (name == DEFAULT and _own(name, folders) is None):
        return shipped_foundation()
    found = find_programme(name, folders)
    return parse_programme(found.text, found.origin, shipped_foundation())


def programme_faults(name: str) -> tuple[str, ...]:
    """Return all that is wrong with a programme, each with its line. Raises UsageError."""
    try:
        load_programme(name)
    except ProgrammeError as error:
        return tuple(error.faults)
    return ()


def programme_schema() -> str:
    """Return the JSON Schema of a programme file as text."""
    return schema_text()


def find_programme(name: str, folders: Folders | None = None) -> Found:
    """Return the text of a programme: a path, one's own, then a shipped one of that id."""
    if name.endswith(_SUFFIX) or "/" in name:
        return Found(name, _read(Path(name)), is_shipped=False)
    own = _own(name, folders)
    if own is not None:
        return Found(str(own), _read(own), is_shipped=False)
    if name in shipped_ids():
        return Found(f"{name}{_SUFFIX}", shipped_text(name), is_shipped=True)
    known = ", ".join((*shipped_ids(), *own_ids(folders)))
    raise SettingsError(
        f"programme {name!r}: there is none of that id. Choose one of: {known}; or give the path "
        "of a .toml file."
    )


def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the shipped programmes, the foundation first."""
    folder = resources.files("trainer.coach").joinpath("programmes")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(_SUFFIX))
    ids = [name.removesuffix(_SUFFIX) for name in names]
    return tuple(sorted(ids, key=lambda one: (one != DEFAULT, one)))


def own_ids(folders: Folders | None = None) -> tuple[str, ...]:
    """Return the ids (file names) of the user's own programmes."""
    return tuple(sorted(path.stem for path in _own_files(folders)))


def find_picture(drill: Drill) -> Path | None:
    """Return the file of an exercise's drawing; None where it has none that ships."""
    file = resources.files("trainer.coach").joinpath("pictures", f"{drill.picture}.svg")
    with resources.as_file(file) as path:
        return path if drill.picture and path.is_file() else None


def find_drill(programme: Programme, key: str) -> Drill:
    """Return an exercise by id. Raises UsageError with the nearest one."""
    found = programme.drills.get(key)
    if found is None:
        near = difflib.get_close_matches(key, programme.drills, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(programme.drills)}."
        raise UsageError(f"exercise {key!r}: {programme.id} has none of that id. {hint}")
    return found


def listed(folders: Folders | None = None) -> tuple[Listed, ...]:
    """Return every programme that a person may choose by id, faulty ones too."""
    own = set(own_ids(folders))
    ids = (*(one for one in shipped_ids() if one not in own), *sorted(own))
    return tuple(_listed(one, folders, is_own=one in own) for one in ids)


def _listed(name: str, folders: Folders | None, *, is_own: bool) -> Listed:
    try:
        return Listed(name, load_programme(name, folders).title, is_own)
    except SettingsError as error:
        return Listed(name, "", is_own, str(error))


@cache
def shipped_foundation() -> Programme:
    """Return the shipped foundation programme, which others take exercises and circuits from."""
    return parse_programme(shipped_text(DEFAULT), f"{DEFAULT}{_SUFFIX}")


def shipped_text(name: str) -> str:
    """Return the text of a shipped programme."""
    file = resources.files("trainer.coach").joinpath("programmes", f"{name}{_SUFFIX}")
    return file.read_text(encoding="utf-8")


def _read(path: Path) -> str:
    """Return a file's text; what is far too large, or never ends, is not read."""
    if path.exists() and not path.is_dir():
        size = path.stat().st_size
        if not path.is_file():
            raise SettingsError(f"{path}: is no plain file. Name a TOML file.")
        if size > _MOST_BYTES:
            raise SettingsError(
                f"{path}: has {size} bytes; a programme has at most {_MOST_BYTES}. Check that it "
                "is the right file."
            )
    return read_named(path)


def _own_files(folders: Folders | None) -> Iterator[Path]:
    yield from ((folders or user_folders()).config / FOLDER).glob(f"*{_SUFFIX}")


def _own(name: str, folders: Folders | None) -> Path | None:
    return next((path for path in _own_files(folders) if path.stem == name), None)
