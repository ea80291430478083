"""The course of a hold: what every cell carried, slot by slot, from before the rise to the end."""

from typing import Final

import numpy as np

from trainer.core.hold import COURSE_BEFORE_S, COURSE_SLOT_S, COURSE_SLOTS
from trainer.detect.excursion import Excursion
from trainer.detect.segment import Span

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
    time, values = excursion.time_s, excursion.stretch.cells_n[:, :-1]
    begin_s = span.start_s - COURSE_BEFORE_S
    slots = min(int((span.end_s - begin_s) / COURSE_SLOT_S), COURSE_SLOTS)
    edges = begin_s + COURSE_SLOT_S * np.arange(slots + 1)
    early_s = max(0.0, float(time[0]) - begin_s)
    times = np.concatenate(([time[0] - early_s], time))
    steps = np.concatenate(([early_s], np.diff(time)))[:, np.newaxis]
    held = np.concatenate((values[:1], values))
    area = np.zeros_like(held)
    np.cumsum(steps * (held[1:] + held[:-1]) / 2, axis=0, out=area[1:])
    means = np.empty((slots, cells))
    for cell in range(cells):
        means[:, cell] = np.diff(np.interp(edges, times, area[:, cell])) / COURSE_SLOT_S
    return tuple(map(tuple, means.tolist()))
