"""The shapes of a foot for the map: regions as polygons, in a foot of 100 by about 300.

u runs from the inner (0) to the outer edge (100), v from the toes (0) backwards. Both views are
seen from above, as the foot stands on the pad: the sole shows through like a footprint. So the
great toe of the left foot points to the right in both, and no view is mirrored.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from trainer.core.diary.training import PainSite

Point: TypeAlias = tuple[float, float]
Polygon: TypeAlias = tuple[Point, ...]


class View(StrEnum):
    """Which side of the foot is shown."""

    SOLE = "sole"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Region:
    """One place on the foot: its outlines, where its level is written and where a line ends."""

    site: PainSite
    outlines: tuple[Polygon, ...]
    middle: Point
    leader: Point
    """Where the line from its name ends."""


_ROUND: Final = 32
"""Corners of an ellipse."""

_SMOOTH: Final = 6
"""Points between two corners of a smoothed outline."""


def contains(outline: Polygon, point: Point) -> bool:
    """Return whether a point lies within an outline (even-odd rule)."""
    u, v = point
    inside = False
    before_u, before_v = outline[-1]
    for corner_u, corner_v in outline:
        is_between = (corner_v > v) != (before_v > v)
        if is_between and u < corner_u + (v - corner_v) * (before_u - corner_u) / (
            before_v - corner_v
        ):
            inside = not inside
        before_u, before_v = corner_u, corner_v
    return inside


def _ellipse(u: float, v: float, half_u: float, half_v: float, lean_deg: float = 0.0) -> Polygon:
    turn = math.radians(lean_deg)
    corners = []
    for step in range(_ROUND):
        angle = 2 * math.pi * step / _ROUND
        across, along = half_u * math.cos(angle), half_v * math.sin(angle)
        corners.append(
            (
                u + across * math.cos(turn) - along * math.sin(turn),
                v + across * math.sin(turn) + along * math.cos(turn),
            )
        )
    return tuple(corners)


def _smooth(*corners: Point) -> Polygon:
    """Return a closed curve through corners (Catmull-Rom)."""
    count = len(corners)
    curve = []
    for index in range(count):
        p0, p1, p2, p3 = (corners[(index + shift) % count] for shift in (-1, 0, 1, 2))
        for step in range(_SMOOTH):
            t = step / _SMOOTH
            curve.append(
                (_between(p0[0], p1[0], p2[0], p3[0], t), _between(p0[1], p1[1], p2[1], p3[1], t))
            )
    return tuple(curve)


def _between(before: float, first: float, last: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * first
        + (last - before) * t
        + (2 * before - 5 * first + 4 * last - after) * t**2
        + (3 * first - before - 3 * last + after) * t**3
    )


_GREAT_TOE: Final = Region(PainSite.GREAT_TOE, (_ellipse(20, 30, 15, 26, -4),), (20, 30), (7, 24))
_LESSER_TOES: Final = Region(
    PainSite.LESSER_TOES,
    (
        _ellipse(46, 24, 9.5, 20),
        _ellipse(63, 32, 8.5, 17, 4),
        _ellipse(78, 44, 8, 15, 8),
        _ellipse(91, 60, 7.5, 12, 14),
    ),
    (46, 24),
    (41, 9),
)

BONES: Final = (_ellipse(14, 90, 6, 8), _ellipse(29, 90, 6, 8))
"""The two sesamoids, under the head of the first metatarsal."""

SOLE: Final = (
    _GREAT_TOE,
    _LESSER_TOES,
    Region(
        PainSite.METATARSAL_HEADS,
        (
            _smooth(
                (2, 86),
                (7, 66),
                (24, 58),
                (46, 50),
                (66, 58),
                (84, 70),
                (98, 86),
                (100, 104),
                (90, 116),
                (70, 112),
                (46, 108),
                (22, 112),
                (5, 108),
            ),
        ),
        (64, 84),
        (9, 68),
    ),
    Region(PainSite.SESAMOIDS, (_ellipse(21.5, 90, 18, 15),), (21.5, 90), (5, 92)),
    Region(
        PainSite.FASCIA,
        (
            _smooth(
                (40, 113),
                (62, 114),
                (84, 119),
                (97, 113),
                (97, 135),
                (93, 160),
                (88, 185),
                (82, 204),
                (66, 198),
                (48, 196),
                (36, 198),
                (40, 180),
                (42, 155),
                (40, 132),
            ),
        ),
        (64, 156),
        (46, 168),
    ),
    Region(
        PainSite.ARCH,
        (
            _smooth(
                (6, 112),
                (22, 116),
                (36, 114),
                (37, 135),
                (39, 155),
                (37, 180),
                (32, 199),
                (19, 208),
                (20, 190),
                (21, 170),
                (17, 148),
                (9, 128),
            ),
        ),
        (28, 150),
        (17, 140),
    ),
    Region(
        PainSite.HEEL,
        (
            _smooth(
                (18, 214),
                (34, 203),
                (52, 201),
                (70, 204),
                (82, 211),
                (83, 232),
                (74, 254),
                (52, 264),
                (30, 256),
                (18, 236),
            ),
        ),
        (51, 234),
        (20, 232),
    ),
)
"""Of the sole; a later one lies on top of an earlier one."""

TOP: Final = (
    _GREAT_TOE,
    _LESSER_TOES,
    Region(
        PainSite.TOP,
        (
            _smooth(
                (2, 84),
                (7, 64),
                (24, 57),
                (46, 48),
                (66, 54),
                (84, 66),
                (98, 84),
                (99, 108),
                (92, 140),
                (82, 172),
                (66, 192),
                (46, 196),
                (28, 190),
                (17, 168),
                (9, 135),
                (3, 110),
            ),
        ),
        (51, 120),
        (8, 122),
    ),
    Region(PainSite.ANKLE_INSIDE, (_ellipse(19, 203, 12, 16, -12),), (19, 203), (8, 200)),
    # The outer ankle reaches further back and down than the inner one.
    Region(PainSite.ANKLE_OUTSIDE, (_ellipse(82, 209, 12, 16, 12),), (82, 209), (74, 219)),
    Region(
        PainSite.ACHILLES,
        (
            _smooth(
                (39, 227),
                (50, 224),
                (61, 227),
                (59, 241),
                (61, 254),
                (50, 257),
                (39, 254),
                (41, 241),
            ),
        ),
        (50, 240),
        (41, 248),
    ),
    Region(
        PainSite.CALF,
        (
            _smooth(
                (35, 262),
                (50, 258),
                (65, 262),
                (80, 282),
                (80, 304),
                (50, 310),
                (20, 304),
                (20, 282),
            ),
        ),
        (50, 286),
        (19, 290),
    ),
)
"""Of the top; behind the foot the back of the leg is laid out flat."""

REGIONS: Final = {View.SOLE: SOLE, View.TOP: TOP}
