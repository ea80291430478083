"""Pain: what stops hard work, what dials it back, and what may be worked with.

Sharp pain and pain at a new place stop: nothing hard until a later day without pain is noted. Dull
pain at a known place dials back when it is above 3 of 10, is still there on the next morning, or
rises from week to week; above 5 it stops too. The pain-monitoring model (Thomee 1997, Silbernagel
2007: up to 3 safe, 4 to 5 acceptable, above 5 not; settled by the next morning, not rising from
week to week) was tested on the Achilles tendon only: there alone 4 to 5 is worked with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from trainer.coach.painwords import level_words, spot_words
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Figure
from trainer.core.diary.training import PainReport, PainSite
from trainer.core.texts import tr
from trainer.plan.days import WEEK, since
from trainer.plan.records import Reason, Records

SAFE: Final = 3.0
ACCEPTABLE: Final = 5.0
_REMEMBERED: Final = timedelta(days=90)
"""A place that was without pain for so long is a new one."""
_LOOKED_BACK: Final = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Hurt:
    """One report of pain, weighed."""

    at: datetime
    day: date
    stops: bool
    cuts: int
    """Steps that it takes of resistance and of reps; 0: none."""
    reason: Reason
    ends_day: bool
    """Sharp, or above 5: nothing more on its day, gentle minutes neither."""


def find_hurts(records: Records, now: datetime) -> tuple[Hurt, ...]:
    """Return the reports of the newest six weeks that ask for something, in order of time."""
    from_at = now.astimezone(UTC) - _LOOKED_BACK
    hurts = [
        *_of_reports(since(records.pains, from_at - _REMEMBERED), from_at),
        *_of_sets(records, from_at),
        *_of_readiness(records, from_at),
    ]
    return tuple(sorted(hurts, key=lambda hurt: hurt.at))


def open_stop(records: Records, hurts: tuple[Hurt, ...]) -> Hurt | None:
    """Return the newest pain that still stops: no day without pain was noted after it."""
    stops = [hurt for hurt in hurts if hurt.stops]
    if not stops:
        return None
    newest = max(stops, key=lambda hurt: hurt.day)
    free = [entry.local_day for entry in records.pain_free]
    return newest if max(free, default=date.min) <= newest.day else None


def end_of_day(hurts: Sequence[Hurt], day: date) -> Hurt | None:
    """Return the newest pain of a day that ends it; None where there is none."""
    return next((hurt for hurt in reversed(hurts) if hurt.day == day and hurt.ends_day), None)


def _of_reports(reports: Sequence[Entry[PainReport]], from_at: datetime) -> Iterator[Hurt]:
    for index, entry in enumerate(reports):
        if entry.at >= from_at and entry.said.level > 0:
            before = [
                each
                for each in reports[:index]
                if (each.said.site, each.said.side) == (entry.said.site, entry.said.side)
                and each.said.level > 0
                and entry.at - each.at <= _REMEMBERED
            ]
            hurt = _weigh(entry, before)
            if hurt is not None:
                yield hurt


def _weigh(entry: Entry[PainReport], before: list[Entry[PainReport]]) -> Hurt | None:
    said = entry.said
    place = spot_words(said.side, said.site)
    if said.is_sharp:
        return _hurt(entry, "sharp pain", tr("sharp pain at the {place}"), place, 1, stops=True)
    if not before:
        cuts = int(said.level > SAFE)
        return _hurt(entry, "new pain", tr("pain at a new place, {place}"), place, cuts, stops=True)
    if said.level > ACCEPTABLE:
        text = tr("pain above 5 of 10 at the {place}")
        return _hurt(entry, "strong pain", text, place, 2, stops=True)
    rule, text = _dull(entry, before)
    return _hurt(entry, rule, text, place, 1) if rule else None


def _dull(entry: Entry[PainReport], before: list[Entry[PainReport]]) -> tuple[str, str]:
    if entry.said.is_next_morning:
        return "not settled", tr("pain at the {place} still there on the next morning")
    if _is_rising(entry, before):
        return "rising pain", tr("pain at the {place} above that of the week before")
    if entry.said.level > SAFE and entry.said.site is not PainSite.ACHILLES:
        return "dull pain", tr("pain above 3 of 10 at the {place}")
    return "", ""


def _is_rising(entry: Entry[PainReport], before: list[Entry[PainReport]]) -> bool:
    ages = [(entry.at - each.at, each.said.level) for each in before]
    last_week = [level for age, level in ages if WEEK <= age < 2 * WEEK]
    return bool(last_week) and entry.said.level > max(last_week)


def _hurt(
    entry: Entry[PainReport], rule: str, text: str, place: str, cuts: int, *, stops: bool = False
) -> Hurt:
    said = entry.said
    sentence = tr("{what}: {level} on {day}").format(
        what=text.format(place=place), level=level_words(said), day=entry.local_day
    )
    figures = (Figure("pain", said.level, "of 10"),) if said.is_level_said else ()
    reason = Reason(rule, sentence, figures)
    ends_day = said.is_sharp or said.level > ACCEPTABLE
    return Hurt(entry.at, entry.local_day, stops, cuts, reason, ends_day)


def _of_sets(records: Records, from_at: datetime) -> Iterator[Hurt]:
    for entry in since(records.sets, from_at):
        if entry.said.pain is not None and entry.said.pain > SAFE:
            what = tr("pain in a set of {exercise}").format(exercise=entry.said.exercise)
            yield _told(entry.at, entry.local_day, what, entry.said.pain)


def _of_readiness(records: Records, from_at: datetime) -> Iterator[Hurt]:
    for entry in since(records.readiness, from_at):
        if entry.said.pain > SAFE:
            what = tr("pain before a session")
            yield _told(entry.at, entry.local_day, what, entry.said.pain)


def _told(at: datetime, day: date, what: str, level: float) -> Hurt:
    told = tr("{level:g} of 10").format(level=level)
    sentence = tr("{what}: {level} on {day}").format(what=what, level=told, day=day)
    is_strong = level > ACCEPTABLE
    rule = "strong pain" if is_strong else "dull pain"
    reason = Reason(rule, sentence, (Figure("pain", level, "of 10"),))
    return Hurt(at, day, is_strong, 1 + is_strong, reason, is_strong)
