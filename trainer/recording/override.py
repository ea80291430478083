"""Another calibration for a recording: kept beside it, so that what was recorded never changes.

`NAME.mcap.calibration.json` lists the calibrations that were applied later, the newest last; that
one is used. Without the file the recording's own is.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from calibration.model import Calibration, from_table
from trainer.core.errors import RecordingError, RecordingFault
from trainer.recording.header import RecordingHeader

FORMAT: Final = 1
SUFFIX: Final = ".calibration.json"


@dataclass(frozen=True, slots=True)
class Applied:
    """A calibration that was applied to a recording later."""

    at: datetime
    """Aware."""
    calibration: Calibration


def override_path(recording: Path) -> Path:
    """Return where the later calibrations of a recording are kept."""
    return recording.with_name(recording.name + SUFFIX)


def read_overrides(recording: Path) -> tuple[Applied, ...]:
    """Return the calibrations that were applied later, oldest first. Raises RecordingError."""
    path = override_path(recording)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, error) from error
    try:
        table = cast("Mapping[str, Any]", json.loads(text))
        version = int(table["format"])
        applied = tuple(
            Applied(datetime.fromisoformat(one["at"]), from_table(one["calibration"]))
            for one in table["applied"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from error
    if version > FORMAT:
        raise RecordingError(
            f"{path}: in format {version}; this program reads up to {FORMAT}. Update footspring.",
            RecordingFault.FORMAT,
        )
    return applied


def overrides_text(applied: tuple[Applied, ...]) -> str:
    """Return the file's text."""
    kept = [{"at": one.at.isoformat(), "calibration": asdict(one.calibration)} for one in applied]
    return json.dumps({"format": FORMAT, "applied": kept}, ensure_ascii=False)


def overridden(path: Path, header: RecordingHeader) -> RecordingHeader:
    """Return the header with the newest calibration that was applied to the recording later."""
    applied = read_overrides(path)
    return replace(header, calibration=applied[-1].calibration) if applied else header


def _damaged(path: Path, error: Exception) -> RecordingError:
    return RecordingError(
        f"{path}: the calibration that was applied later cannot be read ({error}). Move the file "
        "away to use the one that was recorded.",
        RecordingFault.CALIBRATION,
    )
