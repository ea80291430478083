"""Samples that bring a stamp each to rows: losses, gaps and new clocks are read off the stamps.

Rules:
- A row without a stamp, or whose detected force is missing, is as good as not there. The detected
  force is the sum of the toe cells where there are any, else `force`, else `dome`, else the sum
  of all. A value missing in another channel is held, zero before its first.
- A step is a number of periods, rounded: 2 to 5 periods are a loss, more are a gap, a step back
  is a new clock.
- A step of less than a tenth of a period, or none, is the same sample written twice: the later
  row is left out, for it would shift the grid that filters see. Measured on a walking IMU at
  226 Hz: seven of 8,317 steps are that short, and the values of all seven rows are repeated.
- Where the period is not known beforehand, samples are withheld until fifteen steps have shown
  it, or `finish` says that no more will come.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray, IndexArray
from trainer.core.packets import StreamInfo, UnitPacket, detected_columns
from trainer.timing.period import FIRST_STEPS, Period, mean_step
from trainer.timing.runs import Rows
from trainer.timing.ticks import MAX_JUMP

_BoolArray: TypeAlias = npt.NDArray[np.bool_]

_SAME_SAMPLE: Final = 0.1
"""Periods; the rules above."""


class StampReader:
    """Reads one stream of samples with a stamp each."""

    def __init__(self, info: StreamInfo) -> None:
        self._columns = list(detected_columns(info.channels))
        self._delay_periods = info.delay_periods
        self._delay_s = info.delay_periods * (info.period_s or 0.0)
        self._period = Period(info.period_s)
        self._withheld: list[tuple[FloatArray, FloatArray]] = []
        self._last_s: float | None = None
        self._last_row: FloatArray = np.zeros(len(info.channels))
        self.samples = 0
        """Rows with a finite detected force."""

    @property
    def period_s(self) -> float | None:
        """Return the sample period in seconds; None until it is known."""
        return self._period.period_s

    def read(self, packets: Sequence[UnitPacket]) -> Rows | None:
        """Return the rows of the packets; None while there are none, or none yet."""
        time_s, values = _joined(packets)
        is_value = np.isfinite(values)
        is_there = np.isfinite(time_s) & is_value[:, self._columns].all(axis=1)
        if not is_there.all():
            time_s, values, is_value = time_s[is_there], values[is_there], is_value[is_there]
        if not time_s.size:
            return None
        self.samples += time_s.shape[0]
        values = self._hold_others(values, is_value)
        if self._period.period_s is None:
            self._withheld.append((time_s, values))
            return self._first_rows()
        return self._rows(time_s, values)

    def finish(self) -> Rows | None:
        """Return what was withheld: no more will come."""
        if not self._withheld:
            return None
        time_s, values = _stacked(self._withheld)
        steps_s = np.diff(time_s)
        return self._release(time_s, values, mean_step(steps_s[steps_s > 0]))

    def _first_rows(self) -> Rows | None:
        time_s, values = _stacked(self._withheld)
        steps_s = np.diff(time_s)
        rising_s = steps_s[steps_s > 0][:FIRST_STEPS]
        if rising_s.shape[0] < FIRST_STEPS:
            self._withheld = [(time_s, values)]
            return None
        return self._release(time_s, values, mean_step(rising_s))

    def _release(
        self, time_s: FloatArray, values: FloatArray, period_s: float | None
    ) -> Rows | None:
        self._withheld = []
        self._period.period_s = period_s
        self._delay_s = self._delay_periods * (self.period_s or 0.0)
        return self._rows(time_s, values)

    def _hold_others(self, values: FloatArray, is_value: _BoolArray) -> FloatArray:
        """Return the values with the last finite one in place of each that is missing."""
        if not is_value.all():
            values = np.concatenate((self._last_row[np.newaxis], values))
            rows = np.arange(1, values.shape[0], dtype=np.intp)[:, np.newaxis]
            newest = np.maximum.accumulate(np.where(is_value, rows, 0))
            values = np.take_along_axis(values, newest, axis=0)
        self._last_row = values[-1]
        return values

    def _rows(self, time_s: FloatArray, values: FloatArray) -> Rows | None:
        """Return the rows, judged stretch by stretch, each with the period of its time."""
        kept: list[IndexArray] = []
        jumps: list[IndexArray] = []
        start = 0
        while start < time_s.shape[0]:
            room = self._period.room
            end = time_s.shape[0] if room is None else start + room
            rows, steps = self._judge(time_s[start:end])
            kept.append(rows + start)
            jumps.append(steps)
            start = end
        row = np.concatenate(kept)
        jump = np.concatenate(jumps)
        if not row.size:
            return None
        if row.shape[0] < time_s.shape[0]:
            time_s, values = time_s[row], values[row]
        if self._delay_s:
            time_s = time_s - self._delay_s
        quality = np.zeros(time_s.shape, np.uint8)
        return Rows(time_s, values, quality, None if (jump == 1).all() else jump)

    def _judge(self, time_s: FloatArray) -> tuple[IndexArray, IndexArray]:
        """Return the rows of a stretch to keep, and the jump before each of them."""
        # Without any step that rises there is no period, and none is needed.
        period_s = self._period.period_s or 1.0
        is_first = self._last_s is None
        last_s = float(time_s[0]) - period_s if self._last_s is None else self._last_s
        row = np.arange(time_s.shape[0], dtype=np.intp)
        step_s = _steps(time_s, last_s)
        if ((step_s >= 0) & (step_s < _SAME_SAMPLE * period_s)).any():
            row = _first_of_each(time_s, last_s, _SAME_SAMPLE * period_s)
            time_s = time_s[row]
            step_s = _steps(time_s, last_s)
        self._last_s = float(time_s[-1]) if time_s.size else last_s
        self._period.learn(step_s[1:] if is_first else step_s)
        periods = np.rint(step_s / period_s)
        is_cut = (step_s < 0) | (periods > MAX_JUMP)
        return row, np.where(is_cut, 0, np.maximum(periods, 1)).astype(np.intp)


def _steps(time_s: FloatArray, last_s: float) -> FloatArray:
    """Return the step before each stamp."""
    step_s = np.empty_like(time_s)
    step_s[:1] = time_s[:1] - last_s
    np.subtract(time_s[1:], time_s[:-1], step_s[1:])
    return step_s


def _first_of_each(time_s: FloatArray, last_s: float, least_s: float) -> IndexArray:
    """Return the rows that are not the sample before, written again."""
    rows: list[int] = []
    for row, at_s in enumerate(time_s.tolist()):
        if not 0 <= at_s - last_s < least_s:
            rows.append(row)
            last_s = at_s
    return np.array(rows, dtype=np.intp)


def _joined(packets: Sequence[UnitPacket]) -> tuple[FloatArray, FloatArray]:
    """Return the stamps and the values of the packets, each in one array."""
    return _stacked([(packet.time_s, packet.values) for packet in packets])


def _stacked(pieces: Sequence[tuple[FloatArray, FloatArray]]) -> tuple[FloatArray, FloatArray]:
    if len(pieces) == 1:
        return pieces[0]
    return np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])
