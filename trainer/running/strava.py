"""Strava's activities.csv: which file is a run, in which shoe, and the runs that have no file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from trainer.core.diary.running import RunSource
from trainer.running.csvruns import column_name, table
from trainer.running.dates import instant, seconds
from trainer.running.measures import Measures, Passed, RunFileError, Told
from trainer.running.sports import is_run, surface_of
from trainer.running.xmlstream import number

LIST: Final = "activities.csv"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of one activity."""

    sport: str
    shoe: str
    file: str
    """Path within the export; empty where it has none."""
    told: Told
    """What is known without the file."""
    sha256: str

    @property
    def is_run(self) -> bool:
        """Return whether it is a run."""
        return is_run(self.sport)


def read_list(told: bytes) -> tuple[Listed, ...]:
    """Return the activities of the list. Raises RunFileError where it is in another language."""
    header, rows, _ = table(told)
    names = [column_name(name) for name in header]
    if not {"activity_date", "activity_type", "filename"} <= set(names):
        raise RunFileError(
            "activities.csv is no English list of Strava's: shoes and kinds are not taken from it"
        )
    # Some columns come twice, first as shown, then in metres and seconds: the last one counts.
    has_metres = names.count("distance") > 1
    return tuple(
        _listed(dict(zip(names, row, strict=False)), has_metres=has_metres) for row in rows if row
    )


def _listed(values: Mapping[str, str], *, has_metres: bool) -> Listed:
    sport = values.get("activity_type", "")
    start = instant(values.get("activity_date"))
    distance = number(values.get("distance", "").replace(",", ""))
    told: Told = Measures(
        RunSource.STRAVA,
        # The list has UTC without saying so.
        None if start is None else start.replace(tzinfo=UTC),
        seconds(values.get("moving_time")) or seconds(values.get("elapsed_time")),
        None if distance is None else distance / (1000 if has_metres else 1),
        shoe=values.get("activity_gear", ""),
        surface=surface_of(sport),
    )
    if not is_run(sport):
        told = Passed(sport or "an activity of no kind")
    said = repr((values.get("activity_id"), values.get("activity_date")))
    return Listed(
        sport,
        values.get("activity_gear", "").strip() if is_run(sport) else "",
        values.get("filename", "").strip(),
        told,
        hashlib.sha256(said.encode()).hexdigest(),
    )
