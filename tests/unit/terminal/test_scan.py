"""A scan as plain lines, as JSON lines, and on a live terminal."""

import io
import json
from dataclasses import replace

from rich.console import Console

from tests.unit.terminal.nearby import NODE, SCALE, STRANGER
from trainer.terminal.scan import JsonLines, LiveTable, PlainLines, scan_view
from trainer.terminal.scanwords import Wants


def test_a_device_is_told_once_and_again_when_its_name_is_heard() -> None:
    lines: list[str] = []
    with PlainLines(lines.append, Wants()) as view:
        view.show([replace(NODE, name=""), STRANGER], 1.0)
        view.show([NODE, STRANGER], 2.0)
        view.show([NODE, STRANGER, SCALE], 3.0)
    assert lines[:3] == [
        "footspring node: without a name, F0:18:00:00:00:01, -52 dBm strong",
        "footspring node: ToeNode, F0:18:00:00:00:01, -52 dBm strong",
        "WH-C06 crane scale, MAT Muscle Meter: IF_B7, B0:00:00:00:00:01, -79 dBm fair, 12.3 N",
    ]
    assert lines[3].endswith("footspring run --source ble:ToeNode")


def test_namesakes_are_marked_once_they_are_known() -> None:
    lines: list[str] = []
    view = PlainLines(lines.append, Wants())
    view.show([NODE], 1.0)
    view.show([replace(NODE, is_namesake=True)], 2.0)
    assert ["*" in line for line in lines] == [False, True]


def test_a_scan_that_fails_gives_no_advice_beside_the_error() -> None:
    lines: list[str] = []
    view = PlainLines(lines.append, Wants())
    view.__exit__(ValueError, ValueError(), None)
    assert lines == []


def test_a_device_is_told_as_json_at_most_once_a_second_and_only_while_heard() -> None:
    lines: list[str] = []
    view = JsonLines(lines.append)
    for tenth in range(31):
        since_s = tenth / 10
        ago_s = max(0.05, since_s - 1.5)
        view.show([replace(NODE, ago_s=ago_s), replace(STRANGER, ago_s=0.05)], since_s)
    found = [json.loads(line) for line in lines]
    assert [told["at_s"] for told in found] == [0.0, 1.0, 2.0]
    assert found[0] == {
        "at_s": 0.0,
        "address": "F0:18:00:00:00:01",
        "name": "ToeNode",
        "kind": "foot",
        "title": "footspring node",
        "signal_dbm": -52,
        "force_n": None,
        "is_namesake": False,
    }


def test_all_devices_are_told_as_json_where_that_is_wanted() -> None:
    lines: list[str] = []
    JsonLines(lines.append, is_all=True).show([STRANGER], 5.0)
    assert json.loads(lines[0])["kind"] is None


def test_a_live_table_is_left_standing() -> None:
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=80, height=24)
    with LiveTable(console, Wants()) as view:
        view.show([NODE], 1.0)
        view.show([NODE, SCALE], 2.0)
    last = output.getvalue().split("Listening for")[-1]
    assert "IF_B7" in last
    assert "ble:ToeNode" in last


def test_each_output_has_its_view() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24)
    with scan_view(Wants(), is_live=True, console=console) as live:
        assert isinstance(live, LiveTable)
    with scan_view(Wants(is_json=True), is_live=False) as told:
        assert isinstance(told, JsonLines)
    piped = scan_view(Wants(), is_live=False)
    assert isinstance(piped, PlainLines)
