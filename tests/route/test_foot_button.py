"""The foot button's stop in a real session: the answer is recorded, listed and reported."""

from collections.abc import Iterator

import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin  # type: ignore[import-untyped]
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.route.rig import Home
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.box.footbox import READY
from trainer.box.opening import open_box
from trainer.core.clock import ManualClock, SystemClock
from trainer.core.pinplan import make_plan, shipped_table
from trainer.core.settings import BoxSettings, DisplaySettings, Settings
from trainer.core.snapshot import Phase
from trainer.core.watchdog import may_deny
from trainer.dashboard.window import Dashboard
from trainer.library.library import open_library
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording

SOON_MS = 40_000


@pytest.fixture
def launch(home: Home) -> Iterator[Launch]:
    """Return a session of many reps at forty times real time."""
    order = Order(speed=40.0, sets=1, reps=60, is_mvc_skipped=True)
    with open_library(home.folders) as library:
        launch = Launch(order, Place(home.folders, Settings(), SystemClock(), library))
        launch.engine.start()
        yield launch
        launch.engine.pain_stop()
        assert launch.engine.join(30.0)


@pytest.mark.parametrize(
    ("key", "reason"), [(Qt.Key.Key_N, "interruption"), (Qt.Key.Key_Space, "pain")]
)
def test_the_answer_goes_into_recording_list_and_report(
    launch: Launch, qtbot: QtBot, home: Home, key: Qt.Key, reason: str
) -> None:
    window = Dashboard(launch.engine, DisplaySettings(), SystemClock())
    qtbot.addWidget(window, before_close_func=lambda _: launch.engine.pain_stop())
    launch.on_report = window.show_report
    window.show()
    window.start()
    launch.engine.press_button()
    qtbot.waitUntil(lambda: launch.engine.snapshot.phase is Phase.WORK, timeout=SOON_MS)
    launch.engine.press_button()
    qtbot.waitUntil(window.question.isVisible, timeout=SOON_MS)
    qtbot.waitUntil(lambda: may_deny(launch.engine.snapshot), timeout=SOON_MS)
    # Whatever ends the program now, it was pain.
    [session] = home.sessions()
    assert (session.status, session.stop_reason) == (SessionStatus.RUNNING, "pain")
    QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: bool(window.end.face.report), timeout=SOON_MS)
    assert not window.question.isVisible()
    [session] = home.sessions()
    assert (session.status, session.stop_reason) == (SessionStatus.STOPPED, reason)
    notes = {note.kind: note.body for note in read_recording(home.recordings[0]).notes}
    assert notes["SessionStopped"]["reason"] == "foot button"
    assert notes["StopExplained"]["reason"] == reason
    assert f"for {reason}" in home.reports[0].read_text(encoding="utf-8")
    assert f"stopped: {reason}" in home.say("sessions").out


def test_by_foot_alone_a_session_is_begun_stopped_and_explained(
    launch: Launch, qtbot: QtBot, home: Home
) -> None:
    plan, clock = make_plan(shipped_table()), ManualClock()
    factory = MockFactory(pin_class=MockPWMPin)
    box = open_box(plan, BoxSettings(), clock, print, lambda: factory)
    assert box is not None
    button = factory.pin(plan.line("button").bcm)
    assert box.attach(launch.engine) == READY

    def press(length_s: float) -> None:
        clock.move(1.0)
        button.drive_low()
        for _ in range(round(length_s / 0.1)):
            clock.move(0.1)
            box.look()
        button.drive_high()
        box.look()

    press(0.2)
    qtbot.waitUntil(lambda: launch.engine.snapshot.phase is Phase.WORK, timeout=SOON_MS)
    clock.move(1.0)
    button.drive_low()
    assert launch.engine.is_stop_asked
    button.drive_high()
    qtbot.waitUntil(lambda: may_deny(launch.engine.snapshot), timeout=SOON_MS)
    box.look()
    press(3.0)
    assert not launch.engine.is_finished
    press(3.0)
    assert launch.engine.join(30.0)
    assert home.sessions()[0].stop_reason == "interruption"
    box.close()


def test_a_machine_without_pins_runs_the_session_by_itself_and_says_so(home: Home) -> None:
    home.folders.settings.parent.mkdir(parents=True, exist_ok=True)
    home.folders.settings.write_text("[box]\nis_enabled = true\n", encoding="utf-8")
    said = home.say(*("run", "--skip-mvc", "--sets", "1", "--reps", "1", "--speed", "max"))
    assert said.status == 0
    assert said.err.startswith("foot button: none here (")
    assert "is_enabled = false" in said.err
    assert home.sessions()[0].status is SessionStatus.COMPLETE
