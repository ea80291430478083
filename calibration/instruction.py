"""What a guided calibration says at each moment, in words and figures."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from calibration.plan import Step
from calibration.readings import Phase
from calibration.stillness import Unrest


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
    if step.phase is Phase.UNLOADED:
        return f"Take everything off '{step.place}' and the other cells. Then say next."
    load = " + ".join(step.weights)
    match step.phase:
        case Phase.PRELOAD:
            return f"Put {load} on the middle of '{step.place}' once, to settle it. Then say next."
        case Phase.DOWN:
            return f"Take weights off until {load} is left on '{step.place}'. Then say next."
        case Phase.CREEP:
            return f"{load} must stand on '{step.place}' for 5 minutes. Then say next."
        case Phase.UP:
            return f"Put {load} on the middle of '{step.place}'. Then say next."


def reading_text(step: Step, remaining_s: float, unrest: Unrest | None, cell: str) -> str:
    """Return what to do while a load is read."""
    if unrest is not None:
        return _UNREST[unrest].format(cell=cell)
    if step.phase is Phase.CREEP:
        return f"Leave the load where it is, {remaining_s:.0f} s more."
    return "Hands off: reading."


_UNREST: Final = {
    Unrest.MISSING: "Samples are missing. Check the link to the pad.",
    Unrest.SATURATED: "'{cell}' is at the converter's end. Take the load off; use a lighter one.",
    Unrest.DRIFTS: "'{cell}' still drifts. Keep hands and table off, and wait.",
    Unrest.SWINGS: "'{cell}' swings. Let the load come to rest.",
    Unrest.SHAKES: "'{cell}' shakes more than unloaded. Keep steps and machines away.",
}
