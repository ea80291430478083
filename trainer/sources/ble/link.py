"""One device kept at hand: found, talked to, found again, and helped where that fails.

The ladder, by failures in a row:
 1     at once: a link that breaks is mostly back within a second
 2-    with longer pauses
 4     the system forgets the device, and what it believes to know of its table
 6     the adapter is switched off and on, unless another link on it works
 10    it is given up, with words that a person can act on
A device that lacks a characteristic is forgotten and looked for once; then it is refused.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from trainer.core.errors import SourceError, SourceFault
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import ClockPacket, Packet, StreamInfo
from trainer.core.ports import Clock
from trainer.sources.ble.conversation import Conversation, MissingCharacteristicError
from trainer.sources.ble.finder import RADIO_ERRORS, Finder, Seen, Sighting, Target
from trainer.sources.ble.listening import Listening
from trainer.sources.ble.transport import BleTransport
from trainer.wire.dialect import Heard, Wish

PAUSES_S: Final = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Before the next attempt, by failures in a row; the last one stays."""
HOPELESS_AT: Final = 3
"""Before the first sample nobody waits for an adapter that is missing or switched off."""
FORGET_AT: Final = 4
POWER_CYCLE_AT: Final = 6
GIVE_UP_AT: Final = 10
SLICE_S: Final = 3.0
"""A scan this long, then another link may have the radio: a node advertises seven times a second,
or once a second when nobody came for a minute."""
SETTLE_S: Final = 1.2
"""How long others are looked for that may be meant too; a drowsy node advertises once a second."""
DEAF_S: Final = 15.0
"""Not one advertisement of anything for so long: the adapter may be dead."""
ASK_S: Final = 8.0
"""A link that is not back by then needs a person; mostly it is back within two seconds."""
SEARCH_S: Final = 60.0
"""A device that was never seen is looked for this long."""


class Link:
    """Keep one device connected; hand on its packets."""

    def __init__(
        self,
        target: Target,
        wish: Wish,
        transport: BleTransport,
        clock: Clock,
        finder: Finder,
        hand_on: Callable[[tuple[Packet, ...]], None],
    ) -> None:
        self._target = target
        self._wish = wish
        self._transport = transport
        self._clock = clock
        self._finder = finder
        self._hand_on = hand_on
        self._conversation: Conversation | Listening | None = None
        self._address = ""
        self._failures = 0
        self._has_forgotten = False
        self._is_leaving = False
        self._has_streamed = False
        self._vitals = NO_VITALS
        self.streams: tuple[StreamInfo, ...] = ()
        """What the device delivers; empty until it is known."""
        self.is_known = asyncio.Event()
        """Set once `streams` are known."""
        self.neighbours: tuple[Link, ...] = ()
        """The other links that share the adapter."""

    @property
    def vitals(self) -> Vitals:
        """Return how the link stands."""
        talk = self._conversation
        if talk is not None and talk.course.silent_s:
            return replace(
                self._vitals, news=f"{self._target}: silent for {talk.course.silent_s:.0f} s"
            )
        return self._vitals

    @property
    def is_streaming(self) -> bool:
        """Return whether samples come at this moment."""
        talk = self._conversation
        return talk is not None and talk.course.has_streamed and not talk.course.silent_s

    async def run(self, radio: asyncio.Lock) -> None:
        """Keep the device at hand until `leave`; the radio is shared with other links.

        Raises SourceError where there is nothing more to be done.
        """
        while not self._is_leaving:
            sighting = await self._find(radio)
            if sighting is None:
                return
            try:
                await self._talk(sighting, radio)
            except MissingCharacteristicError as error:
                await self._forget_table(sighting, str(error))
            except RADIO_ERRORS as error:
                await self._climb(sighting, error)

    def leave(self) -> None:
        """Let go of the device politely; `run` then ends."""
        self._is_leaving = True
        if self._conversation is not None:
            self._conversation.leave()

    async def _talk(self, sighting: Sighting, radio: asyncio.Lock) -> None:
        """Talk to the device until it is left. Raises ConnectionError when the link is lost."""
        talk = self._talk_to(sighting)
        self._conversation = talk
        self._say(f"Connecting to {sighting}")
        try:
            await talk.hold(radio)
        finally:
            self._conversation = None
            if talk.course.has_streamed:
                self._failures = 0
                self._has_forgotten = False
        if not self._is_leaving:
            raise ConnectionError("the link was lost")

    def _talk_to(self, sighting: Sighting) -> Conversation | Listening:
        dialect = sighting.dialect
        assert dialect is not None
        if dialect.listen is not None:
            broadcast = dialect.listen(sighting.advert)
            return Listening(
                sighting,
                broadcast,
                self._transport,
                self._clock,
                lambda heard: self._take(heard, broadcast.streams, sighting),
            )
        assert dialect.speak is not None
        wish = replace(self._wish, is_resumed=bool(self.streams))
        speech = dialect.speak(sighting.advert, wish)
        return Conversation(
            sighting,
            speech,
            self._transport,
            self._clock,
            lambda heard: self._take(heard, speech.streams, sighting),
        )

    def _take(self, heard: Heard, streams: tuple[StreamInfo, ...], sighting: Sighting) -> str:
        """Hand packets on; return why the device cannot be used after all, mostly nothing."""
        vitals = self._vitals
        if heard.health is not None or heard.bad_bytes:
            self._vitals = vitals = replace(
                vitals,
                health=heard.health or vitals.health,
                bad_bytes=vitals.bad_bytes + heard.bad_bytes,
            )
        if streams and not self.streams:
            self.streams = streams
            self.is_known.set()
        if streams and streams != self.streams:
            return (
                f"{sighting}: it came back with other sensors ({_channels(streams)} instead of "
                f"{_channels(self.streams)}). Start a new session."
            )
        known = {info.stream for info in self.streams}
        packets = tuple(packet for packet in heard.packets if packet.stream in known)
        if any(not isinstance(packet, ClockPacket) for packet in packets):
            self._note_streaming()
        if packets:
            self._hand_on(packets)
        return ""

    def _note_streaming(self) -> None:
        if self._vitals.news:
            is_again = self._has_streamed
            self._has_streamed = True
            self._vitals = replace(
                self._vitals, news="", reconnects=self._vitals.reconnects + is_again
            )

    async def _find(self, radio: asyncio.Lock) -> Sighting | None:
        """Return the device once it advertises, None when it is not wanted any more.

        Raises SourceError: several are meant, or it was never seen.
        """
        began_s = heard_s = self._clock.monotonic_s()
        may_cycle = True
        target = Target(self._address) if self._address else self._target
        while not self._is_leaving:
            self._say(self._searching(began_s))
            try:
                async with radio:
                    seen = await self._finder.look(SLICE_S, lambda seen: bool(target.fitting(seen)))
                    if target.fitting(seen) and not self._address:
                        others = await self._finder.look(SETTLE_S, lambda _: False)
                        # One that was drowsy in the second look was there all the same.
                        seen = {**seen, **others}
            except RADIO_ERRORS as error:
                await self._climb(None, error)
                continue
            sighting = target.choose(seen)
            if sighting is not None:
                self._address = sighting.advert.address
                self._vitals = replace(self._vitals, signal_dbm=sighting.advert.signal_dbm)
                return sighting
            now_s = self._clock.monotonic_s()
            heard_s = now_s if seen else heard_s
            if may_cycle and now_s - heard_s > DEAF_S:
                # Once in a search: a room where nobody else advertises sounds the same.
                may_cycle = False
                await self._cycle("Nothing at all is heard")
            if not self._address and now_s - began_s > SEARCH_S:
                raise await self._not_found(seen)
        return None

    async def _cycle(self, why: str) -> None:
        """Switch the adapter off and on, unless that would cut a link that works.

        A device that is connected does not advertise: silence beside it proves nothing.
        """
        if any(link.is_streaming for link in self.neighbours):
            return
        self._say(f"{why}: switching Bluetooth off and on")
        await self._transport.recovery.power_cycle()

    def _searching(self, began_s: float) -> str:
        for_s = self._clock.monotonic_s() - began_s
        since = f" for {for_s:.0f} s" if for_s > SLICE_S else ""
        if self._address:
            step = ". Is it charged, switched on and near?" if for_s > ASK_S else ""
            return f"The link to {self._target} was lost: looking for it{since}{step}"
        return f"Looking for {self._target}{since}: is it switched on?"

    async def _not_found(self, seen: Seen) -> SourceError:
        state = await self._transport.recovery.adapter_state()
        near = ", ".join(str(s) for s in seen.values() if s.dialect is not None)
        advice = state.trouble or (
            f"Near by: {near}. "
            * bool(near)
            + "Switch the sensor on and bring it within a few metres; footspring scan lists what "
            "is near."
        )
        return SourceError(
            f"{self._target}: not found within {SEARCH_S:.0f} s. {advice}", SourceFault.NOT_FOUND
        )

    async def _forget_table(self, sighting: Sighting, uuid: str) -> None:
        """Let the system forget the device once; what it remembers of its table may be old."""
        if self._has_forgotten:
            raise SourceError(
                f"{sighting}: it offers no characteristic {uuid}, so it runs other firmware than "
                "this program knows. Give it this version's: footspring node install; or update "
                "footspring.",
                SourceFault.REFUSED,
            )
        self._has_forgotten = True
        self._say(f"{sighting} offers something else than before: looking again")
        await self._transport.recovery.forget(sighting.advert.address)

    async def _climb(self, sighting: Sighting | None, error: Exception) -> None:
        """Take the next step up the ladder, and wait a moment. Raises SourceError at its top."""
        self._failures += 1
        recovery = self._transport.recovery
        if self._failures > 1:
            state = await recovery.adapter_state()
            if state.trouble and not self._has_streamed and self._failures >= HOPELESS_AT:
                raise SourceError(state.trouble, SourceFault.NOT_FOUND) from error
            self._say(state.trouble or f"{self._target}: {_reason(error)}; trying again")
        if self._failures == FORGET_AT and sighting is not None:
            await recovery.forget(sighting.advert.address)
        elif self._failures == POWER_CYCLE_AT:
            await self._cycle(f"{self._target}: {_reason(error)}")
        elif self._failures == GIVE_UP_AT:
            state = await recovery.adapter_state()
            advice = state.trouble or (
                "Switch the sensor off and on and bring it closer; if that does not help, restart "
                "this computer."
            )
            raise SourceError(
                f"{self._target}: no connection after {self._failures} attempts "
                f"({_reason(error)}). {advice}",
                SourceFault.LOST,
            ) from error
        await asyncio.sleep(PAUSES_S[min(self._failures, len(PAUSES_S)) - 1])

    def _say(self, news: str) -> None:
        self._vitals = replace(self._vitals, news=news)


def _channels(streams: tuple[StreamInfo, ...]) -> str:
    return ", ".join(name for info in streams for name in info.channels)


def _reason(error: Exception) -> str:
    """Return what went wrong in one short line; bleak's errors are long, time-outs are empty."""
    return str(error).partition("\n")[0] or type(error).__name__
