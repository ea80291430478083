"""A window on an offscreen screen, before an engine and a clock that only the test moves."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.unit.dashboard.fakeengine import WINDOW_S, FakeEngine
from trainer.core.clock import ManualClock
from trainer.core.settings import DisplaySettings
from trainer.dashboard.window import Dashboard

MakeWindow: TypeAlias = Callable[[int, int], Dashboard]


def settle(window: Dashboard) -> None:
    """Let a change of the axis run its course: Qt lays out in several rounds."""
    for _ in range(10):
        window.poll()
        QApplication.processEvents()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def engine(clock: ManualClock) -> FakeEngine:
    made = FakeEngine(clock)
    made.feed(1700)
    return made


@pytest.fixture
def opened() -> list[QUrl]:
    """Return what was handed to the browser."""
    return []


@pytest.fixture
def make_window(
    qtbot: QtBot, engine: FakeEngine, clock: ManualClock, opened: list[QUrl]
) -> MakeWindow:
    """Return a maker of shown windows of a size; the test polls by hand."""

    def make(width: int, height: int) -> Dashboard:
        settings = DisplaySettings(window_s=WINDOW_S)
        window = Dashboard(engine, settings, clock, open_url=opened.append)
        qtbot.addWidget(window, before_close_func=lambda _: setattr(engine, "is_finished", True))
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=1000)
        window.poll()
        return window

    return make
