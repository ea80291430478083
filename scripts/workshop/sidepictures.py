"""Draws the pads from the side, the toe pad from above, and the arch dome."""

import math
from typing import Final

from scripts.workshop import measures as mm
from scripts.workshop.arrows import across, leader, upright
from scripts.workshop.block import (
    Side,
    draw_bar,
    draw_bar_end_on,
    draw_base,
    draw_head_spacer,
    draw_plate,
    draw_stop,
)
from scripts.workshop.canvas import SMALL_PX, Canvas
from scripts.workshop.padpicture import TopView, dimension_base, plate_size

_FOOT: Final = (
    *((-62, 4), (-66, 24), (-57, 60), (-54, 104), (4, 104), (22, 84), (62, 62), (110, 40)),
    *((150, 26), (190, 21), (204, 12), (200, 2), (160, 0), (118, 0), (92, 6), (52, 13), (8, 6)),
    (-32, 0),
)
"""A foot from the side, forward of its ankle and above its sole, millimetres; drawn by eye."""
_STEPS: Final = 24


def pad_from_the_side() -> Canvas:
    """Return the full pad seen from the side, with its layers named."""
    canvas = Canvas("Full pad from the side", 530)
    side = Side((258, 330), 1.75)
    rear, front = -mm.ANKLE_FROM_REAR, mm.BASE_LENGTH - mm.ANKLE_FROM_REAR
    draw_base(canvas, side, (rear, front), mm.BASE_THICKNESS)
    plates = mm.PLATES
    draw_bar(canvas, side, plates["heel"].x_mm - mm.REACH, 1)
    draw_bar(canvas, side, plates["hallux"].x_mm + mm.REACH, -1)
    draw_bar_end_on(canvas, side, plates["ball"].x_mm)
    for role in ("heel", "ball", "hallux"):
        plate = plates[role]
        spacer = None if role == "ball" else plate.x_mm
        draw_plate(canvas, side, (plate.rear_mm, plate.front_mm), spacer)
    draw_stop(canvas, side, plates["heel"].front_mm - 8)
    canvas.curve([side.at(x, mm.SOLE_HEIGHT + up) for x, up in _FOOT], "hidden")
    _name_layers(canvas, side)
    left, right = side.at(rear, 0)[0], side.at(front, 0)[0]
    across(canvas, left, right, 410, f"{mm.BASE_LENGTH}")
    top = side.at(0, mm.SOLE_HEIGHT)[1]
    canvas.line(((right - 85, top), (right + 12, top)), "soft")
    upright(canvas, right + 6, (top, side.at(0, 0)[1]), f"{mm.SOLE_HEIGHT:g}")
    base = (side.at(0, 0)[1], side.at(0, -mm.BASE_THICKNESS)[1])
    upright(canvas, right + 6, base, f"{mm.BASE_THICKNESS}")
    canvas.text(20, 450, "The toes block, beside the hallux, is built like it.")
    canvas.text(20, 475, "The ball's bar lies across the foot, so one sees its end.")
    canvas.text(20, 500, f"The stop's gap is drawn wider than its {mm.STOP_GAP} mm. Millimetres.")
    return canvas


def _name_layers(canvas: Canvas, side: Side) -> None:
    heel, hallux = mm.PLATES["heel"], mm.PLATES["hallux"]
    leader(canvas, side.at(heel.front_mm - 8, 10), (330, 225), "stop screw")
    leader(
        canvas, side.at(hallux.front_mm - 4, mm.PLATE_UNDERSIDE + 5), (640, 205), "plate, rubber"
    )
    leader(canvas, side.at(hallux.x_mm + 36, mm.SPACER + 10), (660, 240), "bar")
    leader(canvas, side.at(heel.rear_mm + 4, mm.PLATE_UNDERSIDE + 5), (110, 205), "heel plate")


def toe_pad() -> Canvas:
    """Return the toe pad seen from above and from the side."""
    canvas = Canvas("Toe pad: one cell for all toes, from above and from the side", 1080)
    view = TopView((330, 530), 1.6)
    view.base(canvas)
    for plate in (mm.TOE_PLATE, mm.BALL_REST, mm.HEEL_REST):
        view.plate(canvas, plate)
    view.foot(canvas)
    for plate, words in (
        (mm.TOE_PLATE, "toe plate"),
        (mm.BALL_REST, "ball rest"),
        (mm.HEEL_REST, "heel rest"),
    ):
        y = view.at(plate.x_mm, 0)[1]
        leader(canvas, view.at(plate.x_mm, plate.left_mm - 6), (160, y - 30), words)
        canvas.text(160, y - 11, plate_size(plate), anchor="end", size_px=SMALL_PX)
    _toe_places(canvas, view)
    _toe_side(canvas)
    return canvas


def _toe_places(canvas: Canvas, view: TopView) -> None:
    half = mm.BASE_WIDTH / 2
    zero = view.at(0, -half)[1]
    canvas.line((view.at(0, -half), (660, zero)), "centre")
    for plate, x in ((mm.HEEL_REST, 520), (mm.BALL_REST, 520), (mm.TOE_PLATE, 610)):
        start = view.at(plate.x_mm, plate.right_mm)
        canvas.line((start, (x + 6, start[1])), "soft")
        upright(canvas, x, (start[1], zero), f"{plate.x_mm}")
    dimension_base(canvas, view, 710)
    canvas.text(40, zero + 5, "ankle, x = 0")


def _toe_side(canvas: Canvas) -> None:
    side = Side((282, 975), 1.6)
    draw_base(
        canvas,
        side,
        (-mm.ANKLE_FROM_REAR, mm.BASE_LENGTH - mm.ANKLE_FROM_REAR),
        mm.BASE_THICKNESS,
    )
    draw_bar(canvas, side, mm.TOE_PLATE.x_mm + mm.REACH, -1)
    draw_plate(canvas, side, (mm.TOE_PLATE.rear_mm, mm.TOE_PLATE.front_mm), mm.TOE_PLATE.x_mm)
    for rest in (mm.BALL_REST, mm.HEEL_REST):
        side.box(canvas, (rest.rear_mm, rest.front_mm), (0, mm.SOLE_HEIGHT), "wood")
    canvas.curve([side.at(x, mm.SOLE_HEIGHT + up) for x, up in _FOOT], "hidden")
    right = side.at(mm.BASE_LENGTH - mm.ANKLE_FROM_REAR, 0)[0]
    top = side.at(0, mm.SOLE_HEIGHT)[1]
    canvas.line(((right - 100, top), (right + 12, top)), "soft")
    upright(canvas, right + 6, (top, side.at(0, 0)[1]), f"{mm.SOLE_HEIGHT:g}")
    leader(canvas, side.at(mm.TOE_PLATE.x_mm + 38, mm.SPACER + 10), (650, 880), "bar")
    canvas.text(20, 1045, "Rests are blocks of wood, as high as the toe plate. Millimetres.")
    canvas.text(20, 1068, "The second cell goes under the heel rest, or under an arch dome.")


def dome() -> Canvas:
    """Return the arch dome from behind and from above."""
    canvas = Canvas("Arch dome on the pad's base, from behind and from above", 720)
    side = Side((400, 280), 3.0)
    half = mm.BASE_WIDTH / 2
    draw_base(canvas, side, (-half, half), mm.BASE_THICKNESS)
    draw_bar(canvas, side, mm.REACH, -1)
    plate = mm.DOME_PLATE / 2
    under = mm.PLATE_UNDERSIDE
    draw_head_spacer(canvas, side, 0)
    side.box(canvas, (-plate, plate), (under, under + mm.PLATE_THICKNESS), "wood")
    _cap(canvas, side, under + mm.PLATE_THICKNESS)
    draw_stop(canvas, side, 8 - plate)
    _dimension_dome(canvas, side)
    _dome_above(canvas)
    return canvas


def _cap(canvas: Canvas, side: Side, floor_mm: float) -> None:
    radius = mm.DOME_BALL / 2
    middle = floor_mm + mm.DOME_HEIGHT - radius
    half = mm.DOME_WIDTH / 2
    arc = [(half * (2 * step / _STEPS - 1), 0.0) for step in range(_STEPS + 1)]
    canvas.area(
        [side.at(x, max(floor_mm, middle + math.sqrt(radius**2 - x**2))) for x, _ in arc],
        "rubber",
    )


def _dimension_dome(canvas: Canvas, side: Side) -> None:
    floor = mm.PLATE_UNDERSIDE + mm.PLATE_THICKNESS
    top = side.at(0, floor + mm.DOME_HEIGHT)[1]
    half = mm.DOME_WIDTH / 2
    across(canvas, side.at(-half, 0)[0], side.at(half, 0)[0], top - 18, f"{mm.DOME_WIDTH}")
    right = side.at(mm.BASE_WIDTH / 2, 0)[0]
    for up, start in ((floor + mm.DOME_HEIGHT, 8), (floor, mm.DOME_PLATE / 2 + 2)):
        canvas.line((side.at(start, up), (right + 12, side.at(0, up)[1])), "soft")
    upright(canvas, right + 6, (top, side.at(0, floor)[1]), f"{mm.DOME_HEIGHT}")
    upright(canvas, right + 6, (side.at(0, floor)[1], side.at(0, 0)[1]), f"{floor:g}")
    base = (side.at(0, 0)[1], side.at(0, -mm.BASE_THICKNESS)[1])
    upright(canvas, right + 6, base, f"{mm.BASE_THICKNESS}")
    leader(canvas, side.at(-20, floor + 8), (190, 110), "rubber cap")
    leader(canvas, side.at(-34, floor - 4), (150, 160), "plate")
    leader(canvas, side.at(58, mm.SPACER + 9), (600, 200), "bar")
    leader(canvas, side.at(8 - mm.DOME_PLATE / 2, 12), (210, 230), "stop screw")


def _dome_above(canvas: Canvas) -> None:
    scale = 2.4
    x, y = 400.0, 520.0
    width, depth = mm.BASE_WIDTH * scale, 110 * scale
    left, top = x - width / 2, y - depth / 2
    canvas.box((left, top), (width, depth), "wood", "thin")
    half = mm.DOME_PLATE / 2 * scale
    canvas.box((x - half, y - half), (2 * half, 2 * half))
    canvas.circle((x, y), mm.DOME_WIDTH / 2 * scale, "rubber", "edge")
    bar = mm.BAR_SIDE * scale
    canvas.box((x - mm.REACH, y - bar / 2), (mm.BAR_LENGTH * scale, bar), "none", "centre")
    across(canvas, left, left + width, top - 12, f"{mm.BASE_WIDTH}")
    upright(canvas, left + width + 22, (y - half, y + half), f"{mm.DOME_PLATE}")
    canvas.line(((x - 30, y), (left - 60, y)), "soft")
    ankle = y + mm.DOME_X * scale
    canvas.line(((left, ankle), (left - 60, ankle)), "centre")
    upright(canvas, left - 40, (y, ankle), f"{mm.DOME_X}", "left")
    canvas.text(left - 14, ankle + 20, "ankle", anchor="end", size_px=SMALL_PX)
    canvas.text(20, 695, f"The cap is cut from a rubber ball {mm.DOME_BALL} mm wide. Millimetres.")
