"""Traces: a rep's piece of the session's curve, and the session reduced to what a screen shows."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold

GAP_PERIODS: Final = 5.0
"""A longer step is a gap and never drawn across: the same rule by which holds are cut."""

MARGIN_S: Final = 0.4
"""Shown before and after a hold, so that rise and fall are seen whole (median rise 0.3 s)."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A piece of a curve."""

    time_s: FloatArray
    """(n,)"""
    force_n: FloatArray
    """(n,) NaN where the line is broken."""


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """A curve as its lowest and highest value in each column."""

    time_s: FloatArray
    """(n,) middle of the columns."""
    low_n: FloatArray
    """(n,) NaN where a column has no sample."""
    high_n: FloatArray
    """(n,)"""


def break_at_gaps(time_s: FloatArray, force_n: FloatArray) -> Trace:
    """Return the finite samples, with a NaN wherever more than five periods are missing."""
    is_good = np.isfinite(force_n) & np.isfinite(time_s)
    time_s, force_n = time_s[is_good], force_n[is_good]
    step_s = np.diff(time_s)
    if step_s.size == 0:
        return Trace(time_s, force_n)
    is_break = (step_s > GAP_PERIODS * np.median(np.abs(step_s))) | (step_s < 0)
    at = np.flatnonzero(is_break) + 1
    return Trace(np.insert(time_s, at, time_s[at - 1]), np.insert(force_n, at, np.nan))


def cut_hold(trace: Trace, hold: Hold) -> Trace:
    """Return the curve around a hold, its time relative to the hold's start."""
    is_near = (trace.time_s >= hold.start_s - MARGIN_S) & (trace.time_s <= hold.end_s + MARGIN_S)
    return Trace(trace.time_s[is_near] - hold.start_s, trace.force_n[is_near])


def envelope(trace: Trace, columns: int) -> Envelope:
    """Return the curve's lowest and highest force in equal columns of time.

    A curve with too few samples to fill the columns comes back as it is.
    """
    if trace.time_s.size <= 2 * columns:
        return Envelope(trace.time_s, trace.force_n, trace.force_n)
    is_good = np.isfinite(trace.force_n)
    time_s, force_n = trace.time_s[is_good], trace.force_n[is_good]
    start_s, end_s = float(time_s.min()), float(time_s.max())
    width_s = max(end_s - start_s, 1e-9) / columns
    column = np.minimum(((time_s - start_s) / width_s).astype(np.intp), columns - 1)
    low_n = np.full(columns, np.inf)
    high_n = np.full(columns, -np.inf)
    np.minimum.at(low_n, column, force_n)
    np.maximum.at(high_n, column, force_n)
    is_empty = ~np.isfinite(low_n)
    low_n[is_empty] = np.nan
    high_n[is_empty] = np.nan
    middle_s = start_s + (np.arange(columns, dtype=np.float64) + 0.5) * width_s
    return Envelope(middle_s, low_n, high_n)
