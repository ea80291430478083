"""When an inertial sensor rests, and what it reads then: the gyroscope's bias and the way up.

Looked at in cells of absolute index, so that the cutting of the signal changes nothing. A second of
cells is rest where no turn and no acceleration leaves its mean by more than VQF allows, and where
the way up does not creep: a slow lift turns as steadily as a bias does. A gap need not end it: what
rests on both sides with equal readings has rested, and a real walking recording has a gap a second.
"""

from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.signal.rotations import levelling_of

CELLS: Final = 8
"""Cells in the second that rest takes."""

STILL_DPS: Final = 2.0
"""Largest distance of a turn from its mean at rest (Laidig and Seel 2023, VQF)."""

STILL_MS2: Final = 0.5
"""Largest distance of an acceleration from its mean at rest (the same)."""

CREEP_MS2: Final = 0.03
"""Largest change of the mean acceleration from the first half of the second to the last: 0.18 deg
of tilt, so 0.35 deg/s. Means of 50 samples of an LSM6DS3TR-C, 90 ug/sqrt(Hz), differ by 0.0013."""

LARGEST_BIAS_DPS: Final = 10.0
"""Typical zero-rate level +-3 deg/s (LSM6DS3TR-C data sheet), three times as much allowed."""

LEARN_S: Final = 5.0
"""Time constant at which a known bias follows later rest."""

LEAST_MS2: Final = 5.0
"""At rest gravity is felt: half of it allows for any scale error, and none for a dead sensor."""

PATIENCE_S: Final = 3.0
"""Where no second has rested by then, the calmest so far gives the zero of the angles."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What a block's samples may take as known."""

    bias_dps: FloatArray
    """(n, 3), zero before the first rest"""
    known_from: int | None
    """Row from which the zero of the angles is known, n for the next block's first; None: not."""
    start_ms2: FloatArray | None
    """(3,) mean acceleration in the second before that row; None where that was before."""
    levelling: FloatArray
    """(3, 3) turn that brings it upright."""


class Stillness:
    """Watch one inertial stream, already in forward, left, up."""

    def __init__(self, rate_hz: float) -> None:
        self._size = max(2, round(rate_hz / CELLS))
        self._step = 1 / (LEARN_S * CELLS)
        self._patience = round(PATIENCE_S * CELLS)
        self._rows = np.empty((0, 6))
        """Of the newest cell, still incomplete."""
        self._cells: _Cells = _Cells.of(self._rows, self._size)
        """The last ones, fewer than make a second."""
        self._seen = 0
        self._calmest = np.inf, np.zeros(3)
        """Unrest of the calmest second so far, and its mean acceleration."""
        self._bias_dps: list[float] | None = None
        self._levelling: FloatArray | None = None

    def push(self, first_index: int, accel_ms2: FloatArray, turn_dps: FloatArray) -> Rest:
        """Return what is known for each of the (n, 3) accelerations and turns."""
        count = len(accel_ms2)
        rows = np.vstack([self._rows, np.hstack([accel_ms2, turn_dps])])
        # Rows from before the first cell of a run make none; later there are no such rows.
        lead = min((len(self._rows) - first_index) % self._size, len(rows))
        whole = (len(rows) - lead) // self._size
        if not whole:
            self._rows = rows
            return Rest(
                np.repeat([self._bias()], count, axis=0),
                None if self._levelling is None else 0,
                None,
                self._level(),
            )
        biases, zero = self._look(_Cells.of(rows[lead:], self._size))
        self._rows = rows[lead + whole * self._size :]
        first_end = lead + self._size - (len(rows) - count)
        lengths = [first_end, *[self._size] * (whole - 1), len(self._rows)]
        bias_dps = np.repeat(biases, lengths, axis=0)
        if zero is not None:
            known_from = first_end + zero[0] * self._size
            return Rest(bias_dps, known_from, zero[1], self._level())
        return Rest(bias_dps, None if self._levelling is None else 0, None, self._level())

    def _look(self, cells: "_Cells") -> tuple[FloatArray, tuple[int, FloatArray] | None]:
        """Return (cells + 1, 3) biases before and after each cell, and when the zero was found.

        That is a cell, and the (3,) mean acceleration of the second that it ends.
        """
        count = len(cells.means)
        seconds = self._cells.joined(cells)
        self._cells = seconds.last(CELLS - 1)
        means, unrest = seconds.judged()
        # The first second that ends with one of the new cells ends with this one.
        first = count - len(means)
        biases = [self._bias()] * (first + 1)
        zero = None
        turns: list[list[float]] = means[:, 3:].tolist()
        self._seen += first
        for second, by in enumerate(unrest.tolist()):
            self._seen += 1
            if by <= 1:
                self._learn(turns[second])
            up_ms2 = means[second, :3] if self._levelling is None else None
            if up_ms2 is not None and self._finds_zero(by, up_ms2):
                zero = first + second, up_ms2
            biases.append(self._bias())
        return np.array(biases), zero

    def _bias(self) -> list[float]:
        return [0.0, 0.0, 0.0] if self._bias_dps is None else self._bias_dps

    def _level(self) -> FloatArray:
        return np.eye(3) if self._levelling is None else self._levelling

    def _finds_zero(self, unrest: float, up_ms2: FloatArray) -> bool:
        if float(up_ms2 @ up_ms2) < LEAST_MS2**2:
            return False
        self._calmest = min(self._calmest, (unrest, up_ms2), key=lambda second: second[0])
        if unrest > 1 and self._seen < self._patience:
            return False
        self._levelling = levelling_of(self._calmest[1])
        return True

    def _learn(self, mean_dps: list[float]) -> None:
        # As plain numbers: of three, an array costs more than what is done with it.
        step, former = self._step, self._bias_dps or mean_dps
        self._bias_dps = [
            old + step * (new - old) for old, new in zip(former, mean_dps, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Mean, lowest and highest of each cell, (cell, 6) each."""

    means: FloatArray
    lows: FloatArray
    highs: FloatArray

    @classmethod
    def of(cls, rows: FloatArray, size: int) -> "_Cells":
        """Return the whole cells of (n, 6) rows."""
        cells = rows[: len(rows) // size * size].reshape(-1, size, 6)
        # Row by row of all cells at once: numpy is slow along a short middle axis.
        sums, lows, highs = (cells[:, 0].copy() for _ in range(3))
        for row in range(1, size):
            sums += cells[:, row]
            np.minimum(lows, cells[:, row], out=lows)
            np.maximum(highs, cells[:, row], out=highs)
        return cls(sums / size, lows, highs)

    def joined(self, later: "_Cells") -> "_Cells":
        """Return these cells and the later ones."""
        return _Cells(
            np.vstack([self.means, later.means]),
            np.vstack([self.lows, later.lows]),
            np.vstack([self.highs, later.highs]),
        )

    def last(self, count: int) -> "_Cells":
        """Return the last cells, at most so many."""
        first = max(0, len(self.means) - count)
        return _Cells(self.means[first:], self.lows[first:], self.highs[first:])

    def judged(self) -> tuple[FloatArray, FloatArray]:
        """Return the (s, 6) means of every second that ends with a cell, and its (s,) unrest.

        Unrest is the largest of the figures above over what rest allows.
        """
        if len(self.means) < CELLS:
            return np.empty((0, 6)), np.empty(0)
        halves = reduce(np.add, _shifted(self.means, CELLS // 2)) / (CELLS // 2)
        early, late = halves[: -CELLS // 2], halves[CELLS // 2 :]
        means = (early + late) / 2
        lowest = reduce(np.minimum, _shifted(self.lows, CELLS))
        highest = reduce(np.maximum, _shifted(self.highs, CELLS))
        figures = [
            np.maximum(highest - means, means - lowest) / _STILL,
            np.abs(late - early)[:, :3] / CREEP_MS2,
            np.abs(means[:, 3:]) / LARGEST_BIAS_DPS,
        ]
        return means, np.hstack(figures).max(axis=1)


def _shifted(values: FloatArray, size: int) -> list[FloatArray]:
    """Return views of (n, 6) values that show one row of each window of so many."""
    stop = len(values) - size + 1
    return [values[first : first + stop] for first in range(size)]


_STILL: Final = np.repeat([STILL_MS2, STILL_DPS], 3)
