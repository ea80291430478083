"""The window of a calibration: what to do in large words, where on the pad, and how still it is."""

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from calibration import Command, State
from calibration.view import CalibrationPort, View
from trainer.core.texts import noted, tr
from trainer.dashboard.button import Button, NextButton
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.padshape import cell_boxes
from trainer.dashboard.places import REFERENCE, scale_of
from trainer.dashboard.residualplot import ResidualPlot
from trainer.dashboard.simulated import SimulatedBadge
from trainer.dashboard.theme import DIM, EDGE, GREEN, GROUND, INK, ORANGE, PANEL, SKY, Flood

POLL_MS: Final = 50
MARGIN: Final = 16
HEAD: Final = 92
TOP: Final = 172
"""Where the pad and the readings begin."""
BUTTONS: Final = 66
LEFT: Final = Qt.AlignmentFlag.AlignLeft
TURN: Final = 360 * 16
STILL: Final = 0.8
"""Stillness from which the ring is green."""

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

END: Final = noted(
    "Points: found less nominal, over the load. Band: U, for 95 %. Keep it, or take the last "
    "reading back."
)

KEYS: Final = {
    Qt.Key.Key_Space: Command.NEXT,
    Qt.Key.Key_Return: Command.NEXT,
    Qt.Key.Key_Enter: Command.NEXT,
    Qt.Key.Key_U: Command.UNDO,
    Qt.Key.Key_R: Command.REDO,
    Qt.Key.Key_S: Command.SKIP,
}

_FLOODS: Final = {
    State.CHOOSE: Flood.WAIT,
    State.PLACE: Flood.MORE,
    State.READ: Flood.RELAX,
    State.REFUSED: Flood.LESS,
    State.FINISHED: Flood.GOOD,
    State.ABORTED: Flood.STOP,
}


class CalibrationView(QWidget):
    """Shows what a calibration shows; closing it leaves, and what was read is kept."""

    def __init__(self, port: CalibrationPort, *, is_simulated: bool = False) -> None:
        super().__init__()
        self.badge = SimulatedBadge(self, is_simulated=is_simulated)
        self._port = port
        self._view = port.view
        self._plots: tuple[ResidualPlot, ...] = ()
        self._unit = 1.0
        self.setWindowTitle(tr("footspring: calibrate the pad"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.next_button = NextButton(self, tr("NEXT"), tr("Space"))
        self.next_button.clicked.connect(lambda: self.say(Command.NEXT))
        self.undo_button = Button(self, tr("UNDO"), "U")
        self.undo_button.clicked.connect(lambda: self.say(Command.UNDO))
        self.skip_button = Button(self, tr("SKIP"), "S")
        self.skip_button.clicked.connect(lambda: self.say(Command.SKIP))
        self.leave_button = Button(self, tr("LEAVE"), tr("Esc"))
        self.leave_button.clicked.connect(self.close)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.resize(*REFERENCE)
        self.poll()

    def start(self) -> None:
        """Begin to follow the calibration."""
        self._timer.start()

    def say(self, word: Command) -> None:
        """Pass on what the person says."""
        self._port.say(word)

    def poll(self) -> None:
        """Show what is new."""
        view = self._port.view
        if view.record is not self._view.record or (view.record and not self._plots):
            known = view.record
            cells = known.report.cells if known else ()
            self._plots = tuple(ResidualPlot(known.calibration, c) for c in cells) if known else ()
        self._view = view
        self.setAccessibleName(view.heading)
        keeps = view.record is not None
        self.next_button.show_words(tr("KEEP IT") if keeps else tr("NEXT"))
        self.next_button.offer(is_usable=Command.NEXT in view.allowed)
        self.undo_button.offer(is_usable=Command.UNDO in view.allowed)
        self.skip_button.offer(is_usable=Command.SKIP in view.allowed)
        self.leave_button.show_words(tr("CLOSE") if view.is_done else tr("LEAVE"))
        self.update()
        if view.is_done and not view.result and view.instruction.state is not State.ABORTED:
            # Somebody has left it from elsewhere: nothing more will be shown.
            self.close()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(640, 384)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys say what the buttons say; Esc leaves."""
        word = KEYS.get(Qt.Key(event.key()))
        if word is not None:
            self.say(word)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave with the window."""
        self._timer.stop()
        self._port.leave()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        del event
        unit = self._unit = scale_of(self.width(), self.height())
        self.badge.put(MARGIN, unit)
        height, margin = round(BUTTONS * unit), round(MARGIN * unit)
        top = self.height() - margin - height
        buttons = (self.next_button, self.undo_button, self.skip_button, self.leave_button)
        wide = (self.width() - 5 * margin) // 4
        for place, button in enumerate(buttons):
            button.place(QRect(margin + place * (wide + margin), top, wide, height), unit)

    def texts(self) -> tuple[Fitted, ...]:
        """Return all texts as they are laid out now."""
        plots = zip(self._plots, self._plot_boxes(), strict=True)
        return (
            *(text for text, _ in self._inked()),
            *(plot.text(box, self._unit) for plot, box in plots),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the flood, the pad or the plots, the ring and the texts."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._box(0, 0, REFERENCE[0], HEAD), QColor(self._flood().value.ground))
        if self._plots:
            for plot, box in zip(self._plots, self._plot_boxes(), strict=True):
                plot.draw(painter, box, self._unit)
        elif self._view.cells:
            self._draw_pad(painter)
            self._draw_ring(painter)
        for text, colour in self._inked():
            painter.setPen(QColor(colour))
            text.draw(painter)

    def _flood(self) -> Flood:
        said = self._view.instruction
        return Flood.LESS if said.unrest is not None else _FLOODS[said.state]

    def _inked(self) -> Iterator[tuple[Fitted, str]]:
        """Yield the texts with their colours."""
        view, unit, said = self._view, self._unit, self._view.instruction
        ink = self._flood().value.ink
        number = f"{said.number} / {said.total}" if said.total else ""
        wide = REFERENCE[0] - 2 * MARGIN
        yield fit_text(view.heading, self._box(MARGIN, 8, 620, HEAD - 16), 46 * unit, LEFT), ink
        top = 36 if self.badge.words else 8
        yield fit_text(number, self._box(650, top, 134, HEAD - 8 - top), 22 * unit), ink
        told = tr(END) if view.record is not None else tr(said.text)
        told = view.result.replace("\n", "  ") or told
        box = self._box(MARGIN, HEAD + 4, wide, TOP - HEAD - 8)
        yield fit_text(told, box, 18 * unit, LEFT, max_lines=4), INK
        if not self._plots:
            yield from self._pad_texts()
            yield from self._live_texts(view)

    def _pad_texts(self) -> Iterator[tuple[Fitted, str]]:
        view, unit, step = self._view, self._unit, self._view.instruction.step
        for cell, box in self._cells().items():
            is_loaded = cell == view.loaded_cell
            # A number and its unit stay on one line.
            names = [name.replace(" ", NO_BREAK) for name in step.weights] if step else []
            load = " + ".join(names) if is_loaded else ""
            half = round(0.42 * box.height())
            upper = QRect(box.x(), box.y(), box.width(), half if load else box.height())
            colour = GROUND if is_loaded else INK
            yield fit_text(tr(cell), upper, 13 * unit), colour
            lower = QRect(box.x(), box.y() + half, box.width(), round(0.5 * box.height()))
            yield fit_text(load, lower, 13 * unit, max_lines=2), colour

    def _live_texts(self, view: View) -> Iterator[tuple[Fitted, str]]:
        unit, above = self._unit, view.instruction.live_counts
        rows = zip(view.cells, above, view.live_n, view.expanded_n, strict=False)
        for row, (cell, counts, force_n, u_n) in enumerate(rows):
            top = TOP + 4 + 52 * row
            told = tr(cell) if force_n is None else f"{tr(cell)}  {_force(force_n, u_n)}"
            yield fit_text(told, self._box(300, top, 290, 26), 13 * unit, LEFT), INK
            box = self._box(300, top + 26, 290, 20)
            yield (
                fit_text(
                    tr("{n:+.0f} counts").format(n=counts), box, 10 * unit, LEFT, is_bold=False
                ),
                DIM,
            )
        if view.cells:
            ring = self._ring().toRect()
            share = f"{100 * view.stillness:.0f} %"
            upper = QRect(ring.x(), ring.y(), ring.width(), round(0.58 * ring.height()))
            lower = QRect(ring.x(), ring.center().y(), ring.width(), round(0.4 * ring.height()))
            yield (
                fit_text(
                    share, upper.adjusted(ring.width() // 5, 0, -ring.width() // 5, 0), 20 * unit
                ),
                INK,
            )
            inner = lower.adjusted(ring.width() // 5, 0, -ring.width() // 5, 0)
            left_s = view.instruction.remaining_s
            word = tr("still")
            if left_s > 0:
                word = tr("still, {left} s").format(left=math.ceil(left_s))
            yield fit_text(word, inner, 10 * unit, is_bold=False), DIM

    def _draw_pad(self, painter: QPainter) -> None:
        for cell, box in self._cells().items():
            is_loaded = cell == self._view.loaded_cell
            painter.setBrush(QColor(SKY if is_loaded else PANEL))
            painter.setPen(QPen(QColor(INK if is_loaded else EDGE), 2 * self._unit))
            painter.drawRoundedRect(QRectF(box), 8 * self._unit, 8 * self._unit)

    def _draw_ring(self, painter: QPainter) -> None:
        """Draw the stillness as a ring, and around it how much of the reading is there."""
        ring, view = self._ring(), self._view
        colour = GREEN if view.stillness >= STILL else ORANGE
        parts = ((EDGE, 1.0, 0), (colour, view.stillness, 0), (SKY, view.read_share, -12))
        for ink, share, away in parts:
            painter.setPen(QPen(QColor(ink), (12 if not away else 5) * self._unit))
            size = away * self._unit
            painter.drawArc(ring.adjusted(size, size, -size, -size), 90 * 16, -round(share * TURN))

    def _ring(self) -> QRectF:
        area = QRectF(self._box(600, TOP + 20, 184, 184))
        size = min(area.width(), area.height()) - 30 * self._unit
        return QRectF(area.center().x() - size / 2, area.center().y() - size / 2, size, size)

    def _cells(self) -> dict[str, QRect]:
        if not self._view.cells:
            return {}
        return cell_boxes(self._view.cells, self._box(MARGIN, TOP, 264, 212), self._unit)

    def _plot_boxes(self) -> list[QRect]:
        columns = 2 if len(self._plots) > 1 else 1
        rows = math.ceil(len(self._plots) / columns) or 1
        wide, high = (REFERENCE[0] - MARGIN * (columns + 1)) / columns, 216 / rows
        return [
            self._box(
                MARGIN + (place % columns) * (wide + MARGIN),
                TOP + (place // columns) * high,
                wide,
                high - 8,
            )
            for place in range(len(self._plots))
        ]

    def _box(self, x: float, y: float, width: float, height: float) -> QRect:
        """Return a rectangle of the reference in this window: wide as it is, high as it is."""
        across, down = self.width() / REFERENCE[0], self.height() / REFERENCE[1]
        return QRect(
            round(x * across), round(y * down), round(width * across), round(height * down)
        )


def _force(force_n: float, u_n: float | None) -> str:
    if u_n is None:
        return tr("{force:+.1f} N about").format(force=force_n)
    return f"{force_n:+.2f} ± {u_n:.2f} N"
