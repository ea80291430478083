"""What a source delivered in a scenario: frames, doubled ones, missing ones, silences."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tests.bluez.guest.host import Crossed
from trainer.core.errors import SourceError
from trainer.core.packets import CountsPacket, Packet, Stream
from trainer.core.ports import Source
from trainer.timing.ticks import TickTrack

_HALF: Final = 1 << 15
"""Of the numbers that frames have."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What has come of one stream."""

    received: int
    taken: int
    """Frames left after the doubled ones."""
    missing: int
    """Numbers that lack between first and last; negative where one was taken twice."""
    dropped: int
    """Frames that the node says it dropped, since the first."""
    is_in_order: bool

    @property
    def doubled(self) -> int:
        """Return the frames that had come before."""
        return self.received - self.taken

    def facts(self) -> dict[str, int]:
        """Return what a table of results should show."""
        return {"taken": self.taken, "doubled": self.doubled, "missing": self.missing}


class Lane:
    """One stream: counted as received, and as the pipeline takes it."""

    def __init__(self) -> None:
        self._track = TickTrack(0.0)
        self._numbers: list[int] = []
        self._received = 0
        self._dropped: list[int] = []

    def add(self, frame: CountsPacket) -> None:
        """Take in a frame."""
        self._received += 1
        self._dropped.append(frame.dropped_total)
        if self._track.place(frame) is not None:
            self._numbers.append(frame.seq)

    @property
    def taken(self) -> int:
        """Return how many frames are left after the doubled ones."""
        return len(self._numbers)

    def counts(self) -> Counts:
        """Return what has come so far."""
        numbers, dropped = self._numbers, self._dropped
        steps = [(after - before) & 0xFFFF for before, after in pairwise(numbers)]
        return Counts(
            self._received,
            len(numbers),
            (numbers[-1] - numbers[0] & 0xFFFF) + 1 - len(numbers) if numbers else 0,
            dropped[-1] - dropped[0] & 0xFFFF if dropped else 0,
            is_in_order=all(0 < step < _HALF for step in steps),
        )


def judge(
    counted: Mapping[Stream, Counts], crossed: Mapping[str, Crossed], *, may_lack: bool
) -> None:
    """Check that each frame came, in order, and that none came more often than it was sent.

    `counted` is what had come before it was asked what crossed. `may_lack` is for frames that
    crossed and reached no one: the daemon was dead.
    """
    for stream, counts in counted.items():
        sent = crossed[stream]
        seen = f"{stream}: {counts}, {sent}"
        assert counts.is_in_order, f"out of order, {seen}"
        lacking = counts.missing - counts.dropped
        unheard = sent.numbers - counts.taken if may_lack else 0
        assert 0 <= lacking <= max(0, unheard), f"frames lack, {seen}"
        assert counts.received <= sent.frames, f"more received than were sent, {seen}"
        assert counts.doubled <= sent.frames - sent.numbers, f"doubled, {seen}"


class Record:
    """A source that is read all the time; what came of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.lanes = {stream: Lane() for stream in Stream}
        self._last_s: float | None = None
        self.longest_s = 0.0
        """Longest time without a frame since this was set to zero."""
        self._fault: SourceError | None = None
        self._grew = asyncio.Event()

    async def run(self) -> None:
        """Read until cancelled, or until the source gives up."""
        try:
            while packets := await self._source.read():
                for packet in packets:
                    self._add(packet)
                self._grew.set()
        except SourceError as error:
            self._fault = error
            self._grew.set()

    async def until(self, is_true: Callable[[], bool], within_s: float, what: str) -> None:
        """Wait for something that packets make true. Raises AssertionError where it does not."""
        try:
            async with asyncio.timeout(within_s):
                while not is_true():
                    assert self._fault is None, f"{what}: {self._fault}"
                    self._grew.clear()
                    await self._grew.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: not within {within_s:g} s; {self.counts()}") from None

    async def more(self, frames: int, within_s: float = 40.0) -> None:
        """Wait until each stream has so many frames more."""
        goals = {stream: lane.taken + frames for stream, lane in self.lanes.items()}
        await self.until(
            lambda: all(self.lanes[stream].taken >= goal for stream, goal in goals.items()),
            within_s,
            f"{frames} more frames",
        )

    def counts(self) -> dict[Stream, Counts]:
        """Return what has come so far, per stream."""
        return {stream: lane.counts() for stream, lane in self.lanes.items()}

    def _add(self, packet: Packet) -> None:
        if isinstance(packet, CountsPacket):
            now_s = time.monotonic()
            self.longest_s = max(self.longest_s, now_s - (self._last_s or now_s))
            self._last_s = now_s
            self.lanes[packet.stream].add(packet)
