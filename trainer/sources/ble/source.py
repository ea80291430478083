"""Sensors on the radio as a source: one for force, and one for motion where there are two."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.cues import Cue
from trainer.core.link import Vitals
from trainer.core.packets import Packet, Stream, StreamInfo
from trainer.core.ports import Clock
from trainer.sources.ble.finder import Finder, Target
from trainer.sources.ble.link import Link
from trainer.sources.ble.transport import BleTransport
from trainer.sources.inbox import Inbox
from trainer.wire.dialect import Dialect, Wish

LET_GO_S: Final = 4.5
"""For a polite end: a disconnect takes up to 2.8 s on BlueZ 5.66."""


@dataclass(frozen=True, slots=True)
class Sensors:
    """Which devices a session is to have."""

    force: Target
    motion: Target | None = None
    """A second device whose inertial sensor is used; None: that of the first, where it has one."""


class BleSource:
    """One or two devices on the radio, their packets in the order of arrival."""

    def __init__(
        self,
        sensors: Sensors,
        transport: BleTransport,
        clock: Clock,
        dialects: Sequence[Dialect],
    ) -> None:
        self._inbox = Inbox()
        self._tasks: list[asyncio.Task[None]] = []
        finder = Finder(transport, clock, dialects)
        wishes = [(sensors.force, Wish())]
        if sensors.motion is not None:
            wishes = [
                (sensors.force, Wish(frozenset({Stream.FORCE}))),
                (sensors.motion, Wish(frozenset({Stream.IMU}), clock=1)),
            ]
        self._links = [
            Link(target, wish, transport, clock, finder, self._inbox.put) for target, wish in wishes
        ]

        for link in self._links:
            link.neighbours = tuple(other for other in self._links if other is not link)

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return what the devices deliver, force first."""
        return tuple(info for link in self._links for info in link.streams)

    @property
    def is_replay(self) -> bool:
        """Return False: the coach leads."""
        return False

    @property
    def is_simulated(self) -> bool:
        """Return False: what is on the radio is taken for real."""
        return False

    @property
    def vitals(self) -> Vitals:
        """Return how the link for the force stands, and what is the matter with either."""
        force = self._links[0].vitals
        news = [link.vitals.news for link in self._links if link.vitals.news]
        return Vitals(
            force.health,
            force.signal_dbm,
            sum(link.vitals.reconnects for link in self._links),
            sum(link.vitals.bad_bytes for link in self._links),
            news[0] if news else "",
        )

    async def open(self) -> None:
        """Find and connect the devices. Raises SourceError: not found, ambiguous, refused."""
        radio = asyncio.Lock()
        self._tasks = [asyncio.create_task(self._keep(link, radio)) for link in self._links]
        known = asyncio.create_task(self._wait_until_known())
        try:
            await asyncio.wait({known, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            known.cancel()
        self._raise_fault(self._tasks)

    async def read(self) -> Sequence[Packet]:
        """Return what has come since the last call, at least one packet; empty once closed.

        Raises SourceError where the device for the force is given up; without the one for motion a
        session goes on. A wait that is cancelled loses nothing.
        """
        return await self._inbox.take(self._is_over)

    def hear(self, cue: Cue) -> None:
        """Ignore the cue."""

    async def close(self) -> None:
        """Let go of the devices politely, and deliver no more."""
        self._inbox.close()
        for link in self._links:
            link.leave()
        tasks, self._tasks = self._tasks, []
        if tasks:
            await asyncio.wait(tasks, timeout=LET_GO_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _is_over(self) -> bool:
        self._raise_fault(self._tasks[:1])
        return False

    async def _wait_until_known(self) -> None:
        for link in self._links:
            await link.is_known.wait()

    async def _keep(self, link: Link, radio: asyncio.Lock) -> None:
        try:
            await link.run(radio)
        finally:
            self._inbox.put()

    @staticmethod
    def _raise_fault(tasks: Sequence[asyncio.Task[None]]) -> None:
        for task in tasks:
            if task.done() and not task.cancelled():
                error = task.exception()
                if error is not None:
                    raise error
