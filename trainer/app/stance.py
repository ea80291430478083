"""Recordings without force: centre of pressure, inertial sensor, or both."""

from collections.abc import Iterable

import numpy as np

from trainer.app.analysis import AS_RECORDED, Request, find_person, find_stream
from trainer.app.motion import Motion
from trainer.app.result import Facts, Result
from trainer.app.tasks import Task, Traces, judge_task
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.events import Event, GapFound
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.recording.columns import PRESSURE_CENTRE, TIME
from trainer.recording.csvfile import mean_period_s
from trainer.recording.recording import Recording
from trainer.timing.assemble import Assembler


def analyse_without_force(recording: Recording, request: Request = AS_RECORDED) -> Result:
    """Return what centre of pressure and inertial sensor show.

    Raises RecordingError: there is neither, or a task that needs force.
    """
    motion = find_stream(recording.streams, Stream.IMU)
    has_centre = bool(recording.columns)
    task = request.task or (Task.STANCE if has_centre else Task.CURLS)
    if task in {Task.CURLS, Task.SQUEEZE} or not (has_centre or motion):
        raise RecordingError(
            f"{recording.path}: holds no force, which task {task} needs. Give a recording with a "
            "force column (force_n, hallux_n, ...)"
            + (
                ", or say with --task stance or --task taps what else it shows."
                if has_centre or motion
                else "."
            ),
            RecordingFault.COLUMNS,
        )
    way = None if motion is None else Motion(motion, find_person(recording, request).pad.imu)
    attitude = () if way is None else way.push(recording.packets) + way.finish()
    if has_centre:
        facts = _centre_facts(recording)
    else:
        assert way is not None
        facts = _facts(way.assembler, way.events, IMU_AXES)
    figures, doubts = judge_task(task, (), recording, Traces(attitude=attitude))
    return Result(recording, task, facts, task_findings=figures, warnings=doubts)


def _centre_facts(recording: Recording) -> Facts:
    """Return what the centre of pressure's samples are, timed as those of a force are."""
    time_s = recording.columns[TIME]
    values = np.column_stack([recording.columns[name] for name in PRESSURE_CENTRE])
    finite_s = time_s[np.isfinite(values).all(axis=1)]
    info = StreamInfo(Stream.FORCE, PRESSURE_CENTRE, Unit.NEWTON, mean_period_s(finite_s))
    timing = Assembler(info)
    packet = UnitPacket(Stream.FORCE, time_s, values, arrival_s=float(time_s[-1]))
    events = timing.push([packet]).events + timing.finish().events
    return _facts(timing, events, PRESSURE_CENTRE)


def _facts(timing: Assembler, events: Iterable[Event], channels: tuple[str, ...]) -> Facts:
    return Facts(
        channels=channels,
        samples=timing.samples,
        duration_s=timing.duration_s,
        rate_hz=timing.rate_hz,
        lost_samples=timing.lost_samples,
        gaps=tuple(event for event in events if isinstance(event, GapFound)),
    )
