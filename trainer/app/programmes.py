"""Finds a programme: a shipped one by id, one's own in the config folder, or any file by path."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from trainer.app.namedtoml import read_named
from trainer.coach.programme import Programme
from trainer.coach.programmetext import parse_programme
from trainer.core.errors import SettingsError
from trainer.core.folders import Folders, user_folders

DEFAULT: Final = "foundation"
FOLDER: Final = "programmes"
"""In the user's config folder."""
_SUFFIX: Final = ".toml"


@dataclass(frozen=True, slots=True)
class Found:
    """A programme's text and where it was found."""

    origin: str
    text: str
    is_shipped: bool


def load_programme(name: str | None = None, folders: Folders | None = None) -> Programme:
    """Return a programme by id or path; None: the shipped foundation.

    Raises SettingsError: not found, not readable; ProgrammeError: what is wrong with it.
    """
    if name is None or (name == DEFAULT and _own(name, folders) is None):
        return shipped_foundation()
    found = find_programme(name, folders)
    return parse_programme(found.text, found.origin, shipped_foundation())


def find_programme(name: str, folders: Folders | None = None) -> Found:
    """Return the text of a programme: a path, one's own, then a shipped one of that id."""
    if name.endswith(_SUFFIX) or "/" in name:
        return Found(name, read_named(Path(name)), is_shipped=False)
    own = _own(name, folders)
    if own is not None:
        return Found(str(own), read_named(own), is_shipped=False)
    if name in shipped_ids():
        return Found(f"{name}{_SUFFIX}", _shipped_text(name), is_shipped=True)
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


@cache
def shipped_foundation() -> Programme:
    """Return the shipped foundation programme, which others take exercises and circuits from."""
    return parse_programme(_shipped_text(DEFAULT), f"{DEFAULT}{_SUFFIX}")


def _shipped_text(name: str) -> str:
    file = resources.files("trainer.coach").joinpath("programmes", f"{name}{_SUFFIX}")
    return file.read_text(encoding="utf-8")


def _own_files(folders: Folders | None) -> Iterator[Path]:
    yield from ((folders or user_folders()).config / FOLDER).glob(f"*{_SUFFIX}")


def _own(name: str, folders: Folders | None) -> Path | None:
    return next((path for path in _own_files(folders) if path.stem == name), None)
