"""The window fits its screens: nothing clipped, nothing jumps, the cue readable from 2 m."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from tests.unit.dashboard.conftest import MakeWindow
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import IN_WORK, SNAPSHOTS
from trainer.core.snapshot import Snapshot
from trainer.dashboard.button import Button
from trainer.dashboard.counter import Counter
from trainer.dashboard.cuepanel import CuePanel
from trainer.dashboard.dial import Dial
from trainer.dashboard.endscreen import EndScreen
from trainer.dashboard.fit import Fitted
from trainer.dashboard.plot import Legend
from trainer.dashboard.text import Text
from trainer.dashboard.theme import ORANGE
from trainer.dashboard.window import Dashboard

SIZES = [(800, 480), (1920, 1080)]
CUES = ("PRESS", "HOLD", "RELAX", "REST", "READY", "SWITCH", "WAIT", "MAX", "REPLAY", "DONE")


def fitted(widget: QWidget) -> tuple[Fitted, ...]:
    if isinstance(widget, Text):
        return (widget.fitted(),) if widget.words else ()
    if isinstance(widget, Button | CuePanel | Counter | Dial | Legend | EndScreen):
        return widget.texts()
    return ()


def visible(window: Dashboard) -> list[QWidget]:
    return [child for child in window.findChildren(QWidget) if child.isVisibleTo(window)]


def geometry(window: Dashboard) -> dict[int, QRect]:
    return {id(child): QRect(child.geometry()) for child in window.findChildren(QWidget)}


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_clipped(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    for scene, snapshot in SNAPSHOTS.items():
        engine.show(snapshot)
        window.poll()
        seen = 0
        for widget in visible(window):
            for text in fitted(widget):
                seen += bool(text.lines)
                words = scene, " ".join(line for _, line in text.lines)
                assert not text.lines or widget.rect().toRectF().contains(text.inked()), words
                assert text.is_whole or scene == "long_names", words
        assert seen >= 4


@pytest.mark.parametrize("size", SIZES)
def test_the_capitals_of_the_cue_are_seen_from_two_metres(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    for cue in CUES:
        engine.show(replace(IN_WORK, cue=cue))
        window.poll()
        capitals_px = QFontMetricsF(window.session.cue.texts()[0].font).capHeight()
        assert capitals_px >= 60 * size[1] / 480, cue


def test_the_window_fits_the_small_screen(make_window: MakeWindow) -> None:
    hint = make_window(800, 480).minimumSizeHint()
    assert hint.width() <= 800
    assert hint.height() <= 480


@pytest.mark.parametrize("size", SIZES)
def test_no_text_moves_its_neighbours(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    before = geometry(window)
    for snapshot in SNAPSHOTS.values():
        engine.show(snapshot)
        window.poll()
        assert geometry(window) == before


@pytest.mark.parametrize(
    ("snapshot", "is_left"), [(IN_WORK, True), (SNAPSHOTS["rest"], False)], ids=["left", "right"]
)
def test_the_foot_is_named_on_its_half(
    make_window: MakeWindow, engine: FakeEngine, snapshot: Snapshot, *, is_left: bool
) -> None:
    window = make_window(800, 480)
    engine.show(snapshot)
    window.poll()
    lit = window.session.left_foot if is_left else window.session.right_foot
    assert lit.text() == ("LEFT FOOT" if is_left else "RIGHT FOOT")
    assert (lit.geometry().center().x() < 400) is is_left


def test_pain_stop_is_always_to_be_seen(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    for scene, snapshot in SNAPSHOTS.items():
        engine.show(snapshot)
        window.poll()
        is_seen = window.childAt(window.session.pain.geometry().center()) is window.session.pain
        assert is_seen is (scene != "stopped")
        assert window.session.pain.isEnabled()


def test_a_window_of_any_size_lays_out(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(640, 384)
    engine.show(SNAPSHOTS["long_names"])
    for size in ((1024, 600), (641, 999), (3000, 500)):
        window.resize(*size)
        window.poll()
        assert not window.grab().isNull()


@pytest.mark.parametrize("size", SIZES)
def test_the_news_of_a_lost_link_is_read_beside_the_cue_that_waits(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    for scene in ("reconnecting", "radio_off"):
        engine.show(SNAPSHOTS[scene])
        window.poll()
        message = window.session.message
        said = " ".join(line for _, line in message.fitted().lines)
        assert said == SNAPSHOTS[scene].message
        assert message.fitted().font.pixelSize() >= 16 * size[1] / 480
        assert window.childAt(message.geometry().center()) is message
        assert window.session.cue.texts()[0].lines[0][1] == "WAIT"


@pytest.mark.parametrize("size", SIZES)
def test_a_late_packet_does_not_resize_the_small_print(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    sizes: list[int] = []
    for scene in ("radio", "radio_late"):
        engine.show(SNAPSHOTS[scene])
        window.poll()
        sizes.append(window.session.link.fitted().font.pixelSize())
    assert sizes[0] == sizes[1]


def test_a_low_battery_stands_out(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    engine.show(SNAPSHOTS["low_battery"])
    window.poll()
    badge = window.session.badge
    picture = window.grab().toImage()
    corner = badge.geometry().topLeft()
    assert badge.words == "BATTERY LOW"
    assert picture.pixelColor(corner.x() + 1, corner.y() + 1).name() == ORANGE.lower()
