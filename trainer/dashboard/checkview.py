"""The window of an examination: what to do now, and at the end the findings, page by page."""

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer.core.texts import tr
from trainer.dashboard.button import Button
from trainer.dashboard.checkpages import MARKS, Page, make_pages, sum_up
from trainer.dashboard.fit import Fitted, fit_text
from trainer.dashboard.places import REFERENCE, scale_of
from trainer.dashboard.shapes import outline
from trainer.dashboard.simulated import SimulatedBadge
from trainer.dashboard.theme import DIM, EDGE, GROUND, INK, SKY
from trainer.doctor.finding import Finding
from trainer.doctor.steps import CheckPort

POLL_MS: Final = 100
MARGIN: Final = 16
HEAD: Final = 96
BUTTONS: Final = 66
LEFT: Final = Qt.AlignmentFlag.AlignLeft
NEXT_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CheckView(QWidget):
    """Shows what an examination shows; closing it ends the examination."""

    def __init__(self, port: CheckPort, *, is_simulated: bool = False) -> None:
        super().__init__()
        self.badge = SimulatedBadge(self, is_simulated=is_simulated)
        self._port = port
        self._picture = port.picture
        self._pages: tuple[Page, ...] = ()
        self._page = 0
        self._unit = 1.0
        self.setWindowTitle(tr("footspring: check the pad"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.more_button = Button(self, tr("MORE"), tr("Space"))
        self.more_button.clicked.connect(self.turn)
        self.close_button = Button(self, tr("CLOSE"), tr("Esc"))
        self.close_button.clicked.connect(self.close)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.resize(*REFERENCE)
        self.poll()

    def start(self) -> None:
        """Begin to follow the examination."""
        self._timer.start()

    @property
    def page(self) -> Page | None:
        """Return the page that is shown; None before there is one."""
        return self._pages[self._page] if self._pages else None

    def poll(self) -> None:
        """Show what is new."""
        picture = self._port.picture
        if picture is not self._picture or not self.accessibleName():
            self._picture = picture
            self._pages = make_pages(picture.findings) if picture.is_done else ()
            self._page = 0
            self.setAccessibleName(self._headline())
            self.update()
        self.more_button.setVisible(len(self._pages) > 1)

    def turn(self) -> None:
        """Go to the next page, after the last to the first."""
        if self._pages:
            self._page = (self._page + 1) % len(self._pages)
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(640, 384)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the page, Esc closes."""
        if event.key() in NEXT_KEYS:
            self.turn()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the examination with its window."""
        self._timer.stop()
        self._port.stop()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        del event
        unit = self._unit = scale_of(self.width(), self.height())
        self.badge.put(MARGIN, unit)
        height, wide = round(BUTTONS * unit), round(200 * unit)
        margin = round(MARGIN * unit)
        top = self.height() - margin - height
        self.more_button.place(QRect(margin, top, wide, height), unit)
        self.close_button.place(QRect(self.width() - margin - wide, top, wide, height), unit)

    def texts(self) -> tuple[Fitted, ...]:
        """Return all texts as they are laid out now."""
        return tuple(text for text, _ in self._inked())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the symbols, the bar and the texts."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture.is_done:
            _, shape, colour = sum_up(self._picture.findings)
            painter.fillPath(outline(shape, self._mark(MARGIN, MARGIN, 76)), QColor(colour))
            self._draw_marks(painter)
        else:
            self._draw_bar(painter)
        for text, colour in self._inked():
            painter.setPen(QColor(colour))
            text.draw(painter)

    def _headline(self) -> str:
        picture = self._picture
        if picture.is_done:
            return sum_up(picture.findings)[0]
        return tr(picture.heading)

    def _inked(self) -> Iterator[tuple[Fitted, str]]:
        """Yield the texts with their colours."""
        picture, page = self._picture, self.page
        left = 110 if picture.is_done else MARGIN
        head = self._box(left, 10, REFERENCE[0] - left - MARGIN, HEAD - 14)
        if self.badge.words:
            head.setRight(min(head.right(), self.badge.x() - round(MARGIN * self._unit)))
        yield fit_text(self._headline(), head, 60 * self._unit, LEFT), INK
        if page is None:
            yield from self._step_texts()
            return
        number = f"{self._page + 1} / {len(self._pages)}"
        yield fit_text(number, self._box(240, 404, 320, 60), 14 * self._unit), DIM
        for row, found in enumerate(page.findings):
            yield from self._row_texts(page, row, found)

    def _step_texts(self) -> Iterator[tuple[Fitted, str]]:
        picture, unit = self._picture, self._unit
        wide = REFERENCE[0] - 2 * MARGIN
        detail = self._box(MARGIN, 110, wide, 90)
        yield fit_text(tr(picture.detail), detail, 22 * unit, LEFT, max_lines=3), INK
        if picture.left_s > 0:
            told = str(math.ceil(picture.left_s))
            yield fit_text(told, self._box(MARGIN, 210, 300, 120), 80 * unit, LEFT), INK
            word = tr("to begin") if picture.is_counting_down else tr("seconds, hold still")
            yield fit_text(word, self._box(330, 230, 450, 80), 26 * unit, LEFT), DIM

    def _row_texts(self, page: Page, row: int, found: Finding) -> Iterator[tuple[Fitted, str]]:
        unit = self._unit
        _, colour, word = MARKS[found.verdict]
        if page.is_large:
            top = HEAD + 4 + 148 * row
            wide = REFERENCE[0] - 84 - MARGIN
            said = f"{tr(found.title)}: {found.shown}"
            yield fit_text(said, self._box(84, top, wide, 44), 18 * unit, LEFT, max_lines=2), INK
            limit = tr("{word}. Limit: {limit}").format(word=tr(word), limit=found.limit)
            box = self._box(84, top + 46, wide, 34)
            yield fit_text(limit, box, 10 * unit, LEFT, max_lines=2, is_bold=False), colour
            box = self._box(84, top + 82, wide, 62)
            yield fit_text(tr(found.advice), box, 13 * unit, LEFT, max_lines=3), INK
            return
        column, line = divmod(row, 7)
        x, top = MARGIN + 30 + 390 * column, HEAD + 6 + 42 * line
        yield fit_text(tr(found.title), self._box(x, top, 350, 20), 10 * unit, LEFT), INK
        box = self._box(x, top + 20, 350, 18)
        yield fit_text(found.shown, box, 9 * unit, LEFT, is_bold=False), DIM

    def _draw_marks(self, painter: QPainter) -> None:
        page = self.page
        for row, found in enumerate(page.findings if page else ()):
            shape, colour, _ = MARKS[found.verdict]
            if page and page.is_large:
                box = self._mark(MARGIN, HEAD + 12 + 148 * row, 52)
            else:
                column, line = divmod(row, 7)
                box = self._mark(MARGIN + 390 * column, HEAD + 12 + 42 * line, 22)
            painter.fillPath(outline(shape, box), QColor(colour))

    def _draw_bar(self, painter: QPainter) -> None:
        whole = self._box(MARGIN, 350, REFERENCE[0] - 2 * MARGIN, 24)
        painter.fillRect(whole, QColor(EDGE))
        whole.setWidth(round(whole.width() * self._picture.share))
        painter.fillRect(whole, QColor(SKY))

    def _box(self, x: float, y: float, width: float, height: float) -> QRect:
        """Return a rectangle of the reference in this window: wide as it is, high as it is."""
        across, down = self.width() / REFERENCE[0], self.height() / REFERENCE[1]
        return QRect(
            round(x * across), round(y * down), round(width * across), round(height * down)
        )

    def _mark(self, x: float, y: float, size: float) -> QRectF:
        across, down = self.width() / REFERENCE[0], self.height() / REFERENCE[1]
        return QRectF(x * across, y * down, size * self._unit, size * self._unit)
