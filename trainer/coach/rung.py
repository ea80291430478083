"""A rung's circuit: the changes of the ladder laid over the circuit of the programme.

A change names a field of a step and says `+5`, `-10 %` or a new value. A bare field (`reps`)
changes every work step that has it; `exercise.field` changes the steps of that exercise alone.
Changes add up: a rung has those of the rungs below it in its phase with the same circuit.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from trainer.coach.programme import Circuit, Phase, Programme, Rung, Sides, Step, Tempo
from trainer.core.diary.training import Block
from trainer.core.errors import UsageError

_CHANGE: Final = re.compile(r"(?P<sign>[+-]?)\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<percent>%?)")
MOST_WEEKLY: Final = 1.1
"""The week's dose over that of the week before: one variable at a time, 10 % at most."""
_COUNTS: Final = ("sets", "reps")
_AMOUNTS: Final = ("hold_s", "duration_s", "rest_s", "target_pct_mvc")
_TEMPO: Final = ("up_s", "down_s")
"""The tempo's own fields that a bare name reaches; its hold is `tempo_hold_s`."""
_WORDS: Final = ("exercise", "device", "surface")
FIELDS: Final = (*_COUNTS, *_AMOUNTS, *_TEMPO, "tempo_hold_s", "tempo_s", "sides", *_WORDS)
"""What a change may name."""


def rungs_in_order(programme: Programme) -> tuple[tuple[Phase, Rung], ...]:
    """Return every rung with its phase, from the lowest up."""
    return tuple((phase, rung) for phase in programme.phases for rung in phase.rungs)


def rung_circuit(programme: Programme, rung_id: str) -> Circuit:
    """Return the circuit of a rung, its changes and those below it laid over. Raises UsageError."""
    for phase in programme.phases:
        ids = [rung.id for rung in phase.rungs]
        if rung_id in ids:
            rungs = phase.rungs[: ids.index(rung_id) + 1]
            circuit = programme.circuits[rungs[-1].circuit]
            for rung in rungs:
                if rung.circuit == circuit.id:
                    circuit = apply_change(circuit, rung.change)
            return circuit
    known = ", ".join(rung.id for _, rung in rungs_in_order(programme))
    raise UsageError(f"programme {programme.id}: has no rung {rung_id!r}. Choose one of: {known}.")


def apply_change(circuit: Circuit, change: Mapping[str, str]) -> Circuit:
    """Return the circuit with a change laid over its steps. Raises UsageError: a wrong change."""
    steps = circuit.steps
    for key, text in change.items():
        exercise, _, field = key.rpartition(".")
        if field not in FIELDS:
            raise UsageError(
                f"change of circuit {circuit.id}: {key!r} is no field of a step. Choose one of: "
                f"{', '.join(FIELDS)}."
            )
        changed = tuple(_changed(step, exercise, field, text) for step in steps)
        if changed == steps and not _is_met(steps, exercise):
            raise UsageError(
                f"change of circuit {circuit.id}: no step has {key!r}. Name an exercise of the "
                "circuit, or the field alone for all work steps."
            )
        steps = changed
    return replace(circuit, steps=steps)


def scale_dose(circuit: Circuit, *, resistance: float = 1.0, reps: float = 1.0) -> Circuit:
    """Return the circuit with shares, 0 to 1, of its work steps' force and of their reps or time.

    Nothing falls below one rep, five seconds and five percent of the maximum.
    """
    return replace(circuit, steps=tuple(_scaled(step, resistance, reps) for step in circuit.steps))


def changed_fields(old: Circuit, new: Circuit) -> tuple[str, ...]:
    """Return what differs between two circuits' steps, as `exercise.field`."""
    if len(old.steps) != len(new.steps):
        return ("steps",)
    return tuple(_differences(old, new))


def _differences(old: Circuit, new: Circuit) -> Iterator[str]:
    for before, after in zip(old.steps, new.steps, strict=True):
        for field in Step.__dataclass_fields__:
            if getattr(before, field) != getattr(after, field):
                yield f"{before.exercise}.{field}"


def _is_met(steps: tuple[Step, ...], exercise: str) -> bool:
    return any(_is_meant(step, exercise) for step in steps)


def _is_meant(step: Step, exercise: str) -> bool:
    return step.exercise == exercise if exercise else step.block is Block.WORK


def _changed(step: Step, exercise: str, field: str, text: str) -> Step:
    if not _is_meant(step, exercise):
        return step
    if field in _WORDS:
        return _put(step, field, text)
    if field == "sides":
        return replace(step, sides=Sides(text))
    if field in _AMOUNTS or field in _COUNTS:
        return _changed_amount(step, field, text)
    return replace(step, tempo=_changed_tempo(step.tempo, field, text))


def _put(step: Step, field: str, to: Any) -> Step:  # noqa: ANN401 - fields are of several kinds
    return replace(step, **{field: to})


def _changed_amount(step: Step, field: str, text: str) -> Step:
    old = getattr(step, field)
    # A step without reps lasts for its time: a change of reps says nothing of it.
    if not old:
        return step
    new = _moved(float(old), text)
    return _put(step, field, max(1, round(new)) if field in _COUNTS else new)


def _changed_tempo(tempo: Tempo, field: str, text: str) -> Tempo:
    if field == "tempo_s":
        return _tempo(text)
    name = "hold_s" if field == "tempo_hold_s" else field
    return replace(tempo, **{name: _moved(getattr(tempo, name), text)})


def _tempo(text: str) -> Tempo:
    parts = re.findall(r"\d+(?:\.\d+)?", text)
    if len(parts) != 3:  # noqa: PLR2004 - up, hold, down
        raise UsageError(f"tempo: is {text!r}; give up, hold and down in seconds, as in 1-0.5-1.")
    return Tempo(*map(float, parts))


def _moved(old: float, text: str) -> float:
    found = _CHANGE.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"change: is {text!r}; give +5, -10 % or a value.")
    number = float(found["number"])
    if found["percent"]:
        number *= old / 100
    actions: dict[str, Callable[[], float]] = {
        "+": lambda: old + number,
        "-": lambda: old - number,
        "": lambda: number,
    }
    return max(0.0, actions[found["sign"]]())


def _scaled(step: Step, resistance: float, reps: float) -> Step:
    if step.block is not Block.WORK:
        return step
    pct = step.target_pct_mvc
    return replace(
        step,
        target_pct_mvc=None if pct is None else min(pct, max(5.0, pct * resistance)),
        reps=min(step.reps, max(1, int(step.reps * reps + 1e-9))),
        duration_s=min(step.duration_s, max(5.0, step.duration_s * reps)),
    )


def ease_in(old: Circuit, new: Circuit, weeks: int) -> Circuit:
    """Return the new circuit, its amounts at most 10 % above the old one's for each week begun.

    `weeks` are the whole weeks since the change. A count rises by at least one; where sets are
    added, the reps of a set fall so that their sum keeps to the limit.
    """
    factor = MOST_WEEKLY ** (weeks + 1)
    before = dict(_numbered(old))
    return replace(
        new, steps=tuple(_eased(before.get(key), step, factor) for key, step in _numbered(new))
    )


def _numbered(circuit: Circuit) -> Iterator[tuple[tuple[Block, str, int], Step]]:
    """Tell steps of one exercise apart by their order."""
    seen: dict[tuple[Block, str], int] = {}
    for step in circuit.steps:
        key = (step.block, step.exercise)
        seen[key] = seen.get(key, 0) + 1
        yield (*key, seen[key]), step


def _eased(old: Step | None, new: Step, factor: float) -> Step:
    if old is None or new.block is not Block.WORK:
        return new
    pct, hold_s, duration_s = new.target_pct_mvc, new.hold_s, new.duration_s
    if pct is not None and old.target_pct_mvc:
        pct = min(pct, old.target_pct_mvc * factor)
    if old.hold_s:
        hold_s = min(hold_s, old.hold_s * factor)
    if old.duration_s:
        duration_s = min(duration_s, old.duration_s * old.sets * factor / new.sets)
    return replace(
        new, target_pct_mvc=pct, hold_s=hold_s, duration_s=duration_s, reps=_reps(old, new, factor)
    )


def _reps(old: Step, new: Step, factor: float) -> int:
    if not old.reps or not new.reps:
        return new.reps
    most = int(old.sets * old.reps * factor / new.sets + 1e-9)
    least = old.reps + 1 if old.sets == new.sets else 1
    return min(new.reps, max(most, least))
