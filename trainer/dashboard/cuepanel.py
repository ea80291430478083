"""The cue panel: one word across the room, flooded with the colour of what to do."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.dashboard.face import CueFace
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.shapes import Shape, outline
from trainer.dashboard.theme import Flood

CAPITAL_UNITS = 62.0
"""Height of the cue's capitals at 800x480: 20 arc minutes at 2 m are 60 px on a 7 inch screen."""


class CuePanel(QWidget):
    """Shows a CueFace."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._face = CueFace(Flood.WAIT, Shape.NONE, "", "")
        self._unit = 1.0

    @property
    def face(self) -> CueFace:
        """Return what is shown."""
        return self._face

    def place(self, where: QRect, unit: float) -> None:
        """Put the panel into a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        self.update()

    def show_face(self, face: CueFace) -> None:
        """Show a face."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(f"{face.cue} {face.shape_word}".strip())
            self.update()

    def texts(self) -> tuple[Fitted, Fitted]:
        """Return the cue and the word of the shape as they are laid out now."""
        side, unit = self._side_px(), self._unit
        cue = QRect(side, 0, self.width() - side - round(6 * unit), self.height())
        word = QRect(0, self.height() - round(26 * unit), side, round(22 * unit))
        return (
            fit_text(self._face.cue, cue, CAPITAL_UNITS * unit, Qt.AlignmentFlag.AlignLeft),
            fit_text(self._face.shape_word, word, 13 * unit),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw flood, shape and words."""
        tint = self._face.flood.value
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tint.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outline(self._face.shape, self._shape_box()), QColor(tint.ink))
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)

    def _side_px(self) -> int:
        return round(112 * self._unit)

    def _shape_box(self) -> QRectF:
        size = min(56 * self._unit, self.height() - 36 * self._unit)
        return QRectF((self._side_px() - size) / 2, 10 * self._unit, size, size)
