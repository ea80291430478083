"""Draws a measuring block from the side: base, spacer, bar, spacer, plate, rubber, stop screw."""

from dataclasses import dataclass

from scripts.workshop import measures as mm
from scripts.workshop.canvas import Canvas, Point


@dataclass(frozen=True, slots=True)
class Side:
    """Places on a drawing seen from the side, forward to the right; heights above the base."""

    zero_px: Point
    """Where x = 0 lies on the base's top."""
    px_per_mm: float

    def at(self, x_mm: float, up_mm: float) -> Point:
        """Return a place's point on the drawing."""
        return (self.zero_px[0] + x_mm * self.px_per_mm, self.zero_px[1] - up_mm * self.px_per_mm)

    def box(self, canvas: Canvas, x_mm: Point, up_mm: Point, fill: str) -> None:
        """Draw a rectangle between two x and two heights."""
        width = (x_mm[1] - x_mm[0]) * self.px_per_mm
        height = (up_mm[1] - up_mm[0]) * self.px_per_mm
        canvas.box(self.at(x_mm[0], up_mm[1]), (width, height), fill)


def draw_base(canvas: Canvas, side: Side, x_mm: Point, thickness_mm: float) -> None:
    """Draw the base under height 0."""
    side.box(canvas, x_mm, (-thickness_mm, 0), "wood")


def draw_bar(canvas: Canvas, side: Side, fixed_mm: float, towards: int) -> None:
    """Draw a bar on its spacer: its fixed end's middle, and which way its free end points."""
    low, high = mm.SPACER, mm.SPACER + mm.BAR_SIDE
    ends = sorted(
        (fixed_mm - towards * mm.FIXED_MM, fixed_mm + towards * (mm.BAR_LENGTH - mm.FIXED_MM))
    )
    spacer = mm.FIXED_MM * 0.9
    side.box(canvas, (fixed_mm - spacer, fixed_mm + spacer), (0, low), "metal")
    side.box(canvas, (ends[0], ends[1]), (low, high), "metal")
    # The gauges sit over a hole in the bar's middle, under white glue.
    middle = (ends[0] + ends[1]) / 2
    canvas.circle(side.at(middle, (low + high) / 2), mm.BAR_SIDE * 0.32 * side.px_per_mm)


def draw_bar_end_on(canvas: Canvas, side: Side, x_mm: float) -> None:
    """Draw a bar that lies across the foot, with both its spacers."""
    half = mm.BAR_SIDE / 2
    side.box(canvas, (x_mm - half, x_mm + half), (0, mm.PLATE_UNDERSIDE), "white")
    side.box(canvas, (x_mm - half, x_mm + half), (mm.SPACER, mm.SPACER + mm.BAR_SIDE), "metal")


def draw_plate(canvas: Canvas, side: Side, x_mm: Point, spacer_mm: float | None) -> None:
    """Draw a plate with its rubber between two x; on a spacer about that x where there is one."""
    under = mm.PLATE_UNDERSIDE
    if spacer_mm is not None:
        draw_head_spacer(canvas, side, spacer_mm)
    side.box(canvas, x_mm, (under, under + mm.PLATE_THICKNESS), "wood")
    side.box(canvas, x_mm, (under + mm.PLATE_THICKNESS, mm.SOLE_HEIGHT), "rubber")


def draw_head_spacer(canvas: Canvas, side: Side, x_mm: float) -> None:
    """Draw the spacer between a bar's free end and what it carries."""
    half, under = mm.FIXED_MM * 0.9, mm.PLATE_UNDERSIDE
    side.box(canvas, (x_mm - half, x_mm + half), (under - mm.SPACER, under), "metal")


def draw_stop(canvas: Canvas, side: Side, x_mm: float) -> None:
    """Draw a stop screw under a plate; its gap is drawn wider than it is."""
    side.box(canvas, (x_mm - 2, x_mm + 2), (-10, mm.PLATE_UNDERSIDE - 2), "metal")
    side.box(canvas, (x_mm - 4, x_mm + 4), (0, 4), "metal")
