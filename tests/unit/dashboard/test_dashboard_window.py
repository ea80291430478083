"""The window: commands, pain stop, watchdog, closing, and no needless repaint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.unit.dashboard.conftest import MakeWindow, settle
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import BASE, IN_WORK, SNAPSHOTS
from trainer.core.clock import ManualClock
from trainer.core.commands import (
    Answer,
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Pause,
    Retare,
    SkipMvc,
    Undo,
)
from trainer.core.cues import Side
from trainer.core.snapshot import Phase
from trainer.core.watchdog import Alarm
from trainer.dashboard.actions import is_usable
from trainer.dashboard.button import Button
from trainer.dashboard.theme import BLUE, GREEN, VERMILLION
from trainer.dashboard.window import Dashboard

LEFT = Qt.MouseButton.LeftButton

PHASES = [replace(BASE, phase=phase, cue="CUE", can_undo=True) for phase in Phase]


def buttons(window: Dashboard) -> dict[Button, Command]:
    return {
        window.session.next: Next(),
        window.session.skip: SkipMvc(),
        window.session.undo: Undo(),
        window.session.tare: Retare(),
        window.session.finish: EndSession(),
        window.session.right_foot: ChangeSide(Side.RIGHT),
    }


def test_each_button_sends_its_command_where_it_means_something(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    for snapshot in PHASES:
        for button, command in buttons(window).items():
            engine.show(snapshot)
            window.poll()
            engine.sent.clear()
            QTest.mouseClick(button, LEFT)
            usable = is_usable(type(command), engine.snapshot)
            assert button.isEnabled() is usable
            assert engine.sent == ([command] if usable else [])


def test_a_key_that_is_held_down_goes_on_once(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    for is_repeated in (False, True, True):
        pressed = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Space,
            Qt.KeyboardModifier.NoModifier,
            " ",
            is_repeated,
        )
        QApplication.sendEvent(window, pressed)
    assert engine.sent == [Next()]


def test_the_other_foot_is_asked_for_on_its_own_half(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(replace(BASE, side=Side.RIGHT))
    window.poll()
    QTest.mouseClick(window.session.right_foot, LEFT)
    assert engine.sent == []
    QTest.mouseClick(window.session.left_foot, LEFT)
    assert engine.sent == [ChangeSide(Side.LEFT)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_goes_on_where_next_is_usable(
    make_window: MakeWindow, engine: FakeEngine, key: Qt.Key
) -> None:
    window = make_window(800, 480)
    QTest.keyClick(window, key)
    assert engine.sent == [Next()]
    engine.show(IN_WORK)
    QTest.keyClick(window, key)
    assert engine.sent == [Next()]


def test_a_figure_answers_where_one_is_asked_for_and_w_pauses_a_circuit(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    QTest.keyClicks(window, "7w")
    assert engine.sent == []
    engine.show(replace(IN_WORK, phase=Phase.REST, block="work", question="ease"))
    QTest.keyClicks(window, "7w")
    assert engine.sent == [Answer(7.0), Pause()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_P])
def test_a_key_stops_from_every_phase(
    make_window: MakeWindow, engine: FakeEngine, key: Qt.Key
) -> None:
    window = make_window(800, 480)
    for count, snapshot in enumerate(PHASES, 1):
        engine.show(snapshot)
        window.poll()
        QTest.keyClick(window, key)
        assert engine.pain_stops == count


@pytest.mark.parametrize("mouse", [LEFT, Qt.MouseButton.RightButton])
@pytest.mark.parametrize("scene", ["ready", "work_in", "rest", "done"])
def test_pain_stop_acts_when_the_mouse_goes_down(
    make_window: MakeWindow, engine: FakeEngine, scene: str, mouse: Qt.MouseButton
) -> None:
    window = make_window(800, 480)
    engine.show(SNAPSHOTS[scene])
    window.poll()
    QTest.mousePress(window.session.pain, mouse)
    assert engine.pain_stops == 1
    assert window.end.isVisibleTo(window)
    assert window.end.face.heading == "STOPPED"


def test_esc_stops_while_a_name_is_being_typed(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    QTest.mouseClick(window.session.athlete, LEFT)
    QTest.keyClicks(window.session.athlete, "Be p")
    assert engine.pain_stops == 0
    assert engine.sent == []
    QTest.keyClick(window.session.athlete, Qt.Key.Key_Escape)
    assert engine.pain_stops == 1


def test_the_screen_shows_a_stop_at_once_and_stays_so_when_nobody_answers(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    engine.is_hung = True
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.end.face.heading == "STOPPED"
    assert "does not answer" not in window.end.face.message
    for _ in range(6):
        clock.move(0.016)
        window.poll()
    clock.move(0.004)
    window.poll()
    assert window.alarm is Alarm.UNANSWERED
    assert "does not answer" in window.end.face.message
    picture = window.grab().toImage()
    for x, y in ((5, 5), (795, 300), (400, 300)):
        assert picture.pixelColor(x, y) == QColor(VERMILLION)
    engine.is_hung = False
    engine.show(replace(IN_WORK, rep=8))
    clock.move(10.0)
    window.poll()
    assert window.end.isVisibleTo(window)
    assert window.end.face.heading == "STOPPED"


def test_a_late_answer_is_told_apart_from_none(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    engine.is_hung = True
    window.pain_stop()
    clock.move(0.2)
    window.poll()
    engine.show(SNAPSHOTS["stopped"])
    window.poll()
    assert window.alarm is Alarm.NONE
    assert window.end.face.message.startswith("Stopped: pain.")


def test_the_watch_runs_though_asking_failed(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock, qtbot: QtBot
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    engine.is_broken = True
    with qtbot.captureExceptions() as raised:
        QTest.mousePress(window.session.pain, LEFT)
    assert len(raised) == 1
    clock.move(0.1)
    window.poll()
    assert window.alarm is Alarm.UNANSWERED


def test_the_real_timer_looks_at_the_limit(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock, qtbot: QtBot
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    engine.is_hung = True
    QTest.mousePress(window.session.pain, LEFT)
    clock.move(0.1)
    qtbot.waitUntil(lambda: window.alarm is Alarm.UNANSWERED, timeout=1000)


def test_a_silent_engine_is_shown_and_commands_wait(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(SNAPSHOTS["rest"])
    window.poll()
    engine.is_hung = True
    clock.move(1.1)
    window.poll()
    assert window.session.cue.face.cue == "NO ANSWER"
    assert "does not answer" in window.session.message.words
    assert not window.session.next.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert engine.sent == []
    assert window.session.pain.isEnabled()
    engine.is_hung = False
    window.poll()
    assert window.session.cue.face.cue == "SWITCH"
    assert window.session.next.isEnabled()


def test_return_in_the_name_field_asks_for_the_athlete(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    QTest.mouseClick(window.session.athlete, LEFT)
    QTest.keyClicks(window.session.athlete, "  Ben  Okafor ")
    QTest.keyClick(window.session.athlete, Qt.Key.Key_Return)
    assert engine.sent == [ChangeAthlete("Ben Okafor")]
    assert not window.session.athlete.hasFocus()
    engine.show(replace(BASE, athlete="Ben Okafor"))
    window.poll()
    assert window.session.athlete.text() == "Ben Okafor"


def test_a_name_that_is_not_confirmed_is_forgotten(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    QTest.mouseClick(window.session.athlete, LEFT)
    QTest.keyClicks(window.session.athlete, "Ben")
    window.session.athlete.clearFocus()
    assert window.session.athlete.text() == "Anna"
    QTest.mouseClick(window.session.athlete, LEFT)
    QTest.keyClick(window.session.athlete, Qt.Key.Key_Return)
    assert engine.sent == []


def test_the_name_cannot_be_changed_during_work(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    QTest.mouseClick(window.session.athlete, LEFT)
    QTest.keyClicks(window.session.athlete, "Ben")
    QTest.keyClick(window.session.athlete, Qt.Key.Key_Return)
    assert engine.sent == []


def test_closing_during_a_session_ends_it_and_waits_until_it_is_saved(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    assert not window.close()
    assert not window.close()
    assert engine.sent == [EndSession()]
    window.poll()
    assert window.isVisible()
    assert "saving" in window.session.message.words
    assert not window.session.finish.isEnabled()
    engine.show(SNAPSHOTS["done"])
    window.poll()
    assert window.isVisible()
    engine.is_finished = True
    window.poll()
    assert not window.isVisible()


def test_a_window_can_be_closed_when_the_engine_hangs(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    engine.is_hung = True
    clock.move(1.1)
    window.poll()
    assert window.close()


def test_a_second_wish_to_close_is_granted_after_five_seconds(
    make_window: MakeWindow, engine: FakeEngine, clock: ManualClock
) -> None:
    window = make_window(800, 480)
    engine.show(SNAPSHOTS["done"])
    window.poll()
    assert not window.close()
    clock.move(5.1)
    assert window.close()


def test_after_the_session_it_shows_what_was_done_and_opens_the_report(
    make_window: MakeWindow,
    engine: FakeEngine,
    opened: list[QUrl],
    tmp_path: Path,
) -> None:
    window = make_window(800, 480)
    for number in (1, 2, 3):
        engine.show(replace(IN_WORK, set_number=number, rep=20))
        window.poll()
    engine.show(SNAPSHOTS["done"])
    window.poll()
    assert not window.end.isVisibleTo(window)
    engine.is_finished = True
    window.poll()
    assert window.end.isVisibleTo(window)
    assert window.end.face.heading == "DONE"
    assert sum(done.reps for done in window.end.face.sets) == 60
    assert window.end.report_button.isHidden()
    report = tmp_path / "report.html"
    window.show_report(report)
    window.poll()
    assert window.end.report_button.isVisibleTo(window)
    QTest.mouseClick(window.end.report_button, LEFT)
    assert [url.toLocalFile() for url in opened] == [str(report)]
    QTest.mouseClick(window.end.close_button, LEFT)
    assert not window.isVisible()


def test_after_a_stop_nothing_is_asked_and_the_report_is_offered(
    make_window: MakeWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    engine.show(SNAPSHOTS["stopped"])
    window.poll()
    assert window.end.face.saving == "Saving."
    assert window.end.face.sets[0].reps == 7
    engine.is_finished = True
    window.show_report(tmp_path / "report.html")
    window.poll()
    assert window.end.report_button.isVisibleTo(window)
    assert window.end.close_button.isVisibleTo(window)


def test_the_flood_is_on_the_screen(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    for snapshot, flood in ((IN_WORK, GREEN), (SNAPSHOTS["rest"], BLUE)):
        engine.show(snapshot)
        window.poll()
        picture = window.grab().toImage()
        for part in (window.session.cue, window.session.counter, window.session.dial):
            corner = part.geometry().topRight()
            assert picture.pixelColor(corner.x() - 3, corner.y() + 3) == QColor(flood)


def test_nothing_repaints_when_nothing_changes(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    settle(window)
    with painted(window) as parts:
        for _ in range(60):
            window.poll()
            QApplication.processEvents()
    assert parts == []


def test_a_new_snapshot_that_looks_the_same_repaints_nothing(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    settle(window)
    with painted(window) as parts:
        engine.show(replace(IN_WORK, at_s=9.0, force_n=25.1, hold_s=1.301))
        window.poll()
        QApplication.processEvents()
    assert parts == []


def test_a_new_rep_repaints_the_counter_alone(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    settle(window)
    with painted(window) as parts:
        engine.show(replace(IN_WORK, rep=8))
        window.poll()
        QApplication.processEvents()
    assert parts == ["Counter"]


def test_the_axis_keeps_its_range_while_the_force_does(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    settle(window)
    redraws = window.session.plot.trace.full_redraws
    for _ in range(400):
        engine.feed(4)
        window.poll()
        QApplication.processEvents()
    assert window.session.plot.trace.full_redraws == redraws


def test_packets_at_every_poll_are_drawn_at_every_second_one(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    settle(window)
    heads: list[int] = []
    window.session.plot.trace.when_painted = heads.append
    for _ in range(20):
        engine.feed(1)
        window.poll()
        QApplication.processEvents()
    assert len(heads) == 10


def test_a_rate_that_is_not_known_yet_draws_the_whole_ring(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    engine.rate_hz = 0.0
    window = make_window(800, 480)
    assert window.session.plot.trace.columns == engine.ring.capacity
    engine.rate_hz = 40.0
    engine.feed(100)
    window.poll()
    assert window.session.plot.trace.columns == 800
    engine.rate_hz = 0.0
    engine.feed(100)
    window.poll()
    assert window.session.plot.trace.columns == 800


def test_no_data_is_written_across_the_curves(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    window.poll()
    assert not window.session.plot.no_data.isVisibleTo(window)
    engine.show(SNAPSHOTS["stale"])
    window.poll()
    assert window.session.plot.no_data.isVisibleTo(window)
    assert window.session.link.words.startswith("NO DATA")


def test_an_exception_in_a_slot_is_not_swallowed(
    make_window: MakeWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    window = make_window(800, 480)
    engine.is_broken = True
    with qtbot.captureExceptions() as raised:
        QTest.mouseClick(window.session.next, LEFT)
    assert len(raised) == 1


def test_the_live_timer_draws(make_window: MakeWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    window = make_window(800, 480)
    heads: list[int] = []
    window.session.plot.trace.when_painted = heads.append
    window.start()
    engine.feed(8)
    qtbot.waitUntil(lambda: engine.ring.head in heads, timeout=2000)


@contextmanager
def painted(window: Dashboard) -> Iterator[list[str]]:
    """Collect the class of each widget that is painted meanwhile."""
    watcher = PaintWatcher()
    for child in [window, *window.findChildren(QWidget)]:
        child.installEventFilter(watcher)
    yield watcher.painted
    for child in [window, *window.findChildren(QWidget)]:
        child.removeEventFilter(watcher)


class PaintWatcher(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.painted.append(type(watched).__name__)
        return False
