"""The rest level of the detected force: the tare that follows it.

The level follows on a fixed grid of GRID samples of absolute index, never per packet, so that
events do not depend on how the signal is cut. The cells' own levels take the same steps, later:
they are asked for seldom. It follows while the force is near it, sinks faster
than it climbs, re-tares after a hold, and never moves during one.
"""

import math
from collections import deque
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.cells import Cells
from trainer.detect.thresholds import CLEAR, GRID, Thresholds

NEAR_SHARE: Final = 0.7
"""Rest is what stays within this share of the threshold (measured: F1 .998 against .919 for 'quiet
and low' alone, on simulated recordings)."""

CLIMB_S: Final = 2.0
"""Time constant towards higher levels: creep and drift, not a slow press."""

SINK_S: Final = 0.5
"""Time constant towards lower levels, and of the re-tare on a flat shifted level."""

FLAT_S: Final = 0.5
"""How long a level must be flat before it can be rest."""

FLAT_SHARE: Final = 0.6
"""Flat is what varies within this share of what stands out of rest: three standard deviations of
sway. With more, slow rises of weak presses were followed and missed."""

QUIET_S: Final = 1.0
"""How long after a hold rest becomes quiet: before, its spread is the hold's doing. A real rest
level that swings between pushes 1.2 s apart would raise the threshold until they are missed."""

SELDOM: Final = 10
"""... but for every tenth cell, so that unrest which passes for holds is learned in the end: with
this the swinging level stays below the pushes for ten minutes at least."""

STEADY_S: Final = 1.3
"""How long a level must have been kept to be remembered when the force is pulled down: some lift
the foot two seconds after the last press of a set, and light presses after a hold are shorter."""

BATCH: Final = 8
"""Cells that teach the thresholds at a time."""

MOST_PENDING: Final = 64
"""Runs of cells that wait for their levels at most, since each keeps its samples."""

UNVOUCHED_S: Final = 10.0
"""... and this much longer at the start, where the recording may have begun in a hold."""

FORMER_S: Final = 10.0
"""How long it is remembered: toes lift for less."""

FORMER_SHARE: Final = 0.2
"""How near to it the force must come back, as a share of the pull's depth: the level had begun to
sink when it was remembered, and a foot is not put back with quite the same load."""

LIFT_S: Final = 60.0
"""How long it is remembered that a foot was lifted: between two sets."""

BACK: Final = ((0.2, 3.0), (0.4, 8.0))
"""A foot that lies within a share of the lift's depth about where it was before is back there, once
it lay there for some seconds: however shortly the level had been kept, and however shallow the lift
was. Light presses are shorter than the first; the second, which counts what lies between presses,
takes feet that are put down anew with another load."""

LIFT_DEPTH: Final = 4.0
"""A foot that is lifted takes this many times what stands out of rest with it, toes take less."""


class RestLevel:
    """Follow the rest level, cell by cell of the grid."""

    def __init__(self, thresholds: Thresholds, rate_hz: float) -> None:
        self._thresholds = thresholds
        self._climb = _kept(CLIMB_S, rate_hz)
        self._sink = _kept(SINK_S, rate_hz)
        self._quiet_cells = round(QUIET_S * rate_hz / GRID)
        self._steady_cells = round(STEADY_S * rate_hz / GRID)
        self._unvouched_cells = round(UNVOUCHED_S * rate_hz / GRID)
        self._former_cells = round(FORMER_S * rate_hz / GRID)
        self._lift_cells = round(LIFT_S * rate_hz / GRID)
        flat_cells = max(2, round(FLAT_S * rate_hz / GRID))
        self.flat_samples = GRID * flat_cells
        """How many samples a flat stretch has."""
        self._ranges: deque[tuple[float, float]] = deque(maxlen=flat_cells)
        self._new_ranges: list[float] = []
        self._new_aways: list[float] = []
        self._cells_quiet = 0
        self._cells_steady = 0
        self._cells_since_former = self._lift_cells
        self._former_n = 0.0
        self._back = [(share, round(back_s * rate_hz / GRID)) for share, back_s in BACK]
        self._cells_back = [0] * len(BACK)
        self._cells_since_pull = self._lift_cells
        self._is_pulled = False
        self._pulled_n = 0.0
        """The level before the last pull, however short it was kept."""
        self._levels_n: FloatArray | None = None
        self._pending: list[tuple[list[float], FloatArray]] = []
        """Shares of the level that runs of cells kept, and their samples."""
        self.level_n = 0.0
        """The detected force's, the last of them."""

    @property
    def levels_n(self) -> FloatArray | None:
        """Return the (cell + 1,) levels in newtons; None before `start`."""
        if self._pending and self._levels_n is not None:
            kept = [share for shares, _ in self._pending for share in shares]
            rows_n = np.concatenate([rows for _, rows in self._pending])
            self._pending.clear()
            self._levels_n = _followed(self._levels_n, kept, rows_n)
            self._levels_n[-1] = self.level_n
        return self._levels_n

    def start(self, levels_n: FloatArray) -> None:
        """Begin with first (cell + 1,) levels in newtons; rest counts as quiet at once."""
        self.retare(levels_n)
        self._cells_quiet = self._quiet_cells
        self._cells_steady = -self._unvouched_cells

    def retare(self, levels_n: FloatArray) -> None:
        """Set the (cell + 1,) levels to where the forces came to rest, in newtons."""
        level_n = float(levels_n[-1])
        if self._levels_n is not None:
            # The foot may be lifted at the end of a bump, before that is settled.
            self._note_pull(self.level_n - level_n, self.level_n)
        self._levels_n = levels_n
        self._pending.clear()
        self._cells_steady = self._steady_cells if self.was_pulled_from(level_n) else 0
        self.level_n = level_n
        self._ranges.clear()
        self._cells_back = [0] * len(BACK)

    def wait_for_quiet(self) -> None:
        """Learn no spread for a while: a hold has just ended."""
        self._cells_quiet = 0

    def forget_pull(self) -> None:
        """Take the level for rest proper: a hold rose from it and fell back to it."""
        self._cells_since_former = self._cells_since_pull = self._lift_cells

    def note_range(self, low_n: float, high_n: float) -> None:
        """Take in lowest and highest sample of the next cell, in an excursion."""
        self._ranges.append((low_n, high_n))
        self._cells_since_former += 1
        self._cells_since_pull += 1
        if self._cells_since_pull < self._lift_cells:
            self._count_back(low_n, high_n)

    def _count_back(self, low_n: float, high_n: float) -> None:
        """Count for how many cells the force has lain near where it was before a pull."""
        depth_n = self._pulled_n - self.level_n
        is_deep = depth_n > CLEAR * self._thresholds.least_n
        away_n = max(high_n - self._pulled_n, self._pulled_n - low_n)
        (near, _), (far, _) = self._back
        is_near, is_far = is_deep and away_n < near * depth_n, is_deep and away_n < far * depth_n
        self._cells_back[0] = self._cells_back[0] + 1 if is_near else 0
        self._cells_back[1] += is_far

    def follow(self, cells: Cells, first: int, stop: int) -> list[float]:
        """Follow the cells from `first` up to `stop`, or to the one that stands out of rest.

        Return how far the mean of each cell that was followed lay from the level, in newtons.
        """
        limits = self._thresholds
        means, lows, highs = cells.means_n, cells.lows_n, cells.highs_n
        level_n, on_n, quiet = self.level_n, limits.on_n, self._cells_quiet
        note, is_flat = self._ranges.append, self.is_flat
        aways: list[float] = []
        kept: list[float] = []
        # In one loop, on local names: this is most of the work on a whole recording.
        for index in range(first, stop):
            mean_n, low_n, high_n = means[index], lows[index], highs[index]
            if high_n > level_n + on_n:
                break
            note((low_n, high_n))
            self._cells_since_former += 1
            self._cells_since_pull += 1
            away_n = mean_n - level_n
            aways.append(abs(away_n))
            quiet += 1
            if quiet > self._quiet_cells or not quiet % SELDOM:
                self._learn(high_n - low_n, abs(away_n))
                on_n = limits.on_n
            if high_n < level_n:
                self._note_pull(level_n - high_n, level_n)
                share = self._sink
            elif max(high_n - level_n, level_n - low_n) < NEAR_SHARE * on_n:
                share = self._climb
            else:
                share = self._sink if is_flat() else 1.0
            kept.append(share)
            if share < 1.0:
                self._cells_steady += 1
                level_n += (1.0 - share) * away_n
        self._cells_quiet = quiet
        if kept:
            self.level_n = level_n
            rows = slice(GRID * first, GRID * (first + len(kept)))
            self._pending.append((kept, cells.rows_n[rows]))
            if len(self._pending) > MOST_PENDING:
                _ = self.levels_n
        return aways

    def _learn(self, range_n: float, away_n: float) -> None:
        self._new_ranges.append(range_n)
        self._new_aways.append(away_n)
        if len(self._new_aways) == BATCH:
            self._thresholds.learn(self._new_ranges, self._new_aways)
            self._new_ranges.clear()
            self._new_aways.clear()

    def is_flat(self) -> bool:
        """Return whether the last half second varied no more than rest does."""
        low_n, high_n = self._ranges[-1]
        allowed_n = FLAT_SHARE * self._thresholds.least_n
        if high_n - low_n >= allowed_n or len(self._ranges) * GRID < self.flat_samples:
            return False
        lowest_n = min(low_n for low_n, _ in self._ranges)
        highest_n = max(high_n for _, high_n in self._ranges)
        return highest_n - lowest_n < allowed_n

    def was_pulled_from(self, mean_n: float) -> bool:
        """Return whether rest was at this level before it was pulled down lately."""
        if self._cells_since_former >= self._former_cells:
            return False
        allowed_n = FORMER_SHARE * (self._former_n - self.level_n)
        return abs(mean_n - self._former_n) < max(self._thresholds.least_n, allowed_n)

    def has_come_back(self) -> bool:
        """Return whether a foot that was lifted lay where it was before.

        For half a second, or longer where that is less sure.
        """
        if any(n >= least for n, (_, least) in zip(self._cells_back, self._back, strict=True)):
            return True
        depth_n = self._lift_depth_n()
        if not depth_n or len(self._ranges) * GRID < self.flat_samples:
            return False
        low_n = self._former_n - FORMER_SHARE * depth_n
        high_n = self._former_n + FORMER_SHARE * depth_n
        return all(low_n < low and high < high_n for low, high in self._ranges)

    @property
    def return_n(self) -> float:
        """Return how far above the level a foot that was lifted may come back, in newtons."""
        return (1 + FORMER_SHARE) * self._lift_depth_n()

    def _lift_depth_n(self) -> float:
        depth_n = self._former_n - self.level_n
        is_known = self._cells_since_former < self._lift_cells
        is_deep = depth_n > LIFT_DEPTH * self._thresholds.least_n
        return depth_n if is_known and is_deep else 0.0

    def _note_pull(self, depth_n: float, level_n: float) -> None:
        """Remember the level where the force leaves a steady one downwards, further than sway."""
        if depth_n < CLEAR * self._thresholds.least_n:
            self._is_pulled = False
            return
        if not self._is_pulled:
            # In the midst of a pull the level has moved already.
            self._is_pulled = True
            self._pulled_n = level_n
            self._cells_since_pull = 0
        if self._cells_steady >= self._steady_cells:
            self._former_n = level_n
            self._cells_since_former = 0
        self._cells_steady = 0


def _kept(time_constant_s: float, rate_hz: float) -> float:
    """Return the share of the old level that a cell leaves."""
    return math.exp(-GRID / (time_constant_s * rate_hz))


def _followed(levels_n: FloatArray, kept: list[float], rows_n: FloatArray) -> FloatArray:
    """Return (k,) levels after the cells of (GRID n, k) rows, each keeping a share of them."""
    shares = np.array(kept)
    left = np.cumprod(shares[::-1])[::-1]
    weights = (1.0 - shares) * np.append(left[1:], 1.0)
    means_n = rows_n.reshape(len(kept), GRID, -1).sum(axis=1) / GRID
    return np.asarray(left[0] * levels_n + weights.dot(means_n))
