"""The drawings of the hardware: legible, complete, and what the code says."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from scripts.drawings import main
from scripts.workshop.canvas import Canvas
from scripts.workshop.gallery import FOLDER, drawings, wirings
from scripts.workshop.nodepins import cell_pins
from scripts.workshop.tables import PAGE
from scripts.workshop.wiring import GROUND, SUPPLY, Wiring
from tests.unit.scripts.svglabels import edges, labels
from trainer.core.pinplan import shipped_table

_DRAWN = drawings()
_LEAST_PX = 12.0
"""9 pt where the drawing is 800 px wide."""
_LEAST_APART_PX = 3.0
_PAPER = ET.fromstring(_DRAWN["dome.svg"]).attrib["width"]  # noqa: S314 - ours


@pytest.mark.parametrize("name", _DRAWN)
def test_no_label_covers_another(name: str) -> None:
    found = labels(_DRAWN[name])
    assert found
    covering = [(a.words, b.words) for a, b in combinations(found, 2) if a.overlaps(b)]
    assert covering == []


@pytest.mark.parametrize("name", _DRAWN)
def test_no_line_runs_through_a_label(name: str) -> None:
    lines = tuple(edges(_DRAWN[name]))
    struck = [
        label.words
        for label in labels(_DRAWN[name])
        if any(label.is_crossed_by(*line) for line in lines)
    ]
    assert struck == []


@pytest.mark.parametrize("name", _DRAWN)
def test_every_label_is_large_enough_and_on_the_paper(name: str) -> None:
    height = float(ET.fromstring(_DRAWN[name]).attrib["height"])  # noqa: S314 - ours
    for label in labels(_DRAWN[name]):
        assert label.size_px >= _LEAST_PX, label
        assert 0 <= label.left < label.right <= float(_PAPER), label
        assert 0 <= label.top < label.bottom <= height, label


@pytest.mark.parametrize("wiring", wirings(), ids=lambda wiring: wiring.id)
def test_no_wire_lies_on_another(wiring: Wiring) -> None:
    level = [
        (start[1], *sorted((start[0], end[0])))
        for start, end in edges(_DRAWN[f"wiring-{wiring.id}.svg"])
        if start[1] == end[1]
    ]
    touching = [
        (one, other)
        for one, other in combinations(level, 2)
        if abs(one[0] - other[0]) < _LEAST_APART_PX
        and min(one[2], other[2]) - max(one[1], other[1]) > _LEAST_APART_PX
    ]
    assert touching == []


def test_labels_that_cover_each_other_or_are_struck_through_are_noticed() -> None:
    canvas = Canvas("x", 200)
    canvas.text(20, 100, "one label")
    canvas.text(60, 105, "and another")
    canvas.line(((10, 95), (300, 95)))
    first, second = labels(canvas.svg())[1:]
    assert first.overlaps(second)
    assert all(first.is_crossed_by(*line) for line in edges(canvas.svg()))


def test_the_committed_drawings_are_what_the_code_says() -> None:
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*")}
    assert sorted(kept) == sorted(_DRAWN)
    stale = [name for name, text in _DRAWN.items() if kept[name] != text]
    assert stale == [], "run `make drawings`"


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert drawings() == _DRAWN


@pytest.mark.parametrize("wiring", wirings(), ids=lambda wiring: wiring.id)
def test_a_wiring_shows_every_pin_and_terminal(wiring: Wiring) -> None:
    words = [label.words for label in labels(_DRAWN[f"wiring-{wiring.id}.svg"])]
    assert wiring.pins()
    for pin in wiring.pins():
        assert pin.number in words
        assert pin.name in words
    for part in wiring.parts:
        assert part.title in words
        assert all(words.count(terminal.name) >= 1 for terminal in part.terminals)


@pytest.mark.parametrize("wiring", wirings(), ids=lambda wiring: wiring.id)
def test_every_part_of_a_wiring_reaches_a_pin_and_every_pin_a_part(wiring: Wiring) -> None:
    pins = [pin for pin in (*wiring.left, *wiring.right) if pin is not None and pin.net]
    nets = {terminal.net for part in wiring.parts for terminal in part.terminals}
    assert {SUPPLY, GROUND} <= nets
    assert sorted(pin.net for pin in pins) == sorted(nets), "a net has one pin"


@pytest.mark.parametrize("build", shipped_table().builds)
def test_a_pi_is_wired_as_the_pin_table_says(build: str) -> None:
    wiring = next(wiring for wiring in wirings() if wiring.id == f"pi-{build}")
    drawn = {(int(pin.number), pin.name) for pin in wiring.pins()}
    fixed = {"supply": SUPPLY, "ground": GROUND}
    table = shipped_table().builds[build].lines
    told = {
        (line.pin, fixed.get(role, "") if line.bcm is None else f"GPIO{line.bcm}")
        for role, line in table.items()
    }
    assert drawn == told


@pytest.mark.parametrize(
    ("board", "pins"),
    [
        ("xiao", {"SCK 1": "D10", "DOUT 1": "D9", "SCK 2": "D1", "DOUT 2": "D2"}),
        ("feather", {"SCK 1": "MO", "DOUT 1": "MI", "SCK 2": "D6", "DOUT 2": "D9"}),
    ],
)
def test_a_node_is_wired_as_its_firmware_says(board: str, pins: dict[str, str]) -> None:
    wiring = next(wiring for wiring in wirings() if wiring.id == board)
    drawn = {pin.net: pin.name for pin in wiring.pins()}
    assert drawn.items() >= pins.items()
    free = {pin.number for pin in (*wiring.left, *wiring.right) if pin and "free" in pin.warning}
    assert {cell.free for cell in cell_pins(board)} <= free


def test_five_volts_are_marked_and_never_wired() -> None:
    for wiring in wirings():
        rows = (*wiring.left, *wiring.right)
        never = [pin for pin in rows if pin is not None and "never" in pin.warning]
        assert never
        assert not any(pin.net for pin in never)


def test_check_passes_on_what_is_committed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_drawings_folder_is_the_one_that_the_page_shows() -> None:
    page = PAGE.read_text("utf-8")
    for name in _DRAWN:
        assert f"docs/pictures/hardware/{name})" in page
