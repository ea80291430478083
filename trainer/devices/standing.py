"""Which devices may be used: sharp pain blocks one until somebody says why it is free again."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.core.diary.devices import DeviceStanding, Standing
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import PainReport
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why and since when a device must not be used."""

    reason: str
    since: datetime
    is_sharp_pain: bool


def blocked_devices(
    standings: Iterable[Entry[DeviceStanding]], pains: Iterable[Entry[PainReport]]
) -> dict[str, Blocked]:
    """Return the blocked devices by id; what was noted last counts.

    Of two notes of one instant the one that blocks counts: safety fails towards stopping.
    """
    notes: list[tuple[datetime, bool, str, Blocked | None]] = []
    for standing in standings:
        said, at = standing.said, standing.at
        is_blocked = said.standing is Standing.BLOCKED
        block = Blocked(said.reason, at, is_sharp_pain=False) if is_blocked else None
        notes.append((at, is_blocked, said.device_id, block))
    for entry in pains:
        if entry.said.is_sharp and entry.said.device:
            where = f"{entry.said.side} {entry.said.site}"
            reason = tr("sharp pain, {where}, {level:g} of 10").format(
                where=where, level=entry.said.level
            )
            block = Blocked(reason, entry.at, is_sharp_pain=True)
            notes.append((entry.at, True, entry.said.device, block))
    notes.sort(key=lambda note: note[:2])
    newest = {device_id: block for _, _, device_id, block in notes}
    return {device_id: block for device_id, block in newest.items() if block is not None}


def substitutes(
    kind: Kind,
    catalogue: Mapping[str, Kind],
    owned: Sequence[tuple[str, str]],
    shut: Container[str],
) -> tuple[str, ...]:
    """Return what may take a device's place: own ones first, by id, then kinds to get.

    `owned` is (device id, kind id) and `shut` holds the ids of devices that must not be used.
    """
    found: list[str] = []
    for other in kind.substitutes:
        own = [device for device, of in owned if of == other and device not in shut]
        has_shut = any(of == other and device in shut for device, of in owned)
        if own:
            found += own
        elif not has_shut:
            found.append(catalogue[other].title)
    mine = {device for device, _ in owned}
    return tuple(sorted(found, key=lambda name: name not in mine))


def advice(device_id: str, block: Blocked, instead: Sequence[str]) -> str:
    """Return what to tell about a blocked device: stop, what instead, whom to ask."""
    lines = [
        tr("'{device}' is blocked: {reason}. Do not use it.").format(
            device=device_id, reason=block.reason
        )
    ]
    if instead:
        lines.append(tr("Instead: {names}.").format(names=", ".join(instead)))
    if block.is_sharp_pain:
        lines.append(
            tr(
                "Sharp pain is a reason to stop and to ask a clinician before you train this foot "
                "again. This program tells nothing about its cause."
            )
        )
    return " ".join(lines)
