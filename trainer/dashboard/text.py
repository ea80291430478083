"""A line or a few lines of text that never move their neighbours and repaint only when changed."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.theme import GROUND, INK, Tint


class Text(QWidget):
    """Words in a fixed rectangle, as large as they fit up to a capital height."""

    def __init__(
        self,
        parent: QWidget,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        max_lines: int = 1,
        is_bold: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._align = align
        self._max_lines = max_lines
        self._is_bold = is_bold
        self._capital_px = 10.0
        self._words = ""
        self._tint = Tint(GROUND, INK)
        self._fitted: Fitted | None = None

    @property
    def words(self) -> str:
        """Return what is shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show a text."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self._refit()

    def set_tint(self, tint: Tint) -> None:
        """Change background and ink."""
        if tint != self._tint:
            self._tint = tint
            self.update()

    def place(self, where: QRect, capital_px: float) -> None:
        """Put the text into a rectangle of the parent, capitals up to a height in pixels."""
        self._capital_px = capital_px
        self.setGeometry(where)
        self._refit()

    def fitted(self) -> Fitted:
        """Return the text as it is laid out now."""
        if self._fitted is None:
            self._fitted = fit_text(
                self._words,
                self.rect(),
                self._capital_px,
                self._align,
                max_lines=self._max_lines,
                is_bold=self._is_bold,
            )
        return self._fitted

    def minimumSizeHint(self) -> QSize:
        """Return that any size will do: the text fits itself."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out anew."""
        del event
        self._fitted = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._tint.ground))
        painter.setPen(QColor(self._tint.ink))
        self.fitted().draw(painter)

    def _refit(self) -> None:
        self._fitted = None
        self.update()
