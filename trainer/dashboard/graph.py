"""What is used of pyqtgraph, with types: the only file that imports it."""

import os
from typing import Any, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QWidget

from trainer.core.arrays import FloatArray
from trainer.dashboard.theme import DIM, EDGE, GROUND, font

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"  # it would take PyQt6 where both are installed
import pyqtgraph
from pyqtgraph import functions


class Canvas:
    """A view box with a left and a bottom axis of fixed breadth; it takes no mouse and no keys."""

    def __init__(self, parent: QWidget, *items: QGraphicsItem) -> None:
        plot: Any = pyqtgraph.PlotWidget(parent, background=GROUND)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = plot.getPlotItem()
        inside.setMenuEnabled(False)
        inside.hideButtons()
        inside.setMouseEnabled(x=False, y=False)
        inside.setContentsMargins(0, 0, 0, 0)
        for item in items:
            inside.addItem(item, ignoreBounds=True)
        self._view = inside.getViewBox()
        self._view.disableAutoRange()
        self._left, self._bottom = inside.getAxis("left"), inside.getAxis("bottom")
        for axis in (self._left, self._bottom):
            axis.setPen(QColor(EDGE))
            axis.setTextPen(QColor(DIM))
        self.widget = cast("QWidget", plot)

    def place(self, where: QRect, unit: float) -> None:
        """Put the canvas into a rectangle; `unit` is the scale of the window."""
        self.widget.setGeometry(where)
        for axis in (self._left, self._bottom):
            axis.setStyle(tickFont=font(15 * unit), tickTextOffset=round(5 * unit))
        self._left.setWidth(round(56 * unit))
        self._bottom.setHeight(round(24 * unit))

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show a range of both axes, to its very ends."""
        self._view.setRange(xRange=x, yRange=y, padding=0)

    def show_labels(self, x: list[tuple[float, str]], y: list[tuple[float, str]]) -> None:
        """Show labels at their places on both axes."""
        self._bottom.setTicks([x])
        self._left.setTicks([y])


def polygon(x_px: FloatArray, y_px: FloatArray) -> QPolygonF:
    """Return (n,) points as Qt wants them, n > 0: ten times as fast as one by one."""
    return cast("QPolygonF", functions.arrayToQPolygonF(x_px, y_px))


def path(x_px: FloatArray, y_px: FloatArray) -> QPainterPath:
    """Return an open path through all points."""
    return cast("QPainterPath", functions.arrayToQPath(x_px, y_px))
