"""Races and key workouts, planned and run: each day once, for the rest before it and the year.

A plan notes what is to come, a mark on a run says what it was. Where both speak of one day they are
the same workout.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from trainer.core.diary.planning import KeyWorkout, Race
from trainer.plan.records import Records


@dataclass(frozen=True, slots=True)
class KeyDay:
    """A day with a race or a key workout."""

    on: date
    name: str = ""
    start: time | None = None
    """Local; None: any time of the day."""
    is_race: bool = False
    is_planned: bool = True
    run_at: datetime | None = None
    """When it was run, where a run of that day is marked as key; aware."""


def key_days(records: Records) -> tuple[KeyDay, ...]:
    """Return the days in order; of several on one day the race, or else the first to start."""
    found: dict[date, KeyDay] = {}
    planned: list[Race | KeyWorkout] = [
        *(entry.said for entry in records.races),
        *(entry.said for entry in records.workouts),
    ]
    for said in planned:
        day = KeyDay(said.on, said.name, said.start, is_race=isinstance(said, Race))
        found[said.on] = _joined(found.get(said.on), day)
    for run in records.facts.key_runs:
        day = found.get(run.on, KeyDay(run.on, is_planned=False))
        if day.run_at is None or run.at < day.run_at:
            found[run.on] = replace(day, run_at=run.at)
    return tuple(found[on] for on in sorted(found))


def _joined(known: KeyDay | None, said: KeyDay) -> KeyDay:
    if known is None:
        return said
    starts = (known.start, said.start)
    # Without a time it may be at any: the earliest there is.
    start = None if None in starts else min(at for at in starts if at is not None)
    named = known if known.is_race or not said.is_race else said
    return replace(named, start=start)
