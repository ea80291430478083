"""What a guided calibration says at each moment, in words and figures."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from calibration.plan import Step
from calibration.readings import Phase
from calibration.stillness import Unrest
from calibration.texts import noted, tr


class State(StrEnum):
    """Where a guided calibration stands; its transitions are the table in procedure.py."""

    CHOOSE = "choose"
    PLACE = "place"
    READ = "read"
    REFUSED = "refused"
    FINISHED = "finished"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to do now, and what there is to see."""

    state: State
    text: str
    """One or two sentences to the person."""
    number: int
    """Of the step, from 1; 0 before loads are chosen."""
    total: int
    step: Step | None
    """None where nothing is to be loaded."""
    live_counts: tuple[float, ...] = ()
    """Counts above the last unloaded reading, a quarter of a second's mean; empty without data."""
    remaining_s: float = 0.0
    """Until a reading can be there at the earliest."""
    unrest: Unrest | None = None
    """Why the last stretch was not still."""
    unrest_cell: str = ""


def placing_text(step: Step) -> str:
    """Return how to load the pad for a step."""
    load = " + ".join(step.weights)
    return tr(_PLACING[step.phase]).format(load=load, cell=tr(step.place))


def reading_text(step: Step, remaining_s: float, unrest: Unrest | None, cell: str) -> str:
    """Return what to do while a load is read."""
    if unrest is not None:
        return tr(_UNREST[unrest]).format(cell=tr(cell))
    if step.phase is Phase.CREEP:
        return tr("Leave the load where it is, {left:.0f} s more.").format(left=remaining_s)
    return tr("Hands off: reading.")


_PLACING: Final = {
    Phase.UNLOADED: noted("Take everything off '{cell}' and the other cells. Then say next."),
    Phase.PRELOAD: noted("Put {load} on the middle of '{cell}' once, to settle it. Then say next."),
    Phase.DOWN: noted("Take weights off until {load} is left on '{cell}'. Then say next."),
    Phase.CREEP: noted("{load} must stand on '{cell}' for 5 minutes. Then say next."),
    Phase.UP: noted("Put {load} on the middle of '{cell}'. Then say next."),
}

_UNREST: Final = {
    Unrest.MISSING: noted("Samples are missing. Check the link to the pad."),
    Unrest.SATURATED: noted(
        "'{cell}' is at the converter's end. Take the load off; use a lighter one."
    ),
    Unrest.DRIFTS: noted("'{cell}' still drifts. Keep hands and table off, and wait."),
    Unrest.SWINGS: noted("'{cell}' swings. Let the load come to rest."),
    Unrest.SHAKES: noted("'{cell}' shakes more than unloaded. Keep steps and machines away."),
}
