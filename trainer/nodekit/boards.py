"""Boards whose drive is mounted: found by `boot_out.txt`, which CircuitPython writes at boot."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from trainer.core.errors import TrainerError

BOARDS: Final = {
    "Seeed_XIAO_nRF52840_Sense": "Seeed XIAO nRF52840 Sense",
    "feather_bluefruit_sense": "Adafruit Feather nRF52840 Sense",
}
"""Boards that the firmware knows: CircuitPython's name and the maker's."""
LEAST_VERSION: Final = 10
"""Of CircuitPython: what the firmware was written and checked against."""
ROOTS: Final = (Path("/media"), Path("/run/media"))
"""Where Linux mounts drives: /media/NAME, /media/USER/NAME, /run/media/USER/NAME."""

_BOOT: Final = "boot_out.txt"
_BOOTLOADER: Final = "INFO_UF2.TXT"
_VERSION: Final = re.compile(r"CircuitPython (\d+)\.(\d+)\S*")
_BOARD_ID: Final = re.compile(r"^Board ID:\s*(\S+)", re.MULTILINE)


class BoardFault(StrEnum):
    """Why a folder is no board for the firmware."""

    NO_BOARD = "no board"
    BOOTLOADER = "bootloader"
    UNKNOWN = "unknown board"
    OLD = "old CircuitPython"
    FULL = "drive full"
    READ_ONLY = "not writable"
    DAMAGED = "written wrongly"
    LIBRARY = "library not installed"


class BoardError(TrainerError):
    """A board cannot be given its firmware."""

    def __init__(self, message: str, reason: BoardFault) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Board:
    """A mounted board."""

    folder: Path
    id: str
    """CircuitPython's name of it."""
    version: str
    """Of its CircuitPython."""
    free_bytes: int
    block_bytes: int
    """A file takes whole blocks."""

    @property
    def title(self) -> str:
        """Return its maker's name."""
        return BOARDS[self.id]


def find_boards(roots: Sequence[Path] = ROOTS) -> tuple[Path, ...]:
    """Return the folders of all mounted CircuitPython boards, also of those we do not know."""
    found = {
        boot.parent
        for root in roots
        for pattern in (f"*/{_BOOT}", f"*/*/{_BOOT}")
        for boot in root.glob(pattern)
    }
    return tuple(sorted(found))


def read_board(folder: Path) -> Board:
    """Return the board mounted at a folder. Raises BoardError where the firmware does not fit."""
    try:
        text = (folder / _BOOT).read_text("utf-8", errors="replace")
    except OSError as error:
        raise _no_board(folder) from error
    board_id = _BOARD_ID.search(text)
    version = _VERSION.search(text)
    if board_id is None or version is None:
        raise BoardError(
            f"{folder / _BOOT} names no board and no version of CircuitPython. Press the board's "
            "reset button once, wait until the drive is back, and try again.",
            BoardFault.NO_BOARD,
        )
    if board_id[1] not in BOARDS:
        raise BoardError(
            f"{folder} is a {board_id[1]}; the firmware knows the pins of {_known()} only. "
            "Connect one of these.",
            BoardFault.UNKNOWN,
        )
    if int(version[1]) < LEAST_VERSION:
        raise BoardError(
            f"{folder} runs {version[0]}; the firmware needs {LEAST_VERSION}.0 or later. "
            f"{_how_to_flash(board_id[1])}",
            BoardFault.OLD,
        )
    room = os.statvfs(folder)
    number = version[0].removeprefix("CircuitPython ").rstrip(";")
    return Board(folder, board_id[1], number, room.f_bavail * room.f_frsize, room.f_frsize)


def _no_board(folder: Path) -> BoardError:
    if (folder / _BOOTLOADER).exists():
        return BoardError(
            f"{folder} is the drive of a board's bootloader, not yet of CircuitPython. "
            f"{_how_to_flash('')}",
            BoardFault.BOOTLOADER,
        )
    return BoardError(
        f"{folder} has no {_BOOT}, so it is not the drive of a CircuitPython board. Connect the "
        "board by a USB cable that carries data: a drive CIRCUITPY appears. If none does, "
        f"CircuitPython is not on it yet. {_how_to_flash('')}",
        BoardFault.NO_BOARD,
    )


def _how_to_flash(board_id: str) -> str:
    where = f"https://circuitpython.org/board/{board_id}" if board_id else "circuitpython.org"
    return (
        f"Press reset twice quickly, and copy the UF2 file of CircuitPython {LEAST_VERSION} or "
        f"later from {where} to the drive that appears; it is gone and back in half a minute."
    )


def _known() -> str:
    return " and ".join(BOARDS.values())
