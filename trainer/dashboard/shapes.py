"""Shapes that say a state without colour, drawn rather than taken from a font."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF


class Shape(Enum):
    """What stands beside the cue."""

    NONE = "none"
    UP = "up"
    TWO_UP = "two up"
    DISC = "disc"
    DOWN = "down"
    BARS = "bars"
    CIRCLE = "circle"
    PLAY = "play"
    HOURGLASS = "hourglass"
    SQUARE = "square"
    TICK = "tick"
    ALERT = "alert"


def outline(shape: Shape, box: QRectF) -> QPainterPath:
    """Return the filled path of a shape inside a square box."""
    path = QPainterPath()
    path.setFillRule(path.fillRule().OddEvenFill)
    match shape:
        case Shape.DISC:
            path.addEllipse(box)
        case Shape.CIRCLE:
            path.addEllipse(box)
            rim = 0.16 * box.width()
            path.addEllipse(box.adjusted(rim, rim, -rim, -rim))
        case Shape.ALERT:
            _polygon(path, box, _POLYGONS[shape][0])
            path.addRect(_part(box, 0.44, 0.36, 0.12, 0.30))
            path.addRect(_part(box, 0.44, 0.74, 0.12, 0.12))
        case _:
            for corners in _POLYGONS.get(shape, ()):
                _polygon(path, box, corners)
    return path


_Corners = tuple[tuple[float, float], ...]

_POLYGONS: dict[Shape, tuple[_Corners, ...]] = {
    Shape.UP: (((0.5, 0.05), (1.0, 0.95), (0.0, 0.95)),),
    Shape.DOWN: (((0.5, 0.95), (1.0, 0.05), (0.0, 0.05)),),
    Shape.TWO_UP: (
        ((0.5, 0.0), (0.95, 0.47), (0.05, 0.47)),
        ((0.5, 0.53), (0.95, 1.0), (0.05, 1.0)),
    ),
    Shape.BARS: (
        ((0.12, 0.05), (0.42, 0.05), (0.42, 0.95), (0.12, 0.95)),
        ((0.58, 0.05), (0.88, 0.05), (0.88, 0.95), (0.58, 0.95)),
    ),
    Shape.PLAY: (((0.1, 0.0), (1.0, 0.5), (0.1, 1.0)),),
    Shape.HOURGLASS: (((0.1, 0.0), (0.9, 0.0), (0.1, 1.0), (0.9, 1.0)),),
    Shape.SQUARE: (((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)),),
    Shape.TICK: (((0.0, 0.55), (0.16, 0.38), (0.38, 0.6), (0.84, 0.1), (1.0, 0.26), (0.38, 0.92)),),
    Shape.ALERT: (((0.5, 0.02), (1.0, 0.98), (0.0, 0.98)),),
}


def _polygon(path: QPainterPath, box: QRectF, corners: _Corners) -> None:
    points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in corners]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()


def _part(box: QRectF, x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(
        box.x() + x * box.width(),
        box.y() + y * box.height(),
        width * box.width(),
        height * box.height(),
    )
