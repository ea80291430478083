"""The order in which a pad is loaded: cell by cell, unloaded, up, held, down, unloaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from calibration.readings import Phase

CREEP_S: Final = 300.0
"""How long the heaviest load stays once per cell; most of a cheap cell's creep shows in 5 min."""

SETTLE_S: Final = 2.0
"""Hands off, and the converter's four conversions (HX711 data sheet: .4 s at 10 per second)."""

CYCLES: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One load to be read."""

    place: str
    weights: tuple[str, ...]
    phase: Phase
    cycle: int
    wait_s: float = SETTLE_S
    """From the word that it stands to the earliest start of a reading."""


def make_plan(
    cells: Sequence[str],
    loads: Sequence[tuple[str, ...]],
    cycles: int = CYCLES,
    *,
    with_creep: bool = True,
) -> tuple[Step, ...]:
    """Return the steps for loads (names of weights), lightest first."""
    steps: list[Step] = []
    for place in cells:
        steps.append(Step(place, loads[-1], Phase.PRELOAD, 0))
        for cycle in range(1, cycles + 1):
            steps.append(Step(place, (), Phase.UNLOADED, cycle))
            steps += [Step(place, load, Phase.UP, cycle) for load in loads]
            if with_creep and cycle == cycles:
                steps.append(Step(place, loads[-1], Phase.CREEP, cycle, CREEP_S))
            steps += [Step(place, load, Phase.DOWN, cycle) for load in loads[-2::-1]]
            steps.append(Step(place, (), Phase.UNLOADED, cycle))
    return tuple(steps)
