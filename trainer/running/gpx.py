"""GPX bytes to runs: the length from the points, which are forgotten as soon as it is summed."""

import io
import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from trainer.core.diary.running import RunSource
from trainer.running.course import Course
from trainer.running.dates import instant
from trainer.running.measures import Measures, Passed, RunFileError, Told
from trainer.running.sports import is_run, surface_of
from trainer.running.xmlstream import number, number_of, text_of, units

_UNITS: Final = frozenset({"trkpt", "trkseg", "trk"})
_STEPS_OF_A_STRIDE: Final = 2
_EARTH_M: Final = 6_371_008.8
"""Mean radius (IUGG)."""


@dataclass(slots=True)
class _Track:
    start: datetime | None = None
    metres: float = 0.0
    duration_s: float = 0.0
    last_at: datetime | None = None
    last_place: tuple[float, float] | None = None
    course: Course = field(default_factory=Course)


def read_gpx(told: bytes, *, is_known_run: bool = False) -> tuple[Told, ...]:
    """Return what each track says; `is_known_run` where a list beside it names the sport.

    Raises RunFileError.
    """
    found: list[Told] = []
    now = _Track()
    for name, element in units(io.BytesIO(told), _UNITS):
        if name == "trkpt":
            _take_point(now, element)
        elif name == "trkseg":
            # What lies between two segments is a pause.
            now.last_at = now.last_place = None
        else:
            found.append(_told(now, text_of(element, "type") or "", is_known_run=is_known_run))
            now = _Track()
    if not found:
        raise RunFileError("the GPX file holds no track")
    return tuple(found)


def _take_point(now: _Track, element: Element) -> None:
    at = instant(text_of(element, "time"))
    if at is not None and at.tzinfo is not None:
        now.start = now.start or at
        if now.last_at is not None:
            now.duration_s += (at - now.last_at).total_seconds()
        now.last_at = at
    place = _place(element)
    if place is not None:
        if now.last_place is not None:
            now.metres += _between_m(now.last_place, place)
        now.last_place = place
    cadence = number_of(element, "cad")
    if cadence is not None and cadence > 0:
        now.course.add("spm", _STEPS_OF_A_STRIDE * cadence)


def _place(element: Element) -> tuple[float, float] | None:
    latitude, longitude = number(element.get("lat")), number(element.get("lon"))
    if latitude is None or longitude is None or not math.isfinite(latitude + longitude):
        return None
    return math.radians(latitude), math.radians(longitude)


def _between_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the length of the great circle between two places (haversine)."""
    half = (
        math.sin((other[0] - one[0]) / 2) ** 2
        + math.cos(one[0]) * math.cos(other[0]) * math.sin((other[1] - one[1]) / 2) ** 2
    )
    return 2 * _EARTH_M * math.asin(math.sqrt(min(max(half, 0.0), 1.0)))


def _told(now: _Track, sport: str, *, is_known_run: bool) -> Told:
    spm = now.course.middle("spm")
    if sport and not is_run(sport) and not is_known_run:
        return Passed(sport)
    if not sport and spm is None and not is_known_run:
        return Passed("a track that says neither its sport nor a cadence")
    return Measures(
        RunSource.GPX,
        now.start,
        now.duration_s,
        now.metres / 1000 if now.metres else None,
        spm=spm,
        surface=surface_of(sport),
    )
