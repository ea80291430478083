"""What must hold on real BlueZ: each scenario is one way in which a link goes wrong."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeAlias

from tests.bluez.guest.daemon import Daemon, bus_names
from tests.bluez.guest.host import Host
from tests.bluez.guest.record import Record
from trainer.core.clock import SystemClock
from trainer.core.errors import SourceError, SourceFault
from trainer.sources.ble.bluez import BluezRecovery
from trainer.sources.ble.finder import Target
from trainer.sources.ble.source import BleSource, Sensors
from trainer.sources.ble.transport import AdapterState, BleTransport
from trainer.wire.dialects import DIALECTS

RECONNECT_S: Final = 8.0
"""From the last frame before an outage to the first one after it."""

Facts: TypeAlias = dict[str, object]
Scenario: TypeAlias = Callable[["Bench"], Awaitable[Facts]]


class CountingRecovery:
    """The product's recovery; counts what is asked of it."""

    def __init__(self) -> None:
        self._recovery = BluezRecovery()
        self.forgotten = 0
        self.cycled = 0

    async def forget(self, address: str) -> None:
        """Let BlueZ forget a device."""
        self.forgotten += 1
        await self._recovery.forget(address)

    async def power_cycle(self) -> None:
        """Switch the adapter off and on."""
        self.cycled += 1
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

    def source(self) -> BleSource:
        """Return the product's source for the pad, with what it uses by itself."""
        transport = BleTransport(self.recovery)
        return BleSource(Sensors(Target()), transport, SystemClock(), DIALECTS)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Record]:
        """Open a source, read it all the time, and close it at the end."""
        source = self.source()
        await source.open()
        record = Record(source)
        task = asyncio.create_task(record.run())
        try:
            yield record
        finally:
            task.cancel()
            await source.close()

    async def facts(self, record: Record) -> Facts:
        """Judge what came by what was sent, and return the figures."""
        record.judge(await self.host.ask("tally"))
        return {
            "frames": record.figures(),
            "forgotten": self.recovery.forgotten,
            "cycled": self.recovery.cycled,
        }


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
    """Force and inertial frames come, each once and in order."""
    async with bench.reading() as record:
        await record.more(60)
        return await bench.facts(record)


async def lost_links(bench: Bench) -> Facts:
    """Three links are lost; each frame comes once, and nothing is left behind on the bus."""
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
    """The link stands and no sample comes; it is made anew."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.host.ask("no samples"))]
        facts = await bench.facts(record)
    judge_outages(outages_s)
    return {"outages_s": outages_s, **facts}


async def node_reboots(bench: Bench) -> Facts:
    """The node loses its power and comes back with another clock and other numbers."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.host.ask("reboot"))]
    judge_outages(outages_s)
    return {"outages_s": outages_s, "frames": record.figures()}


async def adapter_off_and_on(bench: Bench) -> Facts:
    """The adapter is switched off and on by the product's own means."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, BluezRecovery().power_cycle())]
        facts = await bench.facts(record)
    judge_outages(outages_s)
    return {"outages_s": outages_s, **facts}


async def late_node(bench: Bench) -> Facts:
    """The node is switched on after the program."""
    await bench.host.ask("off")
    source = bench.source()
    opening = asyncio.create_task(source.open())
    await asyncio.wait({opening}, timeout=4)
    assert not opening.done(), "opened a node that is off"
    await bench.host.ask("on")
    began_s = time.monotonic()
    await asyncio.wait_for(opening, timeout=30)
    found_s = time.monotonic() - began_s
    record = Record(source)
    task = asyncio.create_task(record.run())
    await record.more(20)
    facts = await bench.facts(record)
    task.cancel()
    await source.close()
    return {"found_s": round(found_s, 2), **facts}


async def other_table(bench: Bench) -> Facts:
    """The node gets other firmware: what BlueZ remembers of the old table does no harm."""
    await bench.host.ask("old firmware")
    source = bench.source()
    try:
        await source.open()
    except SourceError as error:
        assert error.reason is SourceFault.REFUSED, error
    else:
        raise AssertionError("a node without a characteristic was not refused")
    finally:
        await source.close()
    await bench.host.ask("begin")
    async with bench.reading() as record:
        await record.more(20)
        return await bench.facts(record)


async def bluetoothd_restarts(bench: Bench) -> Facts:
    """Bluetoothd dies and is started again."""
    async with bench.reading() as record:
        await record.more(20)
        outages_s = [await outage_s(record, bench.daemon.restart())]
        facts = await bench.facts(record)
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
