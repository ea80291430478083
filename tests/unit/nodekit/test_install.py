"""The firmware on a board's drive."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.nodekit.drive import contents, make_board
from trainer.nodekit.boards import Board, BoardError, BoardFault
from trainer.nodekit.choice import NodeChoice
from trainer.nodekit.files import (
    LIBRARIES,
    board_files,
    firmware_folder,
    firmware_version,
    library_files,
)
from trainer.nodekit.install import BEFORE, Installed, install

CHOICE = NodeChoice(("toes", "heel"))
REPOSITORY = Path(__file__).parents[3]


def _install(board: Board, choice: NodeChoice | None = CHOICE) -> Installed:
    return install(board, choice, lambda _: None)


def _give_libraries(folder: Path) -> None:
    for name in LIBRARIES["nau7802"]:
        module = name.replace("-", "_")
        info = folder / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "RECORD").write_text(f"{module}.py,,\n{info.name}/METADATA,,\n../../bin/x.py,,\n")
        (folder / f"{module}.py").write_text(f"NAME = {name!r}\n")


def test_the_board_gets_the_program_its_modules_and_the_wire(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")
    done = _install(board)
    there = contents(board.folder)
    assert there["code.py"] == (REPOSITORY / "firmware/main.py").read_bytes()
    for shared in ("footwire.py", "hx711spi.py"):
        assert there[shared] == (REPOSITORY / "trainer/wire" / shared).read_bytes()
    modules = [
        file.relative_to(REPOSITORY / "firmware").as_posix()
        for folder in ("footnode", "footboard")
        for file in (REPOSITORY / "firmware" / folder).glob("*.py")
    ]
    assert len(modules) > 20
    # Ports are for type checkers; the program has another name on the board.
    assert set(modules) - set(there) == {"footnode/ports.py"}
    assert not any(place.endswith(".part") for place in there)
    assert "main.py" not in there
    assert tomllib.loads(there["settings.toml"].decode())["FOOT_CELLS"] == "toes,heel"
    assert done.version == "0.1.0"


def test_the_program_is_written_last_and_all_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    done = install(make_board(tmp_path / "CIRCUITPY"), CHOICE, said.append)
    assert done.written[-2:] == ("settings.toml", "code.py")
    assert len(said) == len(done.written) + 1
    assert said[-2].endswith(f"{len(done.written)} of {len(done.written)}: code.py")
    assert "XIAO" in said[-1]


def test_what_is_replaced_is_kept(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")
    (board.folder / "settings.toml").write_bytes(b'MINE = "x"\n')
    before = contents(board.folder)
    done = _install(board)
    assert set(done.kept) == {"code.py", "settings.toml"}
    for place in done.kept:
        assert (board.folder / BEFORE / place).read_bytes() == before[place]
    settings = tomllib.loads((board.folder / "settings.toml").read_text("utf-8"))
    assert settings["MINE"] == "x"


def test_an_installation_that_is_there_already_writes_nothing(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")
    _install(board)
    before = contents(board.folder)
    assert _install(replace(board, free_bytes=0)).written == ()
    assert contents(board.folder) == before


def test_without_a_choice_the_settings_stay(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")
    (board.folder / "settings.toml").write_bytes(b'FOOT_CELLS = "heel"\n')
    assert "settings.toml" not in _install(board, None).written
    assert (board.folder / "settings.toml").read_bytes() == b'FOOT_CELLS = "heel"\n'


def test_a_drive_without_room_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY", free_bytes=20_000)
    before = contents(board.folder)
    with pytest.raises(BoardError, match="19 kB free and the firmware needs") as caught:
        _install(board)
    assert caught.value.reason is BoardFault.FULL
    assert contents(board.folder) == before


def test_a_drive_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")
    # A file where a folder must be: also root, who may write everywhere, is stopped by it.
    (board.folder / "footnode").write_text("in the way", "utf-8")
    with pytest.raises(BoardError, match="cannot be written") as caught:
        _install(board)
    assert caught.value.reason is BoardFault.READ_ONLY


def test_a_drive_that_forgets_is_found_out(tmp_path: Path) -> None:
    board = make_board(tmp_path / "CIRCUITPY")

    def forget(line: str) -> None:
        if line.endswith("code.py"):
            (board.folder / "footwire.py").write_bytes(b"")

    with pytest.raises(BoardError, match=r"1 of \d+ files came back changed") as caught:
        install(board, CHOICE, forget)
    assert caught.value.reason is BoardFault.DAMAGED


def test_libraries_go_along_only_where_the_converter_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    _give_libraries(packages)
    monkeypatch.syspath_prepend(packages)
    assert not any(place.startswith("lib/") for place in board_files(firmware_folder(), "hx711"))
    board = make_board(tmp_path / "CIRCUITPY")
    _install(board, NodeChoice(("toes", "ball", "heel"), "nau7802"))
    libraries = {file.stem for file in (board.folder / "lib").iterdir()}
    assert libraries == {name.replace("-", "_") for name in LIBRARIES["nau7802"]}


def test_a_library_that_is_not_installed_is_named() -> None:
    with pytest.raises(BoardError, match=r"pip install 'footspring\[node\]'") as caught:
        library_files("a-distribution-that-nobody-has")
    assert caught.value.reason is BoardFault.LIBRARY


def test_the_version_is_that_of_the_firmware() -> None:
    assert firmware_version(firmware_folder()) == "0.1.0"


def test_the_page_on_copying_by_hand_names_all_that_is_shared() -> None:
    page = (REPOSITORY / "firmware/README.md").read_text("utf-8")
    links = [path.name for path in (REPOSITORY / "firmware").glob("*.py") if path.is_symlink()]
    assert len(links) >= 2
    assert [name for name in links if f"`{name}`" not in page] == []
