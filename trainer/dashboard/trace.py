"""The curves: a picture that is kept and scrolled, so that a frame draws only what is new.

Rules, and why the kept picture equals a full redraw to the last pixel:
- The x axis never moves: the newest column stands at the right edge, in device pixels.
- A column of the ring has one absolute place, `index * width / columns`, rounded to 1/64 pixel;
  the picture shows absolute pixels from `scroll` on and moves by whole pixels only.
- Every pixel is drawn once from all strokes that reach it, whatever part of the picture is being
  drawn: parts are clipped, strokes begin and end beyond the clip. (A whole redraw is cut into parts
  too: one stroke over 1600 points costs three to six times as much: measured.)
- What the oldest column in the ring touches is covered, since a full redraw cannot know it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from trainer.core.arrays import FloatArray
from trainer.core.ring import Ring
from trainer.dashboard.graph import polygon
from trainer.dashboard.theme import EDGE, GREEN, GROUND, blend

PART: Final = 32
"""Breadth in device pixels of the parts into which a redraw is cut."""

GRAIN: Final = 64
"""Parts of a pixel to which columns are rounded: sums of them are exact in floating point."""


WhenPainted: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: its row in the ring, its colour, its width in logical pixels."""

    row: int
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Frame:
    """All that makes the kept picture useless when it changes."""

    width: int = 0
    height: int = 0
    columns: int = 1
    bottom_n: float = 0.0
    top_n: float = 1.0
    band_n: tuple[float, float] | None = None
    ratio: float = 1.0
    """Device pixels per logical pixel."""

    def y_px(self, force_n: npt.NDArray[np.float32]) -> FloatArray:
        """Return device rows of forces, rounded to the grain and clipped near the picture."""
        pixels_per_n = self.height / (self.top_n - self.bottom_n)
        rows = (self.top_n - force_n.astype(np.float64)) * pixels_per_n
        # fmax and fmin also replace what is no number, by the edge far below the picture.
        kept = np.fmax(np.fmin(rows, 2.0 * self.height), -1.0 * self.height)
        return np.asarray(np.rint(kept * GRAIN) / GRAIN, dtype=np.float64)

    def row_px(self, force_n: float) -> int:
        """Return the device row of one force."""
        return round((self.top_n - force_n) * self.height / (self.top_n - self.bottom_n))


class Trace(QGraphicsItem):
    """Draws the ring's curves into the rectangle from -window to 0 seconds, and the band."""

    def __init__(self, ring: Ring, curves: tuple[Curve, ...]) -> None:
        super().__init__()
        self._ring = ring
        self._curves = curves
        self._area = QRectF(-1.0, 0.0, 1.0, 1.0)
        self._columns = ring.capacity
        self._band_n: tuple[float, float] | None = None
        self._frame = Frame()
        self._picture = QPixmap()
        self._scroll = 0
        self._head = -1
        self.full_redraws = 0
        self.when_painted: WhenPainted | None = None
        """Called with the ring's head that is in the picture, after each paint."""

    @property
    def columns(self) -> int:
        """Return how many columns of the ring the picture spans."""
        return self._columns

    @property
    def band_n(self) -> tuple[float, float] | None:
        """Return the target band shown, in newtons."""
        return self._band_n

    def show_area(self, window_s: float, columns: int, bottom_n: float, top_n: float) -> None:
        """Set what the rectangle spans: seconds (as ring columns) and newtons."""
        area = QRectF(-window_s, bottom_n, window_s, top_n - bottom_n)
        if area != self._area or columns != self._columns:
            self.prepareGeometryChange()
            self._area, self._columns = area, columns
            self.update()

    def show_band(self, band_n: tuple[float, float] | None) -> None:
        """Show the target band, or none."""
        if band_n != self._band_n:
            self._band_n = band_n
            self.update()

    def set_curves(self, curves: tuple[Curve, ...]) -> None:
        """Change widths or colours."""
        if curves != self._curves:
            self._curves = curves
            self.forget()

    def refresh(self) -> bool:
        """Ask for a repaint where the ring has something new; return whether it has."""
        is_new = self._ring.head != self._head
        if is_new:
            self.update()
        return is_new

    def forget(self) -> None:
        """Drop the kept picture: the next paint redraws everything."""
        self._frame = Frame()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the rectangle in seconds and newtons."""
        return self._area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Bring the kept picture up to date and copy it to the screen."""
        del option, widget
        ratio = painter.device().devicePixelRatio()
        target = painter.transform().mapRect(self._area)
        self._renew(round(target.width() * ratio), round(target.height() * ratio), ratio)
        painter.save()
        painter.resetTransform()
        painter.scale(1 / ratio, 1 / ratio)
        corner = QPointF(round(target.left() * ratio), round(target.top() * ratio))
        painter.drawPixmap(corner, self._picture)
        painter.restore()
        if self.when_painted is not None:
            self.when_painted(self._head)

    def _renew(self, width: int, height: int, ratio: float) -> None:
        head, samples = self._ring.window()
        bottom, top = self._area.top(), self._area.bottom()
        frame = Frame(width, height, self._columns, bottom, top, self._band_n, ratio)
        scroll = head * width // frame.columns
        moved = scroll - self._scroll
        if frame != self._frame or not 0 <= moved < width or head < self._head:
            self._frame = frame
            self._picture = QPixmap(width, height)
            self.full_redraws += 1
            left = 0
        elif head == self._head:
            return
        else:
            if moved:
                self._picture.scroll(-moved, 0, self._picture.rect())
            left = max(0, width - moved - self._reach() - math.ceil(width / frame.columns))
        self._scroll, self._head = scroll, head
        self._draw_from(left, samples)

    def _draw_from(self, left: int, samples: npt.NDArray[np.float32]) -> None:
        """Draw from a device column to the right edge, then cover what is too old."""
        frame = self._frame
        painter = QPainter(self._picture)
        for start in range(left, frame.width, PART):
            part = QRect(start, 0, min(PART, frame.width - start), frame.height)
            self._draw_ground(painter, part)
            self._draw_curves(painter, part, samples)
        self._draw_ground(painter, QRect(0, 0, self._cover(samples.shape[1]), frame.height))
        painter.end()

    def _draw_curves(
        self, painter: QPainter, part: QRect, samples: npt.NDArray[np.float32]
    ) -> None:
        frame, reach = self._frame, self._reach()
        oldest = max(0, self._head - samples.shape[1])
        first = max(oldest, self._index_at(part.left() - reach))
        end = min(self._head, self._index_at(part.right() + reach) + 4)
        if end - first < 1:
            return
        x_px = self._x_px(first, end)
        newest = samples.shape[1] - self._head
        y_px = frame.y_px(samples[:, newest + first : newest + end])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for curve in self._curves:
            painter.setPen(QPen(QColor(curve.colour), curve.width * frame.ratio))
            painter.drawPolyline(polygon(x_px, y_px[curve.row]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_ground(self, painter: QPainter, part: QRect) -> None:
        """Clip to a part of the picture and draw what lies below the curves."""
        frame = self._frame
        painter.setClipRect(part)
        painter.fillRect(part, QColor(GROUND))
        line = max(1, round(2 * frame.ratio))
        if frame.band_n is not None:
            low, high = (frame.row_px(force_n) for force_n in frame.band_n)
            inner = QRect(part.x(), high, part.width(), low - high)
            painter.fillRect(inner, blend(GREEN, GROUND, 0.35))
            for row in (high, low):
                edge = QRect(part.x(), row - line // 2, part.width(), line)
                painter.fillRect(edge, QColor(GREEN))
        zero = QRect(part.x(), frame.row_px(0.0), part.width(), max(1, round(frame.ratio)))
        painter.fillRect(zero, QColor(EDGE))

    def _x_px(self, first: int, end: int) -> FloatArray:
        """Return the device columns of the ring's columns `first` to `end`."""
        frame = self._frame
        grains = np.arange(first, end, dtype=np.int64) * frame.width * GRAIN // frame.columns
        return (grains - (self._scroll - frame.width) * GRAIN) / GRAIN

    def _index_at(self, x_px: int) -> int:
        """Return an index whose device column lies left of `x_px`."""
        frame = self._frame
        return (x_px + self._scroll - frame.width) * frame.columns // frame.width - 1

    def _reach(self) -> int:
        """Return how far a stroke reaches beyond its points, in device pixels."""
        widest = max(curve.width for curve in self._curves)
        return math.ceil(widest * self._frame.ratio) + 2

    def _cover(self, capacity: int) -> int:
        """Return how many device columns at the left a full redraw might not know."""
        frame = self._frame
        if self._head < capacity and self._head < frame.columns:
            return 0
        known = min(capacity, frame.columns) - 1
        return frame.width - known * frame.width // frame.columns + self._reach() + 1
