"""Puts the firmware on a mounted board: what differs is kept, written, and read back.

Rules:
- Nothing is written before all is known to fit.
- A file that is replaced is first kept in `footspring-before`, under its place on the board. That
  folder holds what the last installation replaced: to undo it, copy its contents back.
- A file is written beside its place, flushed to the drive, and then moved there.
- settings.toml keeps all that is not ours.
"""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from trainer.nodekit.boards import Board, BoardError, BoardFault
from trainer.nodekit.choice import NodeChoice, converter_in, settings_text
from trainer.nodekit.files import board_files, firmware_folder, firmware_version

BEFORE: Final = "footspring-before"
_SETTINGS: Final = "settings.toml"

Say = Callable[[str], None]
"""Hears one line of progress."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did."""

    version: str
    """Of the firmware."""
    written: tuple[str, ...]
    """Places on the board, in the order they were written; empty where all was there already."""
    kept: tuple[str, ...]
    """Those of them whose former contents lie in `footspring-before` now."""


def install(
    board: Board, choice: NodeChoice | None, say: Say, firmware: Path | None = None
) -> Installed:
    """Put the firmware on the board; without a choice its settings stay as they are.

    Raises BoardError where it does not fit, cannot be written, or comes back changed.
    """
    source = firmware or firmware_folder()
    version = firmware_version(source)
    settings = _read(board.folder / _SETTINGS) or b""
    if choice is not None:
        settings = settings_text(settings, choice)
    files = board_files(source, converter_in(settings))
    # Before the program, which is the last.
    program, code = files.popitem()
    files |= {_SETTINGS: settings, program: code}
    differing = {
        place: data for place, data in files.items() if _read(board.folder / place) != data
    }
    before = {place: _read(board.folder / place) for place in differing}
    kept = {place: data for place, data in before.items() if data is not None}
    _check_room(board, differing, kept)
    try:
        _write_all(board.folder, differing, kept, say)
    except OSError as error:
        raise _cannot_write(board, error) from error
    _verify(board.folder, files)
    say(f"firmware {version} is on the {board.title}; it starts by itself")
    return Installed(version, tuple(differing), tuple(kept))


def _check_room(board: Board, new: dict[str, bytes], kept: dict[str, bytes]) -> None:
    # Kept files are copies, and each new file stands beside its old one for a moment.
    files = (*new.values(), *kept.values())
    needed = sum(-(-len(data) // board.block_bytes) * board.block_bytes for data in files)
    if needed > board.free_bytes:
        raise BoardError(
            f"{board.folder} has {board.free_bytes // 1024} kB free and the firmware needs "
            f"{-(-needed // 1024)} kB. Delete files that you do not need from the drive, its lib "
            "folder first, and try again.",
            BoardFault.FULL,
        )


def _write_all(folder: Path, new: dict[str, bytes], kept: dict[str, bytes], say: Say) -> None:
    if kept:
        shutil.rmtree(folder / BEFORE, ignore_errors=True)
    for place, data in kept.items():
        _write(folder / BEFORE / place, data)
    for number, (place, data) in enumerate(new.items(), 1):
        say(f"{number} of {len(new)}: {place}")
        _write(folder / place, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _verify(folder: Path, files: dict[str, bytes]) -> None:
    wrong = [place for place, data in files.items() if _read(folder / place) != data]
    if wrong:
        raise BoardError(
            f"{len(wrong)} of {len(files)} files came back changed from {folder}, the first is "
            f"{PurePosixPath(wrong[0])}. Press the board's reset button, wait for the drive, and "
            "install again; if it stays, the drive's file system is damaged.",
            BoardFault.DAMAGED,
        )


def _read(path: Path) -> bytes | None:
    """Return what the drive holds, not what this machine still remembers of it."""
    try:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return file.read()
    except OSError:
        return None


def _cannot_write(board: Board, error: OSError) -> BoardError:
    full = error.errno == errno.ENOSPC
    step = (
        "Delete files that you do not need from the drive and try again."
        if full
        else "Press the board's reset button, wait until the drive is back, and try again; if the "
        "board has a boot.py of its own that locks the drive, remove it."
    )
    return BoardError(
        f"{board.folder} cannot be written: {error.strerror}. What was replaced so far lies in "
        f"{board.folder / BEFORE}. {step}",
        BoardFault.FULL if full else BoardFault.READ_ONLY,
    )
