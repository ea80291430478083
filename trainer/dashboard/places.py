"""Where everything stands: one scale for all sizes, so that no text ever moves a neighbour."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRect

REFERENCE: Final = (800, 480)
"""The official 7 inch screen: every length below is in its pixels."""

MARGIN: Final = 6
TITLE: Final = 40
CUE: Final = 96
MESSAGE: Final = 40
LINK: Final = 18
BUTTONS: Final = 66
SIDE: Final = 250
"""Breadth of the right column: a share of the width on a screen that is wider than this one."""
FOOT: Final = 186
TARGET: Final = 310
ERRAND: Final = 46
"""Height of what a session may be left for: as high as a finger is broad, 9 mm on this screen."""


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles of all parts for a size of the window."""

    unit: float
    left_foot: QRect
    right_foot: QRect
    exercise: QRect
    athlete: QRect
    badge: QRect
    cue: QRect
    counter: QRect
    dial: QRect
    small_dial: QRect
    """Where the row below it is used."""
    smaller_dial: QRect
    """Where both rows below it are."""
    errands: QRect
    """The row of what a session may be left for."""
    today: QRect
    """The row above it: what the plan asks for."""
    plot: QRect
    message: QRect
    link: QRect
    target: QRect
    buttons: tuple[QRect, ...]
    """Next, skip, undo, tare, end."""
    pain: QRect


def scale_of(width: int, height: int) -> float:
    """Return how much larger than the reference a window of a size is drawn."""
    return min(width / REFERENCE[0], height / REFERENCE[1])


def place(width: int, height: int) -> Places:
    """Return the places for a window of a size in logical pixels."""
    unit = scale_of(width, height)

    def px(length: float) -> int:
        return round(length * unit)

    margin, inner = px(MARGIN), width - 2 * px(MARGIN)
    title_y, title_h = margin, px(TITLE)
    stage_y = title_y + title_h + margin
    buttons_y = height - margin - px(BUTTONS)
    link_y = buttons_y - px(4) - px(LINK)
    message_y = link_y - px(MESSAGE)
    side = width * SIDE // REFERENCE[0]
    side_x = width - margin - side
    plot_y = stage_y + px(CUE) + px(4)
    middle_x = margin + px(FOOT) + px(8)
    middle = inner - 2 * px(FOOT) - 2 * px(8)
    dial = QRect(side_x, stage_y + px(CUE), side, message_y - px(2) - stage_y - px(CUE))
    badge = px(112)
    names = middle - badge - px(8)
    exercise = names // 2
    return Places(
        unit=unit,
        left_foot=QRect(margin, title_y, px(FOOT), title_h),
        right_foot=QRect(width - margin - px(FOOT), title_y, px(FOOT), title_h),
        exercise=QRect(middle_x, title_y, exercise, title_h),
        athlete=QRect(middle_x + exercise, title_y, names - exercise, title_h),
        badge=QRect(middle_x + middle - badge, title_y + px(6), badge, title_h - 2 * px(6)),
        cue=QRect(margin, stage_y, side_x - margin, px(CUE)),
        counter=QRect(side_x, stage_y, side, px(CUE)),
        dial=dial,
        small_dial=dial.adjusted(0, 0, 0, -px(ERRAND)),
        smaller_dial=dial.adjusted(0, 0, 0, -2 * px(ERRAND) - px(4)),
        errands=dial.adjusted(0, dial.height() - px(ERRAND), 0, 0),
        today=dial.adjusted(0, dial.height() - 2 * px(ERRAND) - px(4), 0, -px(ERRAND) - px(4)),
        plot=QRect(margin, plot_y, side_x - px(4) - margin, message_y - px(2) - plot_y),
        message=QRect(margin, message_y, inner, px(MESSAGE)),
        link=QRect(margin, link_y, inner - px(TARGET), px(LINK)),
        target=QRect(width - margin - px(TARGET), link_y, px(TARGET), px(LINK)),
        buttons=_row(QRect(margin, buttons_y, inner - side - margin, px(BUTTONS)), px(6)),
        pain=QRect(side_x, buttons_y, side, px(BUTTONS)),
    )


def side_by_side(row: QRect, count: int, gap: int) -> tuple[QRect, ...]:
    """Return a row cut into so many equal parts with gaps between them."""
    wide = (row.width() - gap * (count - 1)) // max(1, count)
    return tuple(
        QRect(row.x() + number * (wide + gap), row.y(), wide, row.height())
        for number in range(count)
    )


SHARES: Final = (0.28, 0.24, 0.16, 0.16, 0.16)
"""Widths of the five buttons: the one that goes on is the largest."""


def _row(row: QRect, gap: int) -> tuple[QRect, ...]:
    room = row.width() - gap * (len(SHARES) - 1)
    edges = [round(room * sum(SHARES[:number])) for number in range(len(SHARES) + 1)]
    return tuple(
        QRect(row.x() + start + number * gap, row.y(), end - start, row.height())
        for number, (start, end) in enumerate(pairwise(edges))
    )
