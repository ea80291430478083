"""The curtain: stands where the next window will, as long as that waits for the pad."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.core.texts import tr
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.places import REFERENCE, scale_of
from trainer.dashboard.theme import DIM, GROUND, INK

MARGIN: Final = 24
PAIN_KEYS: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_P})


class Curtain(QWidget):
    """Says WAIT and what is being done; Esc and closing it are heard at once."""

    def __init__(self, detail: str) -> None:
        super().__init__()
        self._detail = detail
        self._is_pain = False
        self._is_closed = False
        self._on_pain: Callable[[], None] | None = None
        self._on_close: Callable[[], None] | None = None
        self.setWindowTitle("footspring")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(detail)
        self.resize(*REFERENCE)

    def tell(self, detail: str) -> None:
        """Say what is being done."""
        self._detail = detail
        self.setAccessibleName(detail)
        self.update()

    def heed(self, on_pain: Callable[[], None], on_close: Callable[[], None]) -> None:
        """Pass on from now on what is asked; what was asked before is passed on at once."""
        self._on_pain, self._on_close = on_pain, on_close
        if self._is_pain:
            on_pain()
        if self._is_closed:
            on_close()

    def texts(self) -> tuple[Fitted, Fitted]:
        """Return heading and detail as they are laid out now."""
        unit = scale_of(self.width(), self.height())
        left, wide = round(MARGIN * unit), self.width() - round(2 * MARGIN * unit)
        align = Qt.AlignmentFlag.AlignLeft
        head = QRect(left, round(24 * unit), wide, round(96 * unit))
        below = QRect(left, round(132 * unit), wide, round(90 * unit))
        return (
            fit_text(tr("WAIT"), head, 80 * unit, align),
            fit_text(self._detail, below, 22 * unit, align, max_lines=3),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops."""
        if event.key() in PAIN_KEYS:
            self._is_pain = True
            if self._on_pain is not None:
                self._on_pain()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for the end; the curtain itself goes when that has come."""
        event.ignore()
        self._is_closed = True
        if self._on_close is not None:
            self._on_close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the texts."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        for text, colour in zip(self.texts(), (INK, DIM), strict=True):
            painter.setPen(QColor(colour))
            text.draw(painter)
