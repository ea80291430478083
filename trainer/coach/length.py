"""How long a circuit lasts: one rule, for the planner's cap, the text, and the cap of a session.

The feet take turns: the other foot's set takes place in the rest of the one that has just worked.
Before each set on the pad feet are changed (a device is moved in that time), the pad is set to
zero and the set is counted down; a rest that is still due takes this in. Maximal presses come on
top of it, in tests alone: of a foot whose maximum is not known, and of every foot in a baseline.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trainer.coach.agenda import Item
from trainer.coach.circuitplan import PRESSED
from trainer.coach.programme import Circuit, Drill, Led, Sensor, Sides, Step
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind

CHANGE_S: Final = 6.0
"""Time to change feet, or to come onto the pad."""
READY_S: Final = 5.0
"""Two seconds of zeroing and three of countdown, as exercises.toml has them."""
PRESS_HERE_S: Final = 1.0
"""The gentle press by which the pad is tried before its first set."""
ANSWER_S: Final = 0.6
"""From a cue to the press, and from the next to letting go: 0.3 s each, as the simulated foot."""
SETTLED_S: Final = 0.5
"""From its release until a hold is known to count."""
LEAST_PAUSE_S: Final = 1.0
"""Between two holds; more where the way down takes longer."""
MOUNT_S: Final = 5.0
"""Until somebody stands on one leg: 5 to 7 s for the simulated foot."""
COUNTED_OUT_S: Final = 1.0
"""After the last beat or tap."""
LATE_S: Final = 1.5
"""By so much a cue of reaction comes late, on average."""
MAX_READY_S: Final = 5.0
"""Before a foot's first maximal press; this and the next three as exercises.toml has them."""
MAX_TRIALS: Final = 3
MAX_PRESS_S: Final = 4.0
MAX_PAUSE_S: Final = 30.0
SPARE_S: Final = 15.0
"""Proposed: by so much the sets of both feet may take longer than reckoned."""
UNCAPPED: Final = frozenset({SessionKind.BASELINE})
"""Kinds of session that may go over the programme's cap: a baseline goes to fatigue."""
MEASURING: Final = frozenset({SessionKind.BASELINE, SessionKind.STANDARD_SET})
"""Kinds of session that measure a maximum; within its cap training has no time for it."""
_FEET: Final[dict[Sides, tuple[Side | None, ...]]] = {
    Sides.ALTERNATE: (Side.LEFT, Side.RIGHT),
    Sides.LEFT: (Side.LEFT,),
    Sides.RIGHT: (Side.RIGHT,),
    Sides.TOGETHER: (None,),
}
_UNKNOWN: Final = Drill("", "", "", Led.REPS)
_MINUTE_S: Final = 60.0
_DUST_S: Final = 1e-6
"""What sums of decimal fractions may be off by; no session is too long by it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One set in the order in which a session does them."""

    item: Item
    before_s: float
    """Rest, change of foot, zeroing and countdown before it."""
    set_s: float

    @property
    def slot_s(self) -> float:
        """Return the seconds it takes with what comes before it."""
        return self.before_s + self.set_s


def set_s(step: Step, drill: Drill = _UNKNOWN) -> float:
    """Return the length of one set in seconds, of somebody who answers each cue."""
    item = Item(0, 0, step, drill, None, 1)
    hold_s = step.hold_s or step.tempo.up_s + step.tempo.hold_s
    pause_s = max(LEAST_PAUSE_S, step.tempo.down_s)
    if item.is_by_clock:
        return item.set_s + MOUNT_S * (drill.led is Led.BALANCE)
    match drill.led:
        case Led.TAPS:
            lasts_s = item.set_s + COUNTED_OUT_S
        case Led.RHYTHM:
            lasts_s = (item.beats - 0.5) * step.tempo.rep_s + COUNTED_OUT_S
        case Led.SEQUENCE:
            lasts_s = item.beats * step.tempo.rep_s
        case Led.PULSE:
            lasts_s = item.beats * step.tempo.rep_s + ANSWER_S + SETTLED_S
        case Led.HOLD:
            held_s = hold_s if step.reps or step.hold_s else step.duration_s
            lasts_s = (step.reps or 1) * (held_s + ANSWER_S + pause_s) - pause_s + SETTLED_S
        case Led.REACT:
            lasts_s = _lasting(step, hold_s + ANSWER_S + pause_s + LATE_S)
        case _:
            lasts_s = _lasting(step, max(step.tempo.rep_s, hold_s + LEAST_PAUSE_S))
    return lasts_s


def reckon(items: Iterable[Item]) -> tuple[Slot, ...]:
    """Return sets in order, each with what comes before it."""
    found: list[Slot] = []
    lasts_s: dict[int, float] = {}
    rested_at_s: dict[tuple[int, Side | None], float] = {}
    at_s, is_tried, is_off = 0.0, False, True
    for item in items:
        change_s = 0.0
        if not item.is_by_clock:
            is_moved = is_off or item.side is not None
            change_s = CHANGE_S * is_moved + READY_S + PRESS_HERE_S * (not is_tried)
        due_s = rested_at_s.get((item.step_number, item.side), at_s) - at_s
        if item.step_number not in lasts_s:
            lasts_s[item.step_number] = set_s(item.step, item.drill)
        slot = Slot(item, max(due_s, change_s), lasts_s[item.step_number])
        at_s += slot.slot_s
        rested_at_s[item.step_number, item.side] = at_s + item.step.rest_s
        is_tried, is_off = is_tried or not item.is_by_clock, item.is_by_clock
        found.append(slot)
    return tuple(found)


def slots(circuit: Circuit, drills: Mapping[str, Drill]) -> tuple[Slot, ...]:
    """Return every set of a circuit in order, of both feet; it begins with its first set."""
    found = reckon(_items(circuit, drills))
    return (replace(found[0], before_s=0.0), *found[1:]) if found else ()


def step_mins(circuit: Circuit, drills: Mapping[str, Drill]) -> tuple[float, ...]:
    """Return the minutes of each step of a circuit."""
    minutes = [0.0] * len(circuit.steps)
    for slot in slots(circuit, drills):
        minutes[slot.item.step_number] += slot.slot_s / _MINUTE_S
    return tuple(minutes)


def circuit_min(circuit: Circuit, drills: Mapping[str, Drill]) -> float:
    """Return the minutes of a circuit, warm-up and cooldown included."""
    return sum(slot.slot_s for slot in slots(circuit, drills)) / _MINUTE_S


def max_presses_min(circuit: Circuit, drills: Mapping[str, Drill]) -> float:
    """Return the minutes that maximal presses take of a test where no foot's maximum is known."""
    if circuit.kind not in MEASURING:
        return 0.0
    maxima = {
        (item.side, "" if item.drill.sensor is Sensor.TOES else item.drill.id)
        for item in _items(circuit, drills)
        if item.is_loaded and item.step.target_pct_mvc is not None and _is_pressed(item.drill)
    }
    trial_s = MAX_PRESS_S + ANSWER_S + SETTLED_S + MAX_PAUSE_S
    return len(maxima) * (MAX_READY_S + MAX_TRIALS * trial_s) / _MINUTE_S


def due_min(circuit: Circuit, drills: Mapping[str, Drill]) -> float:
    """Return the minutes of a circuit with the presses that are due: a baseline measures anew."""
    is_anew = circuit.kind is SessionKind.BASELINE
    return circuit_min(circuit, drills) + is_anew * max_presses_min(circuit, drills)


def block_min(circuit: Circuit, drills: Mapping[str, Drill]) -> dict[Block, float]:
    """Return the minutes of each block; 0 for one that the circuit lacks."""
    minutes = dict.fromkeys(Block, 0.0)
    for slot in slots(circuit, drills):
        minutes[slot.item.step.block] += slot.slot_s / _MINUTE_S
    return minutes


def left_min(circuit: Circuit, drills: Mapping[str, Drill], done: int) -> float:
    """Return the minutes that are left after so many sets."""
    return sum(slot.slot_s for slot in slots(circuit, drills)[done:]) / _MINUTE_S


def is_too_long(circuit: Circuit, drills: Mapping[str, Drill], cap_min: float) -> bool:
    """Return whether a session is longer than the cap allows for its kind."""
    if circuit.kind in UNCAPPED:
        return False
    return circuit_min(circuit, drills) * _MINUTE_S > cap_min * _MINUTE_S + _DUST_S


def beyond_cap(items: Sequence[Item], lasted_s: float, cap_s: float) -> tuple[Item, ...]:
    """Return the next sets of the work that do not fit between now and the cooldown.

    Both feet's turn is taken as one and begun with some time to spare, so that hardly ever one foot
    is trained alone for lack of time.
    """
    cooldown = [item for item in items if item.step.block is Block.COOLDOWN]
    done = 0
    while done < len(items) and items[done].step.block is Block.WORK:
        turn = [item for item in items[done : done + 2] if _is_same_turn(item, items[done])]
        needed_s = sum(slot.slot_s for slot in reckon([*turn, *cooldown]))
        needed_s += SPARE_S if len(turn) > 1 else 0.0
        if lasted_s + needed_s <= cap_s + _DUST_S:
            break
        done += len(turn)
    return tuple(items[:done])


def _is_pressed(drill: Drill) -> bool:
    return drill.sensor in PRESSED and drill.led is not Led.TAPS


def _is_same_turn(item: Item, first: Item) -> bool:
    return (item.step_number, item.nth) == (first.step_number, first.nth)


def _lasting(step: Step, rep_s: float) -> float:
    """Return the length of reps; a set of a length ends with the rep that is on."""
    return step.reps * rep_s if step.reps else step.duration_s + rep_s / 2


def _items(circuit: Circuit, drills: Mapping[str, Drill]) -> Iterator[Item]:
    """Tell the sets one by one, also of what is still being written and names no exercise."""
    number = 0
    for index, step in enumerate(circuit.steps):
        for nth in range(1, step.sets + 1):
            for side in _FEET[step.sides]:
                number += 1
                yield Item(number, index, step, drills.get(step.exercise, _UNKNOWN), side, nth)
