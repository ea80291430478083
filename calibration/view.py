"""What a screen shows of a guided calibration, as one value, and what it may ask of it."""

from dataclasses import dataclass
from typing import Final, Protocol

from calibration.history import Record
from calibration.instruction import Instruction, State
from calibration.procedure import Command
from calibration.readings import Phase
from calibration.texts import noted, tr

WAITING: Final = Instruction(State.CHOOSE, noted("Looking for the pad."), 0, 0, None)


@dataclass(frozen=True, slots=True)
class View:
    """One look at a guided calibration or a check."""

    instruction: Instruction = WAITING
    cells: tuple[str, ...] = ()
    live_n: tuple[float | None, ...] = ()
    """Newtons above the last unloaded reading, per cell; None where no load was read yet."""
    expanded_n: tuple[float | None, ...] = ()
    """Their U, for 95 %; None where nothing tells it yet."""
    stillness: float = 0.0
    """1 where the last second holds nothing but noise, towards 0 the more it swings."""
    read_share: float = 0.0
    """How much of a reading is there, 0 to 1."""
    allowed: frozenset[Command] = frozenset()
    """What may be said now, leaving aside: that may always be."""
    record: Record | None = None
    """What came out, to be kept by `NEXT`."""
    result: str = ""
    """What is told at the end, one sentence."""
    is_done: bool = False

    @property
    def heading(self) -> str:
        """Return what to do now in the fewest words."""
        said = self.instruction
        if said.state is State.PLACE and said.step is not None:
            return _place_heading(said.step.phase, said.step.place)
        if said.state is State.READ:
            return tr("NOT STILL") if said.unrest is not None else tr("HANDS OFF")
        return tr(_HEADINGS[said.state])

    @property
    def loaded_cell(self) -> str:
        """Return the cell that carries the load of this step; empty where none does."""
        step = self.instruction.step
        return step.place if step is not None and step.weights else ""


class CalibrationPort(Protocol):
    """What a screen may ask of a calibration that runs; safe from any thread."""

    @property
    def view(self) -> View:
        """Return the newest view."""
        ...

    def say(self, word: Command) -> None:
        """Pass on what the person says; what may not be said now is passed over."""
        ...

    def leave(self) -> None:
        """End it; what was read is kept."""
        ...


def _place_heading(phase: Phase, place: str) -> str:
    match phase:
        case Phase.UNLOADED:
            return tr("TAKE ALL OFF")
        case Phase.DOWN:
            return tr("TAKE SOME OFF")
        case Phase.CREEP:
            return tr("LEAVE IT")
        case Phase.PRELOAD | Phase.UP:
            return tr("LOAD {cell}").format(cell=tr(place).upper())


_HEADINGS: Final = {
    State.CHOOSE: noted("WAIT"),
    State.PLACE: noted("WAIT"),
    State.READ: noted("HANDS OFF"),
    State.REFUSED: noted("ONCE MORE"),
    State.FINISHED: noted("DONE"),
    State.ABORTED: noted("STOPPED"),
}
