"""Which strokes are taps: those of a series, tall beside their neighbours, fast, and one at a time.

Rules, for strokes in the order of one run:
- What is lower than SMALL of the strokes around it, or does not stand out of the noise, is none.
- Two strokes between which the force does not fall back by FALLS of the lower one are one tap:
  the two humps of a footfall, a rise in two steps.
- Two strokes closer than a bounce are one tap; the first contact counts.
- A rise slower than SLOWEST_S is a shift of weight.
- Fewer than SERIES taps within PAUSE_S of each other are fidgets, what follows each other by no
  rhythm is noise, and what does so faster than any foot is tremor.
The same rules hold where the foot leaves the pad and comes back: the return is the stroke.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np

from trainer.detect.strokes import Stroke

SMALL: Final = 0.16
"""Taps of one series differ by up to 1:4; the lowest, beside the highest, with a third to spare."""

AROUND_S: Final = 4.0
"""Strokes so near in time are compared: four on either side at one tap a second."""

NOISES: Final = 10.0
"""In standard deviations of white noise. The largest rises of noise alone are 6 to 9 in 8 s at 80
to 240 Hz; taps at 6 Hz, sampled at 80, are 20 of what their curvature passes for (simulated)."""

FALLS: Final = 0.4
"""Share of the lower one's height that lies between two taps. At 6 Hz and 80 samples a second, an
HX711's four conversions fill the valley between half-sine taps of 130 ms by a third (derived)."""

NEIGHBOURS: Final = 3
"""Strokes on either side among which the level is looked for that a tap returns to."""

LEVEL_S: Final = 2.0
"""... at most so far away, for the level moves."""

FASTEST_S: Final = 0.08
"""Shortest time between two taps: 12 a second, twice the fastest feet."""

TREMOR_S: Final = 0.125
"""A shorter usual interval is no feet's: tremor is at 8 to 10 Hz (Sutton and Sykes 1967)."""

BOUNCE_S: Final = 0.15
"""A second contact comes no later than this, whatever the rate ..."""

BOUNCE_SHARE: Final = 0.62
"""... nor than this share of the usual interval: two standard deviations below it, CV 19 %."""

LOW_BOUNCE: Final = 0.6
"""... and is lower than this share of the first, unless it comes within SURE_SHARE."""

SURE_SHARE: Final = 0.42
"""Of the usual interval: three standard deviations below it at the same CV."""

INTERVALS: Final = 12
"""Intervals beside a tap from which the usual one is taken, six on either side where there are."""

SLOWEST_S: Final = 0.2
"""Height over steepest slope. A half sine of 400 ms, the longest tap, gives 0.127 s, sway at 1 Hz
0.32 s (derived)."""

PAUSE_S: Final = 2.5
"""A longer pause ends a series: the slowest taps that are counted are one a second."""

SERIES: Final = 4
"""Fidgets at three a minute come four within PAUSE_S of each other once in three hours (Poisson
process)."""

UNEVEN: Final = 0.5
"""Median of |ln| of one interval over the one before it. Normal intervals of CV 20 % give 0.19,
exponential ones, which have no rhythm, ln 3 = 1.1 (derived)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a run has shown: its strokes, and the noise in cells of time."""

    strokes: Sequence[Stroke]
    noise_at_s: Sequence[float]
    noises: Sequence[float]
    """Standard deviation of each cell, as if it were white."""
    last_low: float
    """Lowest value after the last stroke: what it fell back to."""


def find_taps(scene: Scene, least: float) -> list[float]:
    """Return the times of the taps, at least `least` high, in seconds."""
    tall = _tall_ones(scene, least)
    taps = _without_bounces(_one_by_one(tall, scene.last_low))
    is_tap = [least <= tap.high - tap.low <= SLOWEST_S * tap.slope for tap in taps]
    return _in_series([tap.at_s for tap, is_one in zip(taps, is_tap, strict=True) if is_one])


def _tall_ones(scene: Scene, least: float) -> list[Stroke]:
    strokes = scene.strokes
    at_s = np.array([stroke.at_s for stroke in strokes])
    rises = np.array([stroke.high - stroke.low for stroke in strokes])
    noise_at_s = np.array(scene.noise_at_s)
    firsts, stops = at_s.searchsorted((at_s - AROUND_S, at_s + AROUND_S))
    first_cells, stop_cells = noise_at_s.searchsorted((at_s - AROUND_S, at_s + AROUND_S))
    tall: list[Stroke] = []
    for number in np.flatnonzero(rises >= least).tolist():
        near = rises[firsts[number] : stops[number]]
        # The second largest: a single stamp must not hide the taps around it.
        usual = float(np.partition(near, -2)[-2]) if len(near) > 1 else float(near[0])
        cells = scene.noises[first_cells[number] : stop_cells[number]]
        noise = median(cells) if cells else 0.0
        if rises[number] >= SMALL * usual and usual >= NOISES * noise:
            tall.append(strokes[number])
    return tall


def _one_by_one(strokes: list[Stroke], last_low: float) -> list[Stroke]:
    """Return the strokes with those joined between which the signal does not fall back."""
    joined: list[Stroke] = []
    for number, stroke in enumerate(strokes):
        if joined and not _falls_before(strokes, number, joined[-1], last_low):
            joined[-1] = _joined(joined[-1], stroke)
        else:
            joined.append(stroke)
    return joined


def _falls_before(strokes: list[Stroke], number: int, last: Stroke, last_low: float) -> bool:
    stroke = strokes[number]
    if stroke.at_s - last.at_s < FASTEST_S:
        return False
    lower = min(last.high, stroke.high)
    before = [
        other.low
        for other in strokes[max(0, number - NEIGHBOURS) : number]
        if stroke.at_s - other.at_s <= LEVEL_S
    ]
    after = [
        other.low
        for other in strokes[number + 1 : number + 1 + NEIGHBOURS]
        if other.at_s - stroke.at_s <= LEVEL_S
    ]
    # The higher side: where the level moves, it is the nearer one in time.
    level = max(min(before, default=stroke.low), min(after, default=last_low))
    return lower - stroke.low >= FALLS * (lower - min(level, stroke.low))


def _joined(first: Stroke, second: Stroke) -> Stroke:
    larger = max(first, second, key=lambda stroke: stroke.high - stroke.low)
    return Stroke(
        larger.at_s,
        min(first.low, second.low),
        max(first.high, second.high),
        max(first.slope, second.slope),
    )


def _without_bounces(taps: list[Stroke]) -> list[Stroke]:
    intervals_s = [later.at_s - tap.at_s for tap, later in pairwise(taps)]
    kept: list[Stroke] = []
    for number, tap in enumerate(taps):
        if kept:
            middle = max(0, number - 1 - INTERVALS // 2)
            usual_s = _usual(intervals_s[middle : middle + INTERVALS])
            if _is_bounce(kept[-1], tap, usual_s):
                continue
        kept.append(tap)
    return kept


def _usual(intervals_s: list[float]) -> float:
    """Return the upper quartile: where every tap bounces, every second interval is a bounce."""
    ordinary_s = sorted(interval_s for interval_s in intervals_s if interval_s <= PAUSE_S)
    return ordinary_s[3 * (len(ordinary_s) - 1) // 4] if ordinary_s else PAUSE_S


def _is_bounce(first: Stroke, second: Stroke, usual_s: float) -> bool:
    after_s = second.at_s - first.at_s
    if after_s > min(BOUNCE_S, BOUNCE_SHARE * usual_s):
        return False
    is_low = second.high - second.low < LOW_BOUNCE * (first.high - first.low)
    return is_low or after_s <= SURE_SHARE * usual_s


def _in_series(at_s: list[float]) -> list[float]:
    """Return the times that belong to a series with a rhythm."""
    series: list[list[float]] = []
    for now_s in at_s:
        if series and now_s - series[-1][-1] <= PAUSE_S:
            series[-1].append(now_s)
        else:
            series.append([now_s])
    return [now_s for one in series if len(one) >= SERIES for now_s in _rhythmic(one)]


def _rhythmic(at_s: list[float]) -> list[float]:
    # Plain numbers: of a dozen each, an array's median costs ten times as much.
    intervals_s = [later_s - now_s for now_s, later_s in pairwise(at_s)]
    changes = [abs(math.log(later / now)) for now, later in pairwise(intervals_s)]
    kept: list[float] = []
    for number, now_s in enumerate(at_s):
        first = max(0, min(number - INTERVALS // 2, len(changes) - INTERVALS))
        around = slice(first, first + INTERVALS)
        if median(changes[around]) <= UNEVEN and median(intervals_s[around]) >= TREMOR_S:
            kept.append(now_s)
    return kept
