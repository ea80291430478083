"""A board's drive that is only a folder."""

from dataclasses import replace
from pathlib import Path

from trainer.nodekit.boards import Board, read_board

XIAO = "Seeed_XIAO_nRF52840_Sense"
BOOT = (
    "Adafruit CircuitPython 10.0.3 on 2025-10-17; Seeed XIAO nRF52840 Sense with nRF52840\r\n"
    "Board ID:Seeed_XIAO_nRF52840_Sense\r\nUID:0123456789ABCDEF\r\n"
)


def make_drive(folder: Path, boot: str = BOOT) -> Path:
    """Return the folder with what a fresh CircuitPython leaves there."""
    folder.mkdir(parents=True)
    (folder / "boot_out.txt").write_text(boot, "utf-8")
    (folder / "code.py").write_text('print("Hello World!")\n', "utf-8")
    (folder / "settings.toml").write_bytes(b"")
    (folder / "lib").mkdir()
    return folder


def make_board(folder: Path, free_bytes: int = 1_500_000) -> Board:
    """Return a board with that much room."""
    return replace(read_board(make_drive(folder)), free_bytes=free_bytes, block_bytes=512)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by their place."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
