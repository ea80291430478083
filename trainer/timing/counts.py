"""Frames of raw counts to rows: the node's ticks give each sample its stamp."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.block import Quality
from trainer.core.packets import CountsPacket, Status, StreamInfo
from trainer.timing.runs import Rows
from trainer.timing.ticks import Place, TickTrack

# As a plain integer: an operator on an IntFlag costs more than reading the frame.
_SATURATED: Final = int(Status.SATURATED)


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

    @property
    def origin_us(self) -> int | None:
        """Return the device clock, modulo 2^32, at which the stamps are zero."""
        return self._ticks.origin_us

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
        if len(frames) > 1:
            return self._join_many(frames, places)
        frame, place = frames[0], places[0]
        count = frame.counts.shape[0]
        time_s = self._offsets(count) * place.period_s
        time_s += place.first_s
        quality = np.zeros(count, np.uint8)
        if frame.status and frame.status & Status.SATURATED:
            quality[:] = Quality.SATURATED
        jumps = None
        if place.jump != 1:
            jumps = np.ones(count, np.intp)
            jumps[0] = place.jump
        dropped = ((0, place.dropped),) if place.dropped else ()
        return Rows(time_s, frame.counts.astype(np.float64), quality, jumps, dropped)

    def _join_many(self, frames: list[CountsPacket], places: list[Place]) -> Rows:
        counts = [frame.counts for frame in frames]
        sizes = np.array([len(rows) for rows in counts])
        starts = np.cumsum(sizes) - sizes
        total = int(sizes.sum())
        first_s, period_s, jump, dropped = zip(*places, strict=True)
        offset = np.arange(total, dtype=np.float64) - np.repeat(starts, sizes)
        time_s = offset * np.repeat(np.array(period_s), sizes)
        time_s += np.repeat(np.array(first_s), sizes)
        status = np.frombuffer(bytes([frame.status for frame in frames]), np.uint8)
        quality = (status & _SATURATED > 0) * np.uint8(Quality.SATURATED)
        jumps = None
        if set(jump) != {1}:
            jumps = np.ones(total, np.intp)
            jumps[starts] = jump
        return Rows(
            time_s,
            np.concatenate(counts).astype(np.float64),
            np.repeat(quality, sizes),
            jumps,
            tuple((int(row), lost) for row, lost in zip(starts, dropped, strict=True) if lost),
        )

    def _offsets(self, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        if count > self._ramp.shape[0]:
            self._ramp = np.arange(count, dtype=np.float64)
        return self._ramp[:count]
