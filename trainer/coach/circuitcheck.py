"""What must hold for a circuit: times that a person can do, a warm-up, a cooldown, the cap."""

import typing
from collections.abc import Iterator
from typing import Annotated, Final

from trainer.coach.assembly import Origin
from trainer.coach.faults import Faults
from trainer.coach.length import block_min, circuit_min, is_too_long
from trainer.coach.programme import Circuit, Drill, Led, Programme, Sensor, Step
from trainer.coach.programmeshape import StepTable
from trainer.core.diary.devices import Surface
from trainer.core.diary.training import Block, SessionKind
from trainer.core.settings import Bound

WARM_UP_MIN: Final = (5.0, 7.0)
"""Before loaded sets."""
_FRAMED: Final = frozenset(
    {
        SessionKind.TRAINING,
        SessionKind.BASELINE,
        SessionKind.STANDARD_SET,
        SessionKind.TRAVEL,
    }
)
"""Kinds with a warm-up and a cooldown of their own."""
_SHORTEST_REP_S: Final = 0.2
_SHORTEST_SET_S: Final = 3.0
_LONGEST_SET_S: Final = 600.0
_DUST: Final = 1e-6
_FORCELESS: Final = frozenset({Sensor.IMU, Sensor.NONE})
_TIMED: Final = frozenset({Led.TAPS, Led.BALANCE})


def check_circuit(
    programme: Programme, circuit: Circuit, faults: Faults, origins: tuple[Origin, ...]
) -> None:
    """Note every breach of a circuit that stands in the text."""
    for origin, step in zip(origins, circuit.steps, strict=True):
        drill = programme.drills.get(step.exercise)
        if drill is None:
            _unknown(programme, faults, origin, step)
        for what in step_breaches(step, drill):
            faults.add_line(origin.path, origin.line, what)
    for what in circuit_breaches(circuit, programme):
        faults.add(("circuits", circuit.id), what)


def circuit_breaches(circuit: Circuit, programme: Programme) -> Iterator[str]:
    """Yield what is wrong with a circuit as a whole."""
    if not circuit.steps:
        yield "has no steps; add sets or steps."
        return
    drills, cap_min = programme.drills, programme.cap_min
    if is_too_long(circuit, drills, cap_min):
        yield (
            f"lasts {circuit_min(circuit, drills):.1f} min; the cap is {cap_min:g} min, warm-up "
            "and cooldown included. Take sets, reps or rest away."
        )
    if circuit.kind not in _FRAMED:
        return
    minutes = block_min(circuit, drills)
    low, high = WARM_UP_MIN
    if not low - _DUST <= minutes[Block.WARM_UP] <= high + _DUST:
        yield (
            f"has a warm-up of {minutes[Block.WARM_UP]:.1f} min; allowed: {low:g} to {high:g} min. "
            'Include a warm-up part, or write sets "as warm-up".'
        )
    if not minutes[Block.COOLDOWN]:
        yield 'has no cooldown; include a cooldown part, or write sets "as cooldown".'


def step_breaches(step: Step, drill: Drill | None) -> Iterator[str]:
    """Yield what is wrong with a step."""
    yield from _out_of_bounds(step)
    if bool(step.reps) == bool(step.duration_s):
        yield f"has {step.reps} reps and {step.duration_s:g} s; give exactly one of the two."
        return
    yield from _impossible_times(step)
    yield from _surface(step)
    if drill is not None:
        yield from _unfitting(step, drill)


def _out_of_bounds(step: Step) -> Iterator[str]:
    hints = typing.get_type_hints(StepTable, include_extras=True)
    for name, hint in hints.items():
        bound = next((b for b in typing.get_args(hint)[1:] if isinstance(b, Bound)), None)
        amount = getattr(step, name, None)
        if typing.get_origin(hint) is not Annotated or bound is None or amount is None:
            continue
        if not bound.low <= amount <= bound.high:
            unit = f" {bound.unit}".rstrip()
            yield f"has {name} {amount:g}{unit}; allowed: {bound.low:g} to {bound.high:g}{unit}."


def _impossible_times(step: Step) -> Iterator[str]:
    lasts_s = _written_s(step)
    if step.reps and lasts_s / step.reps < _SHORTEST_REP_S:
        yield (
            f"has reps of {lasts_s / step.reps:g} s; allowed: from {_SHORTEST_REP_S:g} s. Make the "
            "tempo or the hold longer."
        )
    if not _SHORTEST_SET_S <= lasts_s <= _LONGEST_SET_S:
        yield (
            f"has sets of {lasts_s:g} s; allowed: {_SHORTEST_SET_S:g} to {_LONGEST_SET_S:g} s. "
            "Change reps, tempo or time."
        )
    if step.duration_s and step.hold_s > step.duration_s:
        yield f"has holds of {step.hold_s:g} s in sets of {step.duration_s:g} s; shorten the hold."


def _written_s(step: Step) -> float:
    """Return the length of a set as it is written, in seconds."""
    tempo = step.tempo
    rep_s = tempo.up_s + (step.hold_s or tempo.hold_s) + tempo.down_s
    return step.duration_s or step.reps * rep_s


def _unfitting(step: Step, drill: Drill) -> Iterator[str]:
    if step.reps and drill.led in _TIMED:
        yield f"has reps, but {drill.id} is done for a time; write seconds, as in 2x30s."
    targets = (step.target_pct_mvc, step.target_pct_bw)
    if None not in targets:
        yield "has a target of the maximum and one of body weight; keep one of the two."
    if targets != (None, None) and drill.sensor in _FORCELESS:
        yield f"has a target, but no force is measured in {drill.id}; take the target away."
    if step.device and step.device not in drill.devices:
        known = ", ".join(drill.devices) or "none"
        yield f"has device {step.device!r}; {drill.id} may be done with: {known}. Correct it."


def _surface(step: Step) -> Iterator[str]:
    known = [surface.value for surface in Surface]
    if step.surface and step.surface not in known:
        yield f"has surface {step.surface!r}; allowed: {', '.join(known)}. Correct it."


def _unknown(programme: Programme, faults: Faults, origin: Origin, step: Step) -> None:
    path = origin.path if origin.line else (*origin.path, "exercise")
    faults.unknown(path, step.exercise, programme.drills, "exercise", origin.line)
