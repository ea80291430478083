"""The line to follow: ahead of now, moving with it, kept behind, and drawn where it says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from tests.unit.dashboard.conftest import MakeWindow, settle
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import IN_WORK
from trainer.dashboard.followline import AHEAD_S, FollowLine
from trainer.dashboard.theme import GREEN
from trainer.dashboard.window import Dashboard

REP = ((100.0, 0.0), (101.0, 25.0), (102.0, 25.0), (104.0, 0.0))
NEXT_REP = tuple((at + 4.0, n) for at, n in REP)
IN_CIRCUIT = replace(IN_WORK, block="work", trace=REP)


@pytest.fixture
def line() -> FollowLine:
    made = FollowLine()
    made.show_area(20.0, -2.0, 42.0)
    return made


def test_the_line_moves_towards_now(line: FollowLine) -> None:
    line.show_trace(REP, 100.0, 0.0)
    assert line.lines == (((0.0, 0.0), (1.0, 25.0), (2.0, 25.0), (4.0, 0.0)),)
    line.show_trace(REP, 100.5, 12.0)
    assert line.lines[0][1] == (0.5, 25.0)
    assert line.wanted_n == 12.5


def test_what_was_asked_for_stays_until_it_has_left_the_picture(line: FollowLine) -> None:
    line.show_trace(REP, 103.0, 0.0)
    line.show_trace(NEXT_REP, 104.0, 0.0)
    assert line.lines == (
        ((-4.0, 0.0), (-3.0, 25.0), (-2.0, 25.0), (0.0, 0.0)),
        ((0.0, 0.0), (1.0, 25.0), (2.0, 25.0), (4.0, 0.0)),
    )
    line.show_trace(NEXT_REP, 124.5, 0.0)
    assert len(line.lines) == 1


def test_a_set_that_ends_ends_its_line_there(line: FollowLine) -> None:
    line.show_trace(REP, 100.5, 0.0)
    line.show_trace((), 100.5, 0.0)
    assert line.wanted_n is None
    assert line.lines == (((-0.5, 0.0), (0.0, 12.5)),)


def test_a_clock_that_was_set_back_leaves_nothing_of_before(line: FollowLine) -> None:
    line.show_trace(REP, 103.0, 0.0)
    line.show_trace(((2.0, 0.0), (3.0, 25.0)), 2.0, 0.0)
    assert line.lines == (((0.0, 0.0), (1.0, 25.0)),)


def at(window: Dashboard, seconds: float, force_n: float) -> str:
    """Return the colour of the picture of the curves at seconds from now and a force."""
    canvas = window.session.plot.canvas.widget
    line = window.session.plot.line
    place = line.sceneTransform().map(QPointF(seconds, force_n)).toPoint()
    return canvas.grab().toImage().pixelColor(place).name().upper()


@pytest.mark.parametrize("size", [(800, 480), (1920, 1080)])
def test_the_line_is_drawn_ahead_of_the_curves(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    engine.show(replace(IN_CIRCUIT, at_s=100.0))
    settle(window)
    for seconds, force_n in ((0.5, 12.5), (1.5, 25.0), (3.0, 12.5)):
        assert at(window, seconds, force_n) == GREEN
    engine.show(replace(IN_CIRCUIT, at_s=101.0))
    settle(window)
    assert at(window, 2.0, 12.5) == GREEN
    assert at(window, 3.5, 12.5) != GREEN


def test_only_a_circuit_has_room_ahead(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(IN_WORK)
    settle(window)
    trace = window.session.plot.trace
    alone = trace.sceneBoundingRect().width()
    engine.show(replace(IN_CIRCUIT, trace=()))
    settle(window)
    assert trace.sceneBoundingRect().width() == pytest.approx(
        alone * 19.5 / (19.5 + AHEAD_S), rel=0.01
    )


def test_a_line_that_moves_costs_no_whole_redraw_of_the_curves(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(800, 480)
    engine.show(replace(IN_CIRCUIT, at_s=100.0))
    settle(window)
    before = window.session.plot.trace.full_redraws
    for step in range(30):
        engine.feed(2)
        engine.show(replace(IN_CIRCUIT, at_s=100.0 + step / 40))
        window.poll()
        QApplication.processEvents()
    assert window.session.plot.trace.full_redraws == before
