"""A stored recording through the stages that run live, and what follows from their output."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from calibration import Calibration
from trainer.app.calibrationshare import facts_of, share_out
from trainer.app.logbook import recorded_cues
from trainer.app.person import Person, recorded_person
from trainer.app.pipeline import Pipeline, calibration_for
from trainer.app.result import Facts, Result, SetFinding
from trainer.app.tasks import Task, Traces, judge_task
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.findings import Fatigue
from trainer.core.hold import Hold
from trainer.core.packets import Stream, StreamInfo
from trainer.core.pad import PadSettings
from trainer.core.settings import DetectionSettings
from trainer.detect.compensation import judge_compensation
from trainer.detect.fatigue import judge_fatigue
from trainer.detect.sets import group_sets
from trainer.recording.recording import Recording


@dataclass(frozen=True, slots=True)
class Request:
    """How a recording is to be analysed."""

    task: Task | None = None
    """What the person did; None = as the recording says."""
    mvc_n: float | None = None
    """Maximal press; None = as the recording says."""
    pad: PadSettings | None = None
    """Where the cells lie; None = as the recording says."""
    clean: tuple[int, int] | None = None
    """First and last hold, from 1, that show how the person presses without the calf."""
    calibration: Calibration | None = None
    """Of raw counts that come without one."""


AS_RECORDED: Final = Request()


@dataclass(frozen=True, slots=True)
class Analysis:
    """A recording, the stages it went through, and what they computed."""

    recording: Recording
    pipeline: Pipeline
    blocks: tuple[ForceBlock, ...]
    attitude: tuple[AttitudeBlock, ...]
    result: Result

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Return the holds in order of time."""
        return self.result.holds


def analyse(
    recording: Recording, settings: DetectionSettings, request: Request = AS_RECORDED
) -> Analysis:
    """Return what the stages find in a recording.

    Raises RecordingError when it holds no force, or counts without a calibration.
    """
    info = find_stream(recording.streams, Stream.FORCE)
    if info is None:
        raise RecordingError(
            f"{recording.path}: holds no force. Give a recording with a force column (force_n, "
            "hallux_n, ...), or say with --task stance or --task taps what else it shows.",
            RecordingFault.COLUMNS,
        )
    known = recording.header.calibration if recording.header else None
    calibration = calibration_for(info, request.calibration or known, str(recording.path))
    person = find_person(recording, request)
    motion = find_stream(recording.streams, Stream.IMU)
    pipeline = Pipeline(info, calibration, settings, person, motion)
    for cue in recorded_cues(recording.notes):
        pipeline.tell(cue)
    pushed = pipeline.push(recording.packets)
    rest = pipeline.finish()
    blocks, attitude = pushed.blocks + rest.blocks, pushed.attitude + rest.attitude
    result = conclude(pipeline, recording, request)
    traces = Traces(blocks, attitude, pipeline.assembler.rate_hz, person.pad)
    figures, doubts = judge_task(Task(result.task), result.holds, recording, traces)
    result = replace(result, task_findings=figures, warnings=result.warnings + doubts)
    return Analysis(recording, pipeline, blocks, attitude, result)


def conclude(pipeline: Pipeline, recording: Recording, request: Request = AS_RECORDED) -> Result:
    """Return what follows from the holds: compensation, and fatigue set by set."""
    pad = find_person(recording, request).pad
    judged, said = _judge_feet(pipeline, pad, request.clean)
    sets = tuple(
        SetFinding(first, last, _fatigue_of(judged[first - 1 : last], first, pipeline))
        for first, last in group_sets(judged)
    )
    task = request.task or Task.CURLS
    # Only now: what finds holds and judges them compares presses under one calibration.
    shared = share_out(judged, pipeline.calibration)
    recorded_at = recording.header.started_at if recording.header else None
    # Of taps and stance nobody asks who pressed.
    doubts = said if task in {Task.CURLS, Task.SQUEEZE} else ()
    return Result(
        recording=recording,
        task=task,
        facts=_facts(pipeline),
        holds=shared,
        sets=sets,
        calibration=facts_of(pipeline.calibration, shared, recorded_at),
        events=pipeline.events,
        warnings=(*doubts, *_warnings(pipeline, recording)),
    )


def _fatigue_of(holds: Sequence[Hold], first: int, pipeline: Pipeline) -> Fatigue | None:
    """Return what a set shows of fatigue, from where on one force was asked for."""
    skipped = pipeline.aims.other_before(holds)
    return judge_fatigue(holds[skipped:], first + skipped)


def _judge_feet(
    pipeline: Pipeline, pad: PadSettings, clean: tuple[int, int] | None
) -> tuple[tuple[Hold, ...], tuple[str, ...]]:
    """Return the holds judged, each foot by its own clean press, and what must be known of it."""
    judged = list(pipeline.holds())
    sides = [None if clean else pipeline.side_at(hold.start_s) for hold in judged]
    said: dict[str, None] = {}
    for side in dict.fromkeys(sides) or [None]:
        numbers = [number for number, one in enumerate(sides) if one is side]
        holds = [judged[number] for number in numbers]
        pitch_deg = [pipeline.pitch_change_deg(hold) for hold in holds]
        review = judge_compensation(holds, pipeline.channels, pad, pitch_deg, clean)
        for number, hold, found in zip(numbers, holds, review.holds, strict=True):
            judged[number] = replace(hold, compensation=found)
        said |= dict.fromkeys(review.warnings)
    return tuple(judged), tuple(said)


def find_person(recording: Recording, request: Request) -> Person:
    """Return what is known of the person: what was asked for, else what was recorded."""
    known = recorded_person(recording.header, recording.path)
    return Person(request.mvc_n or known.mvc_n, request.pad or known.pad)


def find_stream(streams: Sequence[StreamInfo], wanted: Stream) -> StreamInfo | None:
    """Return the stream of that kind; None where there is none."""
    return next((info for info in streams if info.stream is wanted), None)


def _facts(pipeline: Pipeline) -> Facts:
    timing = pipeline.assembler
    return Facts(
        channels=tuple(f"{role}_n" for role in pipeline.channels),
        samples=timing.samples,
        duration_s=pipeline.duration_s,
        rate_hz=timing.rate_hz,
        lost_samples=timing.lost_samples,
        gaps=pipeline.gaps,
        rejected_samples=pipeline.rejected_samples,
    )


def _warnings(pipeline: Pipeline, recording: Recording) -> tuple[str, ...]:
    found: list[str] = []
    if "heel" not in pipeline.channels:
        found.append("no heel cell: heel_change_n is not known")
    if len(pipeline.channels) == 1:
        found.append("a single force channel: trunk_push_n is not known")
    if recording.recorded_calibration:
        found.append(
            f"recorded with calibration '{recording.recorded_calibration}', computed with "
            f"'{pipeline.calibration_label}': targets and maximal presses are those of then"
        )
    if recording.is_cut_off:
        found.append("the recording was cut off: its last hold may be unfinished")
    return tuple(found)
