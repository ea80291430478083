"""The live picture of the forces: axes, curves, band, and the words that name them."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trainer.core.ring import Ring
from trainer.core.snapshot import Snapshot
from trainer.core.texts import noted, tr
from trainer.dashboard.fit import PAD_PX, Fitted, fit_text
from trainer.dashboard.followline import AHEAD_S, FollowLine
from trainer.dashboard.graph import Canvas
from trainer.dashboard.scale import MARGIN, SMALLEST_N, Scale, choose_scale
from trainer.dashboard.text import Text
from trainer.dashboard.theme import (
    CELL_COLOURS,
    GROUND,
    TOTAL_COLOUR,
    Flood,
    font,
    size_for_capitals,
)
from trainer.dashboard.trace import Curve, Trace
from trainer.dashboard.words import NO_DATA

CAPITAL_UNITS: Final = 11.0
CELL_WIDTH: Final = 1.6
TOTAL_WIDTH: Final = 4.0
LOOKS_PER_S: Final = 4
"""How often the scale is looked at: a frame must not pay for it."""

RATE_SLACK: Final = 0.02
"""Share by which the measured rate must leave the one drawn with before the picture is redrawn."""

CELLS_ABOVE: Final = 1.25
CELLS_BELOW: Final = 0.25
"""How far single cells may stretch the axis, as shares of the total's own top."""

TOTAL: Final = noted("total")
"""The name of the last curve, the sum of the cells that are trained."""

HIDDEN: Final = 0.025
"""Share of the window at its old end that is left outside the picture."""


class Plot(QWidget):
    """The curves of a ring with their legend; `poll` twice per frame."""

    def __init__(self, parent: QWidget, ring: Ring, window_s: float) -> None:
        super().__init__(parent)
        self._ring = ring
        self._window_s = window_s
        self._scale = Scale()
        self._rate_hz = 0.0
        self._looked_head = -1
        self._is_drawn = False
        self._columns = ring.capacity
        self.legend = Legend(self, tuple(tr(name) for name in curve_names(ring.channels)))
        self.trace = Trace(ring, _curves(ring.channels, 1.0))
        self.line = FollowLine()
        self._is_ahead_shown = False
        self.canvas = Canvas(self, self.trace, self.line)
        self.no_data = Text(self, Qt.AlignmentFlag.AlignHCenter)
        self.no_data.set_tint(Flood.LESS.value)
        self.no_data.show_words(tr(NO_DATA))
        self.no_data.hide()

    def place(self, where: QRect, unit: float) -> None:
        """Put the picture into a rectangle; `unit` is the scale of the window."""
        self.setGeometry(where)
        head_px = round(24 * unit)
        self.legend.place(QRect(0, 0, where.width(), head_px), unit)
        canvas = QRect(0, head_px, where.width(), where.height() - head_px)
        self.canvas.place(canvas, unit)
        width, height = round(0.5 * where.width()), round(64 * unit)
        middle = QRect(0, 0, width, height)
        middle.moveCenter(canvas.center())
        self.no_data.place(middle, 36 * unit)
        self.trace.set_curves(_curves(self._ring.channels, unit))
        self.line.set_unit(unit)

    def poll(self, rate_hz: float) -> None:
        """Draw what is new in the ring; four times a second look whether the scale still fits."""
        fresh = self._ring.head - self._looked_head
        if fresh >= max(1.0, rate_hz / LOOKS_PER_S) or self._looked_head < 0:
            self._looked_head = self._ring.head
            self._fit_scale(rate_hz)
        # Never at two polls in a row: that makes 60 frames a second of packets however fast.
        self._is_drawn = not self._is_drawn and self.trace.refresh()

    def show_state(self, snapshot: Snapshot) -> None:
        """Show the band, the line to follow, and whether data are missing."""
        if bool(snapshot.block) is not self._is_ahead_shown:
            # For the whole of a circuit, though not all its sets have a line: room that came and
            # went would move the curves.
            self._is_ahead_shown = bool(snapshot.block)
            self._apply()
        self.line.show_trace(snapshot.trace, snapshot.at_s, snapshot.force_n)
        low, high = snapshot.target_low_n, snapshot.target_high_n
        self.trace.show_band(None if low is None or high is None else (low, high))
        if snapshot.link.is_stale == self.no_data.isHidden():
            self.no_data.setVisible(snapshot.link.is_stale)

    def look_again(self) -> None:
        """Fit the scale at the next poll."""
        self._looked_head = -1

    def _fit_scale(self, rate_hz: float) -> None:
        # A rate of 0 is one that was not measured yet: the whole ring stands for the window.
        if rate_hz > 0 and abs(rate_hz - self._rate_hz) > RATE_SLACK * self._rate_hz:
            self._rate_hz = rate_hz
            self._columns = max(2, round(self._window_s * rate_hz))
        _, samples = self._ring.window()
        newest = samples[:, -min(self._columns, samples.shape[1]) :]
        band_n = self.trace.band_n
        asked_n = 0.0 if band_n is None else band_n[1]
        # The total and the band fill the picture; a cell that goes far beyond is cut off. A ball
        # that unloads by more than the toes press would leave them half of the height.
        trained_n = max(float(np.nanmax(newest[-1])), asked_n, SMALLEST_N)
        high_n = min(max(float(np.nanmax(newest)), asked_n), CELLS_ABOVE * trained_n)
        low_n = max(float(np.nanmin(newest)), -CELLS_BELOW * trained_n)
        scale = choose_scale(low_n, high_n, self._scale)
        if scale != self._scale or self._columns != self.trace.columns:
            self._scale = scale
            self._apply()

    def _apply(self) -> None:
        scale = self._scale
        margin = MARGIN * (scale.top_n - scale.bottom_n)
        bottom, top = scale.bottom_n - margin, scale.top_n + margin
        # The oldest columns lie outside: there the kept picture is covered (trace.py).
        oldest_s = -(1 - HIDDEN) * self._window_s
        newest_s = AHEAD_S if self._is_ahead_shown else 0.0
        self.canvas.show_range((oldest_s, newest_s), (bottom, top))
        self.trace.show_area(self._window_s, self._columns, bottom, top)
        self.line.show_area(self._window_s, bottom, top)
        times = time_labels(self._window_s)
        if self._is_ahead_shown:
            times.append((0.0, tr("now")))
        self.canvas.show_labels(times, force_labels(scale))


class Legend(QWidget):
    """The names of the curves, each beside a stroke of its colour and width."""

    def __init__(self, parent: QWidget, names: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._names = names
        self._unit = 1.0
        self.setAccessibleName(", ".join(names))

    def place(self, where: QRect, unit: float) -> None:
        """Put the legend into a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        self.update()

    def texts(self) -> tuple[Fitted, ...]:
        """Return the names as they are laid out now."""
        return tuple(
            fit_text(name, cell, CAPITAL_UNITS * self._unit, Qt.AlignmentFlag.AlignLeft)
            for name, cell in zip(self._names, self._cells(), strict=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw strokes and names."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        middle = self.height() // 2
        drawn = zip(
            _named_curves(self._names, self._unit), self._cells(), self.texts(), strict=True
        )
        for curve, cell, text in drawn:
            painter.setPen(QPen(QColor(curve.colour), curve.width))
            painter.drawLine(cell.x() - round(20 * self._unit), middle, cell.x() - 4, middle)
            painter.setPen(QColor(curve.colour))
            text.draw(painter)

    def _cells(self) -> list[QRect]:
        """Return the room of each name, as wide as it needs, less where all need too much."""
        metrics = QFontMetricsF(font(size_for_capitals(CAPITAL_UNITS * self._unit)))
        stroke, gap = round(24 * self._unit), round(14 * self._unit)
        wanted = [metrics.horizontalAdvance(name) + 2 * PAD_PX + 1 for name in self._names]
        room = self.width() - len(wanted) * (stroke + gap)
        share = min(1.0, room / sum(wanted))
        cells, left = [], 0
        for width in wanted:
            cells.append(QRect(left + stroke, 0, int(share * width), self.height()))
            left += stroke + int(share * width) + gap
        return cells


def curve_names(channels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the curves drawn; a single cell is its own sum and is drawn once."""
    *cells, _ = channels
    return (cells[0],) if len(cells) == 1 else (*cells, TOTAL)


def force_labels(scale: Scale) -> list[tuple[float, str]]:
    """Return where the labels of the force axis stand, and their words."""
    labels = [(force_n, f"{force_n:g}") for force_n in scale.labels_n()]
    top_n, words = labels[-1]
    return [*labels[:-1], (top_n, f"{words} N")]


def time_labels(window_s: float) -> list[tuple[float, str]]:
    """Return where the labels of the time axis stand, and their words; none at its ends."""
    step_s = 5 if window_s <= 30 else 10  # noqa: PLR2004 - at most five labels
    return [(-float(second), f"-{second} s") for second in range(step_s, int(window_s), step_s)]


def _curves(channels: tuple[str, ...], unit: float) -> tuple[Curve, ...]:
    total = len(channels) - 1
    cells = 0 if total == 1 else total
    return (
        *(Curve(row, CELL_COLOURS[row], CELL_WIDTH * unit) for row in range(cells)),
        Curve(total, TOTAL_COLOUR, TOTAL_WIDTH * unit),
    )


def _named_curves(names: tuple[str, ...], unit: float) -> tuple[Curve, ...]:
    return _curves(names if len(names) > 1 else (*names, ""), unit)
