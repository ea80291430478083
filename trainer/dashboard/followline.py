"""The line to follow: the force that a rep asks for, ahead of now and behind it, and where you are.

The line moves, the axis does not: x is seconds from now. A handful of points is drawn anew with
each snapshot, in device pixels; a scaled painter would cost many times as much.
"""

from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from trainer.coach.tracing import wanted_n
from trainer.dashboard.theme import EDGE, GREEN, GROUND, INK

AHEAD_S: Final = 4.0
"""How much of what is to come is shown: a whole rep of a second up, a second held, two down."""

LINE_UNITS: Final = 6.0
PAST_UNITS: Final = 2.0
"""Thin, so that the foot's own curve is seen through it."""

RING_UNITS: Final = 9.0
DOT_UNITS: Final = 5.0

LEAP_S: Final = 1.0
"""A stream clock that goes back by more was set anew: what was drawn by the old one is gone."""

Points: TypeAlias = tuple[tuple[float, float], ...]
"""Stream time in seconds and newtons."""


class FollowLine(QGraphicsItem):
    """Draws the trace of a snapshot into the rectangle from -window to AHEAD_S seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._area = QRectF(-1.0, 0.0, 1.0, 1.0)
        self._unit = 1.0
        self._points: Points = ()
        self._past: tuple[Points, ...] = ()
        self._at_s = 0.0
        self._force_n = 0.0

    @property
    def lines(self) -> tuple[Points, ...]:
        """Return what is drawn: seconds from now and newtons, the newest line last."""
        lines = (*self._past, self._points)
        return tuple(tuple((at - self._at_s, n) for at, n in line) for line in lines if line)

    @property
    def wanted_n(self) -> float | None:
        """Return the force asked for now; None where nothing is to be followed."""
        return wanted_n(self._points, self._at_s) if self._points else None

    def show_area(self, window_s: float, bottom_n: float, top_n: float) -> None:
        """Set what the rectangle spans, in seconds behind now and newtons."""
        area = QRectF(-window_s, bottom_n, window_s + AHEAD_S, top_n - bottom_n)
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area

    def set_unit(self, unit: float) -> None:
        """Set the scale of the window, by which lines are wide."""
        self._unit = unit
        self.update()

    def show_trace(self, points: Points, at_s: float, force_n: float) -> None:
        """Show a trace at a stream time, and the force of the foot then."""
        if not (points or self._points or self._past):
            return
        if at_s < self._at_s - LEAP_S:
            self._past = ()
        elif points != self._points:
            self._keep(min(points[0][0], at_s) if points else at_s)
        self._past = tuple(line for line in self._past if line[-1][0] >= at_s + self._area.left())
        self._points, self._at_s, self._force_n = points, at_s, force_n
        self.update()

    def _keep(self, until_s: float) -> None:
        """Let what was asked for up to a moment be seen until it has left the picture."""
        done = tuple(point for point in self._points if point[0] < until_s)
        if done:
            end = (until_s, wanted_n(self._points, until_s))
            self._past = (*self._past, (*done, end))

    def boundingRect(self) -> QRectF:
        """Return the rectangle in seconds and newtons."""
        return self._area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the lines, the moment now, and on it the force asked for around that of the foot."""
        del option, widget
        lines = self.lines
        if not lines:
            return
        place = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setClipRect(place.mapRect(self._area), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_lines(painter, place, lines)
        self._draw_now(painter, place)
        painter.restore()

    def _draw_lines(self, painter: QPainter, place: QTransform, lines: tuple[Points, ...]) -> None:
        for line in lines:
            is_newest = line is lines[-1] and bool(self._points)
            width = LINE_UNITS if is_newest else PAST_UNITS
            pen = QPen(QColor(GREEN), width * self._unit)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([place.map(QPointF(at, n)) for at, n in line]))

    def _draw_now(self, painter: QPainter, place: QTransform) -> None:
        asked_n = self.wanted_n
        area = self._area
        ends = (place.map(QPointF(0.0, n)) for n in (area.top(), area.bottom()))
        painter.setPen(QPen(QColor(EDGE), self._unit))
        painter.drawLine(*ends)
        if asked_n is None:
            return
        ring, dot = RING_UNITS * self._unit, DOT_UNITS * self._unit
        painter.setPen(QPen(QColor(GREEN), LINE_UNITS / 2 * self._unit))
        painter.setBrush(QColor(GROUND))
        painter.drawEllipse(place.map(QPointF(0.0, asked_n)), ring, ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(INK))
        painter.drawEllipse(place.map(QPointF(0.0, self._force_n)), dot, dot)
