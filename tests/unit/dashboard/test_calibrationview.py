"""The window of a calibration: nothing clipped, the place to load marked, words passed on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from calibration import Command, Instruction, Phase, Record, State
from calibration.plan import Step
from calibration.stillness import Unrest
from calibration.view import View
from tests.unit.app.weighing import Kept, Pad, go_on, make_wizard
from trainer.core.settings import DisplaySettings
from trainer.dashboard.calibrationstart import show_calibration
from trainer.dashboard.calibrationview import CalibrationView
from trainer.dashboard.padshape import cell_boxes
from trainer.dashboard.stage import Stage
from trainer.dashboard.theme import SKY

SIZES = [(800, 480), (1920, 1080)]
CELLS = ("hallux", "toes", "ball", "heel")
HEAVY = ("1 kg", "2 kg", "5 kg", "10 kg", "15 kg")
STEP = Step("toes", HEAVY, Phase.UP, 2)
LIVE = (12.0, 512345.0, -10345.0, 812.0)
PLACE = Instruction(
    State.PLACE, "Put it on the middle of 'toes'. Then say next.", 17, 76, STEP, LIVE
)
READ = replace(PLACE, state=State.READ, text="Hands off: reading.", remaining_s=4.2)
SHAKY = replace(
    READ,
    text="'toes' shakes more than unloaded. Keep steps and machines away.",
    unrest=Unrest.SHAKES,
)
FULL = View(
    PLACE, CELLS, (0.0, 323.62, -0.81, 0.03), (0.03, 1.24, 0.05, 0.02), 0.9, 0.4,
    frozenset({Command.NEXT, Command.UNDO, Command.SKIP}),
)  # fmt: skip
REFUSED = Instruction(
    State.REFUSED,
    "Reading 12 ('toes', cycle 2, up, 1 kg + 2 kg) lies 9.81 N off the line through the others; "
    "limit 0.35 N. Another weight stood there, or it touched something: repeat this run. Then say "
    "next to repeat it.",
    76,
    76,
    None,
)
VIEWS = {
    "refused": replace(FULL, instruction=REFUSED),
    "kept": replace(
        FULL,
        result="calibration: /home/mia/.local/share/footspring/calibrations/"
        "calibration-20260501-120000-25ed.json\nreport: /home/mia/.local/share/footspring/"
        "calibrations/calibration-20260501-120000-25ed.html",
        is_done=True,
    ),
    "waiting": View(),
    "place": FULL,
    "rough": replace(FULL, live_n=(None, 320.0, None, None), expanded_n=(None,) * 4),
    "read": replace(FULL, instruction=READ),
    "shaky": replace(FULL, instruction=SHAKY, stillness=0.2),
    "off": replace(FULL, instruction=replace(PLACE, step=Step("heel", (), Phase.UNLOADED, 1))),
    "one cell": replace(
        FULL,
        cells=("force",),
        instruction=replace(PLACE, step=Step("force", HEAVY, Phase.DOWN, 1), live_counts=(5.0,)),
        live_n=(1.0,),
        expanded_n=(0.1,),
    ),
}


class Port:
    """A calibration that the test moves."""

    def __init__(self, view: View | None = None) -> None:
        self.view = view or View()
        self.said: list[Command] = []
        self.is_left = False

    def say(self, word: Command) -> None:
        self.said.append(word)

    def leave(self) -> None:
        self.is_left = True


@pytest.fixture(scope="module")
def record() -> Record:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    return kept.records[0]


def shown(qtbot: QtBot, port: Port, size: tuple[int, int] = SIZES[0]) -> CalibrationView:
    view = CalibrationView(port)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.poll()
    return view


def check_texts(view: CalibrationView) -> int:
    """See that every text is whole and above the buttons; return how many there are."""
    texts = [text for text in view.texts() if text.lines]
    for text in texts:
        words = " ".join(line for _, line in text.lines)
        assert text.is_whole, words
        assert view.rect().toRectF().contains(text.inked()), words
        assert text.inked().bottom() <= view.next_button.y(), words
    return len(texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(VIEWS))
def test_no_text_is_clipped(qtbot: QtBot, size: tuple[int, int], name: str) -> None:
    view = shown(qtbot, Port(VIEWS[name]), size)
    assert check_texts(view) >= (2 if name == "waiting" else 7)
    view.grab()


@pytest.mark.parametrize("size", SIZES)
def test_the_end_shows_a_plot_for_each_cell_and_asks_to_keep_it(
    qtbot: QtBot, record: Record, size: tuple[int, int]
) -> None:
    done = Instruction(State.FINISHED, "The calibration is done.", 36, 36, None)
    port = Port(replace(FULL, instruction=done, record=record, allowed=frozenset({Command.NEXT})))
    view = shown(qtbot, port, size)
    assert check_texts(view) >= 5
    assert view.next_button.text() == "KEEP IT"
    assert not view.undo_button.isEnabled()
    orange = QColor("#E69F00")
    picture = view.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name().upper()
        for x in range(0, picture.width(), 1)
        for y in range(picture.height() // 3, picture.height() * 2 // 3, 2)
    }
    assert orange.name().upper() in colours


def test_the_cell_to_load_is_lit_and_the_others_are_not(qtbot: QtBot) -> None:
    view = shown(qtbot, Port(FULL))
    picture = view.grab().toImage()
    boxes = cell_boxes(CELLS, QRect(16, 172, 264, 212), 1.0)
    lit = {
        cell: picture.pixelColor(box.left() + 8, box.top() + 14).name().upper() == SKY.upper()
        for cell, box in boxes.items()
    }
    assert lit == {"hallux": False, "toes": True, "ball": False, "heel": False}


@pytest.mark.usefixtures("qtbot")
def test_no_cell_covers_another() -> None:
    for cells in (CELLS, ("force",), ("hallux", "toes", "dome"), ("ball", "heel")):
        boxes = list(cell_boxes(cells, QRect(0, 0, 200, 200), 1.0).values())
        assert len(boxes) == len(cells)
        for number, box in enumerate(boxes):
            assert box.width() > 60
            assert not any(box.intersects(other) for other in boxes[number + 1 :])


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (Qt.Key.Key_Space, Command.NEXT),
        (Qt.Key.Key_U, Command.UNDO),
        (Qt.Key.Key_S, Command.SKIP),
        (Qt.Key.Key_R, Command.REDO),
    ],
)
def test_keys_say_what_the_buttons_say(qtbot: QtBot, key: Qt.Key, word: Command) -> None:
    port = Port(FULL)
    QTest.keyClick(shown(qtbot, port), key)
    assert port.said == [word]


def test_buttons_pass_words_on_and_offer_only_what_may_be_said(qtbot: QtBot) -> None:
    port = Port(FULL)
    view = shown(qtbot, port)
    for button in (view.next_button, view.undo_button, view.skip_button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert port.said == [Command.NEXT, Command.UNDO, Command.SKIP]
    port.view = replace(FULL, allowed=frozenset())
    view.poll()
    assert not view.next_button.isEnabled()


def test_closing_leaves(qtbot: QtBot) -> None:
    port = Port(FULL)
    view = shown(qtbot, port)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert port.is_left
    assert not view.isVisible()


@pytest.mark.usefixtures("qtbot")
def test_the_window_runs_until_it_is_closed() -> None:
    port = Port(FULL)

    def close_soon(view: CalibrationView) -> None:
        QTimer.singleShot(0, view.close)

    assert show_calibration(port, Stage(DisplaySettings()), on_ready=close_soon) == 0
    assert port.is_left
