"""Which levels and tensions are open: the next one opens with a gate passed, never with a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.diary.devices import Level, Surface, Tension
from trainer.core.texts import tr

ORDER: Final = (Level.ENTRY, Level.MODERATE, Level.ADVANCED)

DRILL_ORDER: Final = (Surface.FLOOR, Surface.GRASS, Surface.FOAM)
"""Drills from easy to hard: the softer the ground, the more the foot has to steady itself."""


def is_open(level: Level, highest: Level) -> bool:
    """Return whether a level is at or below the highest open one."""
    return ORDER.index(level) <= ORDER.index(highest)


def open_surfaces(highest: Level) -> tuple[Surface, ...]:
    """Return what drills may stand on: grass opens with moderate devices, foam with advanced."""
    return DRILL_ORDER[: 1 + ORDER.index(highest)]


@dataclass(frozen=True, slots=True)
class TensionStep:
    """The next tension, or why there is none now."""

    tension: Tension | None
    why: str


def next_tension(
    tensions: Sequence[Tension], current: str, highest: Level, *, is_gate_passed: bool
) -> TensionStep:
    """Return the tension after the current one, as far as gate and level allow it."""
    if not tensions:
        return TensionStep(None, tr("it has no tensions to choose from"))
    names = [tension.name for tension in tensions]
    if current not in names:
        return TensionStep(tensions[0], tr("the lightest one is the first"))
    at = names.index(current) + 1
    if at == len(tensions):
        return TensionStep(None, tr("it is at its heaviest: change tempo, reps or the device"))
    following = tensions[at]
    if not is_gate_passed:
        return TensionStep(None, tr("the gate of the present rung is not passed yet"))
    if not is_open(following.level, highest):
        return TensionStep(
            None,
            tr("'{name}' is {level}, and {highest} is the highest level open now").format(
                name=following.name, level=following.level, highest=highest
            ),
        )
    return TensionStep(following, tr("the gate is passed: raise this one thing, nothing else"))
