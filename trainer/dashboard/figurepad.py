"""The figures: eleven buttons in the place of the curves, while a figure is asked for."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.dashboard.button import Button
from trainer.dashboard.theme import GROUND

ROWS: Final = (range(6), range(6, 11))
"""A finger is broad: two rows, as high as PAIN STOP."""

GAP: Final = 6


class FigureButton(Button):
    """One figure."""

    capital_units = 24.0


class FigurePad(QWidget):
    """Asks for the figure that was pressed."""

    asked = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.buttons = tuple(FigureButton(self, str(figure)) for row in ROWS for figure in row)
        for figure, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, figure=figure: self.asked.emit(float(figure)))
        self.hide()

    def place(self, where: QRect, unit: float) -> None:
        """Put the figures into a rectangle; `unit` is the scale of the window."""
        self.setGeometry(where)
        gap = round(GAP * unit)
        columns = len(ROWS[0])
        wide = (where.width() - gap * (columns - 1)) // columns
        high = (where.height() - gap * (len(ROWS) - 1)) // len(ROWS)
        for down, row in enumerate(ROWS):
            for across, figure in enumerate(row):
                box = QRect(across * (wide + gap), down * (high + gap), wide, high)
                self.buttons[figure].place(box, unit)

    def offer(self, *, is_asked: bool, is_usable: bool) -> None:
        """Show the figures while one is asked for."""
        for button in self.buttons:
            button.offer(is_usable=is_usable)
        if is_asked is self.isHidden():
            self.setVisible(is_asked)
            if is_asked:
                self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover the curves."""
        QPainter(self).fillRect(event.rect(), QColor(GROUND))
