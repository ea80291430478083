"""A question of a circuit is answered by touch: figures, or yes and no; sets are skipped so too."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.unit.dashboard.conftest import MakeWindow
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import IN_WORK, SNAPSHOTS
from trainer.core.commands import Answer, Command, Pause, Reply, SkipMvc, SkipSet
from trainer.core.snapshot import Phase
from trainer.dashboard.window import Dashboard

SIZES = [(800, 480), (1920, 1080)]
ASKED = replace(SNAPSHOTS["rest"], block="work", question="pain")
CLOSING = replace(ASKED, question="breath", is_yes_no=True)


def press(window: Dashboard, button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.poll()


def test_every_figure_answers_the_question(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    for number, button in enumerate(window.session.figures.figures):
        engine.show(replace(ASKED, question=("ease", "pain")[number % 2]))
        window.poll()
        press(window, button)
    assert engine.sent == [Answer(float(figure)) for figure in range(11)]


def test_a_question_is_answered_once_and_never_by_the_tap_of_the_one_before(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(replace(ASKED, question="ease"))
    window.poll()
    eight = window.session.figures.figures[8]
    press(window, eight)
    press(window, eight)
    assert engine.sent == [Answer(8.0)]
    engine.show(ASKED)
    window.poll()
    QTest.mouseDClick(eight, Qt.MouseButton.LeftButton)
    assert engine.sent == [Answer(8.0)]


def test_a_yes_or_no_is_answered_by_one_of_two(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(CLOSING)
    window.poll()
    figures = window.session.figures
    assert not any(button.isVisibleTo(window) for button in figures.figures)
    press(window, figures.yes)
    engine.show(replace(CLOSING, question="posture"))
    window.poll()
    press(window, figures.no)
    assert engine.sent == [Reply(is_yes=True), Reply(is_yes=False)]


def test_the_curves_are_back_once_nothing_is_asked(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    middle = window.session.plot.geometry().center()
    engine.show(ASKED)
    window.poll()
    covering = window.childAt(middle)
    assert covering is not None
    assert window.session.figures.isAncestorOf(covering)
    engine.show(replace(ASKED, question=""))
    window.poll()
    assert window.session.figures.isHidden()


@pytest.mark.parametrize("size", SIZES)
def test_answers_are_large_and_lie_side_by_side(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    engine.show(ASKED)
    window.poll()
    boxes = [button.geometry() for button in window.session.figures.figures]
    for place, box in enumerate(boxes):
        assert min(box.width(), box.height()) >= 44 * size[1] / 480
        assert window.session.figures.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[:place])


@pytest.mark.parametrize(
    ("phase", "block", "asked"),
    [
        (Phase.WORK, "work", (SkipSet(), Pause())),
        (Phase.REST, "work", (SkipSet(), Pause())),
        (Phase.MVC_REST, "work", (SkipMvc(),)),
        (Phase.READY, "", (SkipMvc(),)),
    ],
)
def test_in_a_circuit_two_buttons_skip_a_set_and_wait(
    make_window: MakeWindow,
    engine: FakeEngine,
    phase: Phase,
    block: str,
    asked: tuple[Command, ...],
) -> None:
    window = make_window(800, 480)
    engine.show(replace(IN_WORK, phase=phase, block=block))
    window.poll()
    press(window, window.session.skip)
    if Pause() in asked:
        press(window, window.session.tare)
    assert engine.sent == list(asked)
