"""All drawings of the hardware by name, and the folder they are kept in."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.workshop import balance, circuits, padpicture, sidepictures, steps
from scripts.workshop.boards import feather, xiao
from scripts.workshop.canvas import Canvas
from scripts.workshop.pi import pi_wirings
from scripts.workshop.wiring import Wiring
from scripts.workshop.wiringpicture import draw_wiring

FOLDER: Final = Path(__file__).parents[2] / "docs/pictures/hardware"

_PLAIN: Final[dict[str, Callable[[], Canvas]]] = {
    "pad-above": padpicture.pad_from_above,
    "pad-side": sidepictures.pad_from_the_side,
    "toe-pad": sidepictures.toe_pad,
    "dome": sidepictures.dome,
    "balance-board": balance.balance_board,
    "sensor-frame": balance.sensor_frame,
    "cell": circuits.cell_circuit,
    "extras": circuits.extra_circuits,
    "step-1": steps.drill_plan,
    "step-2": steps.bar_step,
    "step-3": steps.plate_step,
    "step-4": steps.stop_step,
    "step-5": steps.cable_step,
    "step-6": steps.level_step,
}


def wirings() -> tuple[Wiring, ...]:
    """Return the wirings of all builds."""
    return (*pi_wirings(), xiao(), feather())


def drawings() -> dict[str, str]:
    """Return the SVG text of every drawing by its file's name."""
    wired = {f"wiring-{wiring.id}.svg": draw_wiring(wiring).svg() for wiring in wirings()}
    return wired | {f"{name}.svg": draw().svg() for name, draw in _PLAIN.items()}
