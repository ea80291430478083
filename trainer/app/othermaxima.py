"""Maxima that a circuit needs beside that of its main exercise, from the library."""

from dataclasses import replace

from trainer.coach.circuitplan import CircuitPlan, maximum_of
from trainer.coach.plan import KnownMvc
from trainer.core.cues import Side
from trainer.library.library import Library


def with_other_maxima(made: CircuitPlan, library: Library, pad: str) -> CircuitPlan:
    """Return the plan with what was measured on a pad of each exercise that has its own maximum."""
    exercises = sorted({maximum_of(item, made.base) for item in made.agenda} - {""})
    found = (library.latest_mvc(made.athlete, s, e, pad) for e in exercises for s in Side)
    known = tuple(KnownMvc(m.athlete, m.side, m.mvc_n, m.exercise) for m in found if m)
    return replace(made, known_mvc=(*made.known_mvc, *known))
