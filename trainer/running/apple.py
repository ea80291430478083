"""Apple Health's export.xml to runs: streamed, since it may have gigabytes; a workout at a time."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from trainer.core.diary.running import RunSource
from trainer.running.dates import instant
from trainer.running.measures import Measures, Passed, Told
from trainer.running.sports import is_run
from trainer.running.xmlstream import Readable, local_name, number, units

_KIND: Final = "HKWorkoutActivityType"
_QUANTITY: Final = "HKQuantityTypeIdentifier"
_TO_S: Final = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0}
_TO_KM: Final = {"km": 1.0, "m": 1e-3, "mi": 1.609344, "ft": 3.048e-4}
_TO_MS: Final = {"ms": 1.0, "s": 1e3}
_TO_MM: Final = {"mm": 1.0, "cm": 10.0, "m": 1e3, "in": 25.4}
_TO_M: Final = {"m": 1.0, "cm": 1e-2, "ft": 0.3048, "in": 0.0254}
_COUNT: Final = {"count": 1.0}


def read_apple(file: Readable) -> Iterator[tuple[Told, str]]:
    """Yield what each workout says, and its hash: every export is another file.

    Raises RunFileError.
    """
    for _, element in units(file, frozenset({"Workout"})):
        yield _told(element), _hash(element)


def _told(element: Element) -> Told:
    kind = element.get("workoutActivityType", "").removeprefix(_KIND)
    if not is_run(kind):
        return Passed(kind or "a workout of no kind")
    duration_s = _in(element.get("duration"), element.get("durationUnit"), _TO_S)
    statistics = {
        (below.get("type") or "").removeprefix(_QUANTITY): below
        for below in element
        if local_name(below) == "WorkoutStatistics"
    }
    steps = _statistic(statistics, "StepCount", "sum", _COUNT)
    km = _in(element.get("totalDistance"), element.get("totalDistanceUnit"), _TO_KM)
    is_indoor = any(
        below.get("key") == "HKIndoorWorkout" and below.get("value") == "1"
        for below in element
        if local_name(below) == "MetadataEntry"
    )
    return Measures(
        RunSource.APPLE,
        instant(element.get("startDate")),
        duration_s,
        _statistic(statistics, "DistanceWalkingRunning", "sum", _TO_KM) if km is None else km,
        spm=None if steps is None or not duration_s else steps / duration_s * 60,
        step_m=_statistic(statistics, "RunningStrideLength", "average", _TO_M),
        gct_ms=_statistic(statistics, "RunningGroundContactTime", "average", _TO_MS),
        vo_mm=_statistic(statistics, "RunningVerticalOscillation", "average", _TO_MM),
        surface="treadmill" if is_indoor else "",
    )


def _statistic(
    statistics: Mapping[str, Element], name: str, which: str, units_of: Mapping[str, float]
) -> float | None:
    found = statistics.get(name)
    return None if found is None else _in(found.get(which), found.get("unit"), units_of)


def _in(text: str | None, unit: str | None, units_of: Mapping[str, float]) -> float | None:
    """Return a number in our unit; None for a unit that is not known, which is not guessed."""
    found, factor = number(text), units_of.get(unit or "")
    return None if found is None or factor is None else found * factor


def _hash(element: Element) -> str:
    said = [
        element.get(name, "")
        for name in ("workoutActivityType", "sourceName", "startDate", "endDate", "duration")
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()
