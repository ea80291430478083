"""The window of a notice: a few words large, a few sentences, and a button that closes it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer.core.texts import tr
from trainer.dashboard.button import Button
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.places import REFERENCE, scale_of
from trainer.dashboard.theme import GROUND, INK

MARGIN: Final = 24
BUTTON: Final = (250, 66)
LISTEN_MS: Final = 100
CLOSE_KEYS: Final = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)


class NoticeView(QWidget):
    """Says one thing until it was read."""

    def __init__(self, heading: str, text: str) -> None:
        super().__init__()
        self._heading = heading
        self._text = text
        self._unit = 1.0
        self.setWindowTitle("footspring")
        self.setAccessibleName(f"{heading}. {text}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.close_button = Button(self, tr("CLOSE"), tr("Esc"))
        self.close_button.clicked.connect(self.close)
        # Signals are acted on while Python runs: without a timer it may not for hours.
        self._timer = QTimer(self, interval=LISTEN_MS)
        self._timer.timeout.connect(lambda: None)
        self._timer.start()
        self.resize(*REFERENCE)

    def texts(self) -> tuple[Fitted, ...]:
        """Return all texts but the button's, as they are laid out now."""
        unit, left = self._unit, round(MARGIN * self._unit)
        wide = self.width() - 2 * left
        head = QRect(left, left, wide, round(80 * unit))
        below = QRect(left, round(120 * unit), wide, self.height() - round(230 * unit))
        align = Qt.AlignmentFlag.AlignLeft
        return (
            fit_text(self._heading, head, 54 * unit, align),
            fit_text(self._text, below, 20 * unit, align, max_lines=8),
        )

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(640, 384)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with the keys that go on or leave."""
        if event.key() in CLOSE_KEYS and not event.isAutoRepeat():
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button into its place."""
        del event
        unit = self._unit = scale_of(self.width(), self.height())
        wide, high, margin = (round(n * unit) for n in (*BUTTON, MARGIN))
        where = QRect(self.width() - wide - margin, self.height() - high - margin, wide, high)
        self.close_button.place(where, unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the texts."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        painter.setPen(QColor(INK))
        for text in self.texts():
            text.draw(painter)
