"""The body map of both feet as an SVG of 800 by 480, and which place a point on it means."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from trainer.core.cues import Side
from trainer.core.diary.training import PainSite
from trainer.core.texts import tr
from trainer.devices.footshape import BONES, REGIONS, Point, Polygon, Region, View, contains

WIDTH: Final = 800
HEIGHT: Final = 480
SCALE: Final = 1.16
_TOP_Y: Final = 78.0
_FOOT_X: Final = {Side.LEFT: 20.0, Side.RIGHT: 264.0}
_VIEW_X: Final = {View.SOLE: 0.0, View.TOP: 400.0}
_NAME_X: Final = 200.0
"""Middle of the names, between the feet of a view."""

_NEAR: Final = 8.0
"""A finger that misses a region by less than this, in foot units of about a pixel, means it."""

_NONE: Final = "#efe6dc"
_SHADES: Final = ("#f8d2a8", "#f2a56b", "#e06c43", "#b93226", "#7d1420")
"""From 1-2 to 9-10; each is darker than the one before in a grey print, too."""

_DARK_FROM: Final = 5.0
"""Levels from here on are written in white."""

_NAME_V: Final = {
    View.SOLE: (12.0, -14.0, 52.0, 90.0, 172.0, 134.0, 232.0),
    View.TOP: (12.0, -14.0, 122.0, 182.0, 221.0, 254.0, 290.0),
}
"""Height of the names, in the order of the regions."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: int
    weight: str = "normal"
    colour: str = "#000000"
    anchor: str = "middle"


_HEADING: Final = _Style(17, "bold")
_SIDE: Final = _Style(14, "bold")
_CAPTION: Final = _Style(14)
_NAME: Final = _Style(13)
_KEY: Final = _Style(13, anchor="start")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of one foot."""

    side: Side
    site: PainSite


@dataclass(frozen=True, slots=True)
class Mark:
    """What is shown at a place."""

    level: float
    """0 none to 10 worst."""
    is_sharp: bool = False
    is_new: bool = False


def region_at(x: float, y: float) -> Spot | None:
    """Return the place that a point of the picture means; None beside the feet."""
    nearest: tuple[float, Spot] | None = None
    for view, side, region in _drawn():
        point = _foot_point(view, side, x, y)
        spot = Spot(side, region.site)
        if any(contains(outline, point) for outline in region.outlines):
            # What is drawn last lies on top: it is looked at first.
            return spot
        away = min(_distance(outline, point) for outline in region.outlines)
        if away <= _NEAR and (nearest is None or away < nearest[0]):
            nearest = away, spot
    return nearest[1] if nearest else None


def middle_of(view: View, spot: Spot) -> Point | None:
    """Return the picture's point in the middle of a place; None where a view does not show it."""
    for region in REGIONS[view]:
        if region.site is spot.site:
            return _picture_point(view, spot.side, region.middle)
    return None


def draw(marks: Mapping[Spot, Mark], title: str) -> str:
    """Return the map as SVG text: shades and levels at the marked places."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">'
    )
    parts = [
        head,
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(WIDTH / 2, 24, title, _HEADING),
    ]
    for view in View:
        parts += _headings(view)
    # The regions come top first; a picture is drawn from the bottom.
    parts += [_region(*drawn, marks) for drawn in reversed(tuple(_drawn()))]
    for side in Side:
        # A level is read better without the bones behind it.
        if Spot(side, PainSite.SESAMOIDS) not in marks:
            parts += [_shape(_picture(View.SOLE, side, bone), fill="none") for bone in BONES]
    parts += [_level(*drawn, marks) for drawn in reversed(tuple(_drawn()))]
    for view in View:
        parts += _names(view)
    parts += [*_legend(), "</svg>"]
    return "\n".join(part for part in parts if part) + "\n"


def shade(level: float) -> str:
    """Return the colour of a level, 0 to 10."""
    return _NONE if level <= 0 else _SHADES[min(len(_SHADES) - 1, int((level - 0.01) // 2))]


def _drawn() -> Iterator[tuple[View, Side, Region]]:
    """Yield all regions, what lies on top first."""
    for view in View:
        for side in Side:
            for region in reversed(REGIONS[view]):
                yield view, side, region


def _picture_point(view: View, side: Side, point: Point) -> Point:
    # The inner edge looks to the other foot.
    u = 100 - point[0] if side is Side.LEFT else point[0]
    return _VIEW_X[view] + _FOOT_X[side] + SCALE * u, _TOP_Y + SCALE * point[1]


def _foot_point(view: View, side: Side, x: float, y: float) -> Point:
    u = (x - _VIEW_X[view] - _FOOT_X[side]) / SCALE
    return (100 - u if side is Side.LEFT else u), (y - _TOP_Y) / SCALE


def _distance(outline: Polygon, point: Point) -> float:
    return min(math.dist(corner, point) for corner in outline)


def _picture(view: View, side: Side, outline: Polygon) -> Polygon:
    return tuple(_picture_point(view, side, point) for point in outline)


def _region(view: View, side: Side, region: Region, marks: Mapping[Spot, Mark]) -> str:
    mark = marks.get(Spot(side, region.site), Mark(0.0))
    shapes = "".join(
        _shape(_picture(view, side, outline), fill=shade(mark.level), is_new=mark.is_new)
        for outline in region.outlines
    )
    told = f"{_side_name(side)} {tr(region.site)}: {_level_words(mark)}"
    name = f"{side}-{view}-{region.site}".lower().replace(" ", "-")
    return f'<g id="{name}"><title>{escape(told)}</title>{shapes}</g>'


def _shape(outline: Polygon, *, fill: str, is_new: bool = False) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
    edge = (
        'stroke="#000000" stroke-width="2.5" stroke-dasharray="5 3"'
        if is_new
        else ('stroke="#6b5a4c" stroke-width="1.2"')
    )
    return f'<polygon points="{points}" fill="{fill}" {edge}/>'


def _level(view: View, side: Side, region: Region, marks: Mapping[Spot, Mark]) -> str:
    mark = marks.get(Spot(side, region.site))
    if mark is None:
        return ""
    x, y = _picture_point(view, side, region.middle)
    colour = "#ffffff" if mark.level >= _DARK_FROM else "#000000"
    words = f"{mark.level:g}" + ("!" if mark.is_sharp else "")
    return _text(x, y + 6, words, _Style(16, "bold", colour))


def _level_words(mark: Mark) -> str:
    words = tr("{level:g} of 10").format(level=mark.level)
    if mark.is_sharp:
        words += ", " + tr("sharp")
    return words + (", " + tr("new place") if mark.is_new else "")


def _headings(view: View) -> list[str]:
    titles = {
        View.SOLE: tr("Sole, seen through from above"),
        View.TOP: tr("Top and back of the leg"),
    }
    parts = [_text(_VIEW_X[view] + _NAME_X, 46, titles[view], _CAPTION)]
    for side in Side:
        x = _VIEW_X[view] + _FOOT_X[side] + 50 * SCALE
        parts.append(_text(x, 66, _side_name(side), _SIDE))
    return parts


def _side_name(side: Side) -> str:
    return tr("left") if side is Side.LEFT else tr("right")


def _names(view: View) -> list[str]:
    """Return the places' names between the feet, with a line to either foot."""
    parts = []
    for region, v in zip(REGIONS[view], _NAME_V[view], strict=True):
        y = _TOP_Y + SCALE * v
        x = _VIEW_X[view] + _NAME_X
        lines = _two_lines(tr(region.site))
        half = 4 + 3.7 * max(map(len, lines))
        for side in Side:
            end_x, end_y = _picture_point(view, side, region.leader)
            start_x = x - half if side is Side.LEFT else x + half
            parts.append(
                f'<line x1="{start_x:.1f}" y1="{y:.1f}" x2="{end_x:.1f}" y2="{end_y:.1f}" '
                'stroke="#404040" stroke-width="1"/>'
            )
        first_y = y + 4.5 - 7 * (len(lines) - 1)
        parts += [_text(x, first_y + 14 * n, line, _NAME) for n, line in enumerate(lines)]
    return parts


def _two_lines(name: str) -> list[str]:
    """Return a name on one line, or on two where it is long."""
    longest_line = 13
    if len(name) <= longest_line or " " not in name:
        return [name]
    gaps = [at for at, letter in enumerate(name) if letter == " "]
    cut = min(gaps, key=lambda at: abs(at - len(name) / 2))
    return [name[:cut], name[cut + 1 :]]


def _legend() -> list[str]:
    words = ("0", "1-2", "3-4", "5-6", "7-8", "9-10")
    parts = [_text(92, 466, tr("pain, 0 to 10:"), _NAME)]
    for number, word in enumerate(words):
        x = 150 + 62 * number
        colour = shade(2.0 * number)
        parts.append(
            f'<rect x="{x}" y="453" width="18" height="18" fill="{colour}" stroke="#6b5a4c"/>'
        )
        parts.append(_text(x + 24, 467, word, _KEY))
    parts.append(_text(545, 467, tr("! sharp    - - -  new place"), _KEY))
    return parts


def _text(x: float, y: float, words: str, style: _Style) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{style.size}" font-weight="{style.weight}" '
        f'fill="{style.colour}" text-anchor="{style.anchor}">{escape(words)}</text>'
    )
