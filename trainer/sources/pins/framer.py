"""Rows to the frames of the foot node: what comes from the pins then takes the same way."""

from collections.abc import Callable, Mapping
from typing import Final

from trainer.core.packets import Status
from trainer.sources.pins.cells import Doubt
from trainer.sources.pins.reader import Row
from trainer.wire.footwire import FrameWriter

SAMPLES: Final = 2
"""Of a frame: half the wake-ups of the other process, for 6 ms of delay on every second sample."""

_BITS: Final[Mapping[Doubt, Status]] = {
    Doubt.STRETCHED: Status.POWER_DOWN,
    Doubt.UNCHECKED: Status.POWER_DOWN,
    Doubt.LATE: Status.NOT_READY,
    Doubt.MISSED: Status.NOT_READY,
    Doubt.SETTLING: Status.OK,
}


class Framer:
    """Frames of one kind; `send` takes one, or refuses it where the pipe is full."""

    def __init__(self, kind: int, channels: int, send: Callable[[bytes], bool]) -> None:
        self._writer = FrameWriter(kind, channels, SAMPLES)
        self._send = send
        self._status = 0
        self._dropped = 0
        self._seen: dict[Doubt, int] = {}

    def add(self, row: Row, period_ns: float, doubts: Mapping[Doubt, int]) -> None:
        """Append a row; one after a hole begins a frame, whose clock shows the hole.

        `doubts` are all conversions thrown away so far: the frame after them tells of them.
        """
        if row.missed:
            self.close(period_ns)
        self._note(doubts)
        self._status |= row.status
        if self._writer.add(round(row.stamp_ns / 1000), row.counts):
            self.close(period_ns)

    def close(self, period_ns: float) -> None:
        """Send what is there."""
        length = self._writer.close(self._status, round(period_ns * 16 / 1000), self._dropped)
        if not length:
            return
        self._status = 0
        if not self._send(bytes(self._writer.buffer[:length])):
            self._dropped += 1
            self._status = int(Status.QUEUE_OVERFLOW)

    def _note(self, doubts: Mapping[Doubt, int]) -> None:
        for doubt, count in doubts.items():
            if count != self._seen.get(doubt, 0):
                self._seen[doubt] = count
                self._status |= _BITS[doubt]
