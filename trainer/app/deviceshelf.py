"""One athlete's devices with everything that is known of each, and how far levels are open."""

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trainer.app.devicekinds import shipped_catalogue
from trainer.app.notebook import Notebook
from trainer.app.planopen import open_device_level
from trainer.core.diary.devices import (
    Characteristic,
    Device,
    DeviceStanding,
    DeviceUse,
    FitForm,
    Level,
    SafetyCheck,
    TryOut,
)
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import PainReport, SetLog
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import user_folders
from trainer.core.settings import DeviceSettings, Settings, read_settings
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind, kind_of
from trainer.devices.levels import ORDER, is_open
from trainer.devices.ranking import Candidate
from trainer.devices.standing import Blocked, advice, blocked_devices, substitutes
from trainer.devices.worn import worn_devices

if TYPE_CHECKING:
    from trainer.devices.wear import Wear


@dataclass(frozen=True, slots=True)
class Ladder:
    """How far the programme has opened."""

    highest: Level


def ladder_of(book: Notebook) -> Ladder:
    """Return how far the plan has opened devices: one answer for both."""
    try:
        return Ladder(ORDER[open_device_level(book) - 1])
    except SettingsError:
        # A programme that is gone opens nothing: safety fails towards what is gentler.
        return Ladder(ORDER[0])


class DeviceShelf:
    """The devices of one athlete."""

    def __init__(self, book: Notebook, limits: DeviceSettings | None = None) -> None:
        self.book = book
        self.limits = limits or read_settings(user_folders().settings, Settings).devices
        self.catalogue = shipped_catalogue()

    @property
    def devices(self) -> dict[str, Device]:
        """Return the devices by id, in the order they were added."""
        return {entry.said.device_id: entry.said for entry in self.book.entries(Device)}

    @property
    def blocked(self) -> dict[str, Blocked]:
        """Return the devices that must not be used."""
        return blocked_devices(self.book.entries(DeviceStanding), self.book.entries(PainReport))

    @property
    def worn(self) -> dict[str, "Wear"]:
        """Return the devices that have lost resistance."""
        return worn_devices(self.book.entries(Characteristic))

    @cached_property
    def ladder(self) -> Ladder:
        """Return how far levels are open."""
        return ladder_of(self.book)

    def find(self, device_id: str) -> Device:
        """Return a device by its id. Raises UsageError that proposes the nearest one."""
        devices = self.devices
        if device_id in devices:
            return devices[device_id]
        if not devices:
            raise UsageError(
                tr(
                    "no device '{device}': there is none yet. `footspring device add` adds one."
                ).format(device=device_id)
            )
        near = difflib.get_close_matches(device_id, devices, n=1)
        hint = tr(" Did you mean '{near}'?").format(near=near[0]) if near else ""
        raise UsageError(
            tr("no device '{device}'.{hint} `footspring device list` shows all.").format(
                device=device_id, hint=hint
            )
        )

    def kind(self, device: Device) -> Kind:
        """Return the kind of a device."""
        return kind_of(self.catalogue, device.kind)

    def refuse_blocked(self, device_id: str) -> None:
        """Raise UsageError where a device must not be used: why, what instead, whom to ask."""
        block = self.blocked.get(device_id)
        if block is not None:
            raise UsageError(
                self.advice(device_id, block)
                + tr(" `footspring device unblock {device} --reason ...` when it is over.").format(
                    device=device_id
                )
            )

    def refuse_closed(self, device: Device) -> None:
        """Raise UsageError where a device is too demanding yet: gentle ones come first."""
        level = self.kind(device).level
        if not is_open(level, self.ladder.highest):
            raise UsageError(
                tr(
                    "'{device}' is {level}; {highest} is the highest level open now. Pass the next "
                    "gate of the programme first; `footspring device rank` shows what is open."
                ).format(device=device.device_id, level=level, highest=self.ladder.highest)
            )

    def advice(self, device_id: str, block: Blocked) -> str:
        """Return what to tell about a blocked device."""
        device = self.devices.get(device_id)
        return advice(device_id, block, () if device is None else self.instead_of(device))

    def instead_of(self, device: Device) -> tuple[str, ...]:
        """Return what may take a device's place: own ones by id, then titles of kinds."""
        owned = [(one.device_id, one.kind) for one in self.devices.values() if one != device]
        highest = self.ladder.highest
        return substitutes(self.kind(device), self.catalogue, owned, self.blocked, highest)

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the devices with what is known of each."""
        blocked, worn = self.blocked, self.worn
        return tuple(
            Candidate(
                device,
                self.kind(device),
                said_last(self.book.entries(FitForm), device.device_id),
                said_last(self.book.entries(SafetyCheck), device.device_id),
                blocked.get(device.device_id),
                worn[device.device_id].loss_pct if device.device_id in worn else None,
            )
            for device in self.devices.values()
        )

    def assistive(self) -> frozenset[str]:
        """Return the ids of the devices that take work off the foot."""
        return frozenset(
            one.device_id for one in self.devices.values() if self.kind(one).is_assistive
        )

    def sets(self) -> tuple[Entry[SetLog], ...]:
        """Return all sets, in order of time."""
        return self.book.entries(SetLog)


def said_last(entries: tuple[Entry[Any], ...], device_id: str) -> Any:  # noqa: ANN401 - the kind asked
    """Return the newest record of a device; None where there is none."""
    return next((e.said for e in reversed(entries) if e.said.device_id == device_id), None)


OWN_KINDS = (Device, FitForm, SafetyCheck, DeviceStanding, Characteristic, TryOut, DeviceUse)
"""What `device undo` takes back."""
