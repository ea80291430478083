"""Talking to one node outside a session: what it is, how it answers, its name, its light.

Whatever happens, the client is disconnected at the end (sources/ble/conversation.py says why).
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.nodekit.findnode import Radio, reason
from trainer.nodekit.nodeinfo import Answer, NodeInfo, NodeState, parse_answer, parse_info
from trainer.sources.ble.conversation import (
    ANSWER_S,
    CONNECT_S,
    DISCONNECT_S,
    MissingCharacteristicError,
)
from trainer.sources.ble.finder import RADIO_ERRORS, Sighting
from trainer.wire import footwire

ATTEMPTS: Final = 3
PAUSE_S: Final = 0.5
PINGS: Final = 8
RENAMED_S: Final = 2.0
"""A node obeys within one turn of its loop, 20 ms; its table may lag behind."""
LOOK_S: Final = 0.1

Found = TypeVar("Found")


class NodeTalk:
    """A link to a node that stands."""

    def __init__(self, client: BleakClient, sighting: Sighting, clock: Clock) -> None:
        self._client = client
        self._sighting = sighting
        self._clock = clock

    async def info(self) -> NodeInfo:
        """Return what the node is. Raises SourceError for firmware that is not understood."""
        characteristic = self._characteristic(footwire.INFO_UUID)
        data = await asyncio.wait_for(self._client.read_gatt_char(characteristic), ANSWER_S)
        return parse_info(bytes(data), str(self._sighting))

    async def state(self, pings: int = PINGS) -> NodeState:
        """Return what the node is and how it answers."""
        info = await self.info()
        clock = self._characteristic(footwire.CLOCK_UUID)
        answers = tuple([answer async for answer in self._ping(clock, pings)])
        return NodeState(
            self._sighting.advert.address,
            info,
            answers,
            clock.max_write_without_response_size,
            self._sighting.advert.signal_dbm,
        )

    async def rename(self, name: str) -> str:
        """Give the node a name of 1 to 8 bytes and return the former one; it is read back."""
        before = (await self.info()).name
        await self._command(footwire.encode_rename(name))
        until_s = self._clock.monotonic_s() + RENAMED_S
        while (await self.info()).name != name:
            if self._clock.monotonic_s() > until_s:
                raise SourceError(
                    f"{self._sighting}: the node did not take the name {name!r} within "
                    f"{RENAMED_S:.0f} s. Try again; if that does not help, give it its firmware "
                    "anew: footspring node install.",
                    SourceFault.REFUSED,
                )
            await asyncio.sleep(LOOK_S)
        return before

    async def blink(self) -> NodeInfo:
        """Make the node's light blink for some seconds; return what the node is."""
        info = await self.info()
        await self._command(footwire.encode_blink())
        return info

    async def _ping(self, clock: BleakGATTCharacteristic, pings: int) -> AsyncIterator[Answer]:
        heard: asyncio.Queue[tuple[bytes, float]] = asyncio.Queue()

        def hear(_: BleakGATTCharacteristic, data: bytearray) -> None:
            heard.put_nowait((bytes(data), self._clock.monotonic_s()))

        await self._client.start_notify(clock, hear)
        for mark in range(1, pings + 1):
            asked_s = self._clock.monotonic_s()
            await self._command(footwire.encode_ping(mark))
            answer = None
            while answer is None:
                data, heard_s = await asyncio.wait_for(heard.get(), ANSWER_S)
                answer = parse_answer(data, mark, asked_s, heard_s)
            yield answer

    async def _command(self, data: bytes) -> None:
        control = self._characteristic(footwire.CONTROL_UUID)
        writing = self._client.write_gatt_char(control, data, response=True)
        await asyncio.wait_for(writing, ANSWER_S)

    def _characteristic(self, uuid: str) -> BleakGATTCharacteristic:
        found = self._client.services.get_characteristic(uuid)
        if found is None:
            raise MissingCharacteristicError(uuid)
        return found


async def visit(
    sighting: Sighting, radio: Radio, do: Callable[[NodeTalk], Awaitable[Found]]
) -> Found:
    """Return what was done with a node, connected for it, again where the link breaks.

    Raises SourceError where that fails, or what the node says is not understood.
    """
    failures = 0
    while True:
        try:
            async with _connected(sighting, radio) as talk:
                return await do(talk)
        except MissingCharacteristicError as error:
            await radio.transport.recovery.forget(sighting.advert.address)
            raise _other_table(sighting, str(error)) from error
        except RADIO_ERRORS as error:
            failures += 1
            if failures == ATTEMPTS:
                raise await _no_link(sighting, radio, error) from error
        await asyncio.sleep(PAUSE_S * failures)


@contextlib.asynccontextmanager
async def _connected(sighting: Sighting, radio: Radio) -> AsyncIterator[NodeTalk]:
    client = radio.transport.client(sighting.device, CONNECT_S, lambda: None)
    try:
        await asyncio.wait_for(client.connect(), CONNECT_S)
        yield NodeTalk(client, sighting, radio.clock)
    finally:
        with contextlib.suppress(*RADIO_ERRORS):
            await asyncio.wait_for(client.disconnect(), DISCONNECT_S)


async def _no_link(sighting: Sighting, radio: Radio, error: Exception) -> SourceError:
    state = await radio.transport.recovery.adapter_state()
    advice = state.trouble or "Bring the node closer, switch it off and on, and try again."
    return SourceError(
        f"{sighting}: no talk after {ATTEMPTS} attempts ({reason(error)}). {advice}",
        SourceFault.LOST,
    )


def _other_table(sighting: Sighting, uuid: str) -> SourceError:
    return SourceError(
        f"{sighting}: it offers no characteristic {uuid}: it runs other firmware than this program "
        "knows, or the system remembered an older one, which it has forgotten now. Try again; "
        "if it stays, give the node this version's firmware: footspring node install.",
        SourceFault.REFUSED,
    )
