"""What a waiting session may be left for: two buttons, one way out, and a stop that goes before."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from calibration.view import View
from tests.unit.dashboard.fakeengine import WINDOW_S, FakeEngine
from tests.unit.dashboard.scenes import BASE, SNAPSHOTS
from trainer.app.errand import Found, Refused
from trainer.core.clock import ManualClock
from trainer.core.commands import EndSession
from trainer.core.errands import Errand
from trainer.core.settings import DisplaySettings
from trainer.core.snapshot import Phase
from trainer.dashboard.calibrationview import CalibrationView
from trainer.dashboard.checkview import CheckView
from trainer.dashboard.window import Dashboard
from trainer.doctor.steps import Picture

LEFT = Qt.MouseButton.LeftButton
BOTH = (Errand.CHECK, Errand.CALIBRATE)
ALL = (Errand.TODAY, *BOTH)
SIZES = [(800, 480), (1920, 1080)]


@pytest.fixture
def window(qtbot: QtBot, engine: FakeEngine, clock: ManualClock) -> Dashboard:
    return opened(qtbot, engine, clock, ALL)


def opened(
    qtbot: QtBot, engine: FakeEngine, clock: ManualClock, errands: tuple[Errand, ...]
) -> Dashboard:
    window = Dashboard(engine, DisplaySettings(window_s=WINDOW_S), clock, errands=errands)
    qtbot.addWidget(window, before_close_func=lambda _: setattr(engine, "is_finished", True))
    window.resize(800, 480)
    window.show()
    window.poll()
    return window


def press(window: Dashboard, errand: Errand) -> None:
    QTest.mouseClick(window.session.errands[errand], LEFT)
    window.poll()


@pytest.mark.parametrize("phase", sorted(Phase))
def test_they_are_offered_where_the_session_waits_to_begin_and_nowhere_else(
    window: Dashboard, engine: FakeEngine, phase: Phase
) -> None:
    engine.show(replace(BASE, phase=phase))
    window.poll()
    for button in window.session.errands.values():
        assert button.isVisibleTo(window.session) is (phase is Phase.READY)


@pytest.mark.parametrize("errands", [(), (Errand.CHECK,), (Errand.TODAY,)])
def test_a_pad_that_cannot_is_not_offered_it(
    qtbot: QtBot, engine: FakeEngine, clock: ManualClock, errands: tuple[Errand, ...]
) -> None:
    window = opened(qtbot, engine, clock, errands)
    assert tuple(window.session.errands) == errands


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_covered(window: Dashboard, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.poll()
    dial = window.session.dial
    for button in window.session.errands.values():
        assert all(text.is_whole for text in button.texts())
        assert not button.geometry().intersects(dial.geometry())
        assert window.childAt(button.geometry().center()) is button
        assert button.height() >= 44 * size[1] / 480
    assert all(text.is_whole for text in dial.texts())


def test_the_dial_has_its_place_back_once_the_session_has_begun(
    window: Dashboard, engine: FakeEngine
) -> None:
    small = window.session.dial.height()
    engine.show(SNAPSHOTS["tare"])
    window.poll()
    assert window.session.dial.height() > small


@pytest.mark.parametrize("errand", ALL)
def test_one_press_leaves_the_session_and_the_window_goes_when_the_pad_is_let_go(
    window: Dashboard, engine: FakeEngine, errand: Errand
) -> None:
    press(window, errand)
    assert engine.leaves == 1
    assert window.isVisible()
    assert window.session.cue.face.cue == "WAIT"
    assert "Letting go of the pad" in window.session.message.words
    engine.show(SNAPSHOTS["done"])
    window.poll()
    assert window.session.cue.face.cue == "WAIT"
    engine.is_finished = True
    window.poll()
    assert not window.isVisible()
    assert window.errand is errand
    assert window.end.isHidden()


def test_nothing_else_is_asked_for_while_the_pad_is_let_go(
    window: Dashboard, engine: FakeEngine
) -> None:
    press(window, Errand.CHECK)
    QTest.keyClick(window, Qt.Key.Key_Space)
    press(window, Errand.CALIBRATE)
    QTest.mouseClick(window.session.finish, LEFT)
    assert engine.sent == []
    assert engine.leaves == 1


@pytest.mark.parametrize("is_hung", [False, True])
def test_a_pain_stop_meanwhile_stops_and_nothing_follows(
    window: Dashboard, engine: FakeEngine, *, is_hung: bool
) -> None:
    press(window, Errand.CHECK)
    engine.is_hung = is_hung
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert engine.pain_stops == 1
    assert window.end.face.heading == "STOPPED"
    engine.is_finished = True
    window.poll()
    assert window.isVisible()
    assert window.errand is None


def test_a_pain_stop_a_moment_after_the_pad_was_let_go_is_shown_and_nothing_follows(
    window: Dashboard, engine: FakeEngine
) -> None:
    press(window, Errand.CHECK)
    engine.is_hung = True
    engine.show(SNAPSHOTS["done"])
    QTest.keyClick(window, Qt.Key.Key_Escape)
    engine.is_finished = True
    window.poll()
    assert window.isVisible()
    assert window.errand is None
    assert window.end.face.heading == "STOPPED"
    assert "Nothing was recorded" in window.end.face.message
    assert window.end.face.saving == ""
    assert all(text.is_whole for text in window.end.texts())


def test_a_stop_from_elsewhere_keeps_the_window_too(window: Dashboard, engine: FakeEngine) -> None:
    press(window, Errand.CHECK)
    engine.show(SNAPSHOTS["stopped"])
    engine.is_finished = True
    window.poll()
    assert window.isVisible()
    assert window.errand is None


def test_a_session_that_began_first_goes_on(window: Dashboard, engine: FakeEngine) -> None:
    press(window, Errand.CHECK)
    engine.show(SNAPSHOTS["tare"])
    window.poll()
    assert window.errand is None
    assert window.session.finish.isEnabled()


def test_closing_the_window_meanwhile_ends_all(window: Dashboard, engine: FakeEngine) -> None:
    press(window, Errand.CHECK)
    assert not window.close()
    assert engine.sent == [EndSession()]
    engine.is_finished = True
    window.poll()
    assert not window.isVisible()
    assert window.errand is None


@pytest.mark.parametrize("size", SIZES)
def test_what_is_opened_on_a_simulated_pad_says_so_and_covers_nothing(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    calibration = CalibrationView(Refused(View()), is_simulated=True)
    check = CheckView(Found(Picture(findings=(), is_done=True)), is_simulated=True)
    for window in (calibration, check):
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        badge = window.badge
        assert badge.isVisibleTo(window)
        assert badge.words == "SIMULATED"
        assert window.rect().contains(badge.geometry())
        for text in window.texts():
            assert text.is_whole
            assert not text.inked().intersects(QRectF(badge.geometry()))


def test_what_is_opened_on_a_real_pad_has_no_badge(qtbot: QtBot) -> None:
    window = CheckView(Found(Picture()))
    qtbot.addWidget(window)
    window.show()
    assert not window.badge.isVisibleTo(window)
