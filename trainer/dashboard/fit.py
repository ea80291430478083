"""Text that always fits: the largest letters up to a size, then smaller, then an ellipsis."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from trainer.dashboard.theme import font, size_for_capitals

LEAST_PX: Final = 11
"""Smaller than this is not read even at arm's length; the text is shortened instead."""

SMALLEST_SHARE: Final = 0.5
"""A text half as large as it was meant to be is shortened rather than made smaller still."""

PAD_PX: Final = 2.0
"""Room for the overhang of the first and last letter."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is drawn: its font and the lines with their baselines, in widget pixels."""

    font: QFont
    lines: tuple[tuple[QPointF, str], ...]
    is_whole: bool
    """False where the text had to be shortened."""

    def draw(self, painter: QPainter) -> None:
        """Draw with the painter's pen."""
        painter.setFont(self.font)
        for start, words in self.lines:
            painter.drawText(start, words)

    def inked(self) -> QRectF:
        """Return the rectangle that the letters cover."""
        metrics = QFontMetricsF(self.font)
        covered = QRectF()
        for start, words in self.lines:
            covered = covered.united(metrics.tightBoundingRect(words).translated(start))
        return covered


def fit_text(
    text: str,
    box: QRect,
    capital_px: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    *,
    max_lines: int = 1,
    is_bold: bool = True,
) -> Fitted:
    """Return the text laid out in a box, vertically centred on its capitals."""
    place = (box.x(), box.y(), box.width(), box.height())
    return _fit(text, place, round(capital_px, 2), align.value, max_lines, is_bold)


@lru_cache(maxsize=1024)
def _fit(
    text: str,
    place: tuple[int, int, int, int],
    capital_px: float,
    align: int,
    max_lines: int,
    is_bold: bool,  # noqa: FBT001 - as above
) -> Fitted:
    if not text:
        return Fitted(font(LEAST_PX), (), is_whole=True)
    box = QRect(*place)
    room = box.width() - 2 * PAD_PX
    size_px = size_for_capitals(capital_px)
    least_px = max(LEAST_PX, SMALLEST_SHARE * size_px)
    while size_px > least_px:
        made = font(size_px, is_bold=is_bold)
        lines = _wrap(text, QFontMetricsF(made), room)
        if lines is not None and len(lines) <= max_lines and _is_low(made, len(lines), box):
            return Fitted(made, _placed(lines, made, box, align), is_whole=True)
        size_px = min(size_px - 1, size_px * 0.96)
    made = font(least_px, is_bold=is_bold)
    lines = _wrap(text, QFontMetricsF(made), room)
    is_whole = lines is not None and len(lines) <= max_lines
    if lines is None or not is_whole:
        lines = [QFontMetricsF(made).elidedText(text, Qt.TextElideMode.ElideRight, room)]
    return Fitted(made, _placed(lines, made, box, align), is_whole=is_whole)


def _is_low(made: QFont, count: int, box: QRect) -> bool:
    metrics = QFontMetricsF(made)
    # Capitals are centred, so what hangs below the baseline needs its room on both sides.
    height = metrics.capHeight() + (count - 1) * metrics.lineSpacing() + 2 * metrics.descent()
    return count == 1 or height <= box.height()


def _wrap(text: str, metrics: QFontMetricsF, room: float) -> list[str] | None:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        elif metrics.horizontalAdvance(word) <= room:
            lines.append(word)
        else:
            return None
    return lines


def _placed(
    lines: list[str], made: QFont, box: QRect, align: int
) -> tuple[tuple[QPointF, str], ...]:
    metrics = QFontMetricsF(made)
    height = metrics.capHeight() + (len(lines) - 1) * metrics.lineSpacing()
    first_y = box.y() + (box.height() - height) / 2 + metrics.capHeight()
    placed = []
    for number, words in enumerate(lines):
        spare = box.width() - metrics.horizontalAdvance(words)
        if align == Qt.AlignmentFlag.AlignLeft.value:
            left = PAD_PX
        elif align == Qt.AlignmentFlag.AlignRight.value:
            left = spare - PAD_PX
        else:
            left = spare / 2
        placed.append((QPointF(box.x() + left, first_y + number * metrics.lineSpacing()), words))
    return tuple(placed)
