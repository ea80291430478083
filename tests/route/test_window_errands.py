"""From the waiting session to the check or the calibration of its pad, and back to a fresh one."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from calibration import Command
from tests.route.rig import Home
from trainer.app.calibrating import kept_readings
from trainer.app.calibrationshelf import CalibrationShelf, Unfinished
from trainer.app.order import Order
from trainer.app.screens import run_session
from trainer.core.errands import Errand
from trainer.dashboard.calibrationview import CalibrationView
from trainer.dashboard.checkview import CheckView
from trainer.dashboard.noticeview import NoticeView
from trainer.dashboard.window import Dashboard
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording

LOOK_MS = 5
FAST = 2000.0
"""Times real time."""


@dataclass
class Hand:
    """A person at the program's windows: does one thing in each, and remembers what it saw."""

    home: Home
    wishes: list[Errand]
    """What is left for, session after session; after the last the window is closed."""
    in_errand: Callable[[QWidget], None]
    """What is done in the window of an errand, at each look."""
    seen: list[str] = field(default_factory=list)
    badges: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """Of the exercises of the sessions."""
    messages: list[str] = field(default_factory=list)
    _shown: QWidget | None = None

    def look(self) -> None:
        """Do what is to be done in the window that is shown."""
        shown = [
            window
            for window in QApplication.topLevelWidgets()
            if window.isVisible()
            and isinstance(window, Dashboard | CheckView | CalibrationView | NoticeView)
        ]
        if not shown:
            return
        [window] = shown
        is_new = window is not self._shown
        self._shown = window
        if is_new:
            self.seen.append(type(window).__name__)
        if isinstance(window, Dashboard):
            self._in_session(window, is_new=is_new)
        else:
            if is_new and not isinstance(window, NoticeView):
                self.badges.append(window.badge.words)
                assert self.home.parts == self.home.recordings == []
            self.in_errand(window)

    def _in_session(self, window: Dashboard, *, is_new: bool) -> None:
        if not is_new:
            return
        assert window.session.badge.words == "SIMULATED"
        self.titles.append(window.session.exercise.words)
        self.messages.append(window.session.message.words)
        assert len(self.home.parts) == 1
        if self.wishes:
            window.session.errands[self.wishes.pop(0)].click()
        else:
            window.close()


def run(hand: Hand, speed: float = 40.0) -> int:
    """Run the command's session with a person at its windows; return the exit status."""
    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(hand.look)
    timer.start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in hand.home.variables.items():
            patch.setenv(name, value)
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        try:
            return run_session(Order(speed=speed), screen="window", is_json=False)
        finally:
            timer.stop()


def close_when_done(window: QWidget) -> None:
    """Close a check once it shows its findings."""
    if isinstance(window, CheckView) and window.page is not None:
        window.close()


def read(window: QWidget) -> None:
    """Close a notice."""
    assert isinstance(window, NoticeView)
    window.close()


def calibrate(window: QWidget) -> None:
    """Say next until it is kept, then close."""
    assert isinstance(window, CalibrationView)
    window.poll()
    if window.leave_button.text() == "CLOSE":
        window.close()
    elif window.next_button.isEnabled():
        window.say(Command.NEXT)


@pytest.mark.usefixtures("qtbot")
def test_the_pad_is_checked_and_a_fresh_session_is_ready_with_nothing_left_of_the_first(
    home: Home,
) -> None:
    hand = Hand(home, [Errand.CHECK], close_when_done)
    assert run(hand) == 0
    assert hand.seen == ["Dashboard", "CheckView", "Dashboard"]
    assert hand.badges == ["SIMULATED"]
    [session] = home.sessions()
    assert session.status is SessionStatus.ENDED
    assert len(home.recordings) == len(home.reports) == 1


@pytest.mark.usefixtures("qtbot")
def test_today_leads_to_what_the_plan_asks_for(home: Home) -> None:
    asked = home.say("run", "--today", "--dry", "--json").found
    hand = Hand(home, [Errand.TODAY], lambda _: None)
    assert run(hand) == 0
    assert hand.seen == ["Dashboard", "Dashboard"]
    assert hand.titles[0] != hand.titles[1]
    assert asked["is_something"]
    [recording] = home.recordings
    header = read_recording(recording).header
    assert header is not None
    assert str(header.settings["circuit"]) in hand.messages[1]


@pytest.mark.usefixtures("qtbot")
def test_where_the_plan_asks_for_nothing_that_is_said_and_the_session_is_back(home: Home) -> None:
    today = datetime.now(UTC).date()
    home.say("plan", "holiday", today - timedelta(days=1), today + timedelta(days=1))
    hand = Hand(home, [Errand.TODAY], read)
    assert run(hand) == 0
    assert hand.seen == ["Dashboard", "NoticeView", "Dashboard"]
    assert hand.titles[0] == hand.titles[1]


@pytest.mark.usefixtures("qtbot")
def test_the_session_after_a_calibration_uses_it(home: Home) -> None:
    shelf = CalibrationShelf(home.folders.calibrations)
    home.say("calibrate", "--speed", "max", "--screen", "lines", "--no-creep")
    first = shelf.newest("sim")
    assert first is not None
    # All but one cell is read already: a whole one takes an hour of a pad.
    progress = kept_readings(first, ("heel",))
    shelf.keep_unfinished(Unfinished("sim", datetime.now(UTC), first.setup, progress))
    hand = Hand(home, [Errand.CALIBRATE], calibrate)
    assert run(hand, FAST) == 0
    assert hand.seen == ["Dashboard", "CalibrationView", "Dashboard"]
    assert hand.badges == ["SIMULATED"]
    made = shelf.newest("sim")
    assert made is not None
    assert made.made_at > first.made_at
    header = read_recording(home.recordings[0]).header
    assert header is not None
    assert header.calibration == made.calibration


@pytest.mark.usefixtures("qtbot")
def test_one_that_is_left_unfinished_goes_back_and_is_gone_on_with(home: Home) -> None:
    def leave(window: QWidget) -> None:
        if isinstance(window, CalibrationView) and window.skip_button.isEnabled():
            window.say(Command.NEXT)
            window.close()

    hand = Hand(home, [Errand.CALIBRATE, Errand.CALIBRATE], leave)
    assert run(hand) == 0
    assert hand.seen == ["Dashboard", "CalibrationView"] * 2 + ["Dashboard"]
    assert CalibrationShelf(home.folders.calibrations).unfinished("sim") is not None
    assert len(home.sessions()) == 1


@pytest.mark.parametrize("errand", [Errand.CHECK, Errand.CALIBRATE])
def test_a_signal_closes_what_a_session_was_left_for_and_no_session_follows(
    home: Home, errand: Errand, qtbot: QtBot
) -> None:
    del qtbot
    sent: list[int] = []

    def send(_window: QWidget) -> None:
        if not sent:
            sent.append(signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)

    hand = Hand(home, [errand], send)
    assert run(hand) == 0
    assert len(hand.seen) == 2
    assert home.sessions() == ()
    assert home.recordings == home.parts == []
