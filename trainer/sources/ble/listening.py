"""A device that only advertises: overheard until it falls silent or is not wanted any more."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from bleak.backends.device import BLEDevice

from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.sources.ble.conversation import Course
from trainer.sources.ble.finder import Sighting
from trainer.sources.ble.transport import BleTransport
from trainer.wire.dialect import Advert, Broadcast, Heard

LOOK_S: Final = 0.5
STALLED_S: Final = 1.0
LOST_S: Final = 10.0
"""An advertising scale misses some; after this long it has been switched off."""


class Listening:
    """Overhear one device; the same face as a Conversation."""

    def __init__(
        self,
        sighting: Sighting,
        broadcast: Broadcast,
        transport: BleTransport,
        clock: Clock,
        hand_on: Callable[[Heard], str],
    ) -> None:
        self._address = sighting.advert.address
        self._broadcast = broadcast
        self._transport = transport
        self._clock = clock
        self._hand_on = hand_on
        self._wake = asyncio.Event()
        self._is_leaving = False
        self._heard_s = 0.0
        self._refusal = ""
        self.course = Course()

    async def hold(self, _radio: asyncio.Lock) -> None:
        """Listen to the end; others may use the radio meanwhile.

        Raises one of RADIO_ERRORS, or SourceError for a device that cannot be used.
        """
        self._heard_s = self._clock.monotonic_s()
        async with self._transport.scanner(self._clock, self._overhear):
            while not self._is_over():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_S)
                silent_s = self._clock.monotonic_s() - self._heard_s
                self.course.silent_s = silent_s if silent_s > STALLED_S else 0.0

        if self._refusal:
            raise SourceError(self._refusal, SourceFault.REFUSED)

    def _is_over(self) -> bool:
        return self._is_leaving or bool(self._refusal) or self.course.silent_s >= LOST_S

    def leave(self) -> None:
        """Stop listening."""
        self._is_leaving = True
        self._wake.set()

    def _overhear(self, _device: BLEDevice, advert: Advert) -> None:
        if advert.address != self._address:
            return
        heard = self._broadcast.overhear(advert)
        if heard.packets:
            self._heard_s = advert.at_s
            self.course.has_streamed = True
            self.course.silent_s = 0.0
        told = self._hand_on(heard)
        self._refusal = self._refusal or heard.refusal or told
        if self._refusal:
            self._wake.set()
