"""How long a circuit lasts: one rule, for the planner's cap, the text and the time left.

The feet take turns: the other foot's set takes place in the rest of the one that has just worked.
Only what the other set leaves of the rest is waited for, half of it at each change of foot, and
the countdown runs in it. A device has to be moved from foot to foot before each set.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.coach.programme import Circuit, Sides, Step
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind

MOVE_S: Final = 10.0
"""To move a device to the other foot: six squeezes of 15 s then take 2.5 minutes."""
_FEET: Final[dict[Sides, tuple[Side | None, ...]]] = {
    Sides.ALTERNATE: (Side.LEFT, Side.RIGHT),
    Sides.LEFT: (Side.LEFT,),
    Sides.RIGHT: (Side.RIGHT,),
    Sides.TOGETHER: (None,),
}
UNCAPPED: Final = frozenset({SessionKind.BASELINE})
"""Kinds of session that may go over the programme's cap: a baseline goes to fatigue."""
_MINUTE_S: Final = 60.0
_DUST_S: Final = 1e-6
"""What sums of decimal fractions may be off by; no session is too long by it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One set in the order in which a session does them."""

    step: int
    """Index of the circuit's step."""
    number: int
    """Of the set, from 1, for its foot."""
    side: Side | None
    """None where both feet or no foot are meant."""
    before_s: float
    """Change of foot, moving of the device and rest before it, the countdown included."""
    set_s: float

    @property
    def slot_s(self) -> float:
        """Return the seconds it takes with what comes before it."""
        return self.before_s + self.set_s


def set_s(step: Step) -> float:
    """Return the length of one set in seconds."""
    if step.duration_s:
        return step.duration_s
    tempo = step.tempo
    return step.reps * (tempo.up_s + (step.hold_s or tempo.hold_s) + tempo.down_s)


def step_slots(step: Step, index: int = 0) -> Iterator[Slot]:
    """Yield the sets of a step in order."""
    lasts_s = set_s(step)
    move_s = MOVE_S if step.device else 0.0
    is_turn = step.sides is Sides.ALTERNATE
    rest_s = max(0.0, (step.rest_s - lasts_s) / 2) if is_turn else step.rest_s
    before_s = move_s
    for number in range(1, step.sets + 1):
        for side in _FEET[step.sides]:
            yield Slot(index, number, side, before_s, lasts_s)
            before_s = max(move_s, rest_s) if is_turn else rest_s


def slots(circuit: Circuit) -> tuple[Slot, ...]:
    """Return every set of a circuit in order."""
    return tuple(s for i, step in enumerate(circuit.steps) for s in step_slots(step, i))


def step_min(step: Step) -> float:
    """Return the minutes of a step."""
    return sum(slot.slot_s for slot in step_slots(step)) / _MINUTE_S


def circuit_min(circuit: Circuit) -> float:
    """Return the minutes of a circuit, warm-up and cooldown included."""
    return sum(slot.slot_s for slot in slots(circuit)) / _MINUTE_S


def block_min(circuit: Circuit) -> dict[Block, float]:
    """Return the minutes of each block; 0 for one that the circuit lacks."""
    return {
        block: sum(step_min(step) for step in circuit.steps if step.block is block)
        for block in Block
    }


def left_min(circuit: Circuit, done: int) -> float:
    """Return the minutes that are left after so many sets."""
    return sum(slot.slot_s for slot in slots(circuit)[done:]) / _MINUTE_S


def is_too_long(circuit: Circuit, cap_min: float) -> bool:
    """Return whether a session is longer than the cap allows for its kind."""
    if circuit.kind in UNCAPPED:
        return False
    return circuit_min(circuit) * _MINUTE_S > cap_min * _MINUTE_S + _DUST_S
