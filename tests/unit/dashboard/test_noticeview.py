"""A notice is whole at every size, and closes with the keys that go on or leave."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trainer.dashboard.noticeview import NoticeView

LONG = (
    "Nothing hard today: the foot hurt at 4 of 10 the morning after the session of Tuesday, and "
    "the day after pain is one of rest. 4 gentle minutes, if you like: `footspring run --circuit "
    "activation`. Next after today: Base strength and Dome on Thu 03 Dec."
)


@pytest.mark.parametrize("size", [(640, 384), (800, 480), (1920, 1080)])
def test_nothing_is_clipped(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = NoticeView("NOTHING TODAY", LONG)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    for text in (*view.texts(), *view.close_button.texts()):
        assert text.is_whole
    assert not view.texts()[1].inked().intersects(view.close_button.geometry().toRectF())


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_it_closes_by_key(qtbot: QtBot, key: Qt.Key) -> None:
    view = NoticeView("NO PLAN", "Why.")
    qtbot.addWidget(view)
    view.show()
    QTest.keyClick(view, Qt.Key.Key_X)
    assert view.isVisible()
    QTest.keyClick(view, key)
    assert not view.isVisible()
