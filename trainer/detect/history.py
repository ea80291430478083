"""The newest blocks, kept until the excursion that they belong to is settled."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FlagArray, FloatArray
from trainer.core.block import ForceBlock


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples cut from the history."""

    first_index: int
    time_s: FloatArray
    """(n,)"""
    force_n: FloatArray
    """(n, cell + 1)"""
    band_n: FloatArray
    """(n,) of the detected sum"""
    quality: FlagArray
    """(n,)"""


class History:
    """Keep blocks by absolute sample index and cut stretches out of them."""

    def __init__(self) -> None:
        self._blocks: deque[ForceBlock] = deque()
        self.first_index = 0
        """Index of the oldest sample kept."""
        self.next_index = 0
        """Index after the newest."""

    def clear(self) -> None:
        """Forget all blocks."""
        self._blocks.clear()

    def append(self, block: ForceBlock) -> None:
        """Add the next block of the run; its index goes on where the last one ended."""
        if not self._blocks:
            self.first_index = block.first_index
        self._blocks.append(block)
        self.next_index = block.first_index + len(block.time_s)

    def forget_before(self, index: int) -> None:
        """Drop blocks that lie wholly before the index."""
        blocks = self._blocks
        while len(blocks) > 1 and blocks[1].first_index <= index:
            blocks.popleft()
            self.first_index = blocks[0].first_index

    def cut(self, first: int, stop: int) -> Stretch:
        """Return the samples from `first` up to but not including `stop`, as far as they are kept."""
        first = max(first, self.first_index)
        parts = [
            (block, slice(max(0, first - block.first_index), stop - block.first_index))
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

    def time_at(self, index: int) -> float:
        """Return the stamp of a kept sample in seconds."""
        for block in reversed(self._blocks):
            if block.first_index <= index:
                return float(block.time_s[index - block.first_index])
        raise IndexError(index)
