"""Frames of raw counts to rows: the node's ticks give each sample its stamp."""

from collections.abc import Sequence

import numpy as np

from trainer.core.block import Quality
from trainer.core.packets import CountsPacket, Status, StreamInfo
from trainer.timing.runs import Rows
from trainer.timing.ticks import Place, TickTrack


class CountsReader:
    """Stamps the samples of one stream of frames; rules in ticks.py."""

    def __init__(self, info: StreamInfo) -> None:
        self._ticks = TickTrack(info.delay_periods)
        self._ramp = np.arange(256, dtype=np.float64)
        self.samples = 0
        """Samples received, duplicates not counted."""

    @property
    def period_s(self) -> float | None:
        """Return the measured sample period in seconds; None before the first frame."""
        return self._ticks.period_s

    def read(self, frames: Sequence[CountsPacket]) -> Rows | None:
        """Return the rows of the frames; None where there is no new sample."""
        places: list[Place] = []
        kept: list[CountsPacket] = []
        for frame in frames:
            place = self._ticks.place(frame)
            if place is not None:
                places.append(place)
                kept.append(frame)
        if not kept:
            return None
        rows = self._join(kept, places)
        self.samples += rows.time_s.shape[0]
        return rows

    def _join(self, frames: list[CountsPacket], places: list[Place]) -> Rows:
        counts = frames[0].counts
        if len(frames) > 1:
            counts = np.concatenate([frame.counts for frame in frames])
        total = counts.shape[0]
        time_s = np.empty(total)
        quality = np.zeros(total, np.uint8)
        jumps = None
        dropped: tuple[tuple[int, int], ...] = ()
        row = 0
        for frame, place in zip(frames, places, strict=True):
            count = frame.counts.shape[0]
            stamps = time_s[row : row + count]
            np.multiply(self._offsets(count), place.period_s, stamps)
            stamps += place.first_s
            if frame.status and frame.status & Status.SATURATED:
                quality[row : row + count] = Quality.SATURATED
            if place.jump != 1:
                jumps = np.ones(total, np.intp) if jumps is None else jumps
                jumps[row] = place.jump
            if place.dropped:
                dropped += ((row, place.dropped),)
            row += count
        return Rows(time_s, counts.astype(np.float64), quality, jumps, dropped)

    def _offsets(self, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        if count > self._ramp.shape[0]:
            self._ramp = np.arange(count, dtype=np.float64)
        return self._ramp[:count]
