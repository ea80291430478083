"""Plain CSV from elsewhere as a recording.

The first line that is neither empty nor a comment is the header; `#` starts a comment line.
csvhead.py holds what separates fields, columns.py which column is what, table.py what a damaged row
is, tindeq.py what the Tindeq app exports.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket, detected_columns
from trainer.core.units import Unit
from trainer.recording.columns import (
    FORCE_UNITS,
    PRESSURE_CENTRE,
    TIME,
    ColumnPlan,
    plan_columns,
)
from trainer.recording.csvhead import read_head
from trainer.recording.opening import read_text
from trainer.recording.recording import Note, Recording
from trainer.recording.table import Body, read_table
from trainer.recording.tindeq import NOTE_KIND, Export, find_export

_LONGEST_STEP: Final = 1.75
"""Steps of more median steps than this are losses or gaps and tell nothing of the period."""


def read_csv(
    path: Path, *, columns: Mapping[str, str] | None = None, unit: Unit | None = None
) -> Recording:
    """Return a CSV file as a recording: one packet per stream, all of its rows.

    `columns` names columns by role (`t`, `force`, `hallux`, ...), `unit` says that of the forces.
    Raises RecordingError: missing, no text, wrong columns, no usable row.
    """
    data = read_text(path)
    export = find_export(data, str(path))
    if export is None:
        body = _split_header(data, path)
    else:
        body = export.body
        columns, unit = _export_columns(export, columns or {}), unit or _export_unit(export, path)
    plan = plan_columns(body.names, columns, unit, f"{path}, line {body.first_line - 1}")
    forces = tuple(plan.cells.values())
    table = read_table(body, (plan.time, *forces, *plan.axes, *plan.pressure_centre))
    unused = export.left_out if export and columns == export.columns else ()
    left_out = (*plan.doubts, *unused, *table.left_out)
    time_s = table.values[:, 0]
    if np.count_nonzero(np.diff(time_s) > 0) == 0:
        raise RecordingError(
            f"{path}: {len(time_s)} usable rows, and column '{body.names[plan.time]}' never "
            "rises; at least two rows with rising time are needed. "
            f"{_first_damage(table.left_out)}Correct the file, or use another recording.",
            RecordingFault.EMPTY,
        )
    split = 1 + len(forces)
    _check_finite(table.values[:, 1:split], tuple(plan.cells), path)
    streams = [
        *_stream(Stream.FORCE, tuple(plan.cells), plan.unit, time_s, table.values[:, 1:split]),
        *_stream(
            Stream.IMU,
            IMU_AXES if plan.axes else (),
            Unit.IMU,
            time_s,
            table.values[:, split : split + len(plan.axes)],
        ),
    ]
    return Recording(
        path=path,
        header=None,
        streams=tuple(info for info, _ in streams),
        packets=tuple(packet for _, packet in streams),
        notes=(Note(float(time_s[0]), NOTE_KIND, export.note),) if export else (),
        left_out=left_out,
        columns=_pressure_centre(plan, table.values),
    )


def mean_period_s(time_s: FloatArray) -> float | None:
    """Return the mean of the steps of at most 1.75 median steps; None without a rising one.

    A step back starts a new clock and is no step.
    """
    steps = np.diff(time_s)
    steps = steps[steps > 0]
    if steps.size == 0:
        return None
    return float(np.mean(steps[steps <= _LONGEST_STEP * np.median(steps)]))


def _split_header(data: bytes, path: Path) -> Body:
    """Return what lies below the first line that is neither empty nor a comment."""
    body = read_head(data)
    if body is None:
        raise RecordingError(
            f"{path}: holds no line but empty ones and comments. Use another recording.",
            RecordingFault.EMPTY,
        )
    return body


def _export_columns(export: Export, named: Mapping[str, str]) -> dict[str, str]:
    """Return role to column; who names a cell means its column, and the time stays the export's."""
    names_cell = bool(set(named) - {"t"})
    return {**({"t": export.columns["t"]} if names_cell else export.columns), **named}


def _export_unit(export: Export, path: Path) -> Unit:
    if export.unit is None:
        raise RecordingError(
            f"{path}: an export of the Tindeq app in the unit '{export.unit_text}', which is not "
            f"known. Say with --unit which one it is ({', '.join(FORCE_UNITS)}).",
            RecordingFault.COLUMNS,
        )
    return export.unit


def _check_finite(values: FloatArray, channels: tuple[str, ...], path: Path) -> None:
    if channels and not _is_delivered(values, channels).any():
        roles = " and ".join(channels[i] for i in detected_columns(channels))
        raise RecordingError(
            f"{path}: no row holds a number for {roles}, the force that is judged. Fill the "
            "column, or name another one with --columns force=COL.",
            RecordingFault.EMPTY,
        )


def _is_delivered(values: FloatArray, channels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return (n,) whether the detected force of a row is a number."""
    return np.asarray(np.isfinite(values[:, detected_columns(channels)]).all(axis=1))


def _stream(
    stream: Stream, channels: tuple[str, ...], unit: Unit, time_s: FloatArray, values: FloatArray
) -> list[tuple[StreamInfo, UnitPacket]]:
    """Return the stream and its one packet, or nothing where the file has none of it."""
    if not channels:
        return []
    period_s = mean_period_s(time_s[_is_delivered(values, channels)])
    info = StreamInfo(stream, channels, unit, period_s)
    return [(info, UnitPacket(stream, time_s, values, arrival_s=float(time_s[-1])))]


def _pressure_centre(plan: ColumnPlan, values: FloatArray) -> dict[str, FloatArray]:
    if not plan.pressure_centre:
        return {}
    count = len(PRESSURE_CENTRE)
    return {
        TIME: values[:, 0],
        **{name: values[:, i - count] for i, name in enumerate(PRESSURE_CENTRE)},
    }


def _first_damage(left_out: Sequence[str]) -> str:
    return f"The first damaged row is {left_out[0]}. " if left_out else ""
