"""The map of both feet on axes of a sheet: the worst level at each place."""

from collections.abc import Mapping
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Polygon as Patch

from trainer.core.cues import Side
from trainer.core.diary.training import PainSite
from trainer.core.texts import tr
from trainer.devices.footmap import Mark, Spot, shade
from trainer.devices.footshape import BONES, REGIONS, Point, View

_FOOT_WIDE: Final = 130.0
_FOOT_HIGH: Final = 310.0
_DARK_FROM: Final = 5.0
"""Levels from here on are written in white."""


def draw_feet(axes: Axes, marks: Mapping[Spot, Mark]) -> None:
    """Draw both views of both feet, the worst level at each place."""
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, 4 * _FOOT_WIDE + 40)
    axes.set_ylim(_FOOT_HIGH + 10, -50)
    titles = {
        View.SOLE: tr("Sole, seen through from above"),
        View.TOP: tr("Top and back of the leg"),
    }
    left = 0.0
    for view in View:
        axes.text(left + 115, -36, titles[view], ha="center", fontsize=8)
        for side in Side:
            name = tr("left") if side is Side.LEFT else tr("right")
            axes.text(left + 50, -12, name, ha="center", fontsize=8, fontweight="bold")
            _draw_foot(axes, (view, side), left, marks)
            left += _FOOT_WIDE
        left += 40


def _draw_foot(
    axes: Axes, which: tuple[View, Side], left: float, marks: Mapping[Spot, Mark]
) -> None:
    view, side = which

    def placed(point: Point) -> Point:
        # The inner edges of the feet look at each other.
        return left + (100 - point[0] if side is Side.LEFT else point[0]), point[1]

    for region in REGIONS[view]:
        mark = marks.get(Spot(side, region.site))
        for outline in region.outlines:
            axes.add_patch(
                Patch(
                    [placed(point) for point in outline],
                    closed=True,
                    fc=shade(mark.level if mark else 0.0),
                    ec="#000000" if mark and mark.is_new else "#6b5a4c",
                    lw=1.6 if mark and mark.is_new else 0.7,
                    ls=(0, (3, 2)) if mark and mark.is_new else "-",
                )
            )
    if view is View.SOLE and Spot(side, PainSite.SESAMOIDS) not in marks:
        for bone in BONES:
            outline_points = [placed(point) for point in bone]
            axes.add_patch(Patch(outline_points, closed=True, fc="none", ec="#6b5a4c", lw=0.5))
    for region in REGIONS[view]:
        mark = marks.get(Spot(side, region.site))
        if mark is not None:
            x, y = placed(region.middle)
            ink = "#ffffff" if mark.level >= _DARK_FROM else "#000000"
            words = f"{mark.level:g}" + ("!" if mark.is_sharp else "")
            axes.text(
                x, y, words, ha="center", va="center", fontsize=9, color=ink, fontweight="bold"
            )
