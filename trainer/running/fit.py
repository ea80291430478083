"""FIT bytes to runs: sessions, and the course of cadence, contact and oscillation; no positions.

FIT's cadence is strides per minute: steps are twice cadence and its fraction together. Records are
walked over, which is much faster than decoding them; where a foot pod has fields of its own the
decoder reads them after all.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import fitdecode  # type: ignore[import-untyped]  # shipped without types; imported here alone

from trainer.core.diary.running import RunSource
from trainer.running.course import Course
from trainer.running.fitwalk import walk
from trainer.running.measures import Measures, Passed, RunFileError, Told

_STEPS_OF_A_STRIDE: Final = 2
_PODS: Final = {"Ground Time": ("gct_ms", 1.0), "Stance Time": ("gct_ms", 1.0)}
"""Fields that foot pods write beside FIT's own."""
_COURSE: Final = {
    "stance_time": ("gct_ms", 1.0),
    "stance_time_balance": ("gct_balance_pct", 1.0),
    "vertical_oscillation": ("vo_mm", 1.0),
    "vertical_ratio": ("vertical_ratio_pct", 1.0),
    "step_length": ("step_m", 1e-3),
    **_PODS,
}
_WANTED: Final = {
    "record": frozenset({*_COURSE, "cadence", "fractional_cadence", "timestamp"}),
    "session": frozenset(
        {
            "sport",
            "sub_sport",
            "start_time",
            "total_elapsed_time",
            "total_timer_time",
            "total_distance",
            "avg_running_cadence",
            "avg_cadence",
            "avg_fractional_cadence",
            "avg_step_length",
            "avg_stance_time",
            "avg_stance_time_balance",
            "avg_vertical_oscillation",
            "avg_vertical_ratio",
        }
    ),
    "activity": frozenset({"timestamp", "local_timestamp"}),
    "file_id": frozenset({"type"}),
    "field_description": frozenset({"field_name"}),
}
"""What is taken of each message."""
_SET_S: Final = 0x10000000
"""Ticks below it count from when the watch was switched on: its clock was never set."""
_EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
_SURFACES: Final = {
    "treadmill": "treadmill",
    "indoor_running": "treadmill",
    "trail": "trail",
    "track": "track",
    "street": "road",
}
_BROKEN: Final = (
    fitdecode.FitError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What the decoder raises over bytes that are no FIT: its own errors, and Python's."""


@dataclass(slots=True)
class _File:
    kind: str = ""
    offset_s: float | None = None
    has_pod: bool = False
    sessions: list[dict[str, Any]] = field(default_factory=list)
    course: list[tuple[datetime | None, dict[str, float]]] = field(default_factory=list)


def read_fit(told: bytes) -> tuple[Told, ...]:
    """Return what each session of a FIT file says. Raises RunFileError."""
    try:
        file = _read(told)
    except _BROKEN as error:
        raise RunFileError(f"the FIT file is cut off or damaged ({_why(error)})") from error
    if file.kind not in {"", "activity"}:
        return (Passed(f"a FIT file of kind {file.kind}"),)
    if not file.sessions:
        raise RunFileError(
            "the FIT file holds no session: it was cut off before the end of the run"
        )
    return tuple(_told(file, session) for session in file.sessions)


def _read(told: bytes) -> _File:
    walked = walk(told)
    file = _decoded(walked.rest)
    if file.has_pod:
        return _decoded(told)
    for record in walked.records:
        at = None if record.tick_s is None or record.tick_s < _SET_S else _at(record.tick_s)
        _take_record(file, record.values, at)
    return file


def _decoded(told: bytes) -> _File:
    """Return what the decoder finds; the checksum is judged before it."""
    file = _File()
    reader = fitdecode.FitReader(
        told,
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    for frame in reader:
        if isinstance(frame, fitdecode.FitDataMessage):
            # Positions stand among the fields and are never taken out of them.
            wanted = _WANTED.get(frame.name, frozenset())
            values = {f.name: f.value for f in frame.fields if f.name in wanted}
            _take(file, frame.name, values)
    return file


def decode_alone(told: bytes) -> int:
    """Return how many messages the decoder finds, with nothing made of them: a floor of speed."""
    reader = fitdecode.FitReader(
        told,
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    return sum(1 for _ in reader)


def _take(file: _File, name: str, values: dict[str, Any]) -> None:
    match name:
        case "record":
            at = values.get("timestamp")
            _take_record(file, values, at if isinstance(at, datetime) else None)
        case "session":
            file.sessions.append(values)
        case "file_id":
            file.kind = str(values.get("type") or "")
        case "activity":
            file.offset_s = _offset_s(values)
        case "field_description":
            file.has_pod |= values.get("field_name") in _PODS
        case _:
            pass


def _take_record(file: _File, values: Mapping[str, Any], at: datetime | None) -> None:
    cadence = _number(values.get("cadence"))
    if not cadence or cadence <= 0:
        return
    strides = cadence + (_number(values.get("fractional_cadence")) or 0.0)
    found = {"spm": _STEPS_OF_A_STRIDE * strides}
    for name, value in values.items():
        wanted = _COURSE.get(name)
        if wanted is not None and isinstance(value, (int, float)) and value > 0:
            found[wanted[0]] = value * wanted[1]
    file.course.append((at, found))


def _told(file: _File, session: Mapping[str, Any]) -> Told:
    if session.get("sport") != "running":
        return Passed(str(session.get("sport") or "an activity of no kind"))
    start = session.get("start_time")
    elapsed_s = _number(session.get("total_elapsed_time"))
    course = Course()
    for at, values in _of_session(file, start, elapsed_s):
        del at
        for name, value in values.items():
            course.add(name, value)
    metres = _number(session.get("total_distance"))
    step_mm = _number(session.get("avg_step_length"))
    return Measures(
        RunSource.FIT,
        _local(start, file.offset_s),
        _number(session.get("total_timer_time")) or elapsed_s,
        None if metres is None else metres / 1000,
        spm=_or(course.middle("spm"), _session_spm(session)),
        step_m=_or(course.middle("step_m"), None if step_mm is None else step_mm / 1000),
        gct_ms=_or(course.middle("gct_ms"), _positive(session.get("avg_stance_time"))),
        gct_cv_pct=course.spread_pct("gct_ms"),
        gct_balance_pct=_or(
            course.middle("gct_balance_pct"), _positive(session.get("avg_stance_time_balance"))
        ),
        vo_mm=_or(course.middle("vo_mm"), _positive(session.get("avg_vertical_oscillation"))),
        vertical_ratio_pct=_or(
            course.middle("vertical_ratio_pct"), _positive(session.get("avg_vertical_ratio"))
        ),
        surface=_SURFACES.get(str(session.get("sub_sport")), ""),
    )


def _of_session(
    file: _File, start: object, elapsed_s: float | None
) -> list[tuple[datetime | None, dict[str, float]]]:
    if len(file.sessions) == 1 or not isinstance(start, datetime) or elapsed_s is None:
        return file.course
    end = start + timedelta(seconds=elapsed_s)
    return [(at, values) for at, values in file.course if at is not None and start <= at <= end]


def _session_spm(session: Mapping[str, Any]) -> float | None:
    strides = _positive(session.get("avg_running_cadence")) or _positive(session.get("avg_cadence"))
    if strides is None:
        return None
    fraction = _number(session.get("avg_fractional_cadence")) or 0.0
    return _STEPS_OF_A_STRIDE * (strides + fraction)


def _offset_s(activity: Mapping[str, Any]) -> float | None:
    at, local = activity.get("timestamp"), activity.get("local_timestamp")
    if not isinstance(at, datetime) or not isinstance(local, datetime):
        return None
    offset_s = (local.replace(tzinfo=UTC) - at).total_seconds()
    # Zones are quarters of an hour within 14 h of UTC; all else is a clock that was put right.
    return offset_s if abs(offset_s) <= 14 * 3600 and offset_s % 900 == 0 else None


def _local(start: object, offset_s: float | None) -> datetime | None:
    if not isinstance(start, datetime):
        return None
    if offset_s is None:
        return start.astimezone(UTC)
    return start.astimezone(timezone(timedelta(seconds=offset_s)))


def _at(tick_s: int) -> datetime:
    return _EPOCH + timedelta(seconds=tick_s)


def _or(first: float | None, second: float | None) -> float | None:
    return second if first is None else first


def _positive(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and number > 0 else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
