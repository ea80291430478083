"""The page of a scan: it fits, marks what is to be marked, and says what to do."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.unit.terminal.nearby import NODE, SCALE, STRANGER
from trainer.sources.ble.surroundings import Near
from trainer.terminal.scanpage import Frame, draw_page
from trainer.terminal.scanwords import Wants
from trainer.wire.dialects import DIALECTS


def rows(near: Sequence[Near], wants: Wants | None = None, frame: Frame | None = None) -> list[str]:
    frame = frame or Frame(80, 24)
    console = Console(file=io.StringIO(), width=frame.width, height=frame.height)
    with console.capture() as capture:
        console.print(draw_page(near, 12.4, wants or Wants(), frame))
    return capture.get().splitlines()


def row_of(shown: list[str], words: str) -> str:
    return next(row for row in shown if words in row)


def test_a_row_tells_name_kind_address_signal_age_and_force() -> None:
    shown = rows([NODE, SCALE, STRANGER])
    assert shown[0].startswith("Listening for 12 s: 2 known, 1 of unknown kinds")
    node = row_of(shown, NODE.address)
    assert node.split() == ["ToeNode", "footspring", "node", NODE.address, "▂▄▆█", "-52", "now"]
    assert row_of(shown, SCALE.address).split()[-4:] == ["▂▄..", "-79", "now", "12.3"]
    assert not any(STRANGER.address in row for row in shown)


def test_without_a_scale_there_is_no_column_of_forces() -> None:
    assert "force" not in row_of(rows([NODE]), "address")


def test_devices_of_unknown_kinds_are_listed_where_all_are_wanted() -> None:
    assert "unknown kind" in row_of(rows([STRANGER], Wants(is_all=True)), STRANGER.address)


def test_namesakes_are_marked() -> None:
    assert row_of(rows([replace(NODE, is_namesake=True)]), NODE.address).startswith("*ToeNode")


def test_a_force_that_is_old_is_not_shown() -> None:
    row = row_of(rows([NODE, replace(SCALE, ago_s=40.0)]), SCALE.address)
    assert "12.3" not in row
    assert "40 s" in row


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
def test_however_many_devices_the_page_fits_the_terminal(size: tuple[int, int]) -> None:
    many = [
        replace(SCALE, address=f"B0:00:00:00:00:{n:02x}", dialect=DIALECTS[n % len(DIALECTS)])
        for n in range(60)
    ]
    shown = rows(many, frame=Frame(*size))
    assert len(shown) <= size[1]
    assert max(cell_len(row) for row in shown) <= size[0]
    assert any(row.startswith("and ") for row in shown)
    assert row_of(shown, "footspring run")


def test_a_device_more_or_a_signal_that_changes_moves_no_column() -> None:
    strong = row_of(rows([NODE, SCALE]), "address")
    weak = row_of(rows([replace(NODE, signal_dbm=-101), SCALE, STRANGER]), "address")
    assert strong == weak


def test_plain_letters_where_the_terminal_has_no_blocks() -> None:
    shown = "\n".join(rows([NODE, SCALE], frame=Frame(80, 24, is_plain=True)))
    assert shown.isascii()
    assert "||||  -52" in shown


def test_where_nothing_is_known_there_is_no_table() -> None:
    shown = rows([STRANGER])
    assert not any("address" in row for row in shown)
    assert row_of(shown, "--all lists it")
