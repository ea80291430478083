"""Sets name no device that nobody owns: a substitute takes its place, or the pad stands in."""

from collections.abc import Container
from dataclasses import replace

from trainer.coach.programme import Circuit, Programme, Sensor, Step


def only_owned(
    circuit: Circuit, programme: Programme, owned: Container[str], cells: Container[str] | None
) -> Circuit:
    """Return the circuit with devices of `owned` kinds alone.

    `cells` are the pad's: a dome among them is itself the device. None: those of the simulated pad,
    on which an exercise is tried with nothing in the hand. A set without its device is done by the
    exercise's substitute that needs none, else as it is; either way it names none.
    """
    steps = tuple(
        _without(step, programme, cells) if step.device and step.device not in owned else step
        for step in circuit.steps
    )
    return replace(circuit, steps=steps)


def _without(step: Step, programme: Programme, cells: Container[str] | None) -> Step:
    bare = replace(step, device="")
    is_dome = programme.drills[step.exercise].sensor is Sensor.DOME
    if cells is None or (is_dome and Sensor.DOME.value in cells):
        return bare
    instead = programme.drills[step.exercise].substitute
    # Substitutes make no circle: the programme's own check sees to that.
    while instead and programme.drills[instead].devices:
        instead = programme.drills[instead].substitute
    return replace(bare, exercise=instead) if instead else bare
