"""Taps of the foot, counted from the force on the pad, or from the turning of the foot without it.

Live, a tap is told of CONFIRM_S after it happened; at the end all are judged once more, each with
those after it. What a tap is stands in tapseries.py.
"""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.findings import Taps
from trainer.detect.strokes import Stroke, StrokeFinder
from trainer.detect.tapseries import PAUSE_S, Scene, find_taps

LEAST_N: Final = 1.5
"""Lowest tap: twice the floor of every excursion of the force (core/settings.py); whoever stands on
the pad sways by more than that, yet slower."""

LEAST_DEG: Final = 0.5
"""... of a tilt: a toe tap turns the foot by 10 to 30 degrees, a soft pad on which somebody stands
by tenths of one."""

CELL_S: Final = 0.25
"""Noise is taken, and live taps are judged, after so many samples of absolute number."""

CONFIRM_S: Final = 0.5
"""A tap is told of when so much of what follows it is known: bounces are past, 0.15 s."""

LIVE_S: Final = 10.0
"""Live judgement looks back so far."""

SECOND_DIFFERENCE: Final = 1.652
"""Median of |x[k] - 2 x[k-1] + x[k-2]| of white noise in standard deviations: sqrt(6) times the
0.6745 of a normal variable."""

FEWEST_INTERVALS: Final = 3
"""Fewer give no spread and no slowing."""

RETURN_S: Final = 0.5
"""Time constant at which a sum of turns returns to zero: a bias of 1 deg/s then stands at 0.5."""


class TapCounter:
    """Count the taps of one signal; newtons unless `least` is given in another unit."""

    def __init__(self, rate_hz: float, least: float = LEAST_N) -> None:
        self._rate_hz = rate_hz
        self._least = least
        self._cell = max(8, round(CELL_S * rate_hz))
        self.reset()

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._runs: list[_Run] = []
        self._samples = 0

    def push(
        self, time_s: FloatArray, signal: FloatArray, *, starts_run: bool
    ) -> tuple[float, ...]:
        """Return the times of the taps that (n,) samples settle, in seconds; provisional."""
        if not len(time_s):
            return ()
        told: list[float] = []
        if starts_run or not self._runs:
            if self._runs:
                told.extend(self._runs[-1].tell(np.inf))
            self._runs.append(_Run(self._rate_hz, self._least))
        run = self._runs[-1]
        start = 0
        while start < len(time_s):
            stop = min(len(time_s), start + self._cell - self._samples % self._cell)
            run.take(time_s[start:stop].tolist(), signal[start:stop].tolist())
            self._samples += stop - start
            if self._samples % self._cell == 0:
                run.end_cell()
                told.extend(run.tell(float(time_s[stop - 1]) - CONFIRM_S))
            start = stop
        return tuple(told)

    def finish(self) -> Taps:
        """Return all taps, each judged with those before and after it; changes nothing."""
        return summarise_taps([run.all_taps() for run in self._runs])


class TurnTaps:
    """Count the taps of a foot that turns about its left axis; they are known at the end.

    The turns add up to a tilt that returns to zero within RETURN_S. Toes that lift and heels that
    lift tilt it to opposite sides, and what lies between two taps is only seen from the side of the
    rest: both are counted, and the side that shows more counts.
    """

    def __init__(self, rate_hz: float) -> None:
        self._step_s = 1 / rate_hz
        self._kept = float(np.exp(-self._step_s / RETURN_S))
        self._sides = {sign: TapCounter(rate_hz, LEAST_DEG) for sign in (1.0, -1.0)}
        self._tilt_deg = 0.0

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._tilt_deg = 0.0
        for side in self._sides.values():
            side.reset()

    def push(self, time_s: FloatArray, turn_dps: FloatArray, *, starts_run: bool) -> None:
        """Take in (n,) turns about the left axis in deg/s."""
        if not len(time_s):
            return
        tilt_deg = 0.0 if starts_run else self._tilt_deg
        tilts: list[float] = []
        for turn in turn_dps.tolist():
            tilt_deg = self._kept * tilt_deg + self._step_s * turn
            tilts.append(tilt_deg)
        self._tilt_deg = tilt_deg
        for sign, side in self._sides.items():
            side.push(time_s, sign * np.array(tilts), starts_run=starts_run)

    def finish(self) -> Taps:
        """Return all taps; changes nothing."""
        return max((side.finish() for side in self._sides.values()), key=lambda taps: taps.count)


def summarise_taps(runs: list[list[float]]) -> Taps:
    """Return the measures of taps, whose times are given run by run; no interval crosses a gap."""
    times_s = tuple(at_s for run in runs for at_s in run)
    pieces = [np.diff(run) for run in runs if len(run) > 1]
    if not pieces:
        return Taps(len(times_s), None, None, None, times_s)
    lasted_s = times_s[-1] - times_s[0]
    intervals_s = np.concatenate(pieces)
    middles_s = np.concatenate([np.array(r[:-1]) + np.diff(r) / 2 for r in runs if len(r) > 1])
    is_going_on = intervals_s <= PAUSE_S
    intervals_s, middles_s = intervals_s[is_going_on], middles_s[is_going_on]
    is_enough = len(intervals_s) >= FEWEST_INTERVALS
    return Taps(
        len(times_s),
        (len(times_s) - 1) / lasted_s if lasted_s > 0 else None,
        float(100 * intervals_s.std(ddof=1) / intervals_s.mean()) if is_enough else None,
        _slowing(middles_s, 1 / intervals_s, times_s) if is_enough and lasted_s > 0 else None,
        times_s,
    )


def _slowing(at_s: FloatArray, rates_hz: FloatArray, times_s: tuple[float, ...]) -> float | None:
    """Return by how many per cent the line through the rates falls from first to last tap."""
    centred_s = at_s - at_s.mean()
    slope = float(centred_s @ rates_hz / (centred_s @ centred_s))
    first_hz = float(rates_hz.mean()) + slope * (times_s[0] - float(at_s.mean()))
    if first_hz <= 0:
        return None
    return -100 * slope * (times_s[-1] - times_s[0]) / first_hz


class _Run:
    """The strokes and the noise of one unbroken run."""

    def __init__(self, rate_hz: float, least: float) -> None:
        self._least = least
        self._finder = StrokeFinder(rate_hz, least)
        self._strokes: list[Stroke] = []
        self._noise_at_s: list[float] = []
        self._noises: list[float] = []
        self._values: list[float] = []
        self._told_s = -np.inf
        self._at_s = 0.0

    def take(self, time_s: list[float], values: list[float]) -> None:
        self._values.extend(values)
        for at_s, value in zip(time_s, values, strict=True):
            stroke = self._finder.push(at_s, value)
            if stroke is not None:
                self._strokes.append(stroke)
        self._at_s = time_s[-1]

    def end_cell(self) -> None:
        curved = np.abs(np.diff(self._values, 2))
        if len(curved):
            self._noise_at_s.append(self._at_s)
            self._noises.append(float(np.median(curved)) / SECOND_DIFFERENCE)
        self._values.clear()

    def tell(self, until_s: float) -> list[float]:
        """Return the taps up to then that were not told of yet."""
        if not self._strokes or self._strokes[-1].at_s <= self._told_s:
            return []
        taps = [at_s for at_s in self._judge(LIVE_S) if self._told_s < at_s <= until_s]
        if taps:
            self._told_s = taps[-1]
        return taps

    def all_taps(self) -> list[float]:
        return self._judge(np.inf)

    def _judge(self, back_s: float) -> list[float]:
        strokes, low = self._strokes, self._finder.low
        under_way = self._finder.finish()
        if under_way is not None:
            strokes, low = [*strokes, under_way], under_way.low
        first_s = self._at_s - back_s
        first = next((i for i, s in enumerate(strokes) if s.at_s >= first_s), len(strokes))
        cell = next((i for i, at_s in enumerate(self._noise_at_s) if at_s >= first_s), 0)
        scene = Scene(strokes[first:], self._noise_at_s[cell:], self._noises[cell:], low)
        return find_taps(scene, self._least)
