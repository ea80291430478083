"""Talking to one node outside a session: what it is, how it answers, its name, its light.

Whatever happens, the client is disconnected at the end (sources/ble/conversation.py says why).
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.nodekit.nodeinfo import Answer, NodeInfo, NodeState, parse_answer, parse_info
from trainer.sources.ble.conversation import (
    ANSWER_S,
    CONNECT_S,
    DISCONNECT_S,
    MissingCharacteristicError,
)
from trainer.sources.ble.finder import RADIO_ERRORS, Finder, Seen, Sighting, Target
from trainer.sources.ble.transport import BleTransport
from trainer.wire import footwire
from trainer.wire.footnode import FOOT

SEARCH_S: Final = 10.0
"""A drowsy node advertises once a second."""
SETTLE_S: Final = 1.2
"""How long others are looked for that may be meant too."""
ATTEMPTS: Final = 3
PAUSE_S: Final = 0.5
PINGS: Final = 8
RENAMED_S: Final = 2.0
"""A node obeys within one turn of its loop, 20 ms; its table may lag behind."""
LOOK_S: Final = 0.1

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Radio:
    """What talking needs."""

    transport: BleTransport
    clock: Clock


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
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with _connected(sighting, radio) as talk:
                return await do(talk)
        except MissingCharacteristicError as error:
            await radio.transport.recovery.forget(sighting.advert.address)
            raise _other_table(sighting, str(error)) from error
        except RADIO_ERRORS as error:
            if attempt == ATTEMPTS:
                raise await _no_link(sighting, radio, error) from error
            await asyncio.sleep(PAUSE_S * attempt)
    raise AssertionError("unreachable")


async def find_node(wanted: str, radio: Radio, command: str) -> Sighting:
    """Return the node of a name or an address, or the only one that is near.

    `command` is what the person typed. Raises SourceError where none is heard, or several are
    meant.
    """
    target = Target(wanted)
    finder = Finder(radio.transport, radio.clock, (FOOT,))
    try:
        seen = await finder.look(SEARCH_S, lambda seen: bool(target.fitting(seen)))
        if target.fitting(seen):
            # Others that are meant too: found by an address there are none.
            seen = {**seen, **await finder.look(SETTLE_S, lambda _: False)}
    except RADIO_ERRORS as error:
        raise await _no_scan(radio, error) from error
    found = target.fitting(seen)
    if len(found) == 1:
        return found[0]
    raise _several(found, command) if found else await _none(wanted, seen, radio)


@contextlib.asynccontextmanager
async def _connected(sighting: Sighting, radio: Radio) -> AsyncIterator[NodeTalk]:
    client = radio.transport.client(sighting.device, CONNECT_S, lambda: None)
    try:
        await asyncio.wait_for(client.connect(), CONNECT_S)
        yield NodeTalk(client, sighting, radio.clock)
    finally:
        with contextlib.suppress(*RADIO_ERRORS):
            await asyncio.wait_for(client.disconnect(), DISCONNECT_S)


def _several(found: list[Sighting], command: str) -> SourceError:
    listed = ", ".join(str(sighting) for sighting in found)
    return SourceError(
        f"{command}: {len(found)} nodes are meant: {listed}. Give the address of one of them "
        f"instead of a name, like {found[0].advert.address}; footspring node blink ADDRESS shows "
        "which it is.",
        SourceFault.AMBIGUOUS,
    )


async def _none(wanted: str, seen: Seen, radio: Radio) -> SourceError:
    state = await radio.transport.recovery.adapter_state()
    near = ", ".join(str(sighting) for sighting in seen.values() if sighting.dialect is not None)
    advice = state.trouble or (
        f"Near by: {near}. "
        * bool(near)
        + "Switch it on and bring it within a few metres; one that a session or another program "
        "is connected to is not heard. footspring node scan lists the nodes that are near."
    )
    return SourceError(
        f"{wanted or 'a node'}: not heard within {SEARCH_S:.0f} s. {advice}",
        SourceFault.NOT_FOUND,
    )


async def _no_scan(radio: Radio, error: Exception) -> SourceError:
    state = await radio.transport.recovery.adapter_state()
    told = state.trouble or (
        f"Bluetooth does not scan ({_reason(error)}). Switch it off and on: bluetoothctl power "
        "off, bluetoothctl power on."
    )
    return SourceError(told, SourceFault.LOST)


async def _no_link(sighting: Sighting, radio: Radio, error: Exception) -> SourceError:
    state = await radio.transport.recovery.adapter_state()
    advice = state.trouble or "Bring the node closer, switch it off and on, and try again."
    return SourceError(
        f"{sighting}: no talk after {ATTEMPTS} attempts ({_reason(error)}). {advice}",
        SourceFault.LOST,
    )


def _other_table(sighting: Sighting, uuid: str) -> SourceError:
    return SourceError(
        f"{sighting}: it offers no characteristic {uuid}: it runs other firmware than this program "
        "knows, or the system remembered an older one, which it has forgotten now. Try again; "
        "if it stays, give the node this version's firmware: footspring node install.",
        SourceFault.REFUSED,
    )


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
