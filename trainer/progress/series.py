"""Assessments as courses: visits by metric, condition and foot, practice apart, never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from statistics import fmean, median

from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.texts import tr
from trainer.progress.error import Visit
from trainer.progress.metrics import METRICS, Metric


@dataclass(frozen=True, slots=True)
class Condition:
    """All that has to be the same before two visits may be compared."""

    protocol: str
    version: int
    device: str = ""
    position: str = ""
    pitch_deg: float | None = None

    def differences(self, other: "Condition") -> tuple[str, ...]:
        """Return each part that differs from another condition of the protocol, in words."""
        pairs = (
            (tr("protocol version"), self.version, other.version),
            (tr("device"), self.device, other.device),
            (tr("position"), self.position, other.position),
            (tr("pitch"), _pitch(self), _pitch(other)),
        )
        text = tr("{part} {this}, not {that}")
        unsaid = tr("not said")
        return tuple(
            text.format(part=part, this=this or unsaid, that=that or unsaid)
            for part, this, that in pairs
            if this != that
        )


@dataclass(frozen=True, slots=True)
class Course:
    """One foot's visits under one condition, in order of time."""

    side: Side | None
    """None where it belongs to both feet."""
    visits: tuple[Visit, ...]
    practice: tuple[Visit, ...] = ()
    """The first visits, by which the task is learnt: shown, never compared."""
    missing: str = ""
    """Why the newest visit has no value; empty where it has one."""
    notes: tuple[str, ...] = ()
    """What a reader of the newest visit's value must know."""


@dataclass(frozen=True, slots=True)
class Series:
    """One metric under one condition."""

    metric: Metric
    condition: Condition
    courses: tuple[Course, ...]

    @property
    def newest(self) -> date:
        """Return the day of the newest visit, a practice visit's too."""
        days = [v.day for c in self.courses for v in (*c.visits, *c.practice)]
        return max(days, default=date.min)


@dataclass(slots=True)
class _Heard:
    """One foot's trials of one visit."""

    day: date
    values: list[float] = field(default_factory=list[float])
    is_practice: bool = False
    reason: str = ""
    notes: list[str] = field(default_factory=list[str])

    def is_same_visit(self, other: "_Heard") -> bool:
        return (self.day, self.is_practice) == (other.day, other.is_practice)

    def add(self, other: "_Heard") -> None:
        self.values += other.values
        self.reason = other.reason or self.reason
        self.notes += [note for note in other.notes if note not in self.notes]

    def visit(self) -> Visit:
        count, mean = len(self.values), fmean(self.values)
        # statistics.stdev is exact, and takes a quarter of a second for a year of visits.
        squares = sum((value - mean) ** 2 for value in self.values)
        spread = sqrt(squares / (count - 1)) if count > 1 else None
        return Visit(self.day, median(self.values), count, spread)


def find_series(entries: Sequence[Entry[Assessment]]) -> tuple[Series, ...]:
    """Return the series of known metrics in their order, of each the newest condition first."""
    heard: dict[tuple[str, Condition], dict[tuple[Side | None, str], _Heard]] = {}
    for entry in entries:
        said = entry.said
        condition = Condition(
            said.protocol, said.protocol_version, said.device, said.position, said.pitch_deg
        )
        visits = heard.setdefault((said.metric, condition), {})
        one = visits.setdefault((said.side, said.visit), _Heard(entry.local_day))
        one.day = min(one.day, entry.local_day)
        one.is_practice |= said.is_practice
        if said.note and said.note not in one.notes:
            one.notes.append(said.note)
        if said.value is None:
            one.reason = said.reason
        else:
            one.values.append(said.value)
    found = [
        Series(METRICS[name], condition, _courses(visits))
        for (name, condition), visits in heard.items()
        if name in METRICS
    ]
    order = {name: place for place, name in enumerate(METRICS)}
    found.sort(key=lambda one: (order[one.metric.id], -one.newest.toordinal()))
    return tuple(found)


def _courses(visits: dict[tuple[Side | None, str], _Heard]) -> tuple[Course, ...]:
    feet: dict[Side | None, list[_Heard]] = {}
    for (side, _), one in visits.items():
        # Several sets of one day are further trials of one visit: days are what differs.
        same = (e for e in feet.setdefault(side, []) if e.is_same_visit(one))
        known = next(same, None)
        if known is None:
            feet[side].append(one)
        else:
            known.add(one)
    order = (Side.LEFT, Side.RIGHT, None)
    return tuple(_course(side, feet[side]) for side in order if side in feet)


def _course(side: Side | None, heard: list[_Heard]) -> Course:
    heard.sort(key=lambda one: one.day)
    known = [one for one in heard if one.values]
    return Course(
        side,
        tuple(one.visit() for one in known if not one.is_practice),
        tuple(one.visit() for one in known if one.is_practice),
        "" if heard[-1].values else heard[-1].reason,
        tuple(heard[-1].notes),
    )


def _pitch(condition: Condition) -> str:
    return "" if condition.pitch_deg is None else f"{condition.pitch_deg:g}°"
