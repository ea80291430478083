"""`analyse`: read a recording, run the stages over it, and say what was found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from trainer.app.analysis import Analysis, Json, analyse, summarise, warnings
from trainer.core.errors import UsageError
from trainer.core.folders import user_folders
from trainer.core.settings import Settings, read_settings
from trainer.core.units import Unit
from trainer.detect.sets import group_sets
from trainer.recording.csvfile import read_csv
from trainer.recording.recording import Recording
from trainer.sources.catalog import is_own_recording, load_recording

SCHEMA_FILE = "analysis.schema.json"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An analysis with the task that was asked for."""

    analysis: Analysis
    task: str

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return what of the recording could not be analysed."""
        return self.analysis.recording.left_out

    def to_json(self) -> str:
        """Return the analysis as one JSON object."""
        return as_text(summarise(self.analysis.pipeline, self.analysis.recording, self.task))

    def to_text(self) -> str:
        """Return the analysis as a table for the terminal."""
        return "\n".join(_lines(self.analysis))

    def damage(self) -> str:
        """Return one message on what was left out."""
        path = self.analysis.recording.path
        return f"{path}: damaged; left out: {'; '.join(self.left_out)}. The rest was analysed."


def review(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    unit: str | None = None,
    mvc_n: float | None = None,
    task: str | None = None,
) -> Reviewed:
    """Return the analysis of a recording. Raises RecordingError, SettingsError, UsageError."""
    settings = read_settings(user_folders().settings, Settings)
    recording = _load(path, columns or {}, unit)
    return Reviewed(analyse(recording, settings.detection, mvc_n), task or "curls")


def as_text(found: Mapping[str, Json]) -> str:
    """Return the object as JSON text."""
    return json.dumps(found, indent=1, allow_nan=False)


def schema_text() -> str:
    """Return the JSON Schema of the output."""
    return resources.files("trainer.app").joinpath(SCHEMA_FILE).read_text(encoding="utf-8").strip()


def _load(path: Path, columns: Mapping[str, str], unit: str | None) -> Recording:
    if not columns and unit is None:
        return load_recording(path)
    if is_own_recording(path):
        raise UsageError(
            f"{path}: is a recording of footspring, which knows its channels and units. Leave "
            "--columns and --unit out."
        )
    return read_csv(path, columns=columns, unit=Unit(unit) if unit else None)


def _lines(analysis: Analysis) -> list[str]:
    path, pipeline, holds = analysis.recording.path, analysis.pipeline, analysis.holds
    timing = pipeline.assembler
    rate = f"{timing.rate_hz:.1f} Hz" if timing.rate_hz else "unknown rate"
    lines = [
        (
            f"{path.name}: {timing.samples} samples, {pipeline.duration_s:.1f} s, {rate}, "
            f"{timing.lost_samples} lost, {pipeline.rejected_samples} rejected, "
            f"{len(pipeline.gaps)} gaps"
        ),
        f"{len(holds)} holds",
    ]
    if holds:
        lines.append("set  hold  start s    end s   hold s   peak N  plateau N   CV %")
    for number, (first, last) in enumerate(group_sets(holds), 1):
        for index in range(first, last + 1):
            hold = holds[index - 1]
            cv = f"{hold.cv_pct:6.1f}" if hold.cv_pct is not None else "     -"
            cut = "" if hold.is_finished else "  cut off"
            lines.append(
                f"{number:3d}  {index:4d}  {hold.start_s:7.2f}  {hold.end_s:7.2f}  "
                f"{hold.duration_s:7.2f}  {hold.peak_n:7.1f}  {hold.plateau_n:9.1f}  {cv}{cut}"
            )
    lines += [f"note: {warning}" for warning in warnings(pipeline, analysis.recording)]
    return lines
