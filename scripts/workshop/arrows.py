"""Arrows, dimension lines and leaders, with words that always stand upright."""

import math
from typing import Final

from scripts.workshop.canvas import SMALL_PX, Canvas, Point

_HEAD_PX: Final = 9.0
_SPREAD: Final = 0.32


def arrow(canvas: Canvas, start: Point, end: Point, kind: str = "thin") -> None:
    """Draw a line with a head at its end."""
    canvas.line((start, end), kind)
    _head(canvas, start, end)


def across(canvas: Canvas, start_px: float, end_px: float, y: float, words: str) -> None:
    """Dimension a width: a line with two heads, the words above its middle."""
    _both(canvas, (start_px, y), (end_px, y))
    canvas.text((start_px + end_px) / 2, y - 6, words, anchor="middle", size_px=SMALL_PX)


def upright(canvas: Canvas, x: float, ends: Point, words: str, side: str = "right") -> None:
    """Dimension a height between two y: a line with two heads, the words beside it."""
    _both(canvas, (x, ends[0]), (x, ends[1]))
    place = (ends[0] + ends[1]) / 2 + 5
    if side == "right":
        canvas.text(x + 7, place, words, size_px=SMALL_PX)
    else:
        canvas.text(x - 7, place, words, anchor="end", size_px=SMALL_PX)


def leader(canvas: Canvas, target: Point, words_at: Point, words: str) -> None:
    """Name a thing: words, and a line from them to a dot on it."""
    is_left = words_at[0] < target[0]
    start = (words_at[0] + (4 if is_left else -4), words_at[1] - 5)
    canvas.line((start, target), "thin")
    canvas.circle(target, 2.6, "black")
    canvas.text(*words_at, words, anchor="end" if is_left else "start")


def _both(canvas: Canvas, start: Point, end: Point) -> None:
    canvas.line((start, end), "thin")
    _head(canvas, start, end)
    _head(canvas, end, start)


def _head(canvas: Canvas, start: Point, end: Point) -> None:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    corners = [
        (
            end[0] - _HEAD_PX * math.cos(angle + turn),
            end[1] - _HEAD_PX * math.sin(angle + turn),
        )
        for turn in (-_SPREAD, _SPREAD)
    ]
    canvas.area([end, *corners], "black", "thin")
