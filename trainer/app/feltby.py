"""Which cells feel a set: without a cell under the dome, a squeeze is felt by those of the toes."""

from collections.abc import Container, Mapping
from dataclasses import replace

from trainer.coach.programme import Drill, Sensor


def felt_drills(drills: Mapping[str, Drill], cells: Container[str] | None) -> dict[str, Drill]:
    """Return the exercises as a pad feels them; `cells` are the pad's, None the simulated one's.

    What the toes' cells feel has the toes' maximum: its target is a share of that.
    """
    is_there = cells is not None and Sensor.DOME.value in cells
    if is_there:
        return dict(drills)
    return {key: _by_toes(drill) for key, drill in drills.items()}


def _by_toes(drill: Drill) -> Drill:
    return replace(drill, sensor=Sensor.TOES) if drill.sensor is Sensor.DOME else drill
