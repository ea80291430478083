"""What a fit leaves of one cell: the points over their load, and the band of U around zero."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from calibration import Calibration, CellReport
from trainer.core.texts import tr
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.theme import BLUE, DIM, EDGE, INK, ORANGE, PANEL, blend

POINTS: Final = 24
HEAD: Final = 20
"""Height of the line above a plot, in pixels of the reference."""

ROOM: Final = 1.15
"""Height of the plot in that of what is drawn."""


class ResidualPlot:
    """One cell's plot in a box; draws, and tells its texts."""

    def __init__(self, calibration: Calibration, cell: CellReport) -> None:
        own = calibration.channels.index(cell.cell)
        self._cell = cell
        self._force_n = np.linspace(0.0, cell.range_n[1], POINTS)
        loads = np.zeros((POINTS, len(calibration.channels)))
        loads[:, own] = self._force_n
        self._u_n = [calibration.expanded_sum_n(load, (cell.cell,)) or 0.0 for load in loads]
        self._off_n = max(abs(off_n) for off_n in cell.residuals_n)
        self._top_n = ROOM * max(self._off_n, *self._u_n, 1e-9)

    def text(self, box: QRect, unit: float) -> Fitted:
        """Return the line above the plot, laid out."""
        head = QRect(box.x(), box.y(), box.width(), round(HEAD * unit))
        told = tr("{cell}: off by up to {off:.2f} N, U {u:.2f} N at {force:.0f} N").format(
            cell=tr(self._cell.cell),
            off=self._off_n,
            u=self._cell.expanded_n,
            force=self._cell.range_n[1],
        )
        return fit_text(told, head, 10 * unit)

    def draw(self, painter: QPainter, box: QRect, unit: float) -> None:
        """Draw into a box."""
        area = QRectF(box.adjusted(0, round(HEAD * unit), 0, 0))
        painter.fillRect(area, QColor(PANEL))
        painter.setPen(QPen(QColor(EDGE), unit))
        painter.setBrush(blend(BLUE, PANEL, 0.45))
        upper = [self._at(area, f, u) for f, u in zip(self._force_n, self._u_n, strict=True)]
        lower = [self._at(area, f, -u) for f, u in zip(self._force_n, self._u_n, strict=True)]
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setPen(QPen(QColor(DIM), unit))
        painter.drawLine(self._at(area, 0.0, 0.0), self._at(area, float(self._force_n[-1]), 0.0))
        painter.setPen(QPen(QColor(INK), unit))
        painter.setBrush(QColor(ORANGE))
        for force_n, off_n in zip(self._cell.forces_n, self._cell.residuals_n, strict=True):
            painter.drawEllipse(self._at(area, force_n, off_n), 3 * unit, 3 * unit)
        self.text(box, unit).draw(painter)

    def _at(self, area: QRectF, force_n: float, off_n: float) -> QPointF:
        across = force_n / (self._force_n[-1] * 1.04)
        down = 0.5 - off_n / self._top_n / 2
        return QPointF(area.x() + across * area.width(), area.y() + down * area.height())
