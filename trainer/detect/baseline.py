"""Rest beside a hold: which samples it is taken from, and the line between both sides.

Rest is the median just before the rise and just after the fall, joined by a straight line, so that
a rest level that moves does not move the times of a hold. A side that a gap cuts off takes the
other side's level; with neither side, the tracked one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.excursion import Excursion, Window

REST_S: Final = 0.30
"""How much rest beside a hold its level is taken from at least."""

LONG_REST_S: Final = 1.0
"""... and at most, where it is flat: a second of sway averages out better (measured on simulated
recordings: 95 % of the starts within 33 ms instead of 42)."""

FEWEST: Final = 3
"""Samples of rest between a gap and a hold that make a level; of fewer the other side is asked."""

FLAT_SHARE: Final = 0.1
"""Flat means within this share of the plateau."""

SPLIT_SHARE: Final = 0.25
"""Going outwards, a re-rise by this share of the plateau belongs to another press."""

SAME_SHARE: Final = 0.05
"""Rest before and after a hold is the same within this share of the plateau. If it is not, there
may have been a light press before the hold, or a step: then a flat stretch before it is looked for
that agrees with rest after it."""

SEARCH_S: Final = 2.5
"""How far back from the rise it is looked for: light presses are held for 1.5 s."""

SAME_REST_S: Final = 0.8
"""How long it must stay within SAME_SHARE: a rest level that swings by a third of a hold every two
seconds, as a real one does, stays within it for 0.6 s."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Rest beside a hold."""

    before: slice | None
    """Samples that the level before the hold was taken from; None where a gap cut it off."""
    after: slice | None
    line_n: FloatArray
    """(n,) rest of the detected force at every sample of the stretch."""

    @property
    def tilt_n(self) -> float:
        """Return by how many newtons rest rose from before the hold to after it."""
        return float(self.line_n[-1] - self.line_n[0])


def median_of(values: FloatArray) -> float:
    """Return the median of (n,) values; several times faster than numpy's on short arrays."""
    ordered = values.copy()
    ordered.sort()
    count = len(ordered)
    return float(ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def medians_of(values: FloatArray) -> FloatArray:
    """Return the (k,) medians of the columns of (n, k) values."""
    ordered = np.sort(values, axis=0)
    count = len(ordered)
    return np.asarray((ordered[(count - 1) // 2] + ordered[count // 2]) / 2)


def first_true(flags: np.ndarray) -> int:
    """Return the position of the first true flag, or how many there are."""
    position = int(flags.argmax())
    return position if flags[position] else len(flags)


def find_baseline(
    excursion: Excursion, window: Window, feet: tuple[int, int], top: int, plateau_n: float
) -> Baseline:
    """Return rest outwards from both feet of a hold of about this plateau, reached at `top`."""
    time, force = excursion.time_s, excursion.force_n
    rise, fall = feet
    before: slice | None = None
    after: slice | None = None
    if rise + 1 >= FEWEST or not excursion.is_cut_before:
        first = window.reach_first
        back = (time[rise] - REST_S, time[rise] - LONG_REST_S)
        near, far = (rise + 1 - np.maximum(time.searchsorted(back), first)).tolist()
        count = _count_rest(force[first : rise + 1][::-1], near, far, plateau_n)
        before = slice(rise + 1 - count, rise + 1)
    if len(force) - fall >= FEWEST or not excursion.is_cut_after:
        stop = window.reach_stop
        ahead = (time[fall] + REST_S, time[fall] + LONG_REST_S)
        near, far = (np.minimum(time.searchsorted(ahead, side="right"), stop) - fall).tolist()
        count = _count_rest(force[fall:stop], near, far, plateau_n)
        after = slice(fall, fall + count)
    before_n = float(excursion.levels_n[-1]) if before is None else median_of(force[before])
    after_n = before_n if after is None else median_of(force[after])
    if before is None:
        before_n = after_n
    elif after is not None and abs(before_n - after_n) > SAME_SHARE * plateau_n:
        same = _same_rest(excursion, window.reach_first, top, after_n, plateau_n)
        before = same or before
        rise = max(rise, before.stop - 1)
        before_n = median_of(force[before])
    line = np.interp(time, (time[rise], time[fall]), (before_n, after_n))
    return Baseline(before, after, line)


def _count_rest(force_n: FloatArray, near: int, far: int, plateau_n: float) -> int:
    """Return how many samples are rest, on a path that leads outwards from a foot.

    At least REST_S of it has `near` samples, LONG_REST_S has `far`.
    """
    level_n = median_of(force_n[:near])
    lowest_n = np.minimum.accumulate(force_n[:near])
    turn = first_true(force_n[:near] > lowest_n + SPLIT_SHARE * plateau_n)
    # An impact before a press turns up as well, but does not stay up as another press does.
    if turn < near and median_of(force_n[:turn]) < level_n:
        return turn
    is_off = np.abs(force_n[near:far] - level_n) > FLAT_SHARE * plateau_n
    return near + first_true(is_off) if near < far else near


def _same_rest(
    excursion: Excursion, first: int, top: int, level_n: float, plateau_n: float
) -> slice | None:
    """Return the last flat stretch between `first` and `top` that lies at the level."""
    time, force = excursion.time_s, excursion.force_n
    for back_s in np.arange(0, SEARCH_S, SAME_REST_S / 2):
        last_s = time[top] - back_s
        start, stop = np.searchsorted(time, (last_s - SAME_REST_S, last_s))
        if start <= first:
            return None
        part = force[start:stop]
        is_flat = np.ptp(part) < SAME_SHARE * plateau_n
        if is_flat and abs(median_of(part) - level_n) < SAME_SHARE * plateau_n:
            return slice(int(start), int(stop))
    return None
