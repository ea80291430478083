"""The foot button's stop in a real session: the answer is recorded, listed and reported."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.route.rig import Home
from trainer.app.launch import Launch, Order, Place
from trainer.core.clock import SystemClock
from trainer.core.settings import DisplaySettings, Settings
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
