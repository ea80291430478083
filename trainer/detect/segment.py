"""Find the holds inside one excursion of the force: a pure function of its samples.

Definitions. A hold's plateau is the median of its middle half above rest; it starts and ends where the
force above rest crosses half of that plateau. Rest is the line between the median just before the
rise and the median just after the fall, so that a rest level that moves does not move the times.
Plateau, crossings and rest depend on each other and are computed in turn until they agree.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray, IndexArray

SHORTEST_S: Final = 0.10
"""A shorter excursion is an impact or a twitch: the shortest of 52 labelled real pushes took 0.17 s,
the impact spikes before them about 0.05 s."""

OUTLINE_SHARE: Final = 0.3
"""The first outline is taken at this share of the height: an impact may be twice the plateau."""

FOOT_SHARE: Final = 0.1
"""The rise is followed outwards from its crossing down to this share of the plateau."""

SPLIT_SHARE: Final = 0.25
"""A dip shorter than SHORTEST_S that stays above this share of the plateau ends no hold; going
outwards, a re-rise by as much ends the hold's foot."""

NOISE_S: Final = 0.03
"""A dip this short is noise at the crossing, whatever stands beside it."""

REST_S: Final = 0.30
"""How much rest on each side its level is taken from."""

MOST_ROUNDS: Final = 8
"""Plateau, crossings and rest agree after two or three rounds on every recording tried."""


@dataclass(frozen=True, slots=True)
class Excursion:
    """The samples of an excursion with some rest around it."""

    time_s: FloatArray
    """(n,) strictly rising"""
    force_n: FloatArray
    """(n,) detected force"""
    first: int
    """Index of the first sample of the excursion proper."""
    last: int
    """Index after its last sample."""
    is_open: bool
    """A gap or the end of the recording cut it off at the last sample."""


@dataclass(frozen=True, slots=True)
class Span:
    """One hold in an excursion; indices count its samples."""

    first: int
    """First sample above half of the plateau."""
    last: int
    """Last sample above half of the plateau."""
    start_s: float
    end_s: float
    plateau_n: float
    rest_n: FloatArray
    """(n,) rest level at every sample of the excursion."""
    foot_first: int
    """Where the rise leaves rest."""
    foot_last: int
    """Where the fall reaches it."""
    is_finished: bool


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of the excursion that may hold a hold, and how far its rest may be looked for."""

    first: int
    last: int
    reach_first: int
    reach_last: int


def find_spans(excursion: Excursion, least_n: float) -> tuple[Span, ...]:
    """Return the holds of at least `least_n` newtons above rest on both sides, in order of time."""
    found: list[Span] = []
    size = len(excursion.time_s)
    pending = [_Window(excursion.first, excursion.last, 0, size)]
    while pending:
        window = pending.pop()
        span = _find_strongest(excursion, window, least_n)
        if span is None:
            continue
        is_long = span.end_s - span.start_s >= SHORTEST_S
        if is_long and span.plateau_n >= least_n:
            found.append(span)
        left = _Window(window.first, span.foot_first, window.reach_first, span.foot_first)
        right = _Window(span.foot_last + 1, window.last, span.foot_last + 1, window.reach_last)
        pending += [left, right]
    found.sort(key=lambda span: span.first)
    return tuple(found)


def _find_strongest(excursion: Excursion, window: _Window, least_n: float) -> Span | None:
    """Return the strongest hold of the window, too short or too weak ones included."""
    if window.last - window.first < 2:
        return None
    before = _level(excursion, window.first, -1, window)
    after = _level(excursion, window.last - 1, 1, window)
    if excursion.is_open and window.reach_last == len(excursion.time_s):
        after = before
    rest = _line(excursion, (window.first, before), (window.last - 1, after))
    above = excursion.force_n - rest
    height = float(above[window.first : window.last].max())
    if height < least_n:
        return None
    span = _outline(excursion, window, rest, OUTLINE_SHARE * height, None)
    for _ in range(MOST_ROUNDS):
        if span is None or span.plateau_n <= 0:
            return None
        rest = _rest_around(excursion, window, span)
        moved = _outline(excursion, window, rest, None, span)
        if moved is None:
            return None
        is_settled = (moved.first, moved.last) == (span.first, span.last)
        span = moved
        if is_settled:
            break
    return span


def _outline(
    excursion: Excursion,
    window: _Window,
    rest: FloatArray,
    level_n: float | None,
    before: Span | None,
) -> Span | None:
    """Return the span above `level_n`, or above half of the plateau of the span before."""
    above = excursion.force_n - rest
    if before is not None:
        plateau = _middle_median(above, before.first, before.last)
        level_n = 0.5 * plateau
    assert level_n is not None
    run = _choose_run(excursion, window, above, level_n, before)
    if run is None:
        return None
    first, last = run
    plateau = _middle_median(above, first, last)
    is_finished = not (excursion.is_open and last == len(above) - 1)
    end_s = _crossing(excursion, above, last, level_n) if is_finished else excursion.time_s[-1]
    return Span(
        first=first,
        last=last,
        start_s=_crossing(excursion, above, first - 1, level_n),
        end_s=float(end_s),
        plateau_n=plateau,
        rest_n=rest,
        foot_first=_foot(above, first, -1, window, plateau),
        foot_last=_foot(above, last, 1, window, plateau),
        is_finished=is_finished,
    )


def _choose_run(
    excursion: Excursion,
    window: _Window,
    above: FloatArray,
    level_n: float,
    before: Span | None,
) -> tuple[int, int] | None:
    """Return first and last index of the run with the largest impulse, short dips bridged."""
    part = above[window.first : window.last]
    is_high = part > level_n
    edges = np.flatnonzero(np.diff(is_high, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2] - 1
    if len(starts) == 0:
        return None
    time = excursion.time_s[window.first : window.last]
    starts, ends = _bridge_dips(time, part, starts, ends, 2 * SPLIT_SHARE * level_n)
    if before is None:
        sums = np.add.reduceat(np.append(part, 0.0), np.column_stack([starts, ends + 1]).ravel())
        best = int(np.argmax(sums[::2]))
    else:
        overlap = np.minimum(ends, before.last - window.first) - np.maximum(
            starts, before.first - window.first
        )
        best = int(np.argmax(overlap))
    return int(starts[best]) + window.first, int(ends[best]) + window.first


def _bridge_dips(
    time_s: FloatArray, above_n: FloatArray, starts: IndexArray, ends: IndexArray, floor_n: float
) -> tuple[IndexArray, IndexArray]:
    keep = np.ones(len(starts), dtype=bool)
    for k in range(1, len(starts)):
        dip = above_n[ends[k - 1] + 1 : starts[k]]
        dip_s = time_s[starts[k]] - time_s[ends[k - 1]]
        shorter_s = min(time_s[ends[k - 1]] - time_s[starts[k - 1]], time_s[ends[k]] - time_s[starts[k]])
        is_bridged = dip_s < NOISE_S or (dip_s < SHORTEST_S <= shorter_s)
        keep[k] = not (is_bridged and float(dip.min()) > floor_n)
    return starts[keep], ends[np.append(keep[1:], True)]


def _rest_around(excursion: Excursion, window: _Window, span: Span) -> FloatArray:
    before = _level(excursion, span.foot_first, -1, window)
    if not span.is_finished:
        return np.full(len(excursion.time_s), before)
    after = _level(excursion, span.foot_last, 1, window)
    return _line(excursion, (span.foot_first, before), (span.foot_last, after))


def _level(excursion: Excursion, index: int, step: int, window: _Window) -> float:
    """Return the median force of up to REST_S outwards from the index, itself included."""
    time = excursion.time_s
    if step < 0:
        first = int(np.searchsorted(time, time[index] - REST_S))
        part = excursion.force_n[max(first, window.reach_first) : index + 1]
    else:
        last = int(np.searchsorted(time, time[index] + REST_S, side="right"))
        part = excursion.force_n[index : min(last, window.reach_last)]
    return float(np.median(part)) if len(part) else float(excursion.force_n[index])


def _line(
    excursion: Excursion, start: tuple[int, float], end: tuple[int, float]
) -> FloatArray:
    """Return the (n,) rest level: level outside, a straight line in between."""
    time = excursion.time_s
    return np.asarray(np.interp(time, (time[start[0]], time[end[0]]), (start[1], end[1])))


def _middle_median(above: FloatArray, first: int, last: int) -> float:
    quarter = (last - first + 1) // 4
    return float(np.median(above[first + quarter : last + 1 - quarter]))


def _foot(above: FloatArray, index: int, step: int, window: _Window, plateau_n: float) -> int:
    """Return where, going outwards, the force is back at rest or turns up again."""
    if step < 0:
        path = above[window.reach_first : index + 1][::-1]
    else:
        path = above[index : window.reach_last]
    if len(path) == 0:
        return index
    lowest = np.minimum.accumulate(path)
    is_over = (path <= FOOT_SHARE * plateau_n) | (path > lowest + SPLIT_SHARE * plateau_n)
    stop = int(np.argmax(is_over)) if is_over.any() else len(path) - 1
    if path[stop] > FOOT_SHARE * plateau_n:
        stop = int(np.argmin(path[: stop + 1]))
    return index + step * stop


def _crossing(excursion: Excursion, above: FloatArray, index: int, level_n: float) -> float:
    """Return the interpolated time at which the level is crossed between index and the next."""
    time = excursion.time_s
    if index < 0:
        return float(time[0])
    if index + 1 >= len(time):
        return float(time[-1])
    low, high = float(above[index]), float(above[index + 1])
    share = (level_n - low) / (high - low) if high != low else 0.0
    return float(time[index] + min(max(share, 0.0), 1.0) * (time[index + 1] - time[index]))
