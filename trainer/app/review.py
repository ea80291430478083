"""`analyse`: read a recording, run the stages over it, and say what was found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from trainer.app.analysis import Request, analyse, find_stream
from trainer.app.calibrationshelf import given_calibration
from trainer.app.padfile import read_pad
from trainer.app.person import own_pad
from trainer.app.result import Result
from trainer.app.reviewtext import result_lines
from trainer.app.stance import analyse_without_force
from trainer.app.summary import Json, summarise
from trainer.app.tasks import Task
from trainer.app.uncollected import without_collector
from trainer.core.errors import UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.packets import Stream
from trainer.core.settings import Settings, read_settings
from trainer.core.units import Unit
from trainer.recording.csvfile import read_csv
from trainer.recording.recording import Recording
from trainer.recording.stored import is_own_recording, load_recording

SCHEMA_FILE = "analysis.schema.json"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told besides the file."""

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    unit: str | None = None
    mvc_n: float | None = None
    task: str | None = None
    clean: tuple[int, int] | None = None
    pad: Path | None = None
    calibration: Path | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was found in a recording, in the forms that the command prints."""

    result: Result

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return what of the recording could not be analysed."""
        return self.result.recording.left_out

    def to_json(self) -> str:
        """Return the result as one JSON object."""
        return as_text(summarise(self.result))

    def to_text(self) -> str:
        """Return the result as a table for the terminal."""
        return "\n".join(result_lines(self.result))

    def damage(self) -> str:
        """Return one message on what was left out."""
        path = self.result.recording.path
        return f"{path}: damaged; left out: {'; '.join(self.left_out)}. The rest was analysed."


def review(path: Path, options: Options | None = None) -> Reviewed:
    """Return what was found. Raises RecordingError, SettingsError, UsageError."""
    with without_collector():
        return _review(path, options or Options())


def _review(path: Path, options: Options) -> Reviewed:
    folders = user_folders()
    settings = read_settings(folders.settings, Settings)
    recording = _load(path, options.columns, options.unit)
    request = _request(options, recording, folders)
    if find_stream(recording.streams, Stream.FORCE) is None:
        return Reviewed(analyse_without_force(recording, request))
    return Reviewed(analyse(recording, settings.detection, request).result)


def as_text(found: Mapping[str, Json]) -> str:
    """Return the object as JSON text."""
    return json.dumps(found, indent=1, allow_nan=False)


def schema_text() -> str:
    """Return the JSON Schema of the output."""
    return resources.files("trainer.app").joinpath(SCHEMA_FILE).read_text(encoding="utf-8").strip()


def _request(options: Options, recording: Recording, folders: Folders) -> Request:
    pad = None if options.pad is None else read_pad(options.pad)
    if pad is None and recording.header is None:
        pad = own_pad(folders)
    return Request(
        task=None if options.task is None else Task(options.task),
        mvc_n=options.mvc_n,
        pad=pad,
        clean=options.clean,
        calibration=None if options.calibration is None else given_calibration(options.calibration),
    )


def _load(path: Path, columns: Mapping[str, str], unit: str | None) -> Recording:
    if not columns and unit is None:
        return load_recording(path)
    if is_own_recording(path):
        raise UsageError(
            f"{path}: is a recording of footspring, which knows its channels and units. Leave "
            "--columns and --unit out."
        )
    return read_csv(path, columns=columns, unit=Unit(unit) if unit else None)
