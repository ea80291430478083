"""A stored recording through the stages that run live, and the result as one plain object.

The object's keys and meanings are a fixed interface (analysis.schema.json); a key whose stage this
version does not have is null, with a warning, never invented.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from trainer.app.logbook import recorded_tares
from trainer.app.pipeline import Pipeline, calibration_for
from trainer.core.block import ForceBlock
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.hold import Hold
from trainer.core.packets import Stream, StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.detect.sets import group_sets
from trainer.recording.recording import Recording

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

FORMAT: Final = 1

LATER: Final = (
    "compensation is not in this version: compensated, ankle_excess_nm, pitch_change_deg are null",
    "fatigue onset is not in this version: fatigue is null",
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A recording, the stages it went through, and the force they computed."""

    recording: Recording
    pipeline: Pipeline
    blocks: tuple[ForceBlock, ...]

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Return the holds in order of time."""
        return self.pipeline.holds()


def analyse(
    recording: Recording, settings: DetectionSettings, mvc_n: float | None = None
) -> Analysis:
    """Return what the stages find in a recording.

    Raises RecordingError when it holds no force, or counts without a calibration.
    """
    info = force_stream(recording)
    known = recording.header.calibration if recording.header else None
    calibration = calibration_for(info, known, str(recording.path))
    pipeline = Pipeline(info, calibration, settings, mvc_n)
    for at_s in recorded_tares(recording.notes):
        pipeline.tare_at(at_s)
    pushed = pipeline.push(recording.packets)
    rest = pipeline.finish()
    return Analysis(recording, pipeline, pushed.blocks + rest.blocks)


def force_stream(recording: Recording) -> StreamInfo:
    """Return the recording's force stream. Raises RecordingError when there is none."""
    for info in recording.streams:
        if info.stream is Stream.FORCE:
            return info
    if recording.columns:
        raise RecordingError(
            f"{recording.path}: holds centre-of-pressure columns and no force; sway is not in "
            "this version. Give a recording with a force column (force_n, hallux_n, ...).",
            RecordingFault.COLUMNS,
        )
    raise RecordingError(
        f"{recording.path}: holds no force. Give a recording with a force column (force_n, "
        "hallux_n, ...).",
        RecordingFault.COLUMNS,
    )


def summarise(pipeline: Pipeline, recording: Recording, task: str) -> dict[str, Json]:
    """Return what a pipeline found as the object that `footspring analyse --json` prints."""
    holds = pipeline.holds()
    fatigue: Json = None
    return {
        "format": FORMAT,
        "recording": _recording_json(pipeline, recording, task),
        "holds": [_hold_json(hold) for hold in holds],
        "sets": [
            {"first_hold": first, "last_hold": last, "fatigue": fatigue}
            for first, last in group_sets(holds)
        ],
        "fatigue": fatigue,
        "squeeze": None,
        "taps": None,
        "sway": None,
        "warnings": [*warnings(pipeline, recording, task)],
    }


def warnings(pipeline: Pipeline, recording: Recording, task: str = "curls") -> tuple[str, ...]:
    """Return what a reader of the figures must know."""
    found: list[str] = list(LATER)
    if any(stream.stream is Stream.IMU for stream in recording.streams):
        found.append("the IMU columns are read but not used in this version")
    if "heel" not in pipeline.channels:
        found.append("no heel cell: heel_change_n is not known")
    if len(pipeline.channels) == 1:
        found.append("a single force channel: trunk_push_n is not known")
    if recording.is_cut_off:
        found.append("the recording was cut off: its last hold may be unfinished")
    if task != "curls":
        found.append(f"task {task} is not in this version: its key is null")
    return tuple(found)


def _recording_json(pipeline: Pipeline, recording: Recording, task: str) -> dict[str, Json]:
    timing = pipeline.assembler
    return {
        "file": recording.path.name,
        "task": task,
        "samples": timing.samples,
        "duration_s": pipeline.duration_s,
        "rate_hz": timing.rate_hz,
        "lost_samples": timing.lost_samples,
        "gaps": [{"start_s": gap.start_s, "end_s": gap.end_s} for gap in pipeline.gaps],
        "rejected_samples": pipeline.rejected_samples,
        "channels": [f"{role}_n" for role in pipeline.channels],
        "left_out": list(recording.left_out),
    }


def _hold_json(hold: Hold) -> dict[str, Json]:
    return {
        "start_s": hold.start_s,
        "end_s": hold.end_s,
        "peak_n": hold.peak_n,
        "plateau_n": hold.plateau_n,
        "mean_n": hold.mean_n,
        "cv_pct": _finite(hold.cv_pct),
        "rfd_n_s": _finite(hold.rfd_n_s),
        "impulse_n_s": hold.impulse_n_s,
        "finished": hold.is_finished,
        "compensated": None,
        "ankle_excess_nm": None,
        "heel_change_n": _finite(hold.heel_change_n),
        "pitch_change_deg": None,
        "trunk_push_n": _finite(hold.trunk_push_n),
    }


def _finite(figure: float | None) -> float | None:
    return figure if figure is not None and math.isfinite(figure) else None
