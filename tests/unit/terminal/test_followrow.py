"""The row to follow."""

from dataclasses import replace

from tests.unit.terminal.fakeengine import WORK
from trainer.core.watchdog import Alarm
from trainer.terminal.followrow import follow_row
from trainer.terminal.picture import Frame, draw

REP = replace(WORK, block="work", at_s=10.0, trace=((10.0, 0.0), (11.4, 14.0), (12.4, 14.0)))


def test_the_row_shows_what_comes_and_moves_with_now() -> None:
    assert follow_row(REP, 60, is_plain=False) == "0 N now, then ▁▂▃▄▅▆▇██████" + "▁" * 17
    later = replace(REP, at_s=10.8)
    assert follow_row(later, 60, is_plain=True) == "8 N now, then =+*######" + "_" * 21


def test_without_a_trace_there_is_no_row() -> None:
    assert follow_row(WORK, 60, is_plain=False) == ""


def test_the_page_shows_the_row_and_the_mark_on_the_smallest_screen() -> None:
    shown = draw(REP, Alarm.NONE, 40.0, Frame(60, 16)).plain
    assert "0 N now, then ▁▂▃▄▅▆▇" in shown
    assert "▲" in shown
    assert "PAIN STOP" in shown
