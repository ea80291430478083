"""The window of an examination: nothing clipped, colour never alone, the worst first."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trainer.core.settings import DisplaySettings
from trainer.dashboard.checkpages import MARKS, make_pages, sum_up
from trainer.dashboard.checkstart import show_check
from trainer.dashboard.checkview import CheckView
from trainer.dashboard.shapes import Shape
from trainer.dashboard.stage import Stage
from trainer.doctor.examine import CHECKS
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.steps import Picture, plan_steps

SIZES = [(800, 480), (1920, 1080)]
CELLS = ("hallux", "toes", "ball", "heel", "dome", "force")


class Port:
    """An examination that the test moves."""

    def __init__(self, picture: Picture | None = None) -> None:
        self.picture = picture or Picture()
        self.is_stopped = False

    def stop(self) -> None:
        self.is_stopped = True


def _findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Return every finding there is, judged alike."""
    return tuple(check.find(verdict, 1234.5, "hallux, toes, ball, heel") for check in CHECKS)


def _done(findings: tuple[Finding, ...]) -> Picture:
    return Picture("DONE", findings=findings, share=1.0, is_done=True)


def _view(qtbot: QtBot, port: Port, size: tuple[int, int]) -> CheckView:
    view = CheckView(port)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.poll()
    return view


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_finding_is_clipped(qtbot: QtBot, size: tuple[int, int], verdict: Verdict) -> None:
    view = _view(qtbot, Port(_done(_findings(verdict))), size)
    seen = 0
    first = view.page
    while True:
        for text in view.texts():
            words = " ".join(line for _, line in text.lines)
            assert text.is_whole, words
            assert not text.lines or view.rect().toRectF().contains(text.inked()), words
            assert text.inked().bottom() <= view.close_button.y() or " / " in words, words
        assert view.page is not None
        seen += len(view.page.findings)
        view.turn()
        if view.page is first:
            break
    assert seen == len(CHECKS)


@pytest.mark.parametrize("size", SIZES)
def test_what_to_do_is_read_from_two_metres(qtbot: QtBot, size: tuple[int, int]) -> None:
    port = Port()
    view = _view(qtbot, port, size)
    for step in plan_steps(CELLS, 60.0, has_motion=True, is_guided=True):
        port.picture = Picture(step.heading, step.detail, 4.2, is_counting_down=True, share=0.3)
        view.poll()
        heading, detail, number, _ = view.texts()
        assert all(text.is_whole for text in view.texts())
        assert QFontMetricsF(heading.font).capHeight() >= 48 * size[1] / 480, step.heading
        assert QFontMetricsF(detail.font).capHeight() >= 16 * size[1] / 480
        assert [line for _, line in number.lines] == ["5"]


def test_the_worst_comes_first_and_says_what_to_do() -> None:
    well, warn, fail = (_findings(v)[0] for v in (Verdict.OK, Verdict.WARN, Verdict.FAIL))
    pages = make_pages((well, warn, fail))
    assert [page.findings for page in pages] == [(fail, warn), (well,)]
    assert [page.is_large for page in pages] == [True, False]


def test_each_verdict_has_a_symbol_of_its_own_beside_its_colour() -> None:
    assert len({shape for shape, _, _ in MARKS.values()}) == len(Verdict)
    assert len({word for _, _, word in MARKS.values()}) == len(Verdict)


def test_the_sum_is_said_in_a_word() -> None:
    well, warn, fail = (_findings(v)[:1] for v in (Verdict.OK, Verdict.WARN, Verdict.FAIL))
    assert sum_up(well)[:2] == ("ALL IS WELL", Shape.TICK)
    assert sum_up(well + warn)[0] == "1 TO WATCH"
    assert sum_up(warn + fail)[0] == "1 FAILS"
    assert sum_up(fail + fail)[0] == "2 FAIL"
    assert sum_up(())[0] == "NOT MEASURED"


def test_the_symbol_is_drawn_in_its_colour(qtbot: QtBot) -> None:
    view = _view(qtbot, Port(_done(_findings(Verdict.FAIL))), (800, 480))
    _, colour, _ = MARKS[Verdict.FAIL]
    picture = view.grab().toImage()
    assert picture.pixelColor(40, 140).name() == colour.lower()
    assert picture.pixelColor(50, 50).name() == colour.lower()


def test_space_turns_the_page_and_closing_ends_the_examination(qtbot: QtBot) -> None:
    port = Port(_done(_findings(Verdict.WARN)))
    view = _view(qtbot, port, (800, 480))
    first = view.page
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.page is not first
    assert view.more_button.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert port.is_stopped
    assert not view.isVisible()


@pytest.mark.usefixtures("qapp")
def test_the_window_runs_until_it_is_closed() -> None:
    port = Port()
    stage = Stage(DisplaySettings())
    assert show_check(port, stage, on_ready=lambda view: _close(view, port)) == 0
    assert port.is_stopped


def _close(view: CheckView, port: Port) -> None:
    port.picture = _done(_findings(Verdict.OK))
    view.poll()
    QTimer.singleShot(20, view.close)
