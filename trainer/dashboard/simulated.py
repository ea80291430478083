"""The badge of a window whose pad is simulated, at the top on the right."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from trainer.core.texts import tr
from trainer.dashboard.text import Text
from trainer.dashboard.theme import DIM, GROUND, Tint

WIDTH: Final = 120
HEIGHT: Final = 26
TOP: Final = 8


class SimulatedBadge(Text):
    """Says SIMULATED where that is so; else it is hidden and takes no room."""

    def __init__(self, parent: QWidget, *, is_simulated: bool) -> None:
        super().__init__(parent, Qt.AlignmentFlag.AlignHCenter)
        self._window = parent
        self.set_tint(Tint(DIM, GROUND))
        self.show_words(tr("SIMULATED") if is_simulated else "")
        self.setVisible(is_simulated)

    def put(self, margin: float, unit: float) -> None:
        """Put it into the corner of its window, `margin` from the edge; `unit` is the scale."""
        left = self._window.width() - round((margin + WIDTH) * unit)
        where = QRect(left, round(TOP * unit), round(WIDTH * unit), round(HEIGHT * unit))
        self.place(where, 11 * unit)
