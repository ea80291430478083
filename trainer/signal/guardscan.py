"""Whole cells of one channel at once: which of them can hold something suspect.

What a cell is judged by are the samples alone as long as nothing is held. So all cells are judged
as if nothing were; where one is suspect, it and those after it are to be taken sample by sample
until the channel's state is again the one that the samples alone would give.
"""

from bisect import bisect_left

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.signal.guardchannel import CELLS, GRID, NOISE_RANGES, GuardChannel


class CellScan:
    """The whole cells of one channel that follow its present state, at the border of a cell."""

    def __init__(self, channel: GuardChannel, samples: FloatArray) -> None:
        self._channel = channel
        self._samples = samples
        cells = samples.reshape(-1, GRID)
        self.count = len(cells)
        """Cells."""
        before = np.concatenate(([channel.last], samples[GRID - 1 : -1 : GRID]))
        low, high = cells.min(axis=1), cells.max(axis=1)
        ranges = np.maximum(high, before) - np.minimum(low, before)
        known = [np.inf] * (CELLS - len(channel.ranges)) + list(channel.ranges)
        self._ranges = np.concatenate((known, ranges))
        newest = np.lib.stride_tricks.sliding_window_view(self._ranges, CELLS)[:-1]
        limit = np.maximum(channel.least, NOISE_RANGES * newest.min(axis=1))
        is_near = (high - low <= limit) & (high - before <= limit) & (before - low <= limit)
        if not is_near.all():
            rows = np.flatnonzero(~is_near)
            steps = np.abs(np.diff(np.column_stack((before[rows], cells[rows])), axis=1))
            is_near[rows] = (steps <= limit[rows, None]).all(axis=1)
        is_clean = is_near & (high < channel.full) & (-low < channel.full)
        self._suspect: list[int] = np.flatnonzero(~is_clean).tolist()

    def next_suspect(self, cell: int) -> int:
        """Return the first cell from `cell` on that is to be taken sample by sample, or `count`.

        The channel's state is taken to where that cell starts.
        """
        if not self._is_plain(cell):
            return cell
        place = bisect_left(self._suspect, cell)
        found = self._suspect[place] if place < len(self._suspect) else self.count
        if found > cell:
            end = found * GRID
            last, earlier = float(self._samples[end - 1]), float(self._samples[end - 2])
            self._channel.skip_to(self._newest(found), last, abs(last - earlier))
        return found

    def _newest(self, cell: int) -> list[float]:
        """Return the ranges of up to CELLS cells before `cell`, as the samples alone give them."""
        found: list[float] = self._ranges[cell : cell + CELLS].tolist()
        return [size for size in found if size != np.inf]

    def _is_plain(self, cell: int) -> bool:
        """Return whether the channel is, before `cell`, as the samples alone would have it."""
        channel = self._channel
        if channel.held:
            return False
        if cell == 0:
            return True
        end = cell * GRID
        last, earlier = float(self._samples[end - 1]), float(self._samples[end - 2])
        return (
            channel.last == last
            and channel.step == abs(last - earlier)
            and list(channel.ranges) == self._newest(cell)
        )
