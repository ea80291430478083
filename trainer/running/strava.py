"""Strava's activities.csv: which file is a run, in which shoe, and the runs that have no file.

Its header and its words are in the language of the account. In English all is read; in any other
the column of files is known by what stands in it, and the shoe stands in the column before it.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
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
_FILE: Final = re.compile(r"activities/[^/]+\.(fit|gpx|tcx)(\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of one activity."""

    sport: str
    """Empty where it is said in another language than English."""
    shoe: str
    file: str
    """Path within the export; empty where it has none."""
    told: Told
    """What is known without the file."""
    sha256: str

    @property
    def is_run(self) -> bool | None:
        """Return whether it is a run; None where its file has to tell."""
        return is_run(self.sport) if self.sport else None


def read_list(told: bytes) -> tuple[Listed, ...]:
    """Return the activities of the list. Raises RunFileError where it is none of Strava's."""
    header, rows, _ = table(told)
    names = [column_name(name) for name in header]
    if not {"activity_date", "activity_type", "filename"} <= set(names):
        return _foreign(rows)
    # Some columns come twice, first as shown, then in metres and seconds: the last one counts.
    has_metres = names.count("distance") > 1
    return tuple(
        _listed(dict(zip(names, row, strict=False)), has_metres=has_metres) for row in rows if row
    )


def _foreign(rows: Sequence[Sequence[str]]) -> tuple[Listed, ...]:
    places = [
        place for row in rows for place, value in enumerate(row) if _FILE.fullmatch(value.strip())
    ]
    if not places or min(places) != max(places) or not min(places):
        raise RunFileError("activities.csv is no list of Strava's")
    at = places[0]
    return tuple(
        Listed("", row[at - 1].strip(), row[at].strip(), Passed("said in another language"), "")
        for row in rows
        if len(row) > at
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
        sport or "an activity of no kind",
        values.get("activity_gear", "").strip() if is_run(sport) else "",
        values.get("filename", "").strip(),
        told,
        hashlib.sha256(said.encode()).hexdigest(),
    )
