"""The counter: the rep in huge digits, what it is out of, and the set below."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.dashboard.face import CounterFace
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.theme import Flood


class Counter(QWidget):
    """Shows a CounterFace on the flood of the cue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._face = CounterFace("", "", "")
        self._flood = Flood.WAIT
        self._unit = 1.0

    @property
    def face(self) -> CounterFace:
        """Return what is shown."""
        return self._face

    def place(self, where: QRect, unit: float) -> None:
        """Put the counter into a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        self.update()

    def show_face(self, face: CounterFace, flood: Flood) -> None:
        """Show a face on a flood."""
        if (face, flood) != (self._face, self._flood):
            self._face, self._flood = face, flood
            self.setAccessibleName(f"{face.big}{face.small} {face.below}".strip())
            self.update()

    def texts(self) -> tuple[Fitted, ...]:
        """Return the number, what it is out of and the line below as they are laid out now."""
        unit, face = self._unit, self._face
        below_px = round(26 * unit) if face.below else 0
        upper = QRect(0, 0, self.width(), self.height() - below_px)
        lower = QRect(0, self.height() - below_px - round(2 * unit), self.width(), below_px)
        # Both parts hang at fixed places, so that 9/20 to 10/20 moves nothing else.
        split = round((0.56 if face.small else 1.0) * upper.width())
        left = QRect(0, upper.y(), split, upper.height())
        right = QRect(split, upper.y(), upper.width() - split, upper.height())
        align = Qt.AlignmentFlag.AlignRight if face.small else Qt.AlignmentFlag.AlignHCenter
        big = fit_text(face.big, left, 56 * unit, align)
        small = fit_text(face.small, right, 34 * unit, Qt.AlignmentFlag.AlignLeft)
        return big, _lowered(small, big), fit_text(face.below, lower, 16 * unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the texts on the flood."""
        tint = self._flood.value
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tint.ground))
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)


def _lowered(small: Fitted, big: Fitted) -> Fitted:
    drop = (QFontMetricsF(big.font).capHeight() - QFontMetricsF(small.font).capHeight()) / 2
    lines = tuple((start + type(start)(0.0, drop), words) for start, words in small.lines)
    return Fitted(small.font, lines, small.is_whole)
