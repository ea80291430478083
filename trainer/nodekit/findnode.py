"""Which node is meant by a name, an address, or nothing at all."""

from dataclasses import dataclass
from typing import Final

from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.sources.ble.finder import RADIO_ERRORS, Finder, Seen, Sighting, Target
from trainer.sources.ble.transport import BleTransport
from trainer.wire.footnode import FOOT

SEARCH_S: Final = 10.0
"""A drowsy node advertises once a second."""
SETTLE_S: Final = 1.2
"""How long others are looked for that may be meant too, where it is no address that was given."""


@dataclass(frozen=True, slots=True)
class Radio:
    """What talking needs."""

    transport: BleTransport
    clock: Clock


async def find_node(wanted: str, radio: Radio, command: str) -> Sighting:
    """Return the node of a name or an address, or the only one that is near.

    `command` is what the person typed. Raises SourceError where none is heard, or several are
    meant.
    """
    target = Target(wanted)
    finder = Finder(radio.transport, radio.clock, (FOOT,))
    try:
        seen = await finder.look(SEARCH_S, lambda seen: bool(target.fitting(seen)))
        if target.fitting(seen) and wanted.casefold() not in map(str.casefold, seen):
            seen = {**await finder.look(SETTLE_S, lambda _: False), **seen}
    except RADIO_ERRORS as error:
        raise await _no_scan(radio, error) from error
    found = target.fitting(seen)
    if len(found) == 1:
        return found[0]
    raise _several(found, command) if found else await _none(wanted, seen, radio)


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
        f"Bluetooth does not scan ({reason(error)}). Switch it off and on: bluetoothctl power "
        "off, bluetoothctl power on."
    )
    return SourceError(told, SourceFault.LOST)


def reason(error: Exception) -> str:
    """Return what went wrong in one short line; bleak's errors are long, time-outs are empty."""
    return str(error).partition("\n")[0] or type(error).__name__
