"""The athlete's name in the title line, changed by typing over it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer.core.texts import tr
from trainer.dashboard.fit import fit_text
from trainer.dashboard.theme import DIM, GROUND, INK, PANEL, SKY

LONGEST = 60
"""Characters of a name."""


class NameEdit(QLineEdit):
    """Shows the name; Return asks for the typed one, leaving the field without it does not."""

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setMaxLength(LONGEST)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setPlaceholderText(tr("athlete?"))
        self.setAccessibleName(tr("athlete"))
        self._name = ""
        self._is_fresh = False
        self._capital_px = 10.0
        self._paint(is_usable=False)

    def place(self, where: QRect, unit: float) -> None:
        """Put the field into a rectangle; `unit` is the scale of the window."""
        self._capital_px = 14 * unit
        self.setGeometry(where)
        self._restore()

    def show_name(self, name: str, *, can_change: bool) -> None:
        """Show the name, unless another is being typed."""
        if can_change == self.isReadOnly():
            self._paint(is_usable=can_change)
        if name != self._name:
            self._name = name
            if not self.hasFocus():
                self._restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Return to the window as a name, and Esc as it is: it means pain stop everywhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            typed = " ".join(self.text().split())
            if typed and typed != self._name:
                self.asked.emit(typed)
            self.clearFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the whole name, ready to be typed over."""
        super().focusInEvent(event)
        self.setText(self._name)
        self.selectAll()
        self._is_fresh = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the whole name selected by the press that came to change it."""
        super().mousePressEvent(event)
        if self._is_fresh:
            self._is_fresh = False
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the name as it is known again."""
        super().focusOutEvent(event)
        self._restore()

    def _restore(self) -> None:
        room = self.rect().adjusted(6, 0, -6, 0)
        fitted = fit_text(self._name, room, self._capital_px, is_bold=False)
        self.setFont(fitted.font)
        self.setText(" ".join(words for _, words in fitted.lines))
        self.setCursorPosition(0)

    def _paint(self, *, is_usable: bool) -> None:
        self.setReadOnly(not is_usable)
        if not is_usable:
            self.clearFocus()
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Base, QColor(PANEL if is_usable else GROUND))
        colours.setColor(QPalette.ColorRole.Text, QColor(INK))
        colours.setColor(QPalette.ColorRole.PlaceholderText, QColor(DIM))
        colours.setColor(QPalette.ColorRole.Highlight, QColor(SKY))
        colours.setColor(QPalette.ColorRole.HighlightedText, QColor(GROUND))
        self.setPalette(colours)
