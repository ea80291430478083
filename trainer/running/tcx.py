"""TCX bytes to runs: laps for time and distance, RunCadence for steps; positions are not read."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from trainer.core.diary.running import RunSource
from trainer.running.course import Course
from trainer.running.dates import instant
from trainer.running.measures import Measures, Passed, RunFileError, Told
from trainer.running.sports import is_run
from trainer.running.xmlstream import number_of, text_of, units

_UNITS: Final = frozenset({"Trackpoint", "Lap", "Activity"})
_STEPS_OF_A_STRIDE: Final = 2


@dataclass(slots=True)
class _Activity:
    start: datetime | None = None
    duration_s: float = 0.0
    metres: float = 0.0
    course: Course = field(default_factory=Course)


def read_tcx(told: bytes) -> tuple[Told, ...]:
    """Return what each activity of a TCX file says. Raises RunFileError."""
    found: list[Told] = []
    now = _Activity()
    for name, element in units(io.BytesIO(told), _UNITS):
        if name == "Trackpoint":
            _take_point(now, element)
        elif name == "Lap":
            _take_lap(now, element)
        else:
            found.append(_told(now, element))
            now = _Activity()
    if not found:
        raise RunFileError("the TCX file holds no activity")
    return tuple(found)


def _take_point(now: _Activity, element: Element) -> None:
    cadence = number_of(element, "RunCadence")
    if cadence is not None and cadence > 0:
        now.course.add("spm", _STEPS_OF_A_STRIDE * cadence)
    speed_m_s = number_of(element, "Speed")
    if speed_m_s is not None and speed_m_s > 0:
        now.course.add("speed_m_s", speed_m_s)


def _take_lap(now: _Activity, element: Element) -> None:
    if now.start is None:
        now.start = instant(element.get("StartTime"))
    # A lap of a damaged file may say nothing or less than nothing; the sum is judged afterwards.
    now.duration_s += number_of(element, "TotalTimeSeconds") or 0.0
    now.metres += number_of(element, "DistanceMeters") or 0.0


def _told(now: _Activity, element: Element) -> Told:
    sport = element.get("Sport", "")
    if not is_run(sport):
        return Passed(sport or "an activity of no kind")
    speed_m_s = now.course.middle("speed_m_s")
    metres: float | None = now.metres or None
    if metres is None and speed_m_s is not None:
        metres = speed_m_s * now.duration_s
    return Measures(
        RunSource.TCX,
        now.start or instant(text_of(element, "Id")),
        now.duration_s,
        None if metres is None else metres / 1000,
        spm=now.course.middle("spm"),
    )
