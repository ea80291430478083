"""The question in the window: two big targets, yes the larger, and no hard to hit by chance."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.unit.dashboard.conftest import MakeWindow
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import IN_WORK, SNAPSHOTS
from trainer.core.clock import ManualClock
from trainer.core.commands import EndSession
from trainer.core.watchdog import ANSWER_S, PAIN_ANSWER_S
from trainer.dashboard.places import place
from trainer.dashboard.window import Dashboard

SIZES = [(800, 480), (1920, 1080), (640, 384)]
ASKED = replace(
    SNAPSHOTS["stopped"], stop_reason="foot button", is_pain_asked=True, left_s=ANSWER_S - 2.0
)
LEFT = Qt.MouseButton.LeftButton


def asked(make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]) -> Dashboard:
    """Return a window that shows the question."""
    window = make_window(*size)
    engine.show(ASKED)
    window.poll()
    return window


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_clipped_and_both_words_are_read_from_two_metres(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = asked(make_window, engine, size)
    question = window.question
    widgets = (question, question.yes, question.no)
    for widget in widgets:
        texts = widget.texts()
        assert len(texts) >= 2
        for text in texts:
            assert text.is_whole
            assert widget.rect().toRectF().contains(text.inked())
    unit = min(size[0] / 800, size[1] / 480)
    for text in (question.yes.texts()[0], question.no.texts()[0], question.texts()[0]):
        assert QFontMetricsF(text.font).capHeight() >= 40 * unit
    assert not any(
        a is not b and a.geometry().intersects(b.geometry())
        for a in widgets[1:]
        for b in widgets[1:]
    )


@pytest.mark.parametrize("size", SIZES)
def test_no_lies_where_no_hand_is_on_its_way_to_and_yes_is_larger(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = asked(make_window, engine, size)
    places, no = place(*size), window.question.no.geometry()
    assert not any(no.intersects(button) for button in (*places.buttons, places.pain))
    assert window.question.yes.width() > no.width()
    for button in (*places.buttons, places.pain):
        assert window.childAt(button.center()) in {window.question, window.question.yes}


def test_the_question_covers_the_session_and_goes_once_it_is_answered(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = asked(make_window, engine, (800, 480))
    assert window.childAt(QPoint(400, 60)) is window.question
    assert window.question.texts()[2].lines[0][1] == "Unanswered it counts as pain in 58 s"
    engine.show(replace(ASKED, left_s=41.2))
    window.poll()
    assert window.question.texts()[2].lines[0][1] == "Unanswered it counts as pain in 42 s"
    engine.show(SNAPSHOTS["stopped"])
    window.poll()
    assert not window.question.isVisibleTo(window)
    assert window.end.isVisibleTo(window)


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape]
)
def test_yes_is_what_every_usual_key_says(
    make_window: MakeWindow, engine: FakeEngine, key: Qt.Key
) -> None:
    window = asked(make_window, engine, (800, 480))
    QTest.keyClick(window, key)
    assert (engine.pain_stops, engine.denials, engine.sent) == (1, 0, [])


def test_yes_is_taken_when_the_finger_goes_down_and_no_when_it_leaves(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = asked(make_window, engine, (800, 480))
    QTest.mousePress(window.question.no, LEFT)
    assert engine.denials == 0
    QTest.mouseRelease(window.question.no, LEFT)
    assert (engine.denials, engine.pain_stops) == (1, 0)
    QTest.mousePress(window.question.yes, LEFT)
    assert engine.pain_stops == 1


def test_n_says_no_and_a_key_that_is_down_still_says_nothing(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = asked(make_window, engine, (800, 480))
    for key in (Qt.Key.Key_N, Qt.Key.Key_Space):
        held = QKeyEvent(
            QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True
        )
        QApplication.sendEvent(window, held)
    assert (engine.pain_stops, engine.denials) == (0, 0)
    QTest.keyClick(window, Qt.Key.Key_N)
    assert (engine.pain_stops, engine.denials) == (0, 1)


def test_n_outside_the_question_says_nothing(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    QTest.keyClick(window, Qt.Key.Key_N)
    QTest.keyClick(window, Qt.Key.Key_Y)
    assert (engine.pain_stops, engine.denials, engine.sent) == (0, 0, [])


def test_no_is_dim_until_the_question_can_have_been_read(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    for left_s in (0.0, ANSWER_S, ANSWER_S - 0.5):
        engine.show(replace(ASKED, left_s=left_s))
        window.poll()
        QTest.mouseClick(window.question.no, LEFT)
        assert not window.question.no.isEnabled()
    assert engine.denials == 0
    engine.show(ASKED)
    window.poll()
    assert window.question.no.isEnabled()


def test_closing_the_window_ends_the_session_without_an_answer(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = asked(make_window, engine, (800, 480))
    assert not window.close()
    assert engine.sent == [EndSession()]
    assert engine.denials == 0


def test_a_contact_that_nobody_answers_is_shown_as_a_stop_by_the_window_itself(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    engine.is_hung = True
    engine.stop_asked_s = clock.monotonic_s()
    window.poll()
    assert window.end.face.heading == "STOPPED"
    clock.move(PAIN_ANSWER_S)
    window.poll()
    assert "does not answer" in window.end.face.message
    assert not window.question.isVisibleTo(window)
