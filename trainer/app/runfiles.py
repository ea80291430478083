"""Files, folders and zips in which runs may lie, one by one; nothing is unpacked to disk."""

import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from types import TracebackType
from typing import Final, Self

from trainer.app.runitem import Item, file_item, is_run_file, reading
from trainer.core.texts import trn
from trainer.running.measures import RunFileError
from trainer.running.readers import MOST_BYTES
from trainer.running.strava import LIST, Listed, read_list

MOST_ENTRIES: Final = 200_000
"""Files in one zip; twenty years of five runs a week are some 5,000."""
MOST_UNPACKED: Final = 16 << 30
"""Bytes in one zip, Apple Health's own export left out, which is streamed."""
MOST_PACKED: Final = 200
"""Times that a large file may be smaller as packed; watch files reach 20, a bomb 1,000."""


@dataclass(slots=True)
class Collection:
    """What lies at the paths; the zip that was read last stays open until it is left."""

    items: list[Item] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Where, and why."""
    others: int = 0
    """Files whose names say that they are no runs."""
    not_runs: int = 0
    """Activities that Strava's list calls something else; their files are not opened."""
    _packed: zipfile.ZipFile | None = None
    _packed_at: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

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
            self.items.append(file_item(path))

    def _add_folder(self, folder: Path) -> None:
        lists: list[Path] = []
        files: list[Path] = []
        for top, folders, names in os.walk(folder, onerror=self._cannot_list):
            folders.sort()
            lists.extend(Path(top, name) for name in names if name == LIST)
            files.extend(Path(top, name) for name in sorted(names) if name != LIST)
        listed = self._listed_files(lists)
        exports = {path.parent for path in lists}
        for path in files:
            if not path.is_file():
                continue
            if path.suffix.lower() == ".zip":
                self._add_zip(path)
            elif is_run_file(path.name) and not _is_beside(path, exports):
                self._take(file_item(path, listed.get(str(path))))
            else:
                self.others += 1

    def _listed_files(self, lists: Sequence[Path]) -> dict[str, Listed]:
        found: dict[str, Listed] = {}
        for path in lists:
            item = file_item(path)
            for entry in self._read_list(item):
                found[str(path.parent / entry.file)] = entry
        return found

    def _add_zip(self, path: Path) -> None:
        try:
            members = self._members(path)
        except RunFileError as error:
            self.refused.append((str(path), str(error)))
            return
        listed: dict[str, Listed] = {}
        lists = [member for member in members if _where(member).name == LIST]
        for member in lists:
            for entry in self._read_list(self._zip_item(path, member)):
                listed[str(_where(member).parent / entry.file)] = entry
        exports = {_where(member).parent for member in lists}
        for member in members:
            if _where(member).name != LIST:
                self._add_member(path, member, listed, exports)

    def _members(self, path: Path) -> list[zipfile.ZipInfo]:
        """Return the files in a zip. Raises RunFileError: it cannot be read, or has too much."""
        members = [member for member in self._zip(path).infolist() if not member.is_dir()]
        total = sum(m.file_size for m in members if not m.filename.endswith(".xml"))
        if len(members) > MOST_ENTRIES or total > MOST_UNPACKED:
            raise RunFileError(
                f"{len(members)} files of {total / 2**30:.1f} GB; allowed: {MOST_ENTRIES} files of "
                f"{MOST_UNPACKED >> 30} GB. Unpack it, then import the folder"
            )
        return members

    def _add_member(
        self,
        path: Path,
        member: zipfile.ZipInfo,
        listed: Mapping[str, Listed],
        exports: AbstractSet[PurePath],
    ) -> None:
        where, why = _where(member), _why_not(member)
        is_wanted = is_run_file(where.name) and not _is_beside(where, exports)
        if why and (is_wanted or where.suffix.lower() == ".zip"):
            self.refused.append((f"{path}/{member.filename}", why))
        elif is_wanted:
            self._take(self._zip_item(path, member, listed.get(str(where))))
        else:
            self.others += 1

    def _zip_item(self, path: Path, member: zipfile.ZipInfo, listed: Listed | None = None) -> Item:
        label = f"{path}/{member.filename}"
        return Item(label, lambda: self._zip(path).open(member), member.file_size, listed)

    def _zip(self, path: Path) -> zipfile.ZipFile:
        """Return a zip, open; one at a time, since a folder may hold thousands of them."""
        if self._packed is None or self._packed_at != path:
            self._close()
            self._packed, self._packed_at = reading(lambda: zipfile.ZipFile(path)), path
        return self._packed

    def _close(self) -> None:
        if self._packed is not None:
            self._packed.close()
        self._packed = None

    def _read_list(self, item: Item) -> Iterator[Listed]:
        try:
            entries = read_list(item.load())
        except RunFileError:
            # Another language, or a table of the person's own: read as any other table.
            self.items.append(item)
            return
        unknown = 0
        for entry in entries:
            if entry.file:
                yield entry
            elif entry.is_run:
                self.items.append(Item(item.label, None, listed=entry))
            elif entry.is_run is None:
                unknown += 1
            else:
                self.not_runs += 1
        if unknown:
            self.refused.append((item.label, _foreign(unknown)))

    def _take(self, item: Item) -> None:
        if item.listed is not None and item.listed.is_run is False:
            self.not_runs += 1
        else:
            self.items.append(item)

    def _cannot_list(self, error: OSError) -> None:
        self.refused.append((str(error.filename), f"cannot be listed ({error.strerror})"))


def _where(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _is_beside(path: PurePath, exports: AbstractSet[PurePath]) -> bool:
    """Return whether it is one of the dozens of tables beside Strava's list."""
    return path.suffix.lower() == ".csv" and path.parent in exports


def _why_not(member: zipfile.ZipInfo) -> str:
    """Return why a file in a zip is not read, empty where it is."""
    where = _where(member)
    if where.is_absolute() or ".." in where.parts:
        return "its name leads out of the zip: nothing good is packed like that"
    if where.suffix.lower() == ".zip":
        return "a zip within a zip: unpack it, then import it alone"
    if member.file_size > max(MOST_BYTES, MOST_PACKED * member.compress_size):
        times = member.file_size / max(member.compress_size, 1)
        return (
            f"unpacked it is {times:.0f} times as large, {member.file_size / 2**20:.0f} MB; "
            f"allowed: {MOST_PACKED} times"
        )
    return ""


def _foreign(count: int) -> str:
    return trn(
        "{n} activity without a file is passed over: only the English list says what it was",
        "{n} activities without a file are passed over: only the English list says what they were",
        count,
    )
