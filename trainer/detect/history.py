"""The newest blocks, kept until the excursion that they belong to is settled."""

from collections import deque

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.detect.excursion import Stretch


class History:
    """Keep the blocks of one run by absolute sample index and cut stretches out of them."""

    def __init__(self) -> None:
        self._blocks: deque[ForceBlock] = deque()
        self.first_index = 0
        """Index of the oldest sample kept."""
        self.next_index = 0
        """Index after the newest."""

    @property
    def newest_s(self) -> float:
        """Return the newest stamp in seconds."""
        return float(self._blocks[-1].time_s[-1])

    def clear(self) -> None:
        """Forget all blocks."""
        self._blocks.clear()

    def append(self, block: ForceBlock, needed_index: int) -> None:
        """Add the next block of the run; drop what lies before the index that is still needed."""
        blocks = self._blocks
        blocks.append(block)
        while blocks[0].first_index + len(blocks[0].time_s) <= needed_index:
            blocks.popleft()
        self.first_index = blocks[0].first_index
        self.next_index = block.first_index + len(block.time_s)

    def cut(self, first: int, stop: int) -> Stretch:
        """Return the samples from `first` up to, not including, `stop`, as far as they are kept.

        They are copied into arrays of their own, laid out alike for any blocks: sums over others
        would differ in their last bits.
        """
        first = max(first, self.first_index)
        parts = [
            (block, slice(max(first - block.first_index, 0), stop - block.first_index))
            for block in self._blocks
            if block.first_index < stop and block.first_index + len(block.time_s) > first
        ]
        return Stretch(
            first,
            np.concatenate([block.time_s[part] for block, part in parts]),
            np.concatenate([block.force_n[part] for block, part in parts]),
            np.concatenate([block.band_n[part, -1] for block, part in parts]),
            np.concatenate([block.quality[part] for block, part in parts]),
        )

    def tail(self, count: int, stop: int) -> FloatArray:
        """Return up to `count` newtons of the detected force before `stop`, as far as kept."""
        first = max(stop - count, self.first_index)
        parts: list[FloatArray] = []
        for block in reversed(self._blocks):
            if block.first_index < stop:
                start = max(first - block.first_index, 0)
                parts.append(block.force_n[start : stop - block.first_index, -1])
            if block.first_index <= first:
                break
        return np.concatenate(parts[::-1]) if parts else np.empty(0)
