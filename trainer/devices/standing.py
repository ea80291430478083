"""Which devices may be used: sharp pain blocks one until somebody says why it is free again."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Final

from trainer.coach.painwords import level_words, place_words
from trainer.core.diary.devices import DeviceStanding, Level, Standing
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import PainReport
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind
from trainer.devices.levels import is_open


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why and since when a device must not be used."""

    reason: str
    """All reasons that stand, the oldest first."""
    since: datetime
    """The first of them."""
    is_sharp_pain: bool
    is_by_check: bool = False
    """Safety checks alone block it: one that passes frees it."""

    def with_another(self, other: "Blocked") -> "Blocked":
        """Return the block with one more reason."""
        reasons = self.reason.split(BETWEEN)
        reason = self.reason if other.reason in reasons else self.reason + BETWEEN + other.reason
        return replace(
            self,
            reason=reason,
            is_sharp_pain=self.is_sharp_pain or other.is_sharp_pain,
            is_by_check=self.is_by_check and other.is_by_check,
        )


BETWEEN: Final = "; "
"""What stands between the reasons of a device."""


def blocked_devices(
    standings: Iterable[Entry[DeviceStanding]], pains: Iterable[Entry[PainReport]]
) -> dict[str, Blocked]:
    """Return the blocked devices by id, each with all reasons that stand.

    What frees a device frees it of all that was noted before; a passed check only of what checks
    found. Of two notes of one instant the one that blocks counts: safety fails towards stopping.
    """
    notes = [_said(entry) for entry in standings]
    notes += [_hurt(entry) for entry in pains if entry.said.is_sharp and entry.said.device]
    notes.sort(key=lambda note: (note.at, note.block is not None))
    standing: dict[str, list[Blocked]] = {}
    for note in notes:
        blocks = standing.setdefault(note.device_id, [])
        if note.block is not None:
            blocks.append(note.block)
        else:
            kept = [one for one in blocks if note.is_by_check and not one.is_by_check]
            standing[note.device_id] = kept
    return {name: reduce(Blocked.with_another, found) for name, found in standing.items() if found}


@dataclass(frozen=True, slots=True)
class _Note:
    at: datetime
    device_id: str
    block: Blocked | None
    """None: it is free again."""
    is_by_check: bool = False


def _said(entry: Entry[DeviceStanding]) -> _Note:
    said = entry.said
    block = None
    if said.standing is Standing.BLOCKED:
        block = Blocked(said.reason, entry.at, is_sharp_pain=False, is_by_check=said.is_by_check)
    return _Note(entry.at, said.device_id, block, said.is_by_check)


def _hurt(entry: Entry[PainReport]) -> _Note:
    said = entry.said
    where = place_words(said.side, said.site)
    reason = tr("sharp pain, {where}, {level}").format(where=where, level=level_words(said))
    return _Note(entry.at, entry.said.device, Blocked(reason, entry.at, is_sharp_pain=True))


def substitutes(
    kind: Kind,
    catalogue: Mapping[str, Kind],
    owned: Sequence[tuple[str, str]],
    shut: Container[str],
    highest: Level,
) -> tuple[str, ...]:
    """Return what may take a device's place: own ones first, by id, then kinds to get.

    `owned` is (device id, kind id), `shut` holds the ids of devices that must not be used, and
    `highest` is the highest open level: no kind above it is named. Where no own one is of a kind
    that is made to take its place, own ones come in that train the same.
    """
    open_kinds = {one for one, other in catalogue.items() if is_open(other.level, highest)}
    usable = [(device, of) for device, of in owned if device not in shut and of in open_kinds]
    found: list[str] = []
    for other in kind.substitutes:
        own = [device for device, of in usable if of == other]
        has_shut = any(of == other and device in shut for device, of in owned)
        if own:
            found += own
        elif not has_shut and other in open_kinds:
            found.append(catalogue[other].title)
    mine = {device for device, _ in owned}
    if not mine.intersection(found):
        found += [device for device, of in usable if _trains_alike(kind, catalogue[of])]
    return tuple(sorted(found, key=lambda name: name not in mine))


def _trains_alike(kind: Kind, other: Kind) -> bool:
    return not set(kind.qualities).isdisjoint(other.qualities)


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
