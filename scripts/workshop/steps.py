"""Draws the assembly of a measuring block, one picture a step."""

from scripts.workshop import measures as mm
from scripts.workshop.arrows import arrow, leader
from scripts.workshop.block import (
    Side,
    draw_bar,
    draw_base,
    draw_head_spacer,
    draw_plate,
)
from scripts.workshop.canvas import SMALL_PX, Canvas, Point
from scripts.workshop.padpicture import TopView

_SIDE = Side((250, 250), 4.0)
_PLATE = (-20.0, 20.0)
_SCREW_MM = 1.6


def drill_plan() -> Canvas:
    """Return where the bars' fixed ends are screwed to the base."""
    canvas = Canvas("Step 1: mark the base, then drill under each bar's fixed end", 850)
    view = TopView((330, 540), 1.75)
    view.base(canvas)
    half = mm.BASE_WIDTH / 2
    front = mm.BASE_LENGTH - mm.ANKLE_FROM_REAR
    canvas.line((view.at(-mm.ANKLE_FROM_REAR, 0), view.at(front, 0)), "centre")
    for role, (x, y) in mm.fixed_ends_mm().items():
        _cross(canvas, view.at(x, y))
        words_y = view.at(x, y)[1] + 5
        canvas.line((view.at(x, y), (500, words_y - 5)), "soft")
        canvas.text(508, words_y, f"{role}: {_along(x)}, {_sideways(y)}", size_px=SMALL_PX)
    canvas.text(40, view.at(0, half)[1] + 5, "ankle, x = 0")
    canvas.text(view.at(front, 0)[0], 60, "middle line", anchor="middle", size_px=SMALL_PX)
    canvas.text(20, 806, "Crosses: the middle between a bar's two fixed holes. Millimetres.")
    canvas.text(20, 832, "For a right foot; for a left one hallux and toes on the other side.")
    return canvas


def _along(x_mm: float) -> str:
    return f"{abs(x_mm):g} {'forward' if x_mm > 0 else 'back'}"


def _sideways(y_mm: float) -> str:
    return f"{abs(y_mm):g} to the {'left' if y_mm > 0 else 'right'}" if y_mm else "on the line"


def _cross(canvas: Canvas, at: Point) -> None:
    canvas.circle(at, 9)
    canvas.line(((at[0] - 14, at[1]), (at[0] + 14, at[1])), "thin")
    canvas.line(((at[0], at[1] - 14), (at[0], at[1] + 14)), "thin")


def bar_step() -> Canvas:
    """Return the bar on its spacer."""
    canvas = Canvas("Step 2: spacer and bar on the base, the arrow pointing down", 390)
    _ground(canvas)
    draw_bar(canvas, _SIDE, mm.REACH, -1)
    for by in (-6, 6):
        _screw(canvas, mm.REACH + by, (-mm.BASE_THICKNESS, mm.SPACER + mm.BAR_SIDE - 2), -1)
    top = mm.SPACER + mm.BAR_SIDE
    x, y = _SIDE.at(0, top)
    arrow(canvas, (x, y - 70), (x, y - 6), "edge")
    canvas.text(x + 14, y - 44, "the load; the bar's own arrow points the same way")
    leader(canvas, _SIDE.at(mm.REACH - 10, 3), (535, 236), "spacer, two washers or a plate")
    leader(canvas, _SIDE.at(mm.REACH + 6, -mm.BASE_THICKNESS + 3), (540, 345), "screws from below")
    leader(canvas, _SIDE.at(0, mm.SPACER + 3), (130, 235), "free end")
    return canvas


def plate_step() -> Canvas:
    """Return the plate on the bar's free end."""
    canvas = Canvas("Step 3: spacer and plate on the free end, then the rubber", 390)
    _ground(canvas)
    draw_bar(canvas, _SIDE, mm.REACH, -1)
    draw_plate(canvas, _SIDE, _PLATE, 0)
    top = mm.PLATE_UNDERSIDE + mm.PLATE_THICKNESS
    for by in (-6, 6):
        _screw(canvas, by, (mm.SPACER + 3, top), 1)
    leader(
        canvas,
        _SIDE.at(18, mm.SOLE_HEIGHT - 1),
        (420, 80),
        f"rubber, {mm.RUBBER} mm, glued on last",
    )
    leader(canvas, _SIDE.at(16, mm.PLATE_UNDERSIDE + 4), (420, 125), "plate")
    leader(canvas, _SIDE.at(6, top - 1), (130, 80), "screws, sunk")
    leader(canvas, _SIDE.at(-10, mm.PLATE_UNDERSIDE - 3), (130, 165), "spacer")
    canvas.text(20, 372, "Plate and spacer touch nothing but the bar's free end.")
    return canvas


def stop_step() -> Canvas:
    """Return how the stop screw is set with paper."""
    canvas = Canvas("Step 4: set the stop screw with four sheets of paper", 390)
    _ground(canvas)
    draw_bar(canvas, _SIDE, mm.REACH, -1)
    draw_plate(canvas, _SIDE, _PLATE, 0)
    x = -17.5
    _SIDE.box(canvas, (x - 1.8, x + 1.8), (-16, mm.PLATE_UNDERSIDE - 1.4), "metal")
    _SIDE.box(canvas, (x - 4, x + 4), (0, 3.5), "metal")
    for sheet in range(4):
        up = mm.PLATE_UNDERSIDE - 1.2 + 0.3 * sheet
        canvas.line((_SIDE.at(x - 14, up), _SIDE.at(x + 4, up)), "thin")
    leader(canvas, _SIDE.at(x - 12, mm.PLATE_UNDERSIDE - 0.8), (110, 105), "paper")
    leader(canvas, _SIDE.at(x - 3, 2), (120, 215), "lock nut")
    leader(canvas, _SIDE.at(x, -10), (110, 352), "M5 screw")
    canvas.text(420, 76, f"Four sheets are {mm.STOP_GAP} mm.")
    canvas.text(420, 102, "Turn the screw up until the paper just")
    canvas.text(420, 124, "drags, hold it, tighten the nut, and")
    canvas.text(420, 146, "pull the paper out.")
    return canvas


def cable_step() -> Canvas:
    """Return how the cable is led and held."""
    canvas = Canvas("Step 5: hold the cable, keep the HX711 board close", 390)
    _ground(canvas)
    draw_bar(canvas, _SIDE, mm.REACH, -1)
    draw_plate(canvas, _SIDE, _PLATE, 0)
    start = _SIDE.at(mm.REACH + mm.FIXED_MM, mm.SPACER + mm.BAR_SIDE / 2)
    clamp = (start[0] + 70, _SIDE.at(0, 0)[1])
    canvas.line((start, (start[0] + 22, start[1]), (clamp[0] - 10, clamp[1] - 8), (640, 242)))
    canvas.box((clamp[0] - 16, clamp[1] - 18), (32, 18), "metal")
    canvas.box((640, 206), (110, 44), "board")
    canvas.text(695, 234, "HX711", anchor="middle", size_px=SMALL_PX, is_bold=True)
    leader(canvas, (clamp[0], clamp[1] - 10), (606, 160), "clamp: no pull")
    leader(canvas, (start[0] + 22, start[1] + 2), (550, 110), "a loose bow")
    canvas.text(
        20, 372, "Short wires from bar to board; the long ones to Pi or node twisted, or shielded."
    )
    return canvas


def level_step() -> Canvas:
    """Return the last check before any wire is connected."""
    canvas = Canvas("Step 6: level, free and quiet", 390)
    side = Side((215, 250), 2.0)
    draw_base(canvas, side, (-95, 270), mm.BASE_THICKNESS)
    for place, towards in ((0, -1), (180, 1)):
        draw_bar(canvas, side, place + towards * mm.REACH, -towards)
        draw_plate(canvas, side, (place - 25, place + 25), place)
    draw_head_spacer(canvas, side, 0)
    canvas.box((side.at(-30, 0)[0], side.at(0, mm.SOLE_HEIGHT + 8)[1]), (500, 15), "metal")
    leader(canvas, side.at(70, mm.SOLE_HEIGHT + 5), (330, 110), "ruler: all tops level to 1 mm")
    leader(canvas, side.at(204, mm.SOLE_HEIGHT - 6), (650, 110), "free all round")
    canvas.text(
        20, 345, "Press each plate by hand: it must give by a hair, come back, and not creak."
    )
    canvas.text(20, 370, "A block that rocks reads wrong: pack paper under its spacer.")
    return canvas


def _ground(canvas: Canvas) -> None:
    draw_base(canvas, _SIDE, (-45, 125), mm.BASE_THICKNESS)


def _screw(canvas: Canvas, x_mm: float, up_mm: Point, head: int) -> None:
    _SIDE.box(canvas, (x_mm - _SCREW_MM, x_mm + _SCREW_MM), up_mm, "white")
    at = up_mm[0] if head < 0 else up_mm[1]
    _SIDE.box(
        canvas, (x_mm - 3, x_mm + 3), (min(at, at - head * 2), max(at, at - head * 2)), "metal"
    )
