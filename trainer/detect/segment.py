"""Find the holds inside one excursion of the force: a pure function of its samples.

Definitions. A hold's plateau is the median of its middle half above rest (baseline.py); it starts
and ends where the force above rest crosses half of that plateau. Plateau, crossings and rest
depend on each other and are computed in turn until they agree: first above the rest around the
whole window, so that a dip inside a hold is no rest, then above the rest beside the hold itself.
The strongest hold is found first; what lies before and after it is searched in the same way.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.baseline import SPLIT_SHARE, Baseline, find_baseline, first_true, median_of
from trainer.detect.excursion import Excursion, Window

SHORTEST_S: Final = 0.10
"""A shorter excursion is an impact or a twitch: the shortest of 52 labelled real pushes took
0.17 s, the impact spikes before them about 0.05 s."""

HALF: Final = 0.5
"""A hold is what lies above this share of its plateau. The first outline is taken at the same share
of the height that lasts SHORTEST_S: no impact reaches that."""

FEWEST: Final = 2
"""Samples that a hold needs at least: one cannot rise and fall."""

FOOT_SHARE: Final = 0.1
"""The rise is followed outwards from its crossing down to this share of the plateau."""

NOISE_S: Final = 0.03
"""A dip this short is noise at the crossing, whatever stands beside it."""

EDGE_S: Final = 0.2
"""Rise and fall are taken over this time about their crossings; sway moves little in it."""

BALANCE: Final = 0.5
"""The smaller of rise and fall is at least this share of the larger, else it is a step, or a light
press before another hold; on a strongly moving real rest level the least share was 0.61."""

MOST_ROUNDS: Final = 8
"""Plateau, crossings and rest agree after two or three rounds on every recording tried."""

Run: TypeAlias = tuple[int, int]
"""First and last position of samples that belong together."""


@dataclass(frozen=True, slots=True)
class Span:
    """One hold in an excursion; positions count the stretch's samples."""

    first: int
    """First sample above half of the plateau."""
    last: int
    """Last sample above half of the plateau."""
    start_s: float
    end_s: float
    plateau_n: float
    baseline: Baseline
    feet: Run
    """Where the rise leaves rest, and where the fall reaches it."""
    is_finished: bool
    edge_n: float
    """The smaller of rise and fall within EDGE_S; of a side that is cut off nothing is known."""

    @property
    def middle(self) -> slice:
        """Return the samples of the middle half."""
        return _middle_half((self.first, self.last))


def find_spans(excursion: Excursion, least_n: float) -> tuple[Span, ...]:
    """Return the holds of at least `least_n` newtons above rest, in order of time."""
    found: list[Span] = []
    pending = [_whole_window(excursion)]
    while pending:
        window = pending.pop()
        span = _find_strongest(excursion, window, least_n)
        if span is None:
            continue
        if _is_hold(span, least_n):
            found.append(span)
        rise, fall = span.feet
        pending.append(Window(window.first, rise, window.reach_first, rise))
        pending.append(Window(fall + 1, window.stop, fall + 1, window.reach_stop))
    found.sort(key=lambda span: span.first)
    return tuple(found)


def _whole_window(excursion: Excursion) -> Window:
    """Return the excursion with the way up to its first sample and down from its last."""
    above = excursion.force_n - excursion.levels_n[-1]
    before, after = above[: excursion.first + 1][::-1], above[excursion.stop - 1 :]
    first = excursion.first - _way_down(before, float(before[0]))
    stop = excursion.stop + _way_down(after, float(after[0]))
    return Window(first, stop, 0, len(above))


def _is_hold(span: Span, least_n: float) -> bool:
    """Return whether the span is long and strong enough, and both rises and falls."""
    if span.end_s - span.start_s < SHORTEST_S or span.plateau_n < least_n:
        return False
    tilt_n = abs(span.baseline.tilt_n) / 2
    return span.plateau_n - tilt_n >= BALANCE * (span.plateau_n + tilt_n)


def _find_strongest(excursion: Excursion, window: Window, least_n: float) -> Span | None:
    """Return the strongest hold of the window, too short or too weak ones included."""
    time, force = excursion.time_s, excursion.force_n
    beside = time[max(window.first - 1, 0)], time[min(window.stop, len(time) - 1)]
    if window.stop - window.first < FEWEST or beside[1] - beside[0] < SHORTEST_S:
        return None
    feet = (window.first, window.stop - 1)
    top_n = float(force[window.first : window.stop].max())
    lowest_n = float(force[window.reach_first : window.reach_stop].min())
    # No rest lies lower.
    if top_n - min(lowest_n, excursion.levels_n[-1]) < least_n:
        return None
    height_n = top_n - max(force[feet[0]], force[feet[1]])
    baseline = find_baseline(excursion, window, feet, window.first, float(height_n))
    above = force - baseline.line_n
    if above[window.first : window.stop].max() < least_n:
        return None
    run = _strongest_run(time, above, window)
    for is_rest_beside in (False, True):
        for _ in range(MOST_ROUNDS):
            if run is None:
                return None
            if is_rest_beside:
                plateau_n = _plateau(above, run)
                if plateau_n <= 0:
                    return None
                feet = _find_feet(above, window, run, plateau_n)
                baseline = find_baseline(excursion, window, feet, run[0], plateau_n)
                above = force - baseline.line_n
            agreed, run = run, _run_near(time, above, window, run)
            if run == agreed:
                break
    return None if run is None else _make_span(excursion, run, feet, baseline)


def _strongest_run(time_s: FloatArray, above_n: FloatArray, window: Window) -> Run | None:
    """Return the run of largest impulse above half of the height that lasts SHORTEST_S in all."""
    part = above_n[window.first : window.stop]
    period_s = (time_s[window.stop - 1] - time_s[window.first]) / (len(part) - 1)
    count = min(len(part), max(1, round(SHORTEST_S / period_s)))
    runs = _find_runs(time_s, above_n, window, HALF * float(np.sort(part)[-count]))
    return max(runs, key=lambda run: float(above_n[run[0] : run[1] + 1].sum()), default=None)


def _run_near(time_s: FloatArray, above_n: FloatArray, window: Window, near: Run) -> Run | None:
    """Return the run above half of the plateau of a run, the one that overlaps it most."""
    runs = _find_runs(time_s, above_n, window, HALF * _plateau(above_n, near))
    return max(runs, key=lambda run: min(run[1], near[1]) - max(run[0], near[0]), default=None)


def _find_runs(
    time_s: FloatArray, above_n: FloatArray, window: Window, level_n: float
) -> list[Run]:
    """Return the runs from a level above rest on, short dips bridged."""
    if level_n <= 0:
        return []
    is_high = np.zeros(window.stop - window.first + 2, dtype=np.bool_)
    np.greater_equal(above_n[window.first : window.stop], level_n, out=is_high[1:-1])
    edges = (np.flatnonzero(is_high[1:] != is_high[:-1]) + window.first).tolist()
    runs = [(edges[0], edges[1] - 1)]
    for first, stop in zip(edges[2::2], edges[3::2], strict=True):
        before = runs[-1]
        shorter_s = min(time_s[before[1]] - time_s[before[0]], time_s[stop - 1] - time_s[first])
        dip_s = time_s[first] - time_s[before[1]]
        lowest_n = above_n[before[1] : first].min()
        is_short = dip_s < SHORTEST_S <= shorter_s and lowest_n > SPLIT_SHARE / HALF * level_n
        if is_short or dip_s < NOISE_S:
            runs[-1] = (before[0], stop - 1)
        else:
            runs.append((first, stop - 1))
    return runs


def _middle_half(run: Run) -> slice:
    first, last = run
    quarter = (last - first + 1) // 4
    return slice(first + quarter, last + 1 - quarter)


def _plateau(above_n: FloatArray, run: Run) -> float:
    return median_of(above_n[_middle_half(run)])


def _find_feet(above_n: FloatArray, window: Window, run: Run, plateau_n: float) -> Run:
    """Return where the rise of a run leaves rest, and where its fall reaches it."""
    first, last = run
    before, after = above_n[window.reach_first : first + 1], above_n[last : window.reach_stop]
    return first - _way_down(before[::-1], plateau_n), last + _way_down(after, plateau_n)


def _way_down(path_n: FloatArray, plateau_n: float) -> int:
    """Return how far along a path outwards the force is at rest, or lowest before it re-rises."""
    is_up = path_n > np.minimum.accumulate(path_n) + SPLIT_SHARE * plateau_n
    stop = first_true((path_n <= FOOT_SHARE * plateau_n) | is_up)
    if stop < len(path_n) and path_n[stop] <= FOOT_SHARE * plateau_n:
        return stop
    return int(path_n[: stop + 1].argmin())


def _make_span(excursion: Excursion, run: Run, feet: Run, baseline: Baseline) -> Span:
    first, last = run
    time = excursion.time_s
    above = excursion.force_n - baseline.line_n
    plateau_n = _plateau(above, run)
    is_cut = (excursion.is_cut_before and first == 0) or (
        excursion.is_cut_after and last == len(time) - 1
    )
    start_s = _crossing(time, above, first - 1, HALF * plateau_n)
    end_s = _crossing(time, above, last, HALF * plateau_n)
    edges = [
        float(np.ptp(above[slice(*time.searchsorted((at_s - EDGE_S / 2, at_s + EDGE_S / 2)))]))
        for at_s, is_known in ((start_s, first > 0), (end_s, last < len(time) - 1))
        if is_known
    ]
    return Span(
        first=first,
        last=last,
        start_s=start_s,
        end_s=end_s,
        plateau_n=plateau_n,
        baseline=baseline,
        feet=(min(feet[0], first), max(feet[1], last)),
        is_finished=not is_cut,
        edge_n=min(edges, default=plateau_n),
    )


def _crossing(time_s: FloatArray, above_n: FloatArray, index: int, level_n: float) -> float:
    """Return the interpolated time at which the level is crossed between index and the next."""
    if index < 0:
        return float(time_s[0])
    if index + 1 >= len(time_s):
        return float(time_s[-1])
    low, high = float(above_n[index]), float(above_n[index + 1])
    share = (level_n - low) / (high - low) if high != low else 0.0
    return float(time_s[index] + min(max(share, 0.0), 1.0) * (time_s[index + 1] - time_s[index]))
