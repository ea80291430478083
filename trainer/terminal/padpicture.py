"""The pad from above in letters: which cell carries the load now."""

from collections.abc import Sequence
from typing import Final

from trainer.core.texts import tr

INNER: Final = 48
"""Columns between the outer walls; even, since two cells share the front row."""

FRONT: Final = ("hallux", "toes")
"""Side by side under the toes; the others lie behind, each as wide as the pad."""
BEHIND: Final = ("dome", "force", "ball", "heel")


def pad_rows(cells: Sequence[str], loaded: str, load: str) -> list[str]:
    """Return the pad's rows, toes at the top; the loaded cell is marked, and says what is on it."""
    front = [cell for cell in FRONT if cell in cells]
    behind = [cell for cell in BEHIND if cell in cells]
    levels = ([front] if front else []) + [[cell] for cell in behind]
    rows: list[str] = []
    for level in levels:
        widths = _widths(len(level))
        wall = "+" + "+".join("-" * width for width in widths) + "+"
        rows.append(wall)
        rows.append(_row([_name(cell, loaded) for cell in level], widths))
        rows.append(_row([load if cell == loaded else "" for cell in level], widths))
    return [*rows, "+" + "-" * INNER + "+"] if rows else []


def _widths(count: int) -> list[int]:
    room = INNER - (count - 1)
    each = room // count
    return [room - each * (count - 1), *[each] * (count - 1)]


def _name(cell: str, loaded: str) -> str:
    return f">> {tr(cell).upper()} <<" if cell == loaded else tr(cell)


def _row(texts: Sequence[str], widths: Sequence[int]) -> str:
    cells = (text[:width].center(width) for text, width in zip(texts, widths, strict=True))
    return "|" + "|".join(cells) + "|"
