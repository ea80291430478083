"""The question after a stop by the foot button: was it pain? Two targets, yes the larger.

No has no place where a hand may be on its way to: neither over NEXT nor over PAIN STOP.
"""

import math
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trainer.core.snapshot import Snapshot
from trainer.core.texts import tr
from trainer.core.watchdog import ANSWER_S, may_deny
from trainer.dashboard.button import Button
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.shapes import Shape, outline
from trainer.dashboard.theme import GROUND, INK, Flood, Tint

MARGIN: Final = 24
TOP: Final = 206
HEIGHT: Final = 190
YES_SHARE: Final = 0.6
GAP: Final = 20


class Answer(Button):
    """One of the two targets."""

    capital_units = 60.0
    hint_units = 17.0
    tint = Tint(GROUND, INK)


class Yes(Answer):
    """The answer that is taken where none is given: ringed, and taken when the finger goes down."""

    asked = Signal()
    tint = Tint(INK, GROUND)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the answer at once."""
        self.asked.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button with the ring of what Enter chooses."""
        super().paintEvent(event)
        width = 0.04 * self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(GROUND), width / 2))
        box = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.drawRoundedRect(box, 2 * width, 2 * width)


class Question(QWidget):
    """Covers the window while the question is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Stopped. Was it pain? Unanswered it counts as pain."))
        self._unit = 1.0
        self._left_s = 0
        self.yes = Yes(self, tr("YES"), tr("pain: Enter or Y"))
        self.no = Answer(self, tr("NO"), tr("no pain: N"))
        self.hide()

    def place(self, where: QRect, unit: float) -> None:
        """Cover a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        margin, gap, top, height = (round(n * unit) for n in (MARGIN, GAP, TOP, HEIGHT))
        room = where.width() - 2 * margin - gap
        yes = round(YES_SHARE * room)
        self.no.place(QRect(margin, top, room - yes, height), unit)
        self.yes.place(QRect(margin + room - yes + gap, top, yes, height), unit)
        self.update()

    def ask(self, snapshot: Snapshot) -> None:
        """Show the question, and in how many seconds it is answered with yes."""
        self.no.offer(is_usable=may_deny(snapshot))
        left = math.ceil(snapshot.left_s or ANSWER_S)
        if left != self._left_s:
            self._left_s = left
            self.update()
        if self.isHidden():
            self.show()
            self.raise_()

    def texts(self) -> tuple[Fitted, ...]:
        """Return all texts but those on the targets, as they are laid out now."""
        unit, left = self._unit, round(MARGIN * self._unit)
        wide = self.width() - 2 * left
        beside = round(118 * unit)
        align = Qt.AlignmentFlag.AlignLeft

        def row(y: float, height: float, x: int = left, width: int = wide) -> QRect:
            return QRect(x, round(y * unit), width, round(height * unit))

        asked = row(20, 108, left + beside, wide - beside)
        counts = tr("Unanswered it counts as pain in {left} s").format(left=self._left_s)
        return (
            fit_text(tr("WAS IT PAIN?"), asked, 64 * unit, align),
            fit_text(tr("Stopped. Take the foot off the pad."), row(140, 50), 26 * unit, align),
            fit_text(counts, row(410, 44), 22 * unit, align),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the flood, the square of a stop and the texts."""
        tint, unit = Flood.STOP.value, self._unit
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tint.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(MARGIN * unit, 28 * unit, 88 * unit, 88 * unit)
        painter.fillPath(outline(Shape.SQUARE, box), QColor(tint.ink))
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)
