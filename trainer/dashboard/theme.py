"""Colours and type of the window: Okabe-Ito on near-black, letters sized by their capitals.

Colour is never alone: each flood comes with a shape, a word and a place (face.py).
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontMetricsF

GROUND: Final = "#101418"
PANEL: Final = "#1A2026"
EDGE: Final = "#3A464F"
INK: Final = "#F2F4F5"
DIM: Final = "#9AA5AD"
OFF: Final = "#55606A"

# Okabe & Ito (2008), Color Universal Design: told apart with every kind of colour vision.
SKY: Final = "#56B4E9"
ORANGE: Final = "#E69F00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
VERMILLION: Final = "#D55E00"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"

CELL_COLOURS: Final = (SKY, ORANGE, PURPLE, YELLOW, BLUE, VERMILLION)
TOTAL_COLOUR: Final = INK

FAMILIES: Final = ("DejaVu Sans", "Noto Sans", "Liberation Sans")


@dataclass(frozen=True, slots=True)
class Tint:
    """A background and the ink that is read on it, as colour names."""

    ground: str
    ink: str


class Flood(Enum):
    """What a flooded panel says from across the room; contrast at least 4.5 to 1 (WCAG AA)."""

    WAIT = Tint(GROUND, INK)
    RELAX = Tint(BLUE, "#FFFFFF")
    SOON = Tint(YELLOW, GROUND)
    MORE = Tint(SKY, GROUND)
    GOOD = Tint(GREEN, GROUND)
    LESS = Tint(ORANGE, GROUND)
    MAXIMUM = Tint(PURPLE, GROUND)
    STOP = Tint(VERMILLION, GROUND)


@lru_cache
def blend(over: str, under: str, share: float) -> QColor:
    """Return `share` of one colour over another, opaque: the same pixels however often drawn."""
    top, bottom = QColor(over), QColor(under)
    return QColor(
        round(share * top.red() + (1 - share) * bottom.red()),
        round(share * top.green() + (1 - share) * bottom.green()),
        round(share * top.blue() + (1 - share) * bottom.blue()),
    )


def font(size_px: float, *, is_bold: bool = True) -> QFont:
    """Return the window's font at a size in logical pixels."""
    made = QFont(list(FAMILIES))
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPixelSize(max(1, round(size_px)))
    made.setBold(is_bold)
    return made


def size_for_capitals(capital_px: float) -> float:
    """Return the font size at which capitals are `capital_px` high, whatever font is installed."""
    sample_px = 200
    return capital_px * sample_px / QFontMetricsF(font(sample_px)).capHeight()
