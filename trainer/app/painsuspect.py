"""Which device sharp pain is put down to where none was named: that of the last session."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from trainer.app.deviceshelf import DeviceShelf
from trainer.core.diary.devices import DeviceUse
from trainer.core.diary.training import SetLog
from trainer.core.texts import tr

RECENT: Final = timedelta(hours=24)
"""Proposed: a session before that is not the one that pain is told of."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """What may have hurt."""

    device_id: str = ""
    """Empty: none was used, or it is not clear which."""
    session_id: str = ""
    devices: tuple[str, ...] = ()
    """All of the last session."""

    def lines(self) -> list[str]:
        """Return in one sentence what was made of it; nothing where no device was used."""
        if self.device_id:
            return [
                tr(
                    "'{device}' was in use: the pain is put down to it. If it was not that, say "
                    "`footspring log undo` and name another with --device, or none."
                ).format(device=self.device_id)
            ]
        if self.devices:
            return [
                tr(
                    "Which one was it: {devices}? Block it, `footspring device block NAME --reason "
                    "'sharp pain'`."
                ).format(devices=", ".join(self.devices))
            ]
        return []


def suspect_of(shelf: DeviceShelf) -> Suspect:
    """Return the one device of the last day's last session, else the one noted as in use.

    A session with several devices leaves it open, unless the newest set was done with one of them.
    """
    sets = shelf.book.entries(SetLog, shelf.book.now() - RECENT)
    if sets:
        session_id = sets[-1].said.session_id
        own = [entry.said.device for entry in sets if entry.said.session_id == session_id]
        devices = tuple(dict.fromkeys(device for device in own if device))
        if own[-1] or len(devices) == 1:
            return Suspect(own[-1] or devices[0], session_id, devices)
        if devices:
            return Suspect("", session_id, devices)
    uses = shelf.book.entries(DeviceUse)
    return Suspect(uses[-1].said.device_id if uses else "")
