"""A drawing as SVG text: black on white, few kinds of line, the same bytes for the same drawing."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

WIDTH_PX: Final = 800
"""Of every drawing: what its letters are measured against."""
TEXT_PX: Final = 16.0
SMALL_PX: Final = 14.0
"""Least size of letters; 12 px are 9 pt."""
FONT: Final = "DejaVu Sans, Verdana, Arial, sans-serif"

_NAMESPACE: Final = "http://www.w3.org/2000/svg"

Point = tuple[float, float]

# Kinds differ in width or dashes too, so that a black and white print tells them apart.
LINES: Final = {
    "edge": 'stroke="#111" stroke-width="2.5"',
    "thin": 'stroke="#111" stroke-width="1.3"',
    "hidden": 'stroke="#333" stroke-width="1.6" stroke-dasharray="7 4"',
    "centre": 'stroke="#333" stroke-width="1.2" stroke-dasharray="14 4 3 4"',
    "soft": 'stroke="#777" stroke-width="2" stroke-dasharray="2 4"',
    "supply": 'stroke="#b3001b" stroke-width="4.5"',
    "ground": 'stroke="#111" stroke-width="4.5" stroke-dasharray="12 5"',
    "clock": 'stroke="#1a4fa0" stroke-width="2.4" stroke-dasharray="9 4"',
    "data": 'stroke="#00662f" stroke-width="2.4"',
    "signal": 'stroke="#6b3a00" stroke-width="2.4" stroke-dasharray="3 3"',
}
FILLS: Final = {
    "none": "none",
    "white": "#ffffff",
    "wood": "#f3e6cf",
    "metal": "#d9dde2",
    "board": "#e3efe3",
    "rubber": "#9a9a9a",
    "black": "#111111",
}


class Canvas:
    """What has been drawn so far."""

    def __init__(self, title: str, height_px: int) -> None:
        self._title = title
        self._height_px = height_px
        self._parts: list[str] = []
        # Bold letters are about 0.7 of their size wide, and the title must fit in one line.
        self.text(20, 32, title, size_px=min(21.0, 760 / (0.7 * len(title))), is_bold=True)

    def line(self, points: Sequence[Point], kind: str = "edge") -> None:
        """Draw a line through these points."""
        drawn = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{drawn}" fill="none" {LINES[kind]} stroke-linejoin="round"/>'
        )

    def area(self, points: Sequence[Point], fill: str = "white", kind: str = "edge") -> None:
        """Draw a closed shape with these corners."""
        drawn = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{drawn}" fill="{FILLS[fill]}" {LINES[kind]}/>')

    def box(self, at: Point, size: Point, fill: str = "white", kind: str = "edge") -> None:
        """Draw a rectangle from its upper left corner."""
        self._parts.append(
            f'<rect x="{_number(at[0])}" y="{_number(at[1])}" width="{_number(size[0])}" '
            f'height="{_number(size[1])}" fill="{FILLS[fill]}" {LINES[kind]}/>'
        )

    def circle(self, at: Point, radius_px: float, fill: str = "white", kind: str = "thin") -> None:
        """Draw a circle about a point."""
        self._parts.append(
            f'<circle cx="{_number(at[0])}" cy="{_number(at[1])}" r="{_number(radius_px)}" '
            f'fill="{FILLS[fill]}" {LINES[kind]}/>'
        )

    def curve(self, points: Sequence[Point], kind: str = "hidden", fill: str = "none") -> None:
        """Draw a smooth closed curve through these points."""
        count = len(points)
        steps = [f"M {_pair(points[0])}"]
        for place, (x, y) in enumerate(points):
            before, after, beyond = (points[(place + by) % count] for by in (-1, 1, 2))
            # Catmull and Rom's rule: the slope at a point is that between its neighbours.
            first = (x + (after[0] - before[0]) / 6, y + (after[1] - before[1]) / 6)
            second = (after[0] - (beyond[0] - x) / 6, after[1] - (beyond[1] - y) / 6)
            steps.append(f"C {_pair(first)} {_pair(second)} {_pair(after)}")
        self._parts.append(f'<path d="{" ".join(steps)} Z" fill="{FILLS[fill]}" {LINES[kind]}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        size_px: float = TEXT_PX,
        is_bold: bool = False,
    ) -> None:
        """Write words on a base line; the anchor is start, middle or end."""
        weight = ' font-weight="bold"' if is_bold else ""
        self._parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size_px)}" '
            f'text-anchor="{anchor}"{weight} fill="#111">{escape(words)}</text>'
        )

    def svg(self) -> str:
        """Return the file's text."""
        size = f'width="{WIDTH_PX}" height="{self._height_px}"'
        box = f'viewBox="0 0 {WIDTH_PX} {self._height_px}"'
        return "\n".join(
            (
                f'<svg xmlns="{_NAMESPACE}" {box} {size} font-family="{FONT}">',
                f"<title>{escape(self._title)}</title>",
                f'<rect {size} fill="#ffffff"/>',
                *self._parts,
                "</svg>\n",
            )
        )


def _number(amount: float) -> str:
    return f"{amount:.1f}".removesuffix(".0").replace("-0.0", "0")


def _pair(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"
