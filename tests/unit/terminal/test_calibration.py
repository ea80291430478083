"""A calibration in a terminal: the page, the keys, the lines, and the figures at the end."""

import io
import os
import pty
from dataclasses import replace

import pytest
from rich.console import Console

from calibration import Command, Instruction, Phase, Record, State
from calibration.plan import Step
from calibration.view import View
from tests.unit.app.weighing import Kept, Pad, go_on, make_wizard
from trainer.terminal.calibration import (
    Place,
    draw,
    end_lines,
    follow_lines,
    follow_live,
    obey,
    run_terminal,
)
from trainer.terminal.calibrationwords import expanded_at, live_rows, plot_rows, report_rows
from trainer.terminal.padpicture import pad_rows

CELLS = ("hallux", "toes", "ball", "heel")
STEP = Step("toes", ("1 kg", "2 kg"), Phase.UP, 2)
PLACE = Instruction(
    State.PLACE, "Put 1 kg + 2 kg on the middle of 'toes'.", 17, 76, STEP, (1.0, 9000.0, 0.0, 2.0)
)
FULL = View(
    PLACE, CELLS, (0.0, 29.4, 0.0, None), (0.02, 0.11, None, None), 0.9, 0.5,
    frozenset({Command.NEXT, Command.UNDO}),
)  # fmt: skip


class Port:
    """A calibration that the test moves; it is over after so many looks."""

    def __init__(self, *views: View) -> None:
        self._views = list(views)
        self.said: list[Command] = []
        self.is_left = False

    @property
    def view(self) -> View:
        if self.is_left:
            return replace(self._views[0], is_done=True)
        return self._views[0] if len(self._views) == 1 else self._views.pop(0)

    def say(self, word: Command) -> None:
        self.said.append(word)

    def leave(self) -> None:
        self.is_left = True


class Watched(Port):
    """A calibration whose person types as soon as something is shown: what came before is lost."""

    def __init__(self, keyboard: int, keys: bytes) -> None:
        super().__init__(FULL)
        self._keyboard = keyboard
        self._keys = keys

    @property
    def view(self) -> View:
        if self._keys:
            os.write(self._keyboard, self._keys)
            self._keys = b""
        return super().view


class Typed:
    """Keys that come one read at a time; afterwards the terminal is gone."""

    def __init__(self, *reads: bytes) -> None:
        self._reads = list(reads)

    def wait(self, timeout_s: float) -> bytes | None:
        del timeout_s
        return self._reads.pop(0) if self._reads else None


@pytest.fixture(scope="module")
def record() -> Record:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    return kept.records[0]


def page(view: View, place: Place) -> list[str]:
    console = Console(file=io.StringIO(), width=place.width, height=place.height, record=True)
    console.print(draw(view, place))
    return console.export_text().splitlines()


def test_the_page_tells_what_to_do_where_and_what_may_be_said() -> None:
    rows = page(FULL, Place(100, 40))
    text = "\n".join(rows)
    assert "step 17 of 76" in text
    assert ">> TOES <<" in text
    assert "space next   u undo   q leave" in text
    assert "s skip" not in text
    assert sum("█" in row for row in rows[:5]) == 5


@pytest.mark.parametrize("height", [24, 30, 50])
def test_the_page_fits_the_terminal_with_its_hint(height: int) -> None:
    rows = page(FULL, Place(80, height))
    assert len(rows) <= height
    assert "q leave" in rows[-1]


def test_a_terminal_without_blocks_gets_plain_letters() -> None:
    assert all(row.isascii() or "±" in row for row in page(FULL, Place(100, 40, is_plain=True)))


def test_readings_are_told_with_u_where_it_is_known_and_as_about_where_not() -> None:
    first, second, third, last = live_rows(FULL)
    assert "+0.00 ± 0.02 N" in first
    assert "+29.40 ± 0.11 N" in second
    assert "about" in third
    assert last.endswith("counts")


@pytest.mark.parametrize(
    ("cells", "rows"), [(CELLS, 10), (("force",), 4), (("hallux", "dome"), 7), ((), 0)]
)
def test_the_pad_is_drawn_with_straight_walls(cells: tuple[str, ...], rows: int) -> None:
    found = pad_rows(cells, "toes", "1 kg + 2 kg")
    assert len(found) == rows
    assert len({len(row) for row in found}) <= 1


@pytest.mark.parametrize(
    ("data", "said", "leaves"),
    [
        (b" ", [Command.NEXT], False),
        (b"\ru", [Command.NEXT, Command.UNDO], False),
        (b"S", [Command.SKIP], False),
        (b"q", [], True),
        (b"\x1b", [], True),
        (b"\x1b[A", [], False),
        (b"x\xff", [], False),
    ],
)
def test_keys_ask_for_what_they_say(data: bytes, said: list[Command], leaves: bool) -> None:
    port = Port(FULL)
    assert obey(port, data) is leaves
    assert port.said == said


def test_a_terminal_that_is_gone_leaves_and_keeps_what_was_read() -> None:
    port = Port(FULL)
    follow_live(port, Typed(b" "), Console(file=io.StringIO(), force_terminal=True))
    assert port.said == [Command.NEXT]
    assert port.is_left


def test_lines_tell_each_step_once() -> None:
    other = replace(FULL, instruction=replace(PLACE, number=18))
    over = replace(other, is_done=True)
    told: list[str] = []
    follow_lines(Port(FULL, FULL, FULL, FULL, FULL, other, other, other, over), told.append, bool)
    assert [line.split()[0] for line in told] == ["17/76", "18/76"]


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_the_real_keyboard_leads_through_it_and_is_put_back(
    term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    far, near = pty.openpty()
    try:
        port = Watched(far, b" q")
        out = io.StringIO()
        run_terminal(port, input_fd=near, console=Console(file=out, force_terminal=True))
        assert port.said == [Command.NEXT]
        assert port.is_left
        assert out.getvalue()
    finally:
        os.close(near)
        os.close(far)


def test_the_figures_of_a_fit_are_told_cell_by_cell_with_u_at_three_forces(record: Record) -> None:
    rows = list(report_rows(record))
    assert rows[1].startswith("hallux")
    assert rows[2].startswith("toes")
    for cell in ("hallux", "toes"):
        forces_n = [force_n for force_n, _ in expanded_at(record.calibration, cell)]
        assert forces_n == pytest.approx([7.845, 39.227, 78.453], abs=0.01)
    assert sum(row.startswith("toes: found less nominal") for row in rows) == 1


def test_a_plot_has_each_point_in_its_place() -> None:
    rows = list(plot_rows([10.0, 20.0], [0.5, -0.5]))
    assert rows[0].startswith("  +0.500 |")
    assert rows[0].endswith(" " * 30)
    assert rows[0].index("o") == 10 + 30
    assert rows[8].index("o") == 10 + 60
    assert all(len(row) == len(rows[0]) for row in rows)


def test_only_what_was_kept_is_told_at_the_end(record: Record) -> None:
    assert end_lines(FULL) == []
    assert end_lines(replace(FULL, record=record)) == []
    lines = end_lines(replace(FULL, record=record, result="kept"))
    assert lines[-1] == "kept"
    assert len(lines) > 20


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (("1 kg", "2 kg", "5 kg"), "1 kg + 2 kg + 5 kg"),
        (("1 kg", "2 kg", "5 kg", "10 kg"), "4 weights"),
    ],
)
def test_what_is_on_the_cell_is_told_whole(weights: tuple[str, ...], told: str) -> None:
    step = replace(STEP, weights=weights)
    text = "\n".join(page(replace(FULL, instruction=replace(PLACE, step=step)), Place(80, 40)))
    assert f" {told} " in text
