"""One connection, from connect to disconnect: does what the speech asks, hands on what is said.

Whatever happens in between, the client is disconnected at the end, also where its link is gone:
only that closes its connection to the system, and one that stays open has every later
notification delivered once more (hbldh/bleak#2002; seen with bleak 3.1.0 and BlueZ 5.66).
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bleak.backends.characteristic import BleakGATTCharacteristic

from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import ClockPacket
from trainer.core.ports import Clock
from trainer.sources.ble.finder import RADIO_ERRORS, Sighting
from trainer.sources.ble.transport import BleTransport
from trainer.wire.dialect import Dialect, Heard, Read, Request, Speech

CONNECT_S: Final = 8.0
"""Connecting and reading the table took 0.2 to 1.3 s on BlueZ and on a slow virtual link."""
ANSWER_S: Final = 5.0
"""A request not answered by then: Bluetooth itself allows 30 s, and nobody waits so long."""
DISCONNECT_S: Final = 4.0
"""A wanted disconnect took 2.2 to 2.8 s on BlueZ 5.66."""
TICK_S: Final = 0.2224
"""Seconds between looks, so that pings fall anywhere between the moments at which the radio sends:
of all from 0.2 to 0.32 s the one with which 16 of them miss the best moment by the least, 6 ms, at
any connection interval from 7.5 to 50 ms (computed; 32 ms with 0.2618 s)."""
GREETING_S: Final = 6.0
"""First sample after connecting, at the latest."""
STALLED_S: Final = 1.0
"""Connected and silent: five times the longest delay seen on a link that worked."""
LOST_S: Final = 3.0
"""... and for so long that a new connection helps sooner than waiting."""


class MissingCharacteristicError(Exception):
    """The device has none of that number: other firmware, or the system remembers another table."""


@dataclass(slots=True)
class Course:
    """How a conversation is going."""

    has_streamed: bool = False
    silent_s: float = 0.0
    """Since the last sample; 0 while they come."""


class Conversation:
    """Talk to one device until the link is lost, it falls silent, or `leave` is called.

    `hand_on` takes what was heard and returns why it cannot be used, mostly nothing.
    """

    def __init__(
        self,
        sighting: Sighting,
        speech: Speech,
        transport: BleTransport,
        clock: Clock,
        hand_on: Callable[[Heard], str],
    ) -> None:
        assert sighting.dialect is not None
        self._dialect: Dialect = sighting.dialect
        self._sighting = sighting
        self._speech = speech
        self._clock = clock
        self._hand_on = hand_on
        self._wake = asyncio.Event()
        self._is_lost = False
        self._is_leaving = False
        self._requests: deque[Request] = deque()
        self._heard_s = 0.0
        self._refusal = ""
        self.course = Course()
        self._client = transport.client(sighting.device, CONNECT_S, self._lose)

    async def hold(self, radio: asyncio.Lock) -> None:
        """Connect, with the radio to itself, and talk to the end.

        Raises one of RADIO_ERRORS, MissingCharacteristicError, or SourceError for a device that
        cannot be used.
        """
        try:
            async with radio:
                await asyncio.wait_for(self._client.connect(), CONNECT_S)
            self._judge_link()
            for uuid in self._speech.characteristics:
                await self._client.start_notify(self._characteristic(uuid), self._hear)
            self._requests.extend(self._speech.greet())
            await self._attend()
        finally:
            await self._let_go()

    def leave(self) -> None:
        """End the conversation politely."""
        self._is_leaving = True
        self._wake.set()

    def _lose(self) -> None:
        # Comes also for a disconnect of our own, and for a link that breaks while it is made.
        self._is_lost = True
        self._wake.set()

    def _hear(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        self._take(characteristic.uuid, bytes(data), self._clock.monotonic_s())

    def _take(self, uuid: str, data: bytes, at_s: float) -> None:
        heard = self._speech.hear(uuid, data, at_s)
        # A node whose converter is stuck still tells the time.
        if any(not isinstance(packet, ClockPacket) for packet in heard.packets):
            self._heard_s = at_s
            self.course.has_streamed = True
            self.course.silent_s = 0.0
        if heard.requests:
            self._requests.extend(heard.requests)
            self._wake.set()
        told = self._hand_on(heard)
        # What was refused stays so, whatever comes before anybody looks.
        self._refusal = self._refusal or heard.refusal or told
        if self._refusal:
            self._wake.set()

    async def _attend(self) -> None:
        self._heard_s = look_s = self._clock.monotonic_s()
        while not self._is_over():
            await self._do_all()
            self._wake.clear()
            if not self._is_over():
                # On a grid of its own: an answered write ends when the radio sends, and from there
                # every look would fall at the same place between two sendings.
                late_s = self._clock.monotonic_s() - look_s
                look_s += (late_s // TICK_S + 1) * TICK_S
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), look_s - self._clock.monotonic_s())
                self._look()
        if self._refusal:
            raise SourceError(self._refusal, SourceFault.REFUSED)
        if self._is_leaving and not self._is_lost:
            self._requests.clear()
            self._requests.extend(self._speech.part())
            await self._do_all()

    def _is_over(self) -> bool:
        limit_s = LOST_S if self.course.has_streamed else GREETING_S
        is_silent = self._dialect.is_steady and self.course.silent_s > limit_s
        return self._is_lost or self._is_leaving or bool(self._refusal) or is_silent

    def _look(self) -> None:
        now_s = self._clock.monotonic_s()
        silent_s = now_s - self._heard_s
        self.course.silent_s = silent_s if silent_s > STALLED_S else 0.0
        self._requests.extend(self._speech.tick(now_s))

    async def _do_all(self) -> None:
        while self._requests and not self._is_lost:
            request = self._requests.popleft()
            await asyncio.wait_for(self._do(request), ANSWER_S)

    async def _do(self, request: Request) -> None:
        found = self._offered(request.characteristic)
        if not found and isinstance(request, Read) and request.is_optional:
            return
        characteristic = self._characteristic(request.characteristic)
        self._speech.sending(request, self._clock.monotonic_s())
        if isinstance(request, Read):
            data = await self._client.read_gatt_char(characteristic)
            self._take(characteristic.uuid, bytes(data), self._clock.monotonic_s())
        else:
            await self._client.write_gatt_char(
                characteristic, request.data, response=request.is_answered
            )

    def _offered(self, uuid: str) -> list[BleakGATTCharacteristic]:
        """Return the characteristics of that number, those that notify first.

        Some scales offer one number in two services, and only one of them speaks.
        """
        found = [
            characteristic
            for service in self._client.services
            for characteristic in service.characteristics
            if characteristic.uuid == uuid
        ]
        return sorted(found, key=lambda offered: "notify" not in offered.properties)

    def _characteristic(self, uuid: str) -> BleakGATTCharacteristic:
        found = self._offered(uuid)
        if not found:
            raise MissingCharacteristicError(uuid)
        return found[0]

    def _judge_link(self) -> None:
        """Raise SourceError where notifications would be cut off."""
        first = self._characteristic(self._speech.characteristics[0])
        room = first.max_write_without_response_size
        if room < self._dialect.packet_bytes:
            raise SourceError(
                f"{self._sighting}: this link carries {room} bytes in a packet and "
                f"{self._dialect.packet_bytes} are needed, so its samples would be cut off. Switch "
                "Bluetooth and the device off and on; a USB Bluetooth adapter of version 4.2 or "
                "later helps where the computer's own is older.",
                SourceFault.REFUSED,
            )

    async def _let_go(self) -> None:
        with contextlib.suppress(*RADIO_ERRORS):
            await asyncio.wait_for(self._client.disconnect(), DISCONNECT_S)
