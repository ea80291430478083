"""What must hold on real BlueZ: each scenario is one way in which a link goes wrong."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeAlias

from tests.bluez.guest.daemon import Daemon, bus_names
from tests.bluez.guest.host import Host
from tests.bluez.guest.record import Record, judge
from trainer.core.clock import SystemClock
from trainer.sources.ble.bluez import BluezRecovery
from trainer.sources.ble.finder import Target
from trainer.sources.ble.source import BleSource, Sensors
from trainer.sources.ble.transport import AdapterState, BleTransport
from trainer.wire.dialects import DIALECTS

RECONNECT_S: Final = 8.0
"""From the last frame before an outage to the first one after it."""
OPEN_S: Final = 60.0
"""So long nothing else would go wrong that a test should say."""

Facts: TypeAlias = dict[str, object]
Scenario: TypeAlias = Callable[["Bench"], Awaitable[Facts]]


class CountingRecovery:
    """The product's recovery; counts what is asked of it."""

    def __init__(self) -> None:
        self._recovery = BluezRecovery()
        self.forgotten = 0
        self.has_forgotten = asyncio.Event()

    async def forget(self, address: str) -> None:
        """Let BlueZ forget a device."""
        self.forgotten += 1
        await self._recovery.forget(address)
        self.has_forgotten.set()

    async def power_cycle(self) -> None:
        """Switch the adapter off and on."""
        await self._recovery.power_cycle()

    async def adapter_state(self) -> AdapterState:
        """Return how the adapter stands."""
        return await self._recovery.adapter_state()


class Bench:
    """What a scenario has at hand."""

    def __init__(self, host: Host, daemon: Daemon) -> None:
        self.host = host
        self.daemon = daemon
        self.recovery = CountingRecovery()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Record]:
        """Open the source, read it all the time, and close it at the end."""
        async with self.opening() as opened:
            yield await opened

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[asyncio.Task[Record]]:
        """Begin to open the product's source, with what it uses by itself; close it at the end."""
        transport = BleTransport(self.recovery)
        source = BleSource(Sensors(Target()), transport, SystemClock(), DIALECTS)
        record = Record(source)
        opened = asyncio.create_task(_opened(source, record))
        read = asyncio.create_task(_read(opened))
        try:
            yield opened
        finally:
            opened.cancel()
            read.cancel()
            await source.close()

    async def facts(self, record: Record, *, may_lack: bool = False) -> Facts:
        """Judge what came by what was sent, and return the figures."""
        counted = record.counts()
        judge(counted, await self.host.ask("tally"), may_lack=may_lack)
        return {
            **{str(stream): counts.facts() for stream, counts in counted.items()},
            "forgotten": self.recovery.forgotten,
        }


async def _opened(source: BleSource, record: Record) -> Record:
    await asyncio.wait_for(source.open(), OPEN_S)
    return record


async def _read(opened: asyncio.Task[Record]) -> None:
    await (await opened).run()


async def outage_s(record: Record, cause: Awaitable[object]) -> float:
    """Bring an outage about; return the seconds without a frame, once they come again."""
    record.longest_s = 0.0
    await cause
    await record.more(20)
    return round(record.longest_s, 2)


def judge_outages(outages_s: list[float]) -> None:
    """Check that the source was back in time."""
    assert max(outages_s) <= RECONNECT_S, f"silent for {outages_s} s, limit {RECONNECT_S} s"


async def stream(bench: Bench) -> Facts:
    """Receive force and inertial frames, each once and in order."""
    async with bench.reading() as record:
        await record.more(60)
        return await bench.facts(record)


async def lost_links(bench: Bench) -> Facts:
    """Lose three links: each frame comes once, and nothing is left behind on the bus."""
    names: list[int] = []
    outages_s: list[float] = []
    async with bench.reading() as record:
        await record.more(20)
        for way in ("drop", "out of reach", "drop"):
            names.append(await bus_names())
            outages_s.append(await outage_s(record, bench.host.ask(way)))
        names.append(await bus_names())
        facts = await bench.facts(record)
    assert len(set(names)) == 1, f"connections of the bus, before and after each: {names}"
    judge_outages(outages_s)
    return {"outages_s": outages_s, "bus_names": names, **facts}


async def silent_node(bench: Bench) -> Facts:
    """Make a link anew that stands and brings no samples."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.host.ask("no samples"))]
        facts = await bench.facts(record)
    judge_outages(outages_s)
    return {"outages_s": outages_s, **facts}


async def node_reboots(bench: Bench) -> Facts:
    """Follow a node that lost its power and has another clock and other numbers now."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.host.ask("reboot"))]
    judge_outages(outages_s)
    return {"outages_s": outages_s}


async def adapter_off_and_on(bench: Bench) -> Facts:
    """Switch the adapter off and on, by the product's own means."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, BluezRecovery().power_cycle())]
        # What is on its way from the controller to bluetoothd goes with the adapter; more than the
        # node sends again where the machine is slow.
        facts = await bench.facts(record, may_lack=True)
    judge_outages(outages_s)
    return {"outages_s": outages_s, **facts}


async def late_node(bench: Bench) -> Facts:
    """Find a node that is switched on after the program."""
    await bench.host.ask("off")
    async with bench.opening() as opened:
        await asyncio.wait({opened}, timeout=4)
        assert not opened.done(), "a node was opened that is off"
        began_s = time.monotonic()
        await bench.host.ask("on")
        record = await opened
        found_s = time.monotonic() - began_s
        await record.more(20)
        return {"found_s": round(found_s, 2), **await bench.facts(record)}


async def other_table(bench: Bench) -> Facts:
    """Miss a characteristic, have BlueZ forget the device, find all once it has new firmware."""
    await bench.host.ask("old firmware")
    async with bench.opening() as opened:
        await asyncio.wait_for(bench.recovery.has_forgotten.wait(), timeout=40)
        await bench.host.ask("begin")
        record = await opened
        await record.more(20)
        return await bench.facts(record)


async def bluetoothd_restarts(bench: Bench) -> Facts:
    """Outlive a bluetoothd that dies and is started again."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.daemon.restart())]
        # For a moment the kernel holds the link of a dead daemon, and takes frames.
        facts = await bench.facts(record, may_lack=True)
    return {"outages_s": outages_s, **facts}


SCENARIOS: Final[tuple[Scenario, ...]] = (
    stream,
    lost_links,
    silent_node,
    node_reboots,
    adapter_off_and_on,
    late_node,
    other_table,
    bluetoothd_restarts,
)
