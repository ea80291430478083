"""When no hard foot session may be: after another one, before what counts, in pain, on holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from trainer.core.diary.planning import Figure, Subject, TodayInstead
from trainer.core.texts import tr
from trainer.plan.days import DAY, Window, day_window, instant, start_of
from trainer.plan.dose import readiness_share
from trainer.plan.keys import KeyDay, key_days
from trainer.plan.ladder import Sight
from trainer.plan.pain import open_stop
from trainer.plan.records import Reason, Records

SPACING: Final = timedelta(hours=48)
FLARE_SPACING: Final = timedelta(hours=72)
"""After a dial-back: one more day of rest."""
BEFORE_KEY: Final = timedelta(hours=24)
_EVER: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Shut:
    """A stretch of time without a hard session, and why."""

    window: Window
    reason: Reason
    is_firm: bool = True
    """Whether the athlete cannot overrule it."""


def find_shut(sight: Sight) -> tuple[Shut, ...]:
    """Return every stretch from today on."""
    return (*_after_hard(sight), *_in_pain(sight), *_before_key(sight), *_days_off(sight))


def last_hard_at(records: Records) -> datetime | None:
    """Return the instant of the newest hard session."""
    return next((entry.at for entry in reversed(records.sessions) if entry.said.is_hard), None)


def _zone(sight: Sight) -> tzinfo:
    assert sight.now.tzinfo is not None, "a plan is made for a place"
    return sight.now.tzinfo


def _after_hard(sight: Sight) -> Iterator[Shut]:
    last_at = last_hard_at(sight.records)
    if last_at is None:
        return
    dialled_at = sight.position.dialled_at
    spacing = FLARE_SPACING if dialled_at is not None and dialled_at >= last_at else SPACING
    end = last_at + spacing
    text = tr("{hours:.0f} hours after the last hard session, that is not before {end}.")
    hours = spacing / timedelta(hours=1)
    sentence = text.format(hours=hours, end=f"{end.astimezone(_zone(sight)):%a %d %b %H:%M}")
    reason = Reason("48 hours", sentence, (Figure("spacing", hours, "h"),))
    yield Shut(Window(last_at, end), reason)


def _in_pain(sight: Sight) -> Iterator[Shut]:
    stop = open_stop(sight.records, sight.hurts)
    if stop is not None:
        text = tr(
            "{pain}: nothing hard until a later day without pain is noted; ask a clinician if it "
            "stays."
        )
        pain = stop.reason.sentence[:1].upper() + stop.reason.sentence[1:]
        reason = Reason(stop.reason.rule, text.format(pain=pain), stop.reason.figures)
        yield Shut(Window(stop.at, sight.at + _EVER), reason)


def _before_key(sight: Sight) -> Iterator[Shut]:
    zone = _zone(sight)
    for day in key_days(sight.records):
        if day.on < sight.now.date():
            continue
        kind = tr("race") if day.is_race else tr("key workout")
        text = tr("Within 24 hours before the {kind} {name} on {on}, and on its day.")
        clock = ""
        if day.run_at is not None:
            text = tr("The {kind} {name} was run at {clock}: nothing hard on its day.")
            clock = f"{day.run_at.astimezone(zone):%H:%M}"
        sentence = text.format(kind=kind, name=day.name, on=day.on, clock=clock)
        reason = Reason("key workout", sentence.replace("  ", " "))
        yield Shut(_key_window(day, zone), reason)


def _key_window(day: KeyDay, zone: tzinfo) -> Window:
    if not day.is_planned and day.run_at is not None:
        return Window(day.run_at.astimezone(UTC), start_of(day.on + DAY, zone))
    # Without a time it may be at any, so the day before it is closed from its first minute on.
    start = start_of(day.on, zone) if day.start is None else instant(day.on, day.start, zone)
    return Window(start - BEFORE_KEY, start_of(day.on + DAY, zone))


def _days_off(sight: Sight) -> Iterator[Shut]:
    today, zone = sight.now.date(), _zone(sight)
    for entry in sight.records.holidays:
        said = entry.said
        if said.last >= today:
            text = tr("Holiday until {last}.")
            window = Window(start_of(said.first, zone), start_of(said.last + DAY, zone))
            reason = Reason("holiday", text.format(last=said.last))
            yield Shut(window, reason, is_firm=False)
    left, reason_left = readiness_share(sight.records, today)
    if left <= 0.0 and reason_left is not None:
        yield Shut(day_window(today, zone), reason_left)
    words = overruled_today(sight.records, today, TodayInstead.REST)
    if words is not None:
        text = tr("Overruled: rest today ({reason}).")
        reason = Reason("overruled", text.format(reason=words))
        yield Shut(day_window(today, zone), reason, is_firm=False)


def overruled_today(records: Records, today: date, instead: TodayInstead) -> str | None:
    """Return the reason for which today is something else; None where the newest word is not it."""
    for entry in reversed(records.overruled):
        if entry.said.subject is Subject.TODAY and entry.local_day == today:
            return entry.said.reason if entry.said.to == instead else None
    return None


def is_open_at(shut: tuple[Shut, ...], at: datetime) -> bool:
    """Return whether a hard session may begin at an instant."""
    at = at.astimezone(UTC)
    return not any(each.window.start <= at < each.window.end for each in shut)
