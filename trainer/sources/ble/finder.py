"""Looking round: which sensors advertise near by, and which of them a person means."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bleak.backends.device import BLEDevice
from bleak.exc import BleakError
from dbus_fast.errors import DBusFastError

from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.sources.ble.transport import BleTransport
from trainer.wire.dialect import Advert, Dialect

RADIO_ERRORS: Final = (BleakError, DBusFastError, OSError, EOFError)
"""What bleak and the bus below it raise where a radio, a link or a daemon fails; OSError includes
a time-out."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A device that advertises, by its newest advertisement."""

    device: BLEDevice
    advert: Advert
    dialect: Dialect | None
    """None for a device of no kind that we know."""

    def __str__(self) -> str:
        """Return how a person recognises it."""
        return f"{self.advert.name or 'without a name'} ({self.advert.address})"


Seen: TypeAlias = Mapping[str, Sighting]
"""Sightings by address, in the order in which they were first seen."""


class Finder:
    """One scan after the other; keeps nothing from one to the next."""

    def __init__(self, transport: BleTransport, clock: Clock, dialects: Sequence[Dialect]) -> None:
        self._transport = transport
        self._clock = clock
        self._dialects = dialects

    async def look(self, for_s: float, is_enough: Callable[[Seen], bool]) -> Seen:
        """Return what advertises within that time, as soon as it is enough.

        Raises one of RADIO_ERRORS where there is no scan.
        """
        enough = asyncio.Event()

        def tell(seen: Seen, _sighting: Sighting) -> None:
            if is_enough(seen):
                enough.set()

        return await self.watch(for_s, tell, enough)

    async def watch(
        self,
        for_s: float,
        tell: Callable[[Seen, Sighting], None],
        until: asyncio.Event | None = None,
    ) -> Seen:
        """Tell of every advertisement for that time, or until the event; return all devices."""
        seen: dict[str, Sighting] = {}

        def note(device: BLEDevice, advert: Advert) -> None:
            sighting = self._sighting(device, advert, seen.get(advert.address))
            seen[advert.address] = sighting
            tell(seen, sighting)

        async with self._transport.scanner(self._clock, note):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for((until or asyncio.Event()).wait(), for_s)
        return seen

    def _sighting(self, device: BLEDevice, advert: Advert, before: Sighting | None) -> Sighting:
        """Return the sighting; what this advertisement leaves out, an earlier one may have said."""
        if before is not None:
            advert = replace(
                advert,
                name=advert.name or before.advert.name,
                services=advert.services or before.advert.services,
            )
        known = next((dialect for dialect in self._dialects if dialect.matches(advert)), None)
        return Sighting(device, advert, known or (before.dialect if before else None))


@dataclass(frozen=True, slots=True)
class Target:
    """Which device is meant: by name, address or kind, or simply the one that is near."""

    wanted: str = ""

    def __str__(self) -> str:
        """Return it as a person would say it."""
        return self.wanted or "a sensor"

    def fitting(self, seen: Seen) -> list[Sighting]:
        """Return the devices that are meant; one of that address or name before one of a kind."""
        known = [sighting for sighting in seen.values() if sighting.dialect is not None]
        if not self.wanted:
            return known
        wanted = self.wanted.casefold()
        tests: tuple[Callable[[Sighting], str], ...] = (
            lambda sighting: sighting.advert.address,
            lambda sighting: sighting.advert.name,
            lambda sighting: sighting.dialect.id if sighting.dialect else "",
        )
        for test in tests:
            found = [sighting for sighting in known if test(sighting).casefold() == wanted]
            if found:
                return found
        return []

    def choose(self, seen: Seen) -> Sighting | None:
        """Return the device that is meant, None where it was not seen.

        Raises SourceError where several are.
        """
        found = self.fitting(seen)
        if len(found) <= 1:
            return found[0] if found else None
        listed = ", ".join(str(sighting) for sighting in found)
        raise SourceError(
            f"--source ble{':' + self.wanted if self.wanted else ''}: {len(found)} devices are "
            f"meant: {listed}. Give the address of one of them, as in --source "
            f"ble:{found[0].advert.address}, or rename one: footspring node rename.",
            SourceFault.AMBIGUOUS,
        )
