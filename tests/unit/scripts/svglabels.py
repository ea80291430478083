"""Where the words of a drawing stand, and which lines run through them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

_SVG = "{http://www.w3.org/2000/svg}"
_POINTS_PER_PX = 72
_RISE, _FALL = 0.74, 0.2
"""Of letters above and below their base line, in shares of their size."""
_AIR_PX = 1.5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Words and the box that they fill, pixels."""

    words: str
    size_px: float
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Label") -> bool:
        """Return whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_crossed_by(self, start: Point, end: Point) -> bool:
        """Return whether a straight line runs through the box."""
        low, high = 0.0, 1.0
        for at, by, least, most in (
            (start[0], end[0] - start[0], self.left, self.right),
            (start[1], end[1] - start[1], self.top + _AIR_PX, self.bottom - _AIR_PX),
        ):
            if by == 0:
                if not least < at < most:
                    return False
                continue
            ends = sorted(((least - at) / by, (most - at) / by))
            low, high = max(low, ends[0]), min(high, ends[1])
        return low < high


def labels(svg: str) -> tuple[Label, ...]:
    """Return all words of a drawing."""
    return tuple(_label(node) for node in ET.fromstring(svg).iter(f"{_SVG}text"))  # noqa: S314 - ours


def edges(svg: str) -> Iterator[tuple[Point, Point]]:
    """Yield every straight line of a drawing but the paper's own edge."""
    root = ET.fromstring(svg)  # noqa: S314 - ours
    for node in root.iter():
        if node.tag in {f"{_SVG}polyline", f"{_SVG}polygon"}:
            corners = [_point(pair) for pair in node.attrib["points"].split()]
            if node.tag == f"{_SVG}polygon":
                corners.append(corners[0])
            yield from pairwise(corners)
        elif node.tag == f"{_SVG}rect" and "x" in node.attrib:
            x, y, width, height = (float(node.attrib[k]) for k in ("x", "y", "width", "height"))
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
            yield from pairwise(corners)


def _label(node: ET.Element) -> Label:
    words = node.text or ""
    size = float(node.attrib["font-size"])
    width = _width(words, size, is_bold="font-weight" in node.attrib)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.attrib["text-anchor"]]
    left, base = float(node.attrib["x"]) - shift * width, float(node.attrib["y"])
    return Label(words, size, left, base - _RISE * size, left + width, base + _FALL * size)


def _width(words: str, size_px: float, *, is_bold: bool) -> float:
    font = _font(is_bold=is_bold)
    font.set_size(size_px, _POINTS_PER_PX)
    font.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    width: float = font.get_width_height()[0] / 64
    return width


@cache
def _font(*, is_bold: bool) -> FT2Font:
    # The first font that the drawings ask for, and the widest of them.
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return FT2Font(f"{get_data_path()}/fonts/ttf/{name}")


def _point(pair: str) -> Point:
    x, y = pair.split(",")
    return float(x), float(y)
