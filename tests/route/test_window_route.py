"""The real window before the real engine: simulator to screen, and back by key and button."""

import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.route.kills import wait_for_part
from tests.route.rig import Home, wait_until
from tests.unit.app.standins import Blocking, Rig, frames
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.core.clock import ManualClock, SystemClock
from trainer.core.cues import StopReason
from trainer.core.settings import DisplaySettings, Settings
from trainer.core.snapshot import Phase
from trainer.core.watchdog import Alarm
from trainer.dashboard.window import Dashboard
from trainer.library.library import open_library
from trainer.library.records import SessionStatus
from trainer.terminal.stop import StopButton

SOON_MS = 40_000


@pytest.fixture
def launch(home: Home) -> Iterator[Launch]:
    """Return a session of four reps at forty times real time."""
    order = Order(speed=40.0, sets=1, reps=4, is_mvc_skipped=True)
    with open_library(home.folders) as library:
        launch = Launch(order, Place(home.folders, Settings(), SystemClock(), library))
        launch.engine.start()
        yield launch
        launch.engine.pain_stop()
        assert launch.engine.join(30.0)


@pytest.fixture
def window(launch: Launch, qtbot: QtBot) -> Dashboard:
    """Return the window of the session, following it."""
    window = Dashboard(launch.engine, DisplaySettings(), SystemClock())
    qtbot.addWidget(window, before_close_func=lambda _: end(launch))
    window.show()
    window.start()
    launch.on_report = window.show_report
    return window


def test_a_session_is_led_in_the_window_and_every_rep_is_shown(
    launch: Launch, window: Dashboard, qtbot: QtBot, home: Home
) -> None:
    assert window.session.badge.words == "SIMULATED"
    QTest.keyClick(window, Qt.Key.Key_Space)
    counted: set[str] = set()

    def is_done() -> bool:
        before = launch.engine.snapshot
        window.poll()
        if launch.engine.snapshot is before and before.phase is Phase.WORK:
            counted.add(window.session.counter.face.big)
            assert window.session.counter.face.big == str(before.rep)
        return window.end.isVisible() and window.end.face.report is not None

    qtbot.waitUntil(is_done, timeout=SOON_MS)
    assert counted <= {"0", "1", "2", "3", "4"}
    assert len(counted) >= 3
    assert window.end.face.heading == "DONE"
    assert window.end.face.report == home.reports[0]
    [session] = home.sessions()
    assert session.reps == launch.engine.snapshot.rep == 4
    assert session.status is SessionStatus.COMPLETE


def test_the_picture_shows_the_curves_of_the_session(
    launch: Launch, window: Dashboard, qtbot: QtBot
) -> None:
    empty = pixels(window.session.plot.grab().toImage())
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: launch.engine.snapshot.rep >= 2, timeout=SOON_MS)
    window.poll()
    full = pixels(window.session.plot.grab().toImage())
    whole = pixels(window.grab().toImage())
    assert len(np.unique(whole)) > 20
    assert np.count_nonzero(full[: empty.shape[0], : empty.shape[1]] != empty) > 500


def test_escape_stops_the_session_at_once_and_the_window_says_so(
    launch: Launch, window: Dashboard, qtbot: QtBot, home: Home
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: launch.engine.snapshot.phase is Phase.WORK, timeout=SOON_MS)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.end.isVisible()
    assert window.end.face.heading == "STOPPED"
    qtbot.waitUntil(lambda: launch.engine.is_finished, timeout=SOON_MS)
    assert launch.engine.snapshot.stop_reason == StopReason.PAIN
    assert home.sessions()[0].stop_reason == "pain"
    assert home.reports != []


def test_closing_the_window_ends_the_session_and_saves_it_first(
    launch: Launch, window: Dashboard, qtbot: QtBot, home: Home
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: launch.engine.snapshot.phase is Phase.WORK, timeout=SOON_MS)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SOON_MS)
    assert launch.engine.is_finished
    assert home.sessions()[0].status is SessionStatus.ENDED
    assert home.parts == []


def test_an_engine_that_its_source_blocks_is_shown_as_stopped_by_the_window_itself(
    qtbot: QtBot,
) -> None:
    source, clock = Blocking(frames(5)), ManualClock()
    rig = Rig(source)
    rig.engine.start()
    assert source.is_blocking.wait(20.0)
    window = Dashboard(rig.engine, DisplaySettings(), clock)
    qtbot.addWidget(window)
    window.show()
    window.pain_stop()
    window.poll()
    assert window.end.face.heading == "STOPPED"
    clock.move(0.1)
    window.poll()
    assert window.alarm is Alarm.UNANSWERED
    assert rig.engine.snapshot.phase is Phase.READY
    assert window.close()
    source.release.set()
    rig.join()


def test_so_does_the_terminal() -> None:
    source, clock = Blocking(frames(5)), ManualClock()
    rig = Rig(source)
    rig.engine.start()
    assert source.is_blocking.wait(20.0)
    button = StopButton(rig.engine, clock)
    button.press()
    assert button.judge() is Alarm.STOPPING
    clock.move(0.1)
    assert button.judge() is Alarm.UNANSWERED
    source.release.set()
    assert rig.join().snapshot.phase is Phase.STOPPED
    assert button.judge() is Alarm.NONE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_session_behind_the_window_which_goes_once_it_is_saved(
    number: signal.Signals, home: Home
) -> None:
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    running = home.start("run", "--screen", "window", "--speed", "5", variables=offscreen)
    part = wait_for_part(home)
    wait_until(lambda: part.exists() and part.stat().st_size > 6_000)
    running.send_signal(number)
    if number == signal.SIGINT:
        # Ctrl-C stops the session and leaves its end on the screen; a second one closes it.
        wait_until(lambda: bool(home.reports))
        assert running.poll() is None
        running.send_signal(number)
    said = home.end(running)
    assert (said.status, said.err) == (0, "")
    reason = "" if number == signal.SIGTERM else "pain"
    assert [session.stop_reason for session in home.sessions()] == [reason]
    assert Path(said.out.strip().removeprefix("report: ")) == home.reports[0]


def end(launch: Launch) -> None:
    """Stop a session whose test has failed, so that its window may close."""
    launch.engine.pain_stop()
    launch.engine.join(30.0)


def pixels(image: QImage) -> "np.ndarray[tuple[int, int], np.dtype[np.uint32]]":
    """Return (row, column) colours."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), dtype=np.uint32)
    return flat.reshape(image.height(), image.width()).copy()
