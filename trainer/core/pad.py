"""The pad's geometry and the person's own clean press: what turns cell forces into moments."""

from dataclasses import dataclass, field
from typing import Annotated

from trainer.core.settings import Bound


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell lies; x forward of the ankle axis, y to the left of the foot's middle."""

    x_m: Annotated[float, Bound(-0.3, 0.5, "m")]
    y_m: Annotated[float, Bound(-0.2, 0.2, "m")] = 0.0


@dataclass(frozen=True, slots=True)
class ImuMounting:
    """Which axis of the inertial sensor points where: x, y, z with a sign."""

    forward: str = "+x"
    left: str = "+y"
    up: str = "+z"


def _default_cells() -> dict[str, CellPlace]:
    return {
        "hallux": CellPlace(0.185),
        "toes": CellPlace(0.165),
        "ball": CellPlace(0.120),
        "heel": CellPlace(-0.045),
    }


@dataclass(frozen=True, slots=True)
class PadSettings:
    """Geometry of a pad, and what is known of its user."""

    cells: dict[str, CellPlace] = field(default_factory=_default_cells)
    ball_x_m: Annotated[float, Bound(0.02, 0.3, "m")] = 0.120
    """Metatarsal heads: the axis that the toes turn about."""
    clean_ratio: Annotated[float, Bound(-5.0, 20.0)] | None = None
    """The person's ankle moment over toe moment in clean presses."""
    clean_sigma_nm: Annotated[float, Bound(0.0, 20.0, "N m")] | None = None
    """Spread of the ankle moment about it."""
    imu: ImuMounting = field(default_factory=ImuMounting)
