"""Keep converter glitches and lone spikes out of the force, and mark saturation.

Rules, per channel and sample by sample:
- A sample that jumps too far is held for one sample. If the next one is back, it was a glitch and
  is counted; if the next one stays, it was a fast press, and only that one sample was held.
- A code that an HX711 sends when it is clocked late or powers down (0, -1, 2^k - 1, lowest),
  reached by such a jump, is held for up to LONGEST_HELD samples.
- Full scale twice in a row is saturation: it is passed on and marked. A node marks a whole frame
  for one code of full scale, which a glitch is too: where codes are known, its mark is taken off.
How far is too far follows the quietest of the last cells of GRID samples of absolute index, so the
cutting of the signal changes nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, Quality
from trainer.core.events import Event, SamplesRejected, SaturationSeen
from trainer.signal.guardchannel import GRID, GuardChannel
from trainer.signal.guardscan import CellScan

LEAST_JUMP_N: Final = 2.0
"""Below this a spike is no larger than a fidget and harms nothing."""

SHORTEST_SCAN: Final = 128
"""Samples from which whole cells are judged at once: below, 60 us per channel would not be gained
back (measured on x86)."""

TELL_S: Final = 0.5
"""An overload that lasts is told of again: whoever stops a session for it must know it does."""

_MARK: Final = int(Quality.SATURATED)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A block without glitches, and what was found in it."""

    block: Block
    events: tuple[Event, ...]


class Guard:
    """Hold glitches; needs the calibration to know how far a newton is."""

    def __init__(self, calibration: Calibration) -> None:
        self._names = calibration.channels
        gains = [abs(float(gain)) for gain in calibration.matrix().diagonal()]
        self._least_jumps = [LEAST_JUMP_N / gain if gain > 0 else LEAST_JUMP_N for gain in gains]
        self._full_scale = float(calibration.full_scale_counts or float("inf"))
        self.rejected_samples = 0
        """Glitches and spikes held so far."""
        self.reset()

    def reset(self) -> None:
        """Forget the signal; the count stays."""
        self._channels: list[GuardChannel] = []
        self._was_saturated = False
        self._told_s = 0.0

    def push(self, block: Block) -> Guarded:
        """Return the block with glitches held and flagged, and what was found."""
        count = len(block.time_s)
        if count == 0:
            return Guarded(block, ())
        block = self._without_marks(block)
        if block.starts_run or not self._channels:
            self._start(block.data[0].tolist())
        repair = _Repair(block)
        if count < SHORTEST_SCAN:
            for index, samples in enumerate(block.data.T.tolist()):
                self._take_each(self._channels[index], samples, repair, (0, index))
        else:
            for index, channel in enumerate(self._channels):
                self._take_long(channel, np.ascontiguousarray(block.data[:, index]), repair, index)
        if repair.data is None:
            self._was_saturated = False
            return Guarded(block, ())
        return Guarded(repair.block(), self._report(repair))

    def _without_marks(self, block: Block) -> Block:
        """Return the block without the node's marks, where full scale is known here."""
        if self._full_scale == float("inf") or not block.quality.any():
            return block
        quality = block.quality & np.uint8(~_MARK & 0xFF)
        return Block(
            block.info, block.first_index, block.time_s, block.data, quality, block.starts_run
        )

    def _take_each(
        self,
        channel: GuardChannel,
        samples: list[float],
        repair: "_Repair",
        place: tuple[int, int],
    ) -> None:
        """Take one channel's samples cell by cell; `place` is the row of the first, and channel."""
        row, index = place
        first = repair.source.first_index + row
        count = len(samples)
        start = channel.pass_clean(samples, first % GRID)
        while start < count:
            stop = min(count, start + GRID - (first + start) % GRID)
            repair.take(channel, samples[start:stop], row + start, index)
            if (first + stop) % GRID == 0:
                channel.end_cell()
            start = stop + channel.pass_clean(samples[stop:], (first + stop) % GRID)

    def _take_long(
        self, channel: GuardChannel, samples: FloatArray, repair: "_Repair", index: int
    ) -> None:
        """Take one channel's samples, cells without anything suspect all at once."""
        head = -repair.source.first_index % GRID
        self._take_each(channel, samples[:head].tolist(), repair, (0, index))
        tail = head + (len(samples) - head) // GRID * GRID
        scan = CellScan(channel, samples[head:tail])
        cell = scan.next_suspect(0)
        while cell < scan.count:
            row = head + cell * GRID
            self._take_each(channel, samples[row : row + GRID].tolist(), repair, (row, index))
            cell = scan.next_suspect(cell + 1)
        self._take_each(channel, samples[tail:].tolist(), repair, (tail, index))

    def _start(self, first: list[float]) -> None:
        self.reset()
        self._channels = [
            GuardChannel(value, least, self._full_scale)
            for value, least in zip(first, self._least_jumps, strict=True)
        ]

    def _report(self, repair: "_Repair") -> tuple[Event, ...]:
        time_s = repair.source.time_s
        events: list[Event] = []
        for row in sorted({*repair.rejected, *repair.saturated}):
            at_s = float(time_s[row])
            if row in repair.rejected:
                self.rejected_samples += repair.rejected[row]
                events.append(SamplesRejected(at_s, repair.rejected[row]))
            if row in repair.saturated and self._is_news(row, repair, at_s):
                self._told_s = at_s
                events.append(SaturationSeen(at_s, self._names[repair.saturated[row]]))
        self._was_saturated = len(time_s) - 1 in repair.saturated
        return tuple(events)

    def _is_news(self, row: int, repair: "_Repair", at_s: float) -> bool:
        was_saturated = self._was_saturated if row == 0 else row - 1 in repair.saturated
        return not was_saturated or at_s - self._told_s >= TELL_S


class _Repair:
    """A block that is being repaired, copied at the first suspect sample."""

    def __init__(self, source: Block) -> None:
        self.source = source
        self.data: FloatArray | None = None
        self.rejected: dict[int, int] = {}
        """Glitches by the row that showed them."""
        self.saturated: dict[int, int] = {}
        """First saturated channel by row."""

    def take(self, channel: GuardChannel, values: list[float], start: int, index: int) -> None:
        """Put one channel's samples from row `start` on through the rules."""
        if self.data is None:
            self.data = self.source.data.copy()
            self._quality = self.source.quality.copy()
        for row, value in enumerate(values, start):
            kept, rejected = channel.take(value)
            self.data[row, index] = kept
            if channel.held:
                self._quality[row] |= Quality.REJECTED
            if channel.is_full:
                self._quality[row] |= Quality.SATURATED
                self.saturated.setdefault(row, index)
            if rejected:
                self.rejected[row] = self.rejected.get(row, 0) + rejected

    def block(self) -> Block:
        """Return the repaired block."""
        assert self.data is not None
        source = self.source
        return Block(
            source.info,
            source.first_index,
            source.time_s,
            self.data,
            self._quality,
            source.starts_run,
        )
