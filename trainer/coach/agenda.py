"""The agenda: a circuit as one list of sets in the order in which they are done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trainer.coach.plan import Feet, other
from trainer.coach.programme import Circuit, Drill, Led, Sides, Step
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind
from trainer.core.errors import UsageError

BY_CLOCK: Final = frozenset({Led.CLOCK, Led.BALANCE})
"""No press is asked for: the clock alone leads."""

LOADED_KINDS: Final = frozenset(
    {SessionKind.TRAINING, SessionKind.BASELINE, SessionKind.STANDARD_SET}
)
"""Sessions that are warmed up for. Activation is gentle, travel has no load, a try-out is short."""


@dataclass(frozen=True, slots=True)
class Item:
    """One set of one foot, or of both at once."""

    number: int
    """From 1, over the whole session: the set's place in the diary."""
    step_number: int
    """From 0, the step of the circuit that it belongs to."""
    step: Step
    drill: Drill
    side: Side | None
    """None where both feet, or no foot, are meant."""
    nth: int
    """Which set of its step and foot it is, from 1."""

    @property
    def is_by_clock(self) -> bool:
        """Return whether the clock alone leads it."""
        return self.drill.led in BY_CLOCK

    @property
    def is_loaded(self) -> bool:
        """Return whether it wants a foot that was warmed up."""
        is_work = self.step.block is Block.WORK
        return is_work and (self.drill.is_hard or self.step.target_pct_mvc is not None)

    @property
    def beats(self) -> int:
        """Return how many pulses or beats a set has, by its reps or by its time."""
        step = self.step
        return step.reps or max(1, int(step.duration_s / step.tempo.rep_s))

    @property
    def set_s(self) -> float:
        """Return how long a set led by the clock lasts; that of its reps where it has those."""
        step = self.step
        rep_s = max(step.hold_s, step.tempo.rep_s)
        return step.duration_s or max(1, step.reps) * rep_s


def make_agenda(
    circuit: Circuit,
    drills: Mapping[str, Drill],
    feet: Feet = Feet.BOTH,
    first: Side = Side.LEFT,
) -> tuple[Item, ...]:
    """Return the sets of a circuit in order; raises UsageError where nothing is to be done."""
    found: list[Item] = []
    for step_number, step in enumerate(circuit.steps):
        for side, nth in _turns(step, feet, first):
            drill = drills[step.exercise]
            found.append(Item(len(found) + 1, step_number, step, drill, side, nth))
    if not found:
        raise UsageError(
            f"circuit {circuit.id}: has no set for the {feet.value} foot. Choose another circuit "
            "or another foot."
        )
    return tuple(found)


def _turns(step: Step, feet: Feet, first: Side) -> Iterator[tuple[Side | None, int]]:
    """Yield the foot of each set of a step, and which of that foot's sets it is."""
    for nth in range(1, step.sets + 1):
        for side in _sides(step.sides, feet, first):
            yield side, nth


def _sides(sides: Sides, feet: Feet, first: Side) -> tuple[Side | None, ...]:
    if sides is Sides.TOGETHER:
        return (None,)
    asked = (first, other(first)) if sides is Sides.ALTERNATE else (Side(sides.value),)
    return asked if feet is Feet.BOTH else tuple(s for s in asked if s.value == feet.value)
