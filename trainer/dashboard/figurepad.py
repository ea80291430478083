"""The answers: figures, or yes and no, in the place of the curves while one is asked for."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.core.commands import Answer, Command, Reply
from trainer.core.texts import tr
from trainer.dashboard.button import Button
from trainer.dashboard.theme import GROUND

ROWS: Final = (range(6), range(6, 11))
"""A finger is broad: two rows, as high as PAIN STOP."""

GAP: Final = 6


class FigureButton(Button):
    """One figure, or one of yes and no."""

    capital_units = 24.0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick presses as none: the next question was not read yet."""
        event.accept()


class FigurePad(QWidget):
    """Asks for the answer that was pressed."""

    asked = Signal(object)
    """A Command."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.figures = tuple(
            self._button(str(figure), Answer(float(figure))) for row in ROWS for figure in row
        )
        self.yes = self._button(tr("YES"), Reply(is_yes=True))
        self.no = self._button(tr("NO"), Reply(is_yes=False))
        self._question = ""
        self._is_answered = False
        self.hide()

    def place(self, where: QRect, unit: float) -> None:
        """Put the answers into a rectangle; `unit` is the scale of the window."""
        self.setGeometry(where)
        gap = round(GAP * unit)
        columns = len(ROWS[0])
        wide = (where.width() - gap * (columns - 1)) // columns
        high = (where.height() - gap * (len(ROWS) - 1)) // len(ROWS)
        for down, row in enumerate(ROWS):
            for across, figure in enumerate(row):
                box = QRect(across * (wide + gap), down * (high + gap), wide, high)
                self.figures[figure].place(box, unit)
        half = (where.width() - gap) // 2
        self.yes.place(QRect(0, 0, half, where.height()), unit)
        self.no.place(QRect(half + gap, 0, half, where.height()), unit)

    def offer(self, question: str, *, is_yes_no: bool, is_usable: bool) -> None:
        """Show the answers while a question is open; each is answered once."""
        is_asked = bool(question)
        if question != self._question:
            self._question, self._is_answered = question, False
        for button in (*self.figures, self.yes, self.no):
            button.offer(is_usable=is_usable)
            button.setVisible(is_yes_no is (button in {self.yes, self.no}))
        if is_asked is self.isHidden():
            self.setVisible(is_asked)
            if is_asked:
                self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover the curves."""
        QPainter(self).fillRect(event.rect(), QColor(GROUND))

    def _button(self, words: str, command: Command) -> FigureButton:
        made = FigureButton(self, words)
        made.clicked.connect(lambda _=False: self._answer(command))
        return made

    def _answer(self, command: Command) -> None:
        # Until the engine shows the next question an answer would go to one that nobody saw.
        if not self._is_answered:
            self._is_answered = True
            self.asked.emit(command)
