"""The course of a hold: what every cell carried, slot by slot, from before the rise to the end."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.hold import COURSE_BEFORE_S, COURSE_SLOT_S, COURSE_SLOTS
from trainer.detect.excursion import Excursion
from trainer.detect.segment import Span

_EDGES_S: Final = COURSE_SLOT_S * np.arange(COURSE_SLOTS + 1)

FEWEST_CELLS: Final = 2
"""Between two cells force can shift; within one it cannot."""


def course_of(excursion: Excursion, span: Span, cells: int) -> tuple[tuple[float, ...], ...]:
    """Return (slot, cell) mean newtons; empty for a single cell, whose force says it all.

    Slots lie on the hold's start, not on the samples: a mean is the difference of the running
    integral at both ends, so it moves smoothly with the start, however samples fall into slots.
    Before the first sample its value stands.
    """
    if cells < FEWEST_CELLS:
        return ()
    begin_s = span.start_s - COURSE_BEFORE_S
    slots = min(int((span.end_s - begin_s) / COURSE_SLOT_S), COURSE_SLOTS)
    edges = begin_s + _EDGES_S[: slots + 1]
    first = max(0, int(excursion.time_s.searchsorted(begin_s, side="right")) - 1)
    stop = int(excursion.time_s.searchsorted(float(edges[-1]))) + 1
    time = excursion.time_s[first:stop]
    # One row per cell: sums and look-ups go along memory.
    values = excursion.stretch.cells_n[first:stop, :-1].T.copy()
    steps = time[1:] - time[:-1]
    area = np.zeros_like(values)
    np.cumsum((values[:, 1:] + values[:, :-1]) * (steps / 2), axis=1, out=area[:, 1:])
    before = np.minimum(np.maximum(time.searchsorted(edges, side="right") - 1, 0), len(steps) - 1)
    away_s = edges - time[before]
    slope = (area[:, 1:] - area[:, :-1]) / steps
    reached = area[:, before] + slope[:, before] * away_s
    early = int(edges.searchsorted(float(time[0])))
    if early:
        reached[:, :early] = values[:, :1] * away_s[:early]
    means: FloatArray = (reached[:, 1:] - reached[:, :-1]) / COURSE_SLOT_S
    columns: list[list[float]] = means.tolist()
    return tuple(zip(*columns, strict=True))
