"""The pad from above: where each cell lies in a box, toes at the top."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect

from trainer.core.texts import noted

FRONT: Final = (noted("hallux"), noted("toes"))
"""Side by side under the toes; the others lie behind, each as wide as the pad."""

BEHIND: Final = (noted("dome"), noted("force"), noted("ball"), noted("heel"))

GAP: Final = 6
"""Between two cells, in pixels of the reference."""


def cell_boxes(cells: Sequence[str], box: QRect, unit: float) -> dict[str, QRect]:
    """Return the rectangle of each cell within a box."""
    front = [cell for cell in FRONT if cell in cells]
    levels = [front] if front else []
    levels += [[cell] for cell in BEHIND if cell in cells]
    gap = round(GAP * unit)
    found: dict[str, QRect] = {}
    for row, level in enumerate(levels):
        top = box.top() + row * (box.height() + gap) // len(levels)
        bottom = box.top() + (row + 1) * (box.height() + gap) // len(levels) - gap
        for column, cell in enumerate(level):
            left = box.left() + column * (box.width() + gap) // len(level)
            right = box.left() + (column + 1) * (box.width() + gap) // len(level) - gap
            found[cell] = QRect(left, top, right - left, bottom - top)
    return found
