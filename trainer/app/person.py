"""The person on the pad, as far as known: from the own folder live, from the header in review."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from trainer.app.padfile import read_pad
from trainer.core.folders import Folders
from trainer.core.pad import PadSettings
from trainer.core.settings import build_settings
from trainer.recording.header import RecordingHeader


@dataclass(frozen=True, slots=True)
class Person:
    """What is known beforehand."""

    mvc_n: float | None = None
    """Maximal press of the foot that begins."""
    pad: PadSettings = field(default_factory=PadSettings)
    """Where the cells lie under the foot, and how it presses without the calf."""


def own_pad(folders: Folders) -> PadSettings:
    """Return the pad of the user's own folder, the default one without its file."""
    return read_pad(folders.pad) if folders.pad.exists() else PadSettings()


def storable_pad(pad: PadSettings) -> dict[str, object]:
    """Return the pad as a header keeps it: what is not known is left out."""
    return {key: kept for key, kept in asdict(pad).items() if kept is not None}


def recorded_person(header: RecordingHeader | None, path: Path) -> Person:
    """Return the person as a recording has it. Raises SettingsError: a pad that cannot be."""
    if header is None:
        return Person()
    known, pad = header.settings.get("known_mvc_n"), header.settings.get("pad")
    mvc_n = known.get(str(header.side)) if isinstance(known, Mapping) else None
    return Person(
        float(mvc_n) if isinstance(mvc_n, int | float) else None,
        PadSettings() if pad is None else build_settings(pad, PadSettings, str(path)),
    )
