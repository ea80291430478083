"""What must hold for the ladder: each rung differs from the one below by exactly one thing."""

from collections.abc import Iterator
from typing import Final

from trainer.coach.circuitcheck import circuit_breaches, step_breaches
from trainer.coach.faults import Faults
from trainer.coach.programme import Circuit, Phase, Programme, Rung
from trainer.coach.rung import changed_fields, rung_circuit
from trainer.core.diary.training import SessionKind
from trainer.core.errors import UsageError
from trainer.core.tomllines import KeyPath

_TOO_LOW: Final = "has no phases; add [[phases]] with [[phases.steps]]."


def check_ladder(programme: Programme, faults: Faults) -> None:
    """Note every breach of the phases and their rungs."""
    if not any(phase.rungs for phase in programme.phases):
        faults.add(("phases",), _TOO_LOW)
    _check_twins(programme, faults)
    below: Circuit | None = None
    for path, _phase, rung in _rungs(programme):
        if not _is_known(programme, faults, path, rung):
            continue
        try:
            circuit = rung_circuit(programme, rung.id)
        except (UsageError, ValueError) as error:
            faults.add((*path, "change"), f"cannot be laid over circuit {rung.circuit}: {error}")
            continue
        _check_result(programme, faults, path, circuit)
        for what in _differences(rung, circuit, below):
            faults.add((*path, "change"), what)
        below = circuit


def _rungs(programme: Programme) -> Iterator[tuple[KeyPath, Phase, Rung]]:
    for p, phase in enumerate(programme.phases):
        for r, rung in enumerate(phase.rungs):
            yield ("phases", str(p), "steps", str(r)), phase, rung


def _check_twins(programme: Programme, faults: Faults) -> None:
    seen: set[str] = set()
    for path, _, rung in _rungs(programme):
        if rung.id in seen:
            faults.add((*path, "id"), f"is {rung.id!r} a second time; give each rung its own id.")
        seen.add(rung.id)
    phases: set[str] = set()
    for p, phase in enumerate(programme.phases):
        if phase.id in phases:
            where = ("phases", str(p), "id")
            faults.add(where, f"is {phase.id!r} a second time; give each phase its own id.")
        phases.add(phase.id)


def _is_known(programme: Programme, faults: Faults, path: KeyPath, rung: Rung) -> bool:
    circuit = programme.circuits.get(rung.circuit)
    where = (*path, "circuit")
    if circuit is None:
        faults.unknown(
            where,
            rung.circuit,
            programme.circuits,
            "circuit here (a shipped one must stand in include)",
        )
        return False
    if circuit.kind is not SessionKind.TRAINING:
        faults.add(where, f"is {circuit.id!r}, a {circuit.kind}; a rung needs a training circuit.")
        return False
    return True


def _check_result(programme: Programme, faults: Faults, path: KeyPath, circuit: Circuit) -> None:
    """Note what a change makes wrong that was right in the circuit of the text."""
    plain = programme.circuits[circuit.id]
    breaches: list[str] = []
    # What is wrong with the circuit itself is told where that stands.
    if not any(circuit_breaches(plain, programme)):
        breaches += circuit_breaches(circuit, programme)
    for before, step in zip(plain.steps, circuit.steps, strict=True):
        drill = programme.drills.get(step.exercise)
        if drill is None and before.exercise != step.exercise:
            faults.unknown((*path, "change"), step.exercise, programme.drills, "exercise")
        if not any(step_breaches(before, programme.drills.get(before.exercise))):
            breaches += [f"{step.exercise} {what}" for what in step_breaches(step, drill)]
    for what in breaches:
        faults.add((*path, "change"), f"leads to a circuit that cannot be: it {what}")


def _differences(rung: Rung, circuit: Circuit, below: Circuit | None) -> Iterator[str]:
    if len(rung.change) > 1:
        yield (
            f"changes {' and '.join(rung.change)}; a rung changes exactly one thing. Make two "
            "rungs of it."
        )
    elif below is not None and circuit.id != below.id:
        if rung.change:
            yield (
                f"changes the circuit ({below.id} to {circuit.id}) and {', '.join(rung.change)}; a "
                "rung changes exactly one thing. Make two rungs of it."
            )
    elif below is not None:
        changed = {name.rpartition(".")[2] for name in changed_fields(below, circuit)}
        if not changed:
            yield "changes nothing against the rung below; change exactly one thing."
        elif len(changed) > 1:
            yield (
                f"changes {' and '.join(sorted(changed))} against the rung below; a rung changes "
                "exactly one thing. Make two rungs of it."
            )
