"""Draws the balance board and the frame for a bought sensor."""

import math

from scripts.workshop import measures as mm
from scripts.workshop.arrows import across, arrow, leader, upright
from scripts.workshop.canvas import Canvas, Point

_SCALE = 0.9


def balance_board() -> Canvas:
    """Return the balance board from above and from the side."""
    canvas = Canvas("Balance board, from above and from the side", 735)
    middle = (340.0, 265.0)
    radius = mm.BALANCE_WIDTH / 2 * _SCALE
    canvas.circle(middle, radius, "wood", "edge")
    canvas.circle(middle, mm.ROCKER_WIDTH / 2 * _SCALE, "none", "hidden")
    for shift in (-62, 62):
        canvas.curve([_sole(middle, shift, point) for point in _SOLE], "hidden")
    node = (middle[0], middle[1] - mm.NODE_FORWARD * _SCALE)
    canvas.box((node[0] - 14, node[1] - 18), (28, 36), "board")
    arrow(canvas, (node[0], node[1] + 12), (node[0], node[1] - 14))
    leader(canvas, (node[0] + 12, node[1] - 6), (590, 90), "node, arrow forward")
    leader(canvas, (middle[0] + 36, middle[1] + 20), (590, 330), "rocker below")
    canvas.line((node, (middle[0] + radius + 62, node[1])), "soft")
    canvas.line((middle, (middle[0] + radius + 62, middle[1])), "soft")
    upright(canvas, middle[0] + radius + 56, (node[1], middle[1]), f"{mm.NODE_FORWARD}")
    across(canvas, middle[0] - radius, middle[0] + radius, 480, f"{mm.BALANCE_WIDTH}")
    _from_the_side(canvas)
    return canvas


_SOLE = ((-110, 0), (-95, 26), (-30, 30), (50, 36), (105, 38), (130, 10), (105, -36), (0, -30))


def _sole(middle: Point, shift_mm: float, point: Point) -> Point:
    return (middle[0] + (shift_mm + point[1]) * _SCALE, middle[1] - (point[0] - 10) * _SCALE)


def _from_the_side(canvas: Canvas) -> None:
    left, floor = 340 - mm.BALANCE_WIDTH / 2 * _SCALE, 600.0
    top = floor - (mm.ROCKER_HEIGHT + mm.BALANCE_THICKNESS) * _SCALE
    canvas.box((left, top), (mm.BALANCE_WIDTH * _SCALE, mm.BALANCE_THICKNESS * _SCALE), "wood")
    canvas.area(_cap((340, floor), mm.ROCKER_WIDTH, mm.ROCKER_HEIGHT), "rubber")
    canvas.line(((60, floor), (620, floor)))
    right = left + mm.BALANCE_WIDTH * _SCALE
    bottom = top + mm.BALANCE_THICKNESS * _SCALE
    upright(canvas, right + 20, (bottom, floor), f"{mm.ROCKER_HEIGHT}")
    upright(canvas, right + 20, (top, bottom), f"{mm.BALANCE_THICKNESS}")
    half = mm.ROCKER_WIDTH / 2 * _SCALE
    across(canvas, 340 - half, 340 + half, floor + 34, f"{mm.ROCKER_WIDTH}")
    canvas.text(20, 690, f"It tilts by {mm.MOST_TILT_DEG} degrees until its rim meets the floor.")
    canvas.text(20, 714, "Non-slip cloth on top; a rail, a door frame or a person within reach.")


def _cap(foot: Point, width_mm: float, height_mm: float) -> list[Point]:
    ball = ((width_mm / 2) ** 2 + height_mm**2) / (2 * height_mm)
    points = []
    for step in range(25):
        x = width_mm * (step / 24 - 0.5)
        up = ball - math.sqrt(ball**2 - x**2)
        points.append((foot[0] + x * _SCALE, foot[1] - up * _SCALE))
    return points


def sensor_frame() -> Canvas:
    """Return the frame that holds a bought sensor in line with the toes' pull."""
    canvas = Canvas("Frame for a bought sensor, from the side", 410)
    left, top, scale = 40.0, 265.0, 0.97
    right = left + mm.FRAME_LENGTH * scale
    post = mm.BASE_THICKNESS * scale
    canvas.box((left, top), (mm.FRAME_LENGTH * scale, post), "wood")
    canvas.box((right - post, top - mm.POST_HEIGHT * scale), (post, mm.POST_HEIGHT * scale), "wood")
    canvas.box((left + 16, top - 55), (24, 55), "wood")
    eye = (right - post - 14, top - mm.EYE_HEIGHT * scale)
    canvas.circle(eye, 12)
    canvas.line(((right, eye[1]), (eye[0] + 12, eye[1])))
    canvas.curve([(left + 86 + x, top - 1 - up) for x, up in _FOOT], "hidden")
    _sensor(canvas, top, eye)
    leader(canvas, (left + 28, top - 40), (98, 106), "heel block")
    leader(canvas, (345, top - 28), (372, 116), f"toe loop, strap {mm.STRAP_WIDTH}")
    leader(canvas, (550, top - 52), (570, 126), "sensor")
    leader(canvas, (right - post / 2, top - 120), (660, 90), "post")
    upright(canvas, right + 8, (eye[1], top), f"{mm.EYE_HEIGHT}")
    across(canvas, left, right, top + 52, f"{mm.FRAME_LENGTH}")
    size = f"{mm.BASE_THICKNESS} thick, {mm.FRAME_WIDTH} wide; post {mm.POST_HEIGHT}"
    canvas.text(20, 362, f"Base and post {size} high, on two steel brackets.")
    canvas.text(20, 388, "Millimetres. The foot stays flat; the toes curl and pull the loop back.")
    return canvas


_FOOT = (
    *((-40, 4), (-46, 26), (-38, 66), (-32, 118), (30, 118), (48, 92), (90, 70), (150, 46)),
    *((196, 32), (226, 26), (240, 16), (236, 3), (180, 0), (118, 0), (60, 8), (0, 0)),
)
"""A foot from the side, its ankle above 0; drawn by eye."""


def _sensor(canvas: Canvas, top: float, eye: Point) -> None:
    loop = ((328, 0), (322, 30), (338, 34), (360, 24), (360, 6))
    canvas.curve([(x, top - up) for x, up in loop], "edge")
    start, end = (470.0, top - 42), (590.0, top - 61)
    canvas.line(((361, top - 20), start))
    canvas.line((end, (eye[0] - 12, eye[1])))
    corners = [(start, -20), (end, -20), (end, 20), (start, 20)]
    canvas.area([(point[0], point[1] + by) for point, by in corners], "metal")
