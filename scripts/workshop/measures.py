"""What the pads measure, in millimetres: the one place that drawings and texts take it from.

Where a cell lies along the foot is the trainer's own default, so a pad built by the drawings needs
no settings. All else is ours: chosen on paper, built by nobody yet.
"""

import math
from dataclasses import dataclass
from typing import Final

from trainer.core.pad import PadSettings

MM_PER_M: Final = 1000
PAD: Final = PadSettings()


@dataclass(frozen=True, slots=True)
class Plate:
    """What the foot presses: its middle, as the trainer counts places, and its size."""

    x_mm: int
    """Forward of the ankle."""
    y_mm: float
    """To the left of the foot's middle, for a right foot."""
    depth_mm: int
    """Along the foot."""
    width_mm: int
    """Across it."""

    @property
    def rear_mm(self) -> float:
        """Return the x of its rear edge."""
        return self.x_mm - self.depth_mm / 2

    @property
    def front_mm(self) -> float:
        """Return the x of its front edge."""
        return self.x_mm + self.depth_mm / 2

    @property
    def left_mm(self) -> float:
        """Return the y of its left edge."""
        return self.y_mm + self.width_mm / 2

    @property
    def right_mm(self) -> float:
        """Return the y of its right edge."""
        return self.y_mm - self.width_mm / 2


def cell_x_mm(role: str) -> int:
    """Return how far forward of the ankle a cell lies by default."""
    return round(PAD.cells[role].x_m * MM_PER_M)


# The pads' base.
BASE_LENGTH: Final = 400
BASE_WIDTH: Final = 180
BASE_THICKNESS: Final = 18
ANKLE_FROM_REAR: Final = 130
"""Where the ankle's line lies on the base."""

# From the base up to the sole: the layers of a measuring block.
SPACER: Final = 6
BAR_LENGTH: Final = 80
BAR_SIDE: Final = 12.7
PLATE_THICKNESS: Final = 9
RUBBER: Final = 2
SOLE_HEIGHT: Final = SPACER + BAR_SIDE + SPACER + PLATE_THICKNESS + RUBBER
"""Of the rubber's top above the base."""
PLATE_UNDERSIDE: Final = SPACER + BAR_SIDE + SPACER
STOP_GAP: Final = 0.4
"""Between a stop screw and the plate above it: four sheets of office paper."""
FIXED_MM: Final = 15
"""From a bar's end to the middle between its two holes."""

PLATES: Final = {
    "hallux": Plate(cell_x_mm("hallux"), 32.5, 40, 40),
    "toes": Plate(cell_x_mm("toes"), -22.5, 40, 60),
    "ball": Plate(cell_x_mm("ball"), 0, 40, 110),
    "heel": Plate(cell_x_mm("heel"), 0, 70, 80),
}
"""Of the full pad."""
TOE_PLATE: Final = Plate(cell_x_mm("toes"), 0, 60, 110)
"""Of the toe pad: one plate for all five toes."""
BALL_REST: Final = Plate(110, 0, 40, 110)
"""Of the toe pad: a block of wood as high as the plates."""
HEEL_REST: Final = Plate(cell_x_mm("heel"), 0, 70, 80)

# The arch dome: the cap of a rubber ball on a plate, on a bar that lies across the pad's base.
DOME_X: Final = 45
DOME_BALL: Final = 70
DOME_HEIGHT: Final = 20
DOME_PLATE: Final = 75
DOME_WIDTH: Final = round(2 * math.sqrt(DOME_HEIGHT * (DOME_BALL - DOME_HEIGHT)))
"""Of the cap, where it was cut."""

BARS: Final = {"hallux": (1, 0), "toes": (1, 0), "ball": (0, -1), "heel": (-1, 0)}
"""Where a bar of the full pad points from its plate's middle: forward, and to the left."""
REACH: Final = BAR_LENGTH - 2 * FIXED_MM
"""From the middle of a bar's fixed end to the middle of its plate."""


def fixed_ends_mm() -> dict[str, tuple[float, float]]:
    """Return the x and y of the middle of each bar's fixed end on the full pad, and the dome's."""
    ends = {
        role: (PLATES[role].x_mm + REACH * x, PLATES[role].y_mm + REACH * y)
        for role, (x, y) in BARS.items()
    }
    return ends | {"dome": (float(DOME_X), float(-REACH))}


# The balance board: a round board on the cap of a ball.
BALANCE_WIDTH: Final = 400
BALANCE_THICKNESS: Final = 18
ROCKER_WIDTH: Final = 120
ROCKER_HEIGHT: Final = 50
NODE_FORWARD: Final = 150
"""From the board's middle to the node."""


def _most_tilt_deg() -> float:
    """Return the tilt at which the rim meets the floor."""
    radius = BALANCE_WIDTH / 2
    ball = ((ROCKER_WIDTH / 2) ** 2 + ROCKER_HEIGHT**2) / (2 * ROCKER_HEIGHT)
    # The ball's middle stays at its radius above the floor; the rim turns about it.
    below = ROCKER_HEIGHT - ball
    return math.degrees(math.asin(ball / math.hypot(radius, below)) - math.atan2(-below, radius))


MOST_TILT_DEG: Final = round(_most_tilt_deg())

# The frame that holds a bought sensor in line with the toes' pull.
FRAME_LENGTH: Final = 700
FRAME_WIDTH: Final = 180
POST_HEIGHT: Final = 150
EYE_HEIGHT: Final = 70
"""Of the eye bolt above the frame's base."""
STRAP_WIDTH: Final = 25


def lengths_mm() -> frozenset[float]:
    """Return every length that a text may name."""
    named = {
        float(number)
        for name, number in globals().items()
        if name.isupper() and isinstance(number, int | float)
    }
    plates = [*PLATES.values(), TOE_PLATE, BALL_REST]
    sizes = {float(size) for plate in plates for size in (plate.depth_mm, plate.width_mm)}
    places = {float(abs(place)) for plate in plates for place in (plate.x_mm, plate.y_mm)}
    return frozenset(named | sizes | places)
