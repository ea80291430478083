"""Draws the full pad: from above with its cells' places, and from the side."""

from typing import Final

from scripts.workshop import measures as mm
from scripts.workshop.arrows import across, leader, upright
from scripts.workshop.canvas import SMALL_PX, Canvas, Point

FOOT: Final = (
    *((-65, 0), (-56, 21), (-22, 30), (25, 27), (62, 24), (92, 33), (122, 46), (150, 47)),
    *((180, 49), (200, 41), (203, 26), (192, 13), (188, 2), (182, -12), (170, -28), (150, -42)),
    *((120, -47), (80, -43), (20, -35), (-25, -30), (-57, -20)),
)
"""A right foot's outline, forward and to the left of its ankle, millimetres; drawn by eye."""


class TopView:
    """Places on a drawing seen from above, the toes up."""

    def __init__(self, ankle_px: Point, px_per_mm: float) -> None:
        self._ankle_px = ankle_px
        self.px_per_mm = px_per_mm

    def at(self, x_mm: float, y_mm: float) -> Point:
        """Return where a place forward and to the left of the ankle lies on the drawing."""
        return (
            self._ankle_px[0] - y_mm * self.px_per_mm,
            self._ankle_px[1] - x_mm * self.px_per_mm,
        )

    def rectangle(self, canvas: Canvas, rear: Point, front: Point, fill: str, kind: str) -> None:
        """Draw a rectangle from its rear right to its front left corner, (x, y) each."""
        canvas.area(
            [
                self.at(*rear),
                self.at(rear[0], front[1]),
                self.at(*front),
                self.at(front[0], rear[1]),
            ],
            fill,
            kind,
        )

    def plate(self, canvas: Canvas, plate: mm.Plate) -> None:
        """Draw a plate with its middle marked."""
        rear, front = (plate.rear_mm, plate.right_mm), (plate.front_mm, plate.left_mm)
        self.rectangle(canvas, rear, front, "wood", "edge")
        x, y = self.at(plate.x_mm, plate.y_mm)
        canvas.line(((x - 8, y), (x + 8, y)), "thin")
        canvas.line(((x, y - 8), (x, y + 8)), "thin")

    def base(self, canvas: Canvas) -> None:
        """Draw the base with the ankle's line."""
        half = mm.BASE_WIDTH / 2
        rear = -mm.ANKLE_FROM_REAR
        front = rear + mm.BASE_LENGTH
        self.rectangle(canvas, (rear, -half), (front, half), "white", "edge")
        canvas.line((self.at(0, half), self.at(0, -half - 14)), "centre")

    def foot(self, canvas: Canvas) -> None:
        """Draw the foot's outline."""
        canvas.curve([self.at(*point) for point in FOOT], "hidden")


def pad_from_above() -> Canvas:
    """Return the full pad seen from above."""
    canvas = Canvas("Full pad from above, for a right foot", 860)
    view = TopView((330, 560), 1.75)
    view.base(canvas)
    for plate in mm.PLATES.values():
        view.plate(canvas, plate)
    for role, towards in mm.BARS.items():
        _bar(canvas, view, mm.PLATES[role], towards)
    canvas.circle(view.at(mm.DOME_X, 0), mm.DOME_WIDTH / 2 * view.px_per_mm, "none", "hidden")
    view.foot(canvas)
    _names(canvas, view)
    _places(canvas, view)
    canvas.text(
        20,
        820,
        "Millimetres. Broken outline: the foot. Dash-dotted: the ankle's line, and the bars.",
    )
    canvas.text(20, 844, "For the left foot the hallux and toes blocks change places.")
    return canvas


def _bar(canvas: Canvas, view: TopView, plate: mm.Plate, towards: Point) -> None:
    """Draw a bar under its plate: its free end at the middle, its fixed end outside."""
    side = mm.BAR_SIDE / 2
    near, far = -mm.FIXED_MM, mm.BAR_LENGTH - mm.FIXED_MM
    corners = [(near, -side), (near, side), (far, side), (far, -side)]
    canvas.area(
        [
            view.at(
                plate.x_mm + along * towards[0] - across_mm * towards[1],
                plate.y_mm + along * towards[1] + across_mm * towards[0],
            )
            for along, across_mm in corners
        ],
        "none",
        "centre",
    )


def _names(canvas: Canvas, view: TopView) -> None:
    plates = mm.PLATES
    for role, y in (("hallux", 205), ("ball", 370), ("heel", 660)):
        plate = plates[role]
        leader(canvas, view.at(plate.x_mm + 12, plate.left_mm - 6), (150, y), role)
        canvas.text(150, y + 19, plate_size(plate), anchor="end", size_px=SMALL_PX)
    toes = plates["toes"]
    leader(canvas, view.at(toes.x_mm + 12, toes.right_mm + 6), (510, 205), "toes 2 to 5")
    canvas.text(510, 224, plate_size(toes), size_px=SMALL_PX)
    leader(canvas, view.at(mm.DOME_X, 20), (150, 470), "arch dome,")
    canvas.text(150, 490, "if wanted", anchor="end")
    canvas.text(30, 566, "ankle, x = 0")


def plate_size(plate: mm.Plate) -> str:
    """Return a plate's size in words: along the foot, then across it."""
    return f"{plate.depth_mm} × {plate.width_mm}"


def _places(canvas: Canvas, view: TopView) -> None:
    """Dimension the places forward of the ankle, and the base."""
    half = mm.BASE_WIDTH / 2
    zero = view.at(0, -half)[1]
    for role, x in (("heel", 515), ("ball", 515), ("toes", 590), ("hallux", 665)):
        plate = mm.PLATES[role]
        start = view.at(plate.x_mm, plate.right_mm)
        canvas.line((start, (x + 6, start[1])), "soft")
        upright(canvas, x, (start[1], zero), f"{plate.x_mm}")
    canvas.line((view.at(0, -half), (680, zero)), "centre")
    dimension_base(canvas, view, 735)
    upright(canvas, 590, (zero, view.at(-mm.ANKLE_FROM_REAR, 0)[1]), f"{mm.ANKLE_FROM_REAR}")


def dimension_base(canvas: Canvas, view: TopView, x: float) -> None:
    """Dimension the base's length at this x, and its width above it."""
    half = mm.BASE_WIDTH / 2
    rear = view.at(-mm.ANKLE_FROM_REAR, 0)[1]
    front = view.at(mm.BASE_LENGTH - mm.ANKLE_FROM_REAR, 0)[1]
    upright(canvas, x, (front, rear), f"{mm.BASE_LENGTH}")
    across(canvas, view.at(0, half)[0], view.at(0, -half)[0], front - 12, f"{mm.BASE_WIDTH}")
