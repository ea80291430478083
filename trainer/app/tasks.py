"""What one task's figures are: taps, squeeze, stance; each from the same stages' output."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias, assert_never

import numpy as np

from trainer.app.logbook import recorded_target_n
from trainer.app.result import TaskFindings
from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock, Quality
from trainer.core.cues import Side
from trainer.core.findings import Taps
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.core.track import EvenTrack
from trainer.detect.squeeze import judge_squeeze
from trainer.detect.sway import measure_sway, pressure_centre
from trainer.detect.taps import TapCounter, TurnTaps
from trainer.recording.columns import PRESSURE_CENTRE, TIME
from trainer.recording.recording import Recording
from trainer.signal.stance import even_stance

LEFT: Final = 1
"""Column of the turns about the axis that points left."""

Doubts: TypeAlias = tuple[str, ...]


class Task(StrEnum):
    """What the person did."""

    CURLS = "curls"
    SQUEEZE = "squeeze"
    TAPS = "taps"
    STANCE = "stance"


@dataclass(frozen=True, slots=True)
class Traces:
    """The curves that a task is judged by, as the stages handed them on."""

    blocks: tuple[ForceBlock, ...] = ()
    attitude: tuple[AttitudeBlock, ...] = ()
    rate_hz: float | None = None
    """Of the force, as measured."""
    pad: PadSettings = field(default_factory=PadSettings)


def judge_task(
    task: Task, holds: Sequence[Hold], recording: Recording, traces: Traces
) -> tuple[TaskFindings, Doubts]:
    """Return the task's figures, and what a reader of them must know."""
    match task:
        case Task.CURLS:
            return TaskFindings(), ()
        case Task.SQUEEZE:
            return _squeeze(holds, recording, traces)
        case Task.TAPS:
            return TaskFindings(taps=count_taps(traces)), ()
        case Task.STANCE:
            return _stance(recording, traces)
        case _:
            assert_never(task)


def count_taps(traces: Traces) -> Taps | None:
    """Return the taps in the detected force, without one in the turns; None without either."""
    if traces.blocks and traces.rate_hz is not None:
        counter = TapCounter(traces.rate_hz)
        for block in traces.blocks:
            counter.push(block.time_s, block.force_n[:, -1], starts_run=block.starts_run)
        return counter.finish()
    rate_hz = _usual_rate_hz(traces.attitude)
    if rate_hz is None:
        return None
    turns = TurnTaps(rate_hz)
    for attitude in traces.attitude:
        turns.push(attitude.time_s, attitude.turn_dps[:, LEFT], starts_run=attitude.starts_run)
    return turns.finish()


def _squeeze(
    holds: Sequence[Hold], recording: Recording, traces: Traces
) -> tuple[TaskFindings, Doubts]:
    longest = max(holds, key=lambda hold: hold.duration_s, default=None)
    if longest is None:
        return TaskFindings(), ("no hold was found: there is no squeeze to judge",)
    target_n = recorded_target_n(recording.notes)
    time_s = np.concatenate([block.time_s for block in traces.blocks])
    force_n = np.concatenate([block.force_n[:, -1] for block in traces.blocks])
    found = judge_squeeze(holds, time_s, force_n - longest.rest_n, target_n)
    doubts = () if target_n else ("no target was recorded: time_in_band_s is not known",)
    return TaskFindings(squeeze=found), doubts


def _stance(recording: Recording, traces: Traces) -> tuple[TaskFindings, Doubts]:
    doubts: list[str] = []
    side = recording.header.side if recording.header else None
    centre = centre_track(traces, recording)
    if centre is None:
        doubts.append("no centre of pressure: path, speed, ellipse and frequency are not known")
    elif centre.values.shape[1] == 1:
        doubts.append(
            "the cells lie in one row: path, speed and frequency are those of forward sway alone, "
            "and there is no ellipse"
        )
    tilt = tilt_track(traces.attitude)
    if tilt is None:
        doubts.append("no IMU: tilt_rate_rms_dps and medial_excursions are not known")
    elif side is None:
        doubts.append(
            "which foot stood is not known: medial_excursions are those to the side with more"
        )
    for name, track in (("centre of pressure", centre), ("IMU", tilt)):
        if track is not None and not len(track.time_s):
            doubts.append(f"{name}: no unbroken stretch is long enough for sway figures")
    sides = (side,) if side is not None else tuple(Side)
    found = [measure_sway(centre, tilt, one) for one in sides]
    sway = max(found, key=lambda one: one.medial_excursions or 0)
    return TaskFindings(sway=sway), tuple(doubts)


def centre_track(traces: Traces, recording: Recording | None = None) -> EvenTrack | None:
    """Return the centre of pressure: its own columns, else from the cells; None without either."""
    if recording is not None and recording.columns:
        centre = np.column_stack([recording.columns[name] for name in PRESSURE_CENTRE])
        return even_stance(recording.columns[TIME], centre)
    if not traces.blocks:
        return None
    channels = traces.blocks[0].channels
    cells_n = np.concatenate([block.force_n[:, :-1] for block in traces.blocks])
    centre = pressure_centre(cells_n, channels, traces.pad)
    quality = np.concatenate([block.quality for block in traces.blocks])
    centre[(quality & Quality.HELD) > 0] = np.nan
    is_known = np.isfinite(centre).any(axis=0)
    if not is_known.any():
        return None
    time_s = np.concatenate([block.time_s for block in traces.blocks])
    return even_stance(time_s, centre[:, is_known])


def tilt_track(attitude: Sequence[AttitudeBlock]) -> EvenTrack | None:
    """Return roll in degrees and turns about forward and left in deg/s; None without an IMU."""
    if not attitude:
        return None
    columns: list[FloatArray] = [
        np.column_stack([block.roll_deg, block.turn_dps[:, :2]]) for block in attitude
    ]
    time_s = np.concatenate([block.time_s for block in attitude])
    return even_stance(time_s, np.concatenate(columns))


def _usual_rate_hz(attitude: Sequence[AttitudeBlock]) -> float | None:
    """Return the rate of the inertial samples by the median of their steps."""
    steps_s = [np.diff(block.time_s) for block in attitude if len(block.time_s) > 1]
    return float(1 / np.median(np.concatenate(steps_s))) if steps_s else None
