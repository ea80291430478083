"""The dial: a ring that fills while a hold lasts and empties while a timer runs."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trainer.dashboard.face import DialFace
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.theme import Flood, blend

FULL_TURN = 5760
"""Qt counts angles in sixteenths of a degree."""

TOP = 1440

RIM = 0.075
"""Breadth of the ring, as a share of its size."""


class Dial(QWidget):
    """Shows a DialFace on the flood of the cue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._face = DialFace("", "", 0.0)
        self._flood = Flood.WAIT
        self._unit = 1.0
        self._shown: tuple[str, str, int, Flood] = ("", "", 0, Flood.WAIT)

    @property
    def face(self) -> DialFace:
        """Return what is shown."""
        return self._face

    def place(self, where: QRect, unit: float) -> None:
        """Put the dial into a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        self.update()

    def show_face(self, face: DialFace, flood: Flood) -> None:
        """Show a face on a flood; the ring moves in whole hundredths."""
        shown = (face.number, face.word, round(100 * face.filled), flood)
        if shown != self._shown:
            self._shown = shown
            self._face, self._flood = face, flood
            self.setAccessibleName(f"{face.number} {face.word}".strip())
            self.update()

    def texts(self) -> tuple[Fitted, Fitted]:
        """Return the number and its word as they are laid out now."""
        ring = self._ring()
        middle = ring.center()
        number = QRectF(0, 0, 0.84 * ring.width(), 0.5 * ring.height())
        number.moveCenter(middle - (middle - ring.topLeft()) * 0.12)
        number.moveLeft(middle.x() - number.width() / 2)
        word = QRectF(0, 0, 0.66 * ring.width(), 0.2 * ring.height())
        word.moveCenter(middle)
        word.moveTop(middle.y() + 0.2 * ring.height())
        return (
            fit_text(self._face.number, number.toRect(), 0.36 * ring.height()),
            fit_text(self._face.word, word.toRect(), 0.10 * ring.height()),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring and the words."""
        tint = self._flood.value
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tint.ground))
        if not self._face.number:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = RIM * self._ring().height()
        for colour, turn in (
            (blend(tint.ink, tint.ground, 0.22), FULL_TURN),
            (QColor(tint.ink), round(self._face.filled * FULL_TURN)),
        ):
            pen = QPen(colour, rim, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(self._ring(), TOP, -turn)
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)

    def _ring(self) -> QRectF:
        side = min(self.width(), self.height())
        size = side - min(24 * self._unit, 0.125 * side)
        return QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
