"""Raw counts of a pad as a guided procedure takes them: received samples on a clock that rises."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from trainer.app.incoming import Incoming
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, Quality
from trainer.core.packets import Packet, StreamInfo

NEW_CLOCK_S: Final = 1.0
"""Put between two clocks of a pad that started anew: long enough to be taken as a gap."""


class CountReader:
    """Packets in; (n,) seconds and (n, channel) counts out, what was lost left out."""

    def __init__(self, info: StreamInfo, start_s: float = 0.0) -> None:
        self._incoming = Incoming(info)
        self._start_s = start_s
        self._offset_s: float | None = None
        self._last_s = -np.inf

    def read(self, packets: Sequence[Packet]) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield what the packets bring, run by run."""
        for block in self._incoming.push(self._incoming.pick(packets)).blocks:
            good = (block.quality & Quality.HELD == 0) & np.isfinite(block.data).all(axis=1)
            if good.any():
                time_s = self._placed(block)
                self._last_s = float(time_s[-1])
                yield time_s[good], block.data[good]

    def _placed(self, block: Block) -> FloatArray:
        first_s = float(block.time_s[0])
        if self._offset_s is None:
            self._offset_s = self._start_s - first_s
        elif first_s + self._offset_s <= self._last_s:
            self._offset_s = self._last_s + NEW_CLOCK_S - first_s
        return np.asarray(block.time_s + self._offset_s)
