"""The product's source on the virtual radio as a source that ends: for the suite of all sources."""

from collections.abc import Sequence
from typing import Final

from tests.virtual.rig import make_rig
from trainer.core.cues import Cue
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import Packet, StreamInfo
from trainer.core.ports import Clock
from trainer.sources.ble.finder import Target
from trainer.sources.ble.source import BleSource, Sensors
from trainer.wire.dialects import DIALECTS

READS: Final = 60
"""Some seconds of a node's notifications."""


class OnRadio:
    """A node that is switched on and found when it is opened, and read so many times."""

    is_replay = False
    is_simulated = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._source: BleSource | None = None
        self._left = READS

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the node's streams."""
        return self._source.streams if self._source else ()

    @property
    def vitals(self) -> Vitals:
        """Return how the link stands."""
        return self._source.vitals if self._source else NO_VITALS

    async def open(self) -> None:
        """Switch the node on and connect."""
        rig = await make_rig()
        await rig.foot()
        sensors = Sensors(Target())
        self._source = BleSource(sensors, rig.transport, self._clock, DIALECTS)
        await self._source.open()

    async def read(self) -> Sequence[Packet]:
        """Return what the source returns, until it was read often enough."""
        if self._source is None or not self._left:
            await self.close()
            return ()
        self._left -= 1
        return await self._source.read()

    def hear(self, cue: Cue) -> None:
        """Hand the cue on."""
        if self._source is not None:
            self._source.hear(cue)

    async def close(self) -> None:
        """Close the source, as often as one likes."""
        self._left = 0
        if self._source is not None:
            await self._source.close()
