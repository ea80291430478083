"""Files, folders and zips in which runs may lie, one by one; nothing is unpacked to disk."""

import errno
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Final, Self, TypeVar

from trainer.running.measures import RunFileError
from trainer.running.readers import MOST_BYTES, is_apple
from trainer.running.strava import LIST, Listed, read_list

Got = TypeVar("Got")

_SUFFIXES: Final = frozenset({".fit", ".tcx", ".gpx", ".csv", ".xml"})
_PACKED: Final = ".gz"
_HEAD: Final = 1 << 16
MOST_ENTRIES: Final = 200_000
"""Files in one zip; twenty years of five runs a week are some 5,000."""
MOST_UNPACKED: Final = 16 << 30
"""Bytes in one zip, Apple Health's own export left out, which is streamed."""
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the zip reader raises: damage, and packing or passwords that it does not know."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or one line of a list that has no file."""

    label: str
    """Where it lies, for messages."""
    stream: Callable[[], AbstractContextManager[IO[bytes]]] | None
    size: int = 0
    """Bytes as unpacked, as far as it is told."""
    listed: Listed | None = None
    """What Strava's list says of it."""

    def load(self) -> bytes:
        """Return its bytes. Raises RunFileError: too many, or damaged."""
        with self.open() as file:
            found = _reading(lambda: file.read(MOST_BYTES + 1))
        if len(found) > MOST_BYTES:
            raise _too_big(len(found))
        return found

    def head(self) -> bytes:
        """Return its first bytes. Raises RunFileError."""
        with self.open() as file:
            return _reading(lambda: file.read(_HEAD))

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Return its bytes as a stream. Raises RunFileError where it cannot be opened."""
        assert self.stream is not None
        return _reading(self.stream)

    @property
    def is_apple(self) -> bool:
        """Return whether it is Apple Health's export, which is streamed. Raises RunFileError."""
        return self.label.lower().endswith(".xml") and is_apple(self.head())


@dataclass(slots=True)
class Collection:
    """What lies at the paths; zips stay open until it is left."""

    items: list[Item] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Where, and why."""
    others: int = 0
    """Files whose names say that they are no runs."""
    not_runs: int = 0
    """Activities that Strava's list calls something else; their files are not opened."""
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def add(self, path: Path) -> None:
        """Take a file, a folder with all below it, or a zip."""
        if path.is_dir():
            self._add_folder(path)
        elif not path.exists():
            self.refused.append((str(path), "there is no such file or folder"))
        elif not path.is_file():
            self.refused.append((str(path), "neither a file nor a folder"))
        elif path.suffix.lower() == ".zip":
            self._add_zip(path)
        else:
            self.items.append(_file_item(path))

    def _add_folder(self, folder: Path) -> None:
        lists: list[Path] = []
        files: list[Path] = []
        for top, folders, names in os.walk(folder, onerror=self._cannot_list):
            folders.sort()
            lists.extend(Path(top, name) for name in names if name == LIST)
            files.extend(Path(top, name) for name in sorted(names) if name != LIST)
        listed = self._listed_files(lists)
        for path in files:
            if not path.is_file():
                continue
            if path.suffix.lower() == ".zip":
                self._add_zip(path)
            elif is_run_file(path.name):
                self._take(_file_item(path, listed.get(str(path))))
            else:
                self.others += 1

    def _listed_files(self, lists: Sequence[Path]) -> dict[str, Listed]:
        found: dict[str, Listed] = {}
        for path in lists:
            item = _file_item(path)
            for entry in self._read_list(item):
                found[str(path.parent / entry.file)] = entry
        return found

    def _add_zip(self, path: Path) -> None:
        try:
            packed = self._open.enter_context(_reading(lambda: zipfile.ZipFile(path)))
        except RunFileError as error:
            self.refused.append((str(path), str(error)))
            return
        members = [member for member in packed.infolist() if not member.is_dir()]
        total = sum(m.file_size for m in members if not m.filename.endswith(".xml"))
        if len(members) > MOST_ENTRIES or total > MOST_UNPACKED:
            why = (
                f"{len(members)} files of {total / 2**30:.1f} GB; allowed: {MOST_ENTRIES} files of "
                f"{MOST_UNPACKED >> 30} GB. Unpack it, then import the folder"
            )
            self.refused.append((str(path), why))
            return
        listed: dict[str, Listed] = {}
        for member in members:
            where = PurePosixPath(member.filename)
            if where.name == LIST:
                for entry in self._read_list(_zip_item(path, packed, member)):
                    listed[str(where.parent / entry.file)] = entry
        for member in members:
            self._add_member(path, packed, member, listed)

    def _add_member(
        self,
        path: Path,
        packed: zipfile.ZipFile,
        member: zipfile.ZipInfo,
        listed: dict[str, Listed],
    ) -> None:
        name = PurePosixPath(member.filename).name
        if name == LIST:
            return
        if name.lower().endswith(".zip"):
            label = f"{path}/{member.filename}"
            self.refused.append((label, "a zip within a zip: unpack it, then import it alone"))
        elif is_run_file(name):
            where = str(PurePosixPath(member.filename))
            self._take(_zip_item(path, packed, member, listed.get(where)))
        else:
            self.others += 1

    def _read_list(self, item: Item) -> Iterator[Listed]:
        try:
            entries = read_list(item.load())
        except RunFileError:
            # Another language, or a table of the person's own: read as any other table.
            self.items.append(item)
            return
        for entry in entries:
            if entry.file:
                yield entry
            elif entry.is_run:
                self.items.append(Item(item.label, None, listed=entry))
            else:
                self.not_runs += 1

    def _take(self, item: Item) -> None:
        if item.listed is not None and not item.listed.is_run:
            self.not_runs += 1
        else:
            self.items.append(item)

    def _cannot_list(self, error: OSError) -> None:
        self.refused.append((str(error.filename), f"cannot be listed ({error.strerror})"))


def is_run_file(name: str) -> bool:
    """Return whether a file's name says that it may hold runs."""
    path = PurePosixPath(name.lower())
    if path.name.startswith("."):
        return False
    return (PurePosixPath(path.stem) if path.suffix == _PACKED else path).suffix in _SUFFIXES


def _file_item(path: Path, listed: Listed | None = None) -> Item:
    return Item(str(path), lambda: path.open("rb"), listed=listed)


def _zip_item(
    path: Path, packed: zipfile.ZipFile, member: zipfile.ZipInfo, listed: Listed | None = None
) -> Item:
    label = f"{path}/{member.filename}"
    return Item(label, lambda: packed.open(member), member.file_size, listed)


def _too_big(size: int) -> RunFileError:
    return RunFileError(
        f"it has more than {MOST_BYTES >> 20} MB ({size} bytes), as no watch writes"
    )


def _reading(step: Callable[[], Got]) -> Got:
    try:
        return step()
    except OSError as error:
        hint = " (a folder?)" if error.errno == errno.EISDIR else ""
        raise RunFileError(f"cannot be read ({error.strerror or error}){hint}") from error
    except _BROKEN_ZIP as error:
        raise RunFileError(f"the zip is damaged or locked ({error})") from error
