"""The list of activities that intervals.icu answers with, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer.core.diary.running import RunSource
from trainer.running.dates import instant
from trainer.running.measures import Measures, Passed, RunFileError, Told
from trainer.running.sports import is_run, surface_of


@dataclass(frozen=True, slots=True)
class Remote:
    """One activity of the list."""

    activity: str
    """Its id there."""
    told: Told
    """What the list itself says."""
    sha256: str
    is_held_back: bool = False
    """Whether it came from Strava, whose terms let the server tell its number alone."""


def read_answer(answer: bytes) -> tuple[Remote, ...]:
    """Return the activities of an answer. Raises RunFileError."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise RunFileError(f"the answer is no JSON ({error})") from error
    if not isinstance(found, list):
        raise RunFileError("the answer is no list of activities")
    return tuple(_remote(entry) for entry in found if isinstance(entry, dict) and entry.get("id"))


def _remote(entry: Mapping[str, Any]) -> Remote:
    sport, activity = str(entry.get("type") or ""), str(entry["id"])
    metres = _number(entry.get("distance"))
    start = instant(str(entry.get("start_date_local") or ""))
    told: Told = Measures(
        RunSource.INTERVALS,
        start,
        _number(entry.get("moving_time")) or _number(entry.get("elapsed_time")),
        None if metres is None else metres / 1000,
        surface=surface_of(sport),
    )
    if not is_run(sport):
        told = Passed(sport or "an activity of no kind")
    sha256 = hashlib.sha256(repr(("intervals.icu", activity)).encode()).hexdigest()
    is_held_back = not sport and entry.get("source") == "STRAVA"
    return Remote(activity, told, sha256, is_held_back)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
