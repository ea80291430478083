"""Buttons: a word and its key, the same place in every phase, dim when they mean nothing."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from trainer.coach.words import foot_label
from trainer.core.cues import Side
from trainer.core.texts import tr
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.theme import EDGE, GROUND, INK, OFF, PANEL, VERMILLION, Tint


class Button(QAbstractButton):
    """A rounded button; the keyboard stays with the window, so it never takes the focus."""

    tint = Tint(PANEL, INK)
    is_tint_kept_when_off = False
    capital_units = 14.0
    hint_units = 9.0

    def __init__(self, parent: QWidget, words: str, hint: str = "") -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(words)
        self.setAccessibleName(f"{words} {hint}".strip())
        self._hint = hint
        self._unit = 1.0

    def place(self, where: QRect, unit: float) -> None:
        """Put the button into a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        self.update()

    def show_words(self, words: str, hint: str | None = None) -> None:
        """Change the word, and its hint where one is given."""
        hint = self._hint if hint is None else hint
        if (words, hint) != (self.text(), self._hint):
            self._hint = hint
            self.setText(words)
            self.setAccessibleName(f"{words} {hint}".strip())
            self.update()

    def offer(self, *, is_usable: bool) -> None:
        """Enable or dim the button."""
        if is_usable != self.isEnabled():
            self.setEnabled(is_usable)

    def texts(self) -> tuple[Fitted, ...]:
        """Return the word and its hint as they are laid out now."""
        unit = self._unit
        margin = round(6 * unit)
        box = self.rect().adjusted(margin, 0, -margin, 0)
        if not self._hint:
            return (fit_text(self.text(), box, self.capital_units * unit),)
        split = round(0.62 * self.height())
        word = QRect(box.x(), round(4 * unit), box.width(), split - round(4 * unit))
        hint = QRect(box.x(), split, box.width(), self.height() - split - round(4 * unit))
        return (
            fit_text(self.text(), word, self.capital_units * unit),
            fit_text(self._hint, hint, self.hint_units * unit, is_bold=False),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        del event
        is_on = self.isEnabled() or self.is_tint_kept_when_off
        tint = self.tint if is_on else Tint(GROUND, OFF)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = 2 * self._unit
        ground = QColor(tint.ground)
        painter.setBrush(ground.lighter(130) if self.isDown() else ground)
        painter.setPen(QPen(QColor(EDGE if is_on else PANEL), rim))
        box = QRectF(self.rect()).adjusted(rim / 2, rim / 2, -rim / 2, -rim / 2)
        painter.drawRoundedRect(box, 8 * self._unit, 8 * self._unit)
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)


class NextButton(Button):
    """The button that goes on: larger than the others, since it is the one that is looked for."""

    capital_units = 21.0


class ErrandButton(Button):
    """A way out of a session that waits to begin: smaller, since it is seldom looked for."""

    capital_units = 12.0
    hint_units = 8.5


class PainStop(Button):
    """The biggest button: acts when the mouse or the finger goes down, any mouse button."""

    asked = Signal()
    tint = Tint(VERMILLION, GROUND)
    capital_units = 24.0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the stop at once."""
        self.asked.emit()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a second quick press as a press."""
        self.mousePressEvent(event)


class FootButton(Button):
    """One foot's place in the title line: lit for the foot on the pad, else the way to change."""

    is_tint_kept_when_off = True
    capital_units = 18.0

    def __init__(self, parent: QWidget, side: Side) -> None:
        super().__init__(parent, "")
        self.side = side
        self._is_lit = False

    def show_foot(self, *, is_lit: bool, can_change: bool) -> None:
        """Show whether this is the foot on the pad, and whether it may be made so."""
        left = self.side is Side.LEFT
        change = (tr("change to LEFT") if left else tr("change to RIGHT")) if can_change else ""
        words = foot_label(self.side) if is_lit else change
        if (is_lit, words) != (self._is_lit, self.text()):
            self._is_lit = is_lit
            self.tint = Tint(INK, GROUND) if is_lit else Tint(PANEL, INK)
            self.setText(words)
            self.setAccessibleName(words)
            self.setVisible(bool(words))
        self.offer(is_usable=can_change and not is_lit)
