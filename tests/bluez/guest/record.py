"""What a source delivered in a scenario: frames, doubled ones, missing ones, silences."""

import asyncio
import time
from collections.abc import Callable

from tests.bluez.guest.host import Crossed
from trainer.core.packets import CountsPacket, Packet, Stream
from trainer.core.ports import Source
from trainer.timing.ticks import TickTrack


class Lane:
    """One stream: counted as received, and as the pipeline takes it."""

    def __init__(self) -> None:
        self._track = TickTrack(0.0)
        self._numbers: list[int] = []
        self.received = 0
        self.dropped = 0
        """Frames that the node says it dropped, since the first."""
        self._first_dropped: int | None = None

    def add(self, frame: CountsPacket) -> None:
        """Take in a frame."""
        self.received += 1
        if self._first_dropped is None:
            self._first_dropped = frame.dropped_total
        self.dropped = (frame.dropped_total - self._first_dropped) & 0xFFFF
        if self._track.place(frame) is not None:
            self._numbers.append(frame.seq)

    @property
    def taken(self) -> int:
        """Return how many frames are left after the doubled ones."""
        return len(self._numbers)

    @property
    def missing(self) -> int:
        """Return how many numbers lack between first and last; negative where one came twice."""
        if not self._numbers:
            return 0
        return ((self._numbers[-1] - self._numbers[0]) & 0xFFFF) + 1 - len(self._numbers)

    @property
    def is_in_order(self) -> bool:
        """Return whether every frame came after the one before."""
        steps = zip(self._numbers, self._numbers[1:], strict=False)
        return all(0 < (after - before) & 0xFFFF < 1 << 15 for before, after in steps)


class Record:
    """A source that is read all the time; what came of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.lanes = {stream: Lane() for stream in Stream}
        self._last_s: float | None = None
        self.longest_s = 0.0
        """Longest time without a frame since this was set to zero."""
        self._grew = asyncio.Event()

    async def run(self) -> None:
        """Read until cancelled."""
        while packets := await self._source.read():
            for packet in packets:
                self._add(packet)
            self._grew.set()

    async def until(self, is_true: Callable[[], bool], within_s: float, what: str) -> None:
        """Wait for something that packets make true. Raises AssertionError where it does not."""
        try:
            async with asyncio.timeout(within_s):
                while not is_true():
                    self._grew.clear()
                    await self._grew.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: not within {within_s:g} s; {self.figures()}") from None

    async def more(self, frames: int, within_s: float = 40.0) -> None:
        """Wait until each stream has so many frames more."""
        goals = {stream: lane.taken + frames for stream, lane in self.lanes.items()}
        await self.until(
            lambda: all(self.lanes[stream].taken >= goal for stream, goal in goals.items()),
            within_s,
            f"{frames} more frames",
        )

    def judge(self, crossed: dict[str, Crossed]) -> None:
        """Check that each frame came, in order, and that none came more often than it was sent."""
        for stream, lane in self.lanes.items():
            sent = crossed[stream]
            seen = f"{stream}: {self.figures()}, crossed the air {sent}"
            assert lane.is_in_order, f"out of order, {seen}"
            assert lane.missing == lane.dropped, f"frames lack, {seen}"
            assert lane.received <= sent.frames, f"more received than were sent, {seen}"
            assert lane.received - lane.taken <= sent.frames - sent.numbers, f"doubled, {seen}"

    def figures(self) -> dict[str, dict[str, int]]:
        """Return the counts, per stream."""
        return {
            str(stream): {
                "received": lane.received,
                "taken": lane.taken,
                "missing": lane.missing,
                "dropped": lane.dropped,
            }
            for stream, lane in self.lanes.items()
        }

    def _add(self, packet: Packet) -> None:
        if isinstance(packet, CountsPacket):
            now_s = time.monotonic()
            self.longest_s = max(self.longest_s, now_s - (self._last_s or now_s))
            self._last_s = now_s
            self.lanes[packet.stream].add(packet)
