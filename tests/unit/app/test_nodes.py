"""The commands about a node: over the virtual radio, and onto a folder that is a board's drive."""

import json
from pathlib import Path

import pytest

from tests.unit.nodekit.drive import BOOT, make_drive
from tests.virtual.footperipheral import FootOptions
from tests.virtual.rig import make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.app.nodes import (
    InstallOrder,
    blink,
    choose,
    describe,
    install_node,
    list_boards,
    rename,
)
from trainer.core.errors import SourceError, SourceFault, UsageError
from trainer.nodekit.boards import BoardError
from trainer.nodekit.choice import NodeChoice
from trainer.nodekit.findnode import Radio


def test_a_node_is_described_in_words_and_as_json() -> None:
    async def course() -> tuple[str, str]:
        rig = await make_rig()
        await rig.foot(FootOptions(name="ToeNode"))
        radio = Radio(rig.transport, rig.clock)
        words = await describe("toenode", radio)
        return words, await describe("toenode", radio, is_json=True)

    words, told = run_virtual(course())
    assert words.startswith("ToeNode (F0:00:00:00:00:01)\n  firmware      0.1.0, as this program")
    assert json.loads(told)["name"] == "ToeNode"
    assert json.loads(told)["packet_bytes"] == 244


def test_a_node_is_renamed_and_blinks_in_one_line_each() -> None:
    async def course() -> tuple[str, str]:
        rig = await make_rig()
        await rig.foot()
        radio = Radio(rig.transport, rig.clock)
        renamed = await rename("FootNode", "Left", radio)
        return renamed, await blink("Left", radio)

    renamed, blinks = run_virtual(course())
    assert renamed.startswith("FootNode (F0:00:00:00:00:01) is called Left from now on")
    assert blinks == "Left (F0:00:00:00:00:01): its light blinks for 5 seconds."


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, ...]:
    """Return a place where drives are mounted, with none yet."""
    return (tmp_path,)


def test_the_only_board_is_found_and_what_to_do_next_is_said(
    roots: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    drive = make_drive(roots[0] / "CIRCUITPY")
    said = install_node(InstallOrder(), roots)
    assert said.startswith("Firmware 0.1.0 is on the Seeed XIAO nRF52840 Sense; it starts")
    assert str(drive / "footspring-before") in said
    assert "footspring node scan" in said
    steps = capsys.readouterr().err.splitlines()
    assert steps[-1].endswith("code.py")
    assert all(" of " in step for step in steps)
    assert install_node(InstallOrder(), roots).endswith("already; nothing was written.")


def test_a_board_is_set_up_as_it_was_chosen(roots: tuple[Path, ...]) -> None:
    drive = make_drive(roots[0] / "CIRCUITPY")
    install_node(InstallOrder(drive, NodeChoice(("toes", "heel"))), roots)
    assert 'FOOT_CELLS = "toes,heel"' in (drive / "settings.toml").read_text("utf-8")


def test_a_name_is_given_by_radio_and_where_that_fails_it_says_how_later(
    roots: tuple[Path, ...],
) -> None:
    def fail(name: str) -> str:
        raise SourceError(f"{name}: no radio. Fetch one.", SourceFault.NOT_FOUND)

    make_drive(roots[0] / "CIRCUITPY")
    order = InstallOrder(name="Left")
    assert install_node(order, roots, "called {}".format).splitlines()[-1] == "called Left"
    assert install_node(order, roots, fail).splitlines()[-2:] == [
        "It keeps its name: Left: no radio. Fetch one.",
        "then: footspring node rename NAME Left",
    ]


def test_of_two_boards_one_must_be_named(roots: tuple[Path, ...]) -> None:
    make_drive(roots[0] / "CIRCUITPY")
    make_drive(roots[0] / "CIRCUITPY1")
    with pytest.raises(UsageError, match=r"2 boards are mounted: .*CIRCUITPY, .*CIRCUITPY1"):
        install_node(InstallOrder(), roots)


def test_without_a_board_it_says_how_to_connect_one(roots: tuple[Path, ...]) -> None:
    with pytest.raises(BoardError, match=r"no board is mounted below .*USB cable"):
        install_node(InstallOrder(), roots)
    assert list_boards(roots).startswith("No board is mounted. Connect")


def test_boards_are_listed_also_those_that_cannot_be_used(roots: tuple[Path, ...]) -> None:
    make_drive(roots[0] / "A")
    make_drive(roots[0] / "B", BOOT.replace("10.0.3", "9.2.1"))
    first, second = list_boards(roots).splitlines()
    assert first == f"{roots[0] / 'A'}: Seeed XIAO nRF52840 Sense, CircuitPython 10.0.3"
    assert "needs 10.0 or later" in second


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (choose(None, None, None), None),
        (choose("pad", None, None), NodeChoice()),
        (choose(None, None, ("toes", "heel")), NodeChoice(("toes", "heel"))),
        (choose("balance", None, None), NodeChoice((), "none", "balance")),
        (choose("balance", "hx711", None), NodeChoice(("toes",), "hx711", "balance")),
        (choose("balance", None, ("force",)), NodeChoice(("force",), "hx711", "balance")),
        (choose(None, "none", None), NodeChoice((), "none")),
        (choose(None, None, None, has_imu=False), NodeChoice(has_imu=False)),
        (choose(None, None, None, axes="+y -x +z"), NodeChoice(imu_axes="+y -x +z")),
    ],
)
def test_what_is_not_said_is_usual_and_where_nothing_is_said_nothing_changes(
    chosen: NodeChoice | None, expected: NodeChoice | None
) -> None:
    assert chosen == expected


def test_cells_without_a_converter_are_refused() -> None:
    with pytest.raises(UsageError, match="no cells"):
        choose(None, "none", ("toes",))
