"""The stage: each window stands where the last one stood, and what stands in hears a stop."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from trainer.core.settings import DisplaySettings
from trainer.dashboard.curtain import Curtain
from trainer.dashboard.stage import Stage

PLACE = QRect(40, 50, 640, 400)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    del qtbot
    stage = Stage(DisplaySettings())
    yield stage
    stage.uncover()


def curtains() -> list[Curtain]:
    found = [window for window in QApplication.topLevelWidgets() if isinstance(window, Curtain)]
    return [curtain for curtain in found if curtain.isVisible()]


def run_once(stage: Stage, qtbot: QtBot, place: QRect | None = None) -> QRect:
    """Run a window that closes at once, moved to a place before; return where it stood at first."""
    window = QWidget()
    qtbot.addWidget(window)
    stood: list[QRect] = []

    def begin() -> None:
        stood.append(window.geometry())
        if place is not None:
            window.setGeometry(place)
        QTimer.singleShot(0, window.close)

    assert stage.run(window, begin) == 0
    return stood[0]


def test_a_window_stands_where_the_last_one_stood(stage: Stage, qtbot: QtBot) -> None:
    run_once(stage, qtbot, PLACE)
    assert run_once(stage, qtbot) == PLACE


def test_one_that_filled_the_screen_is_followed_by_one_that_does(qtbot: QtBot) -> None:
    stage = Stage(DisplaySettings(is_fullscreen=True))
    run_once(stage, qtbot)
    stage.cover("Looking for the pad.")
    assert [curtain.isFullScreen() for curtain in curtains()] == [True]
    stage.uncover()


def test_what_stands_in_goes_when_the_next_window_is_there(stage: Stage, qtbot: QtBot) -> None:
    run_once(stage, qtbot, PLACE)
    stage.cover("Looking for the pad.")
    assert [curtain.geometry() for curtain in curtains()] == [PLACE]
    assert run_once(stage, qtbot) == PLACE
    assert curtains() == []


@pytest.mark.parametrize("is_heeded_first", [True, False])
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_P])
def test_a_stop_is_heard_by_what_stands_in_also_before_there_is_an_engine(
    stage: Stage, key: Qt.Key, *, is_heeded_first: bool
) -> None:
    heard: list[str] = []

    def heed() -> None:
        stage.heed(lambda: heard.append("pain"), lambda: heard.append("end"))

    stage.cover("Looking for the pad.")
    [curtain] = curtains()
    if is_heeded_first:
        heed()
    QTest.keyClick(curtain, key)
    if not is_heeded_first:
        heed()
    assert heard == ["pain"]
    assert not curtain.close()
    assert heard == ["pain", "end"]


def test_it_says_what_is_being_done(stage: Stage) -> None:
    stage.cover("Looking for the pad.")
    stage.tell("looking for ToeNode for 6 s ...")
    [curtain] = curtains()
    stage.attend()
    curtain.grab()
    heading, detail = curtain.texts()
    assert [line for _, line in heading.lines] == ["WAIT"]
    assert [line for _, line in detail.lines] == ["looking for ToeNode for 6 s ..."]
    assert all(text.is_whole for text in curtain.texts())


def test_without_anything_that_stands_in_nothing_is_told(stage: Stage) -> None:
    stage.tell("nobody hears")
    stage.attend()
    stage.heed(lambda: None, lambda: None)
    assert curtains() == []
