"""Which board is plugged in."""

from pathlib import Path

import pytest

from tests.unit.nodekit.drive import BOOT, XIAO, make_drive
from trainer.nodekit.boards import BOARDS, BoardError, BoardFault, find_boards, read_board

PINS = Path(__file__).parents[3] / "firmware/footboard"


def test_boards_are_found_where_linux_mounts_drives(tmp_path: Path) -> None:
    flat = make_drive(tmp_path / "media/CIRCUITPY")
    nested = make_drive(tmp_path / "run/jo/CIRCUITPY")
    (tmp_path / "media/MUSIC").mkdir()
    assert find_boards((tmp_path / "media", tmp_path / "run", tmp_path / "none")) == (flat, nested)


def test_a_board_is_what_its_boot_file_says(tmp_path: Path) -> None:
    board = read_board(make_drive(tmp_path / "CIRCUITPY"))
    assert (board.id, board.version) == (XIAO, "10.0.3")
    assert board.title == "Seeed XIAO nRF52840 Sense"
    assert board.free_bytes > 0


def test_a_beta_of_a_version_is_of_that_version(tmp_path: Path) -> None:
    boot = BOOT.replace("10.0.3", "11.0.0-beta.2")
    assert read_board(make_drive(tmp_path / "CIRCUITPY", boot)).version == "11.0.0-beta.2"


@pytest.mark.parametrize(
    ("boot", "reason", "says"),
    [
        (BOOT.replace("10.0.3", "9.2.8"), BoardFault.OLD, "9.2.8; the firmware needs 10.0"),
        (BOOT.replace(XIAO, "raspberry_pi_pico_w"), BoardFault.UNKNOWN, "raspberry_pi_pico_w"),
        ("", BoardFault.NO_BOARD, "Press the board's reset button"),
        ("\ufffd" * 40, BoardFault.NO_BOARD, "names no board"),
    ],
)
def test_a_board_that_does_not_fit_is_refused_with_the_next_step(
    boot: str, reason: BoardFault, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BoardError, match=says) as caught:
        read_board(make_drive(tmp_path / "CIRCUITPY", boot))
    assert caught.value.reason is reason


def test_a_folder_that_is_no_board_is_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(BoardError, match="a drive CIRCUITPY appears") as caught:
        read_board(tmp_path)
    assert caught.value.reason is BoardFault.NO_BOARD
    assert list(tmp_path.iterdir()) == []


def test_the_drive_of_a_bootloader_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "INFO_UF2.TXT").write_text("UF2 Bootloader 0.6.2\r\n", "utf-8")
    with pytest.raises(BoardError, match="bootloader") as caught:
        read_board(tmp_path)
    assert caught.value.reason is BoardFault.BOOTLOADER


def test_each_known_board_has_its_pins_in_the_firmware() -> None:
    titles = [file.read_text("utf-8").splitlines()[0] for file in PINS.glob("*.py")]
    for title in BOARDS.values():
        assert sum(title in line for line in titles) == 1
