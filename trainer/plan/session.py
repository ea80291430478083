"""The circuits of one day: the rung's, with its dose, in turn with others, within the cap."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from trainer.coach.length import circuit_min, is_too_long
from trainer.coach.programme import Circuit, Drill, Programme, Step
from trainer.coach.rung import scale_dose
from trainer.core.diary.planning import Proposal
from trainer.core.diary.training import Block, SessionKind
from trainer.plan.exposure import SURFACES, open_surface
from trainer.plan.ladder import eased_circuit
from trainer.plan.plateau import open_proposal
from trainer.plan.position import Position
from trainer.plan.records import Records
from trainer.plan.values import Dose

_SLOWER_S: Final = 0.5
_SHARES: Final = 32
"""Steps in which reps are taken off to keep to the cap."""


def training_circuit(records: Records, position: Position, dose: Dose, now: datetime) -> Circuit:
    """Return the training circuit as it is to be run, before exercises take turns."""
    circuit = eased_circuit(records, position, now.astimezone(UTC))
    circuit = scale_dose(circuit, resistance=dose.resistance, reps=dose.reps)
    circuit = _varied(circuit, open_proposal(records))
    circuit = _on_surface(circuit, open_surface(records, position))
    return fit_cap(circuit, records.programme)


def trainings_done(records: Records) -> int:
    """Return how many training sessions were done: exercises take turns by it."""
    return sum(entry.said.kind is SessionKind.TRAINING for entry in records.sessions)


def take_turns(circuit: Circuit, programme: Programme, turn: int) -> Circuit:
    """Return the circuit with exercises replaced by others of the same muscles, turn by turn."""
    used = {step.exercise for step in circuit.steps}
    return replace(
        circuit, steps=tuple(_turned(step, programme, turn, used) for step in circuit.steps)
    )


def fit_cap(circuit: Circuit, programme: Programme) -> Circuit:
    """Return the circuit with so few reps that it keeps to the cap; a baseline is exempt."""
    if _is_over(circuit, programme):
        return _cut(circuit, programme)
    return circuit


def _is_over(circuit: Circuit, programme: Programme) -> bool:
    return is_too_long(circuit, programme.drills, programme.cap_min)


def _cut(circuit: Circuit, programme: Programme) -> Circuit:
    low, high, fitted = 0, _SHARES, scale_dose(circuit, reps=0.0)
    while high - low > 1:
        middle = (low + high) // 2
        trimmed = scale_dose(circuit, reps=middle / _SHARES)
        if _is_over(trimmed, programme):
            high = middle
        else:
            low, fitted = middle, trimmed
    # Where not even the fewest reps fit, the last sets of the work go.
    while _is_over(fitted, programme) and any(_is_work(step) for step in fitted.steps):
        fitted = _without_last(fitted)
    return fitted


def gentle_circuits(programme: Programme) -> tuple[Circuit, ...]:
    """Return the circuits of a rest day; empty where the programme has none."""
    gentle = programme.circuits.get(programme.activation)
    return () if gentle is None else (gentle,)


def total_min(circuits: tuple[Circuit, ...], drills: Mapping[str, Drill]) -> float:
    """Return the minutes of circuits, one after the other."""
    return sum(circuit_min(circuit, drills) for circuit in circuits)


def _is_work(step: Step) -> bool:
    return step.block is Block.WORK


def _without_last(circuit: Circuit) -> Circuit:
    last = max(index for index, step in enumerate(circuit.steps) if _is_work(step))
    step = circuit.steps[last]
    kept = (replace(step, sets=step.sets - 1),) if step.sets > 1 else ()
    return replace(circuit, steps=(*circuit.steps[:last], *kept, *circuit.steps[last + 1 :]))


def _turned(step: Step, programme: Programme, turn: int, used: set[str]) -> Step:
    drill = programme.drills.get(step.exercise)
    if drill is None or not _is_work(step):
        return step
    others = [
        other.id
        for other in programme.drills.values()
        if other.id not in used and _can_stand_in(drill, other)
    ]
    choices = (step.exercise, *sorted(others))
    return replace(step, exercise=choices[turn % len(choices)])


def _can_stand_in(drill: Drill, other: Drill) -> bool:
    """Whether it works the same muscles in the same way and asks for nothing more."""
    return (
        bool(set(drill.targets) & set(other.targets))
        and drill.led is other.led
        and drill.sensor is other.sensor
        and drill.direction is other.direction
        and drill.is_guarded is other.is_guarded
        and drill.is_hard >= other.is_hard
        and not other.devices
    )


def _varied(circuit: Circuit, proposal: Proposal | None) -> Circuit:
    if proposal is Proposal.TEMPO:
        return replace(circuit, steps=tuple(map(_slower, circuit.steps)))
    if proposal is Proposal.SEQUENCE:
        work = [step for step in circuit.steps if _is_work(step)]
        turned = iter((*work[1:], *work[:1]))
        steps = tuple(next(turned) if _is_work(step) else step for step in circuit.steps)
        return replace(circuit, steps=steps)
    return circuit


def _slower(step: Step) -> Step:
    if not _is_work(step) or not step.reps:
        return step
    return replace(step, tempo=replace(step.tempo, down_s=step.tempo.down_s + _SLOWER_S))


def _on_surface(circuit: Circuit, surface: str) -> Circuit:
    most = SURFACES.index(surface)
    return replace(
        circuit,
        steps=tuple(
            replace(step, surface=surface)
            if step.surface in SURFACES and SURFACES.index(step.surface) > most
            else step
            for step in circuit.steps
        ),
    )
