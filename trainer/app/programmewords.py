"""What a programme is, in plain lines and as a JSON object: minutes of sessions, blocks, rungs."""

from collections.abc import Iterator, Mapping
from typing import Any

from trainer.coach.length import block_min, circuit_min, due_min, max_presses_min, step_mins
from trainer.coach.programme import Circuit, Drill, Gate, Programme, Rung
from trainer.coach.rung import rung_circuit
from trainer.coach.setline import print_set
from trainer.core.diary.training import Block
from trainer.core.texts import tr, trn

Json = dict[str, Any]


def explain_lines(programme: Programme) -> Iterator[str]:
    """Yield the whole programme in lines."""
    low, high = programme.per_week
    often = f"{low}" if low == high else tr("{low} to {high}").format(low=low, high=high)
    yield f"{tr(programme.title)} ({programme.id})"
    yield tr("{often} sessions a week, {cap:g} min at most; baseline every {weeks} weeks").format(
        often=often, cap=programme.cap_min, weeks=programme.reassess_weeks
    )
    yield ""
    yield tr(
        "Sessions, from the first set on; the questions before it take up to 20 s, coming onto the "
        "pad some 12 s"
    )
    for circuit in programme.circuits.values():
        minutes = _minutes(circuit, programme.drills)
        yield f"  {circuit.id}: {tr(circuit.title)} ({tr(circuit.kind.value)}), {minutes}"
        for step, step_min in zip(circuit.steps, step_mins(circuit, programme.drills), strict=True):
            yield f"    {step_min:5.2f} min  {print_set(step)}"
    for phase in programme.phases:
        yield ""
        yield tr("Phase {title} ({kind})").format(title=tr(phase.title), kind=phase.kind)
        for number, rung in enumerate(phase.rungs, 1):
            yield from _rung_lines(programme, number, rung)


def explain_json(programme: Programme) -> Json:
    """Return what `explain --json` prints."""
    return {
        "id": programme.id,
        "title": programme.title,
        "goal": programme.goal,
        "cap_min": programme.cap_min,
        "per_week": list(programme.per_week),
        "circuits": [
            _circuit_json(circuit, programme.drills) for circuit in programme.circuits.values()
        ],
        "rungs": [
            {"phase": phase.id, "id": rung.id, "weeks": rung.weeks, "change": rung.change}
            | _circuit_json(rung_circuit(programme, rung.id), programme.drills)
            for phase in programme.phases
            for rung in phase.rungs
        ],
    }


def drill_lines(drill: Drill, picture: str) -> Iterator[str]:
    """Yield how one exercise is done; `picture` is the path of its drawing, empty for none."""
    yield f"{tr(drill.title)} ({drill.id})"
    yield tr(drill.how)
    for cue in drill.cues:
        yield f"  - {tr(cue)}"
    if drill.targets:
        yield tr("Works: {muscles}").format(muscles=", ".join(tr(name) for name in drill.targets))
    if drill.devices:
        yield tr("Device: {devices}").format(devices=tr(" or ").join(drill.devices))
    if drill.substitute:
        yield tr("Instead of it: {exercise}").format(exercise=drill.substitute)
    if not drill.is_guarded:
        yield tr("Calf guard: off.")
    if picture:
        yield tr("Picture: {path}").format(path=picture)


def drill_json(drill: Drill, picture: str) -> Json:
    """Return what `exercise --json` prints."""
    return {
        "id": drill.id,
        "title": drill.title,
        "how": drill.how,
        "led": drill.led.value,
        "sensor": drill.sensor.value,
        "direction": drill.direction.value,
        "targets": list(drill.targets),
        "cues": list(drill.cues),
        "devices": list(drill.devices),
        "substitute": drill.substitute,
        "is_guarded": drill.is_guarded,
        "is_hard": drill.is_hard,
        "picture": picture,
    }


def _minutes(circuit: Circuit, drills: Mapping[str, Drill]) -> str:
    parts = " + ".join(
        f"{tr(block.value)} {minutes:.1f}"
        for block, minutes in block_min(circuit, drills).items()
        if minutes
    )
    return f"{circuit_min(circuit, drills):.1f} min = {parts}{_presses(circuit, drills)}"


def _presses(circuit: Circuit, drills: Mapping[str, Drill]) -> str:
    """Return what maximal presses add, where the circuit measures a maximum."""
    whole_min = circuit_min(circuit, drills) + max_presses_min(circuit, drills)
    if whole_min <= circuit_min(circuit, drills):
        return ""
    if due_min(circuit, drills) >= whole_min:
        text = tr("; {minutes:.1f} min with its maximal presses")
    else:
        text = tr("; {minutes:.1f} min where a maximum is not known and is measured first")
    return text.format(minutes=whole_min)


def _circuit_json(circuit: Circuit, drills: Mapping[str, Drill]) -> Json:
    blocks = block_min(circuit, drills)
    return {
        "circuit": circuit.id,
        "kind": circuit.kind.value,
        "minutes": round(circuit_min(circuit, drills), 3),
        "maximal_presses_min": round(max_presses_min(circuit, drills), 3),
        "warm_up_min": round(blocks[Block.WARM_UP], 3),
        "work_min": round(blocks[Block.WORK], 3),
        "cooldown_min": round(blocks[Block.COOLDOWN], 3),
        "steps": [
            {"set": print_set(step), "minutes": round(step_min, 3)}
            for step, step_min in zip(circuit.steps, step_mins(circuit, drills), strict=True)
        ],
    }


def _rung_lines(programme: Programme, number: int, rung: Rung) -> Iterator[str]:
    change = ", ".join(f"{key} {value}" for key, value in rung.change.items())
    what = f"{rung.circuit}, {change}" if change else rung.circuit
    weeks = trn("at least {n} week", "at least {n} weeks", rung.weeks)
    yield f"  {number}. {rung.id}: {what}; {weeks}"
    yield f"     {_minutes(rung_circuit(programme, rung.id), programme.drills)}"
    yield f"     {tr('Then on, after')} {_gate(rung.gate)}"


def _gate(gate: Gate) -> str:
    limits = (
        (gate.most_tempo_error_s, tr("tempo within {limit:g} s")),
        (gate.most_tempo_cv_pct, tr("tempo varying by {limit:g} % at most")),
        (gate.most_compensated_pct, tr("at most {limit:g} % of reps with the calf's help")),
        (gate.least_done_pct, tr("at least {limit:g} % of the reps done")),
        (gate.least_ease, tr("ease of {limit:g} or more")),
        (gate.most_pain, tr("pain of {limit:g} at most")),
    )
    asked = [text.format(limit=limit) for limit, text in limits if limit is not None]
    return ": ".join(
        part
        for part in (trn("{n} session", "{n} sessions", gate.sessions), ", ".join(asked))
        if part
    )
