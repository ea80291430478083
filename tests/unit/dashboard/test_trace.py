"""The kept picture: equal to a full redraw, cheap, and with the band at its row."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from tests.unit.dashboard.conftest import MakeWindow, settle
from tests.unit.dashboard.fakeengine import FakeEngine
from trainer.core.ring import Ring
from trainer.dashboard.theme import GREEN, GROUND, blend
from trainer.dashboard.trace import Curve, Trace

Pixels = npt.NDArray[np.uint8]

CURVES = (Curve(0, "#56B4E9", 1.6), Curve(1, "#E69F00", 2.0), Curve(2, "#F2F4F5", 4.0))


class Sheet:
    """A trace painted onto an image of any size and pixel ratio."""

    def __init__(self, ring: Ring, size: tuple[int, int], ratio: float, columns: int) -> None:
        self.trace = Trace(ring, CURVES)
        self.trace.show_area(20.0, columns, -2.0, 42.0)
        self.trace.show_band((22.0, 28.0))
        self._size = size
        self._ratio = ratio

    def paint(self) -> QImage:
        width, height = self._size
        image = QImage(
            round(width * self._ratio), round(height * self._ratio), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(self._ratio)
        image.fill(0)
        painter = QPainter(image)
        area = self.trace.boundingRect()
        fit = QTransform(width / area.width(), 0, 0, -height / area.height(), 0, 0)
        fit *= QTransform.fromTranslate(-area.left() * width / area.width(), 0)
        fit *= QTransform.fromTranslate(0, area.bottom() * height / area.height())
        painter.setTransform(fit)
        self.trace.paint(painter, QStyleOptionGraphicsItem())
        painter.end()
        return image


def pixels(image: QImage) -> Pixels:
    """Return (row, column, blue-green-red) of an image."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8)
    rows = rows.reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    return rows[:, : plain.width(), :3].copy()


def colour(name: str) -> list[int]:
    """Return blue, green and red."""
    red, green, blue = (int(name[at : at + 2], 16) for at in (1, 3, 5))
    return [blue, green, red]


def presses(ring: Ring, count: int, seed: int) -> None:
    at = ring.head + np.arange(count)
    press = np.clip(np.sin(at / 25), 0, None) ** 0.3
    noise = np.random.default_rng(seed).normal(0.0, 0.3, (count, 3))
    ring.push(press[:, None] * np.array([14.0, 10.0, 26.0]) + noise)


@pytest.mark.parametrize(
    ("size", "ratio", "capacity", "columns"),
    [
        ((520, 150), 1.0, 1600, 1600),
        ((1300, 500), 1.0, 1600, 1600),
        # Screens with more than one pixel for each logical one.
        ((520, 150), 1.5, 1600, 1600),
        ((520, 150), 2.0, 1600, 1600),
        # A slow sensor: many pixels for each column.
        ((520, 150), 1.0, 160, 160),
        # The measured rate is not the one for which the ring was made.
        ((520, 150), 1.0, 1600, 1760),
        ((520, 150), 1.0, 1760, 1600),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_kept_picture_equals_a_full_redraw_after_300_frames(
    size: tuple[int, int], ratio: float, capacity: int, columns: int
) -> None:
    ring = Ring(("hallux", "toes", "total"), capacity)
    sheet = Sheet(ring, size, ratio, columns)
    sheet.paint()
    counts = np.random.default_rng(3).integers(0, 5, 300)
    presses(ring, capacity, seed=9)
    for frame, count in enumerate(counts):
        presses(ring, int(count), seed=frame)
        sheet.paint()
    kept = sheet.paint()
    assert sheet.trace.full_redraws <= 2
    sheet.trace.forget()
    whole = pixels(sheet.paint())
    assert np.count_nonzero(pixels(kept) != whole) == 0
    assert np.count_nonzero(np.any(whole != colour(GROUND), axis=2)) > 1000


@pytest.mark.usefixtures("qapp")
def test_the_kept_picture_equals_a_full_redraw_while_the_ring_fills() -> None:
    ring = Ring(("hallux", "toes", "total"), 1600)
    sheet = Sheet(ring, (520, 150), 1.0, 1600)
    for frame in range(120):
        presses(ring, 3, seed=frame)
        sheet.paint()
    kept = sheet.paint()
    sheet.trace.forget()
    assert np.count_nonzero(pixels(kept) != pixels(sheet.paint())) == 0


@pytest.mark.usefixtures("qapp")
def test_what_is_no_number_is_drawn_below_the_picture() -> None:
    ring = Ring(("hallux", "toes", "total"), 1600)
    sheet = Sheet(ring, (520, 150), 1.0, 1600)
    ring.push(np.full((400, 3), np.nan))
    empty = pixels(sheet.paint())
    presses(ring, 400, seed=1)
    assert np.count_nonzero(empty[:, -50:] != pixels(sheet.paint())[:, -50:]) > 100


@pytest.mark.usefixtures("qapp")
def test_a_picture_wider_than_what_moved_is_redrawn_once() -> None:
    ring = Ring(("hallux", "toes", "total"), 1600)
    sheet = Sheet(ring, (520, 150), 1.0, 1600)
    sheet.paint()
    presses(ring, 5000, seed=1)
    sheet.paint()
    assert sheet.trace.full_redraws == 2


@pytest.mark.usefixtures("qapp")
def test_the_band_is_drawn_at_its_rows() -> None:
    ring = Ring(("hallux", "toes", "total"), 1600)
    picture = pixels(Sheet(ring, (520, 150), 1.0, 1600).paint())

    def row(force_n: float) -> int:
        return round((42.0 - force_n) * 150 / 44.0)

    inside = blend(GREEN, GROUND, 0.35)
    expected = [inside.blue(), inside.green(), inside.red()]
    assert picture[row(25.0), 260].tolist() == expected
    assert picture[row(22.0), 260].tolist() == colour(GREEN)
    assert picture[row(28.0), 260].tolist() == colour(GREEN)
    assert picture[row(30.0), 260].tolist() == colour(GROUND)
    assert picture[row(20.0), 260].tolist() == colour(GROUND)


@pytest.mark.usefixtures("qapp")
def test_the_newest_sample_stands_at_the_right_edge() -> None:
    ring = Ring(("hallux", "toes", "total"), 160)
    sheet = Sheet(ring, (520, 150), 1.0, 160)
    ring.push(np.zeros((100_000, 3)))
    before = pixels(sheet.paint())
    ring.push(np.full((1, 3), 35.0))
    after = pixels(sheet.paint())
    changed = np.flatnonzero(np.any(before != after, axis=(0, 2)))
    assert changed.min() >= 520 - 12
    assert changed.max() == 519


@pytest.mark.parametrize("size", [(800, 480), (1920, 1080)])
def test_the_window_keeps_its_picture(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    canvas = window.session.plot.canvas.widget
    settle(window)
    redraws = window.session.plot.trace.full_redraws
    for _ in range(300):
        engine.feed(2)
        window.poll()
        QApplication.processEvents()
    kept = pixels(canvas.grab().toImage())
    assert window.session.plot.trace.full_redraws == redraws
    window.session.plot.trace.forget()
    assert np.count_nonzero(kept != pixels(canvas.grab().toImage())) == 0


@pytest.mark.usefixtures("qapp")
def test_the_rectangle_is_the_window_in_seconds_and_newtons() -> None:
    sheet = Sheet(Ring(("hallux", "toes", "total"), 100), (520, 150), 1.0, 100)
    assert sheet.trace.boundingRect() == QRectF(-20.0, -2.0, 20.0, 44.0)
