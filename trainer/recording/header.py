"""The first record of a recording: all that is needed to compute everything again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from calibration.model import Calibration, from_table
from trainer.core.cues import Side
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import Stream, StreamInfo
from trainer.core.units import Unit

FORMAT: Final = 2
"""Raised when an older program could no longer read what is written: 2 since a calibration brings
its uncertainty along and a stream its clock."""


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """Who trained what with which pad, settings and versions."""

    session_id: str
    started_at: datetime
    """Aware, UTC."""
    zone: str
    """Name of the local time zone at the start."""
    utc_offset_s: int
    """Local time minus UTC at the start."""
    source: str
    is_simulated: bool
    streams: tuple[StreamInfo, ...]
    calibration: Calibration | None = None
    athlete: str = ""
    side: Side | None = None
    exercise: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the header as one JSON object."""
        table = {
            "format": FORMAT,
            "session_id": self.session_id,
            "started_at": self.started_at.isoformat(),
            "zone": self.zone,
            "utc_offset_s": self.utc_offset_s,
            "source": self.source,
            "is_simulated": self.is_simulated,
            "streams": [_shared(asdict(info)) for info in self.streams],
            "calibration": _known(asdict(self.calibration)) if self.calibration else None,
            "athlete": self.athlete,
            "side": self.side,
            "exercise": self.exercise,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
        }
        return json.dumps(table, ensure_ascii=False)


def from_json(text: str, origin: str) -> RecordingHeader:
    """Return the header in JSON text; `origin` names the file in messages.

    Raises RecordingError: damaged, or written by a newer format than this program knows.
    """
    try:
        table = json.loads(text)
        version = int(table["format"])
        if version > FORMAT:
            raise RecordingError(
                f"{origin}: written in recording format {version}; this program reads up to "
                f"{FORMAT}. Update footspring.",
                RecordingFault.FORMAT,
            )
        return RecordingHeader(
            session_id=str(table["session_id"]),
            started_at=_instant(table["started_at"]),
            zone=str(table["zone"]),
            utc_offset_s=int(table["utc_offset_s"]),
            source=str(table["source"]),
            is_simulated=bool(table["is_simulated"]),
            streams=tuple(_stream(entry) for entry in table["streams"]),
            calibration=_calibration(table["calibration"]),
            athlete=str(table["athlete"]),
            side=Side(table["side"]) if table["side"] is not None else None,
            exercise=str(table["exercise"]),
            settings=dict(table["settings"]),
            versions={str(k): str(v) for k, v in table["versions"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordingError(
            f"{origin}: its header is damaged ({error!r}). Nothing in it can be given a unit or "
            "a name without it; use a copy of the file if there is one.",
            RecordingFault.UNREADABLE,
        ) from error


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no UTC offset")
    return instant


def _stream(entry: Mapping[str, object]) -> StreamInfo:
    fields = _fields(entry)
    fields["stream"], fields["unit"] = Stream(fields["stream"]), Unit(fields["unit"])
    return StreamInfo(**fields)


def _calibration(entry: Mapping[str, object] | None) -> Calibration | None:
    return None if entry is None else from_table(entry)


def _shared(stream: dict[str, object]) -> dict[str, object]:
    """Return a stream without the number of its clock where there is only one."""
    return {name: value for name, value in stream.items() if name != "clock" or value}


def _known(table: Mapping[str, object]) -> dict[str, object]:
    """Return the table without what is not known: what came later troubles no older program."""
    return {name: value for name, value in table.items() if value is not None}


def _fields(entry: Mapping[str, object]) -> dict[str, Any]:
    """Return a dataclass's fields as they were: JSON knows no tuples."""
    return {name: _tupled(value) for name, value in entry.items()}


def _tupled(value: object) -> object:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value
