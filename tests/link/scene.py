"""What link tests stand on: the product's source on the virtual radio, and what it delivered."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.core.packets import ClockPacket, CountsPacket, Packet, Stream, UnitPacket
from trainer.sources.ble.finder import Target
from trainer.sources.ble.source import BleSource, Sensors
from trainer.wire.dialects import DIALECTS

Result = TypeVar("Result")

COUNTED: dict[Stream, int] = {Stream.FORCE: 1 << 23, Stream.IMU: 1 << 15}
"""Where the virtual chips' sample numbers, each sample's first channel, wrap."""


class Ear:
    """A source that is read all the time, and everything it delivered."""

    def __init__(self, rig: Rig, force: str = "", motion: str | None = None) -> None:
        sensors = Sensors(Target(force), None if motion is None else Target(motion))
        self.rig = rig
        self.source = BleSource(sensors, rig.transport, rig.clock, DIALECTS)
        self.packets: list[Packet] = []
        self.arrived_s: list[float] = []
        """When each packet was handed out."""
        self.news: list[str] = []
        """What was told of the link, each once."""
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Open the source and read it from now on."""
        await self.source.open()
        self._task = asyncio.create_task(self._read())

    async def close(self) -> None:
        """Close the source; raises what reading it raised."""
        await self.source.close()
        task, self._task = self._task, None
        if task is not None:
            await task

    async def for_s(self, seconds: float) -> None:
        """Let time pass, watching the news."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + seconds
        while loop.time() < until_s:
            news = self.source.vitals.news
            if news and news not in self.news:
                self.news.append(news)
            await asyncio.sleep(min(0.05, until_s - loop.time()))

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        while packets := await self.source.read():
            self.packets.extend(packets)
            self.arrived_s.extend([loop.time()] * len(packets))

    def frames(self, stream: Stream) -> list[CountsPacket]:
        """Return the frames of a stream in the order in which they came."""
        return [
            packet
            for packet in self.packets
            if isinstance(packet, CountsPacket) and packet.stream is stream
        ]

    def answers(self) -> list[ClockPacket]:
        """Return the answers of the clock."""
        return [packet for packet in self.packets if isinstance(packet, ClockPacket)]

    def stamped(self) -> list[UnitPacket]:
        """Return the packets of a bought sensor."""
        return [packet for packet in self.packets if isinstance(packet, UnitPacket)]


def first_comes(frames: Sequence[CountsPacket]) -> list[CountsPacket]:
    """Return each frame once, as it came first."""
    seen: dict[tuple[int, int], CountsPacket] = {}
    for frame in frames:
        seen.setdefault((frame.seq, frame.tick_us), frame)
    return list(seen.values())


def numbers(frames: Sequence[CountsPacket]) -> list[int]:
    """Return the number that each sample was given when it was taken."""
    return [int(count) for frame in frames for count in frame.counts[:, 0]]


def are_unbroken(found: Sequence[int], stream: Stream) -> bool:
    """Return whether each number follows the one before; none is lost, doubled or out of place."""
    span = COUNTED[stream]
    return all((b - a) % span == 1 for a, b in pairwise(found))


def play(
    scene: Callable[[Rig, FootPeripheral, Ear], Coroutine[Any, Any, Result]],
    options: FootOptions | None = None,
    packets_per_event: int = 4,
    least_interval_s: float = 0.015,
    limit_s: float = 900.0,
) -> Result:
    """Run a scene with one node; its ear is closed at the end and leaves nothing behind."""

    async def run() -> Result:
        rig = await make_rig(packets_per_event, least_interval_s)
        foot = await rig.foot(options)
        ear = Ear(rig)
        try:
            result = await scene(rig, foot, ear)
        finally:
            await ear.close()
        assert_left_nothing(rig)
        return result

    return run_virtual(run(), limit_s)


def assert_left_nothing(rig: Rig) -> None:
    """Assert that no client was left open, and that none ever heard anything twice."""
    assert rig.adapter.open_clients == set()
    assert rig.adapter.most_registrations <= 1
    assert not rig.adapter.is_scanning
