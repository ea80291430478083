"""The screen of a stop and of the end: what happened, what was done, where the report lies."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer.coach.words import SIDES
from trainer.core.texts import tr, trn
from trainer.dashboard.button import Button
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.shapes import Shape, outline
from trainer.dashboard.tally import SetDone
from trainer.dashboard.theme import Flood

MOST_ROWS = 4
COLUMNS = 2


@dataclass(frozen=True, slots=True)
class EndFace:
    """What the screen says."""

    flood: Flood
    shape: Shape
    heading: str
    message: str
    sets: tuple[SetDone, ...] = ()
    reps_per_set: int = 0
    report: Path | None = None
    saving: str = ""
    """How far the files are, as long as there is no report."""


class EndScreen(QWidget):
    """Covers the window; offers the report, once there is one, and to close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._face = EndFace(Flood.WAIT, Shape.NONE, "", "")
        self._unit = 1.0
        self.report_button = Button(self, tr("OPEN REPORT"))
        self.close_button = Button(self, tr("CLOSE"))
        self.report_button.hide()
        self.hide()

    @property
    def face(self) -> EndFace:
        """Return what is shown."""
        return self._face

    def place(self, where: QRect, unit: float) -> None:
        """Cover a rectangle; `unit` is the scale of the window."""
        self._unit = unit
        self.setGeometry(where)
        margin, height, width = round(24 * unit), round(66 * unit), round(250 * unit)
        top = where.height() - margin - height
        self.report_button.place(QRect(margin, top, round(1.3 * width), height), unit)
        left = where.width() - margin - width
        self.close_button.place(QRect(left, top, width, height), unit)
        self.update()

    def show_face(self, face: EndFace) -> None:
        """Show a face."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(f"{face.heading}. {face.message}")
            self.report_button.setVisible(face.report is not None)
            self.update()

    def texts(self) -> tuple[Fitted, ...]:
        """Return all texts as they are laid out now."""
        face, unit = self._face, self._unit
        left, wide = round(24 * unit), self.width() - round(48 * unit)
        beside = round(118 * unit)
        align = Qt.AlignmentFlag.AlignLeft

        def row(y: float, height: float, x: int = left, width: int = wide) -> QRect:
            return QRect(x, round(y * unit), width, round(height * unit))

        texts = [
            fit_text(face.heading, row(24, 96, left + beside, wide - beside), 80 * unit, align),
            fit_text(face.message, row(132, 72), 19 * unit, align, max_lines=3),
        ]
        lines = set_lines(face)
        if lines:
            texts.append(fit_text(lines[0], row(212, 44), 26 * unit, align))
        for number, line in enumerate(lines[1:]):
            width = wide // COLUMNS
            column, line_number = divmod(number, MOST_ROWS)
            box = row(262 + 22 * line_number, 22, left + column * width, width)
            texts.append(fit_text(line, box, 13 * unit, align, is_bold=False))
        texts.append(fit_text(report_words(face), row(346, 34), 11 * unit, align, is_bold=False))
        return tuple(texts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the flood, the shape and the texts."""
        tint = self._face.flood.value
        unit = self._unit
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tint.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(24 * unit, 28 * unit, 88 * unit, 88 * unit)
        painter.fillPath(outline(self._face.shape, box), QColor(tint.ink))
        painter.setPen(QColor(tint.ink))
        for text in self.texts():
            text.draw(painter)


def set_lines(face: EndFace) -> list[str]:
    """Return the sum of all sets, then a line for each, the last one standing for what is left."""
    if not face.sets:
        return []
    total = sum(done.reps for done in face.sets)
    sets = trn("{n} set", "{n} sets", len(face.sets))
    lines = [tr("{reps} in {sets}").format(reps=trn("{n} rep", "{n} reps", total), sets=sets)]
    room = MOST_ROWS * COLUMNS
    shown = face.sets if len(face.sets) <= room else face.sets[: room - 1]
    lines += [_set_line(done, face.reps_per_set) for done in shown]
    if len(shown) < len(face.sets):
        left = len(face.sets) - len(shown)
        lines.append(tr("and {n} more in the report").format(n=left))
    return lines


def _set_line(done: SetDone, reps_per_set: int) -> str:
    reps = str(done.reps)
    if reps_per_set:
        reps = tr("{done} of {asked}").format(done=reps, asked=reps_per_set)
    text = tr("Set {number}, {side} foot: {reps}")
    return text.format(number=done.set_number, side=tr(SIDES[done.side]), reps=reps)


def report_words(face: EndFace) -> str:
    """Return where the report lies, or how far it is."""
    if face.report is None:
        return face.saving
    return tr("Report: {path}").format(path=face.report)
