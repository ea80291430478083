"""The report for a clinician, gathered from the diary: what was done, felt and measured."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Notebook
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.devices import MorningCheck
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.running import Run
from trainer.core.diary.training import PainReport, PainSite, SetLog
from trainer.core.texts import tr
from trainer.devices.footmap import Mark, Spot
from trainer.progress.change import tell_symmetry
from trainer.progress.load import WeekLoad, weekly_loads
from trainer.progress.painplaces import (
    REMEMBERED,
    Place,
    find_places,
    last_mondays,
    place_name,
)
from trainer.progress.series import find_series
from trainer.progress.verdicts import Shown, show, tell_title
from trainer.report.clinicianmodel import ClinicianReport, DeviceRow, WeekRow

WEEKS: Final = 12
_WEEK: Final = timedelta(days=7)
_HIGH: Final = 5.0
"""Pain above it was held unacceptable in the pain-monitoring model (Thomee 1997)."""
_OFTEN: Final = 3
"""Weeks of four."""


def gather_report(book: Notebook, weeks: int = WEEKS, asked: Sequence[str] = ()) -> ClinicianReport:
    """Return the report of the last weeks with the athlete's own questions. Raises StorageError."""
    now = book.now()
    mondays = last_mondays(now.date(), weeks)
    since = datetime.combine(mondays[0], time(), now.tzinfo)
    pains = book.entries(PainReport, since - REMEMBERED)
    sets, runs = book.entries(SetLog, since), book.entries(Run, since)
    assessed = book.entries(Assessment)
    places = find_places(pains, mondays)
    shelf = DeviceShelf(book)
    shown = tuple(one for one in show(find_series(assessed)) if not one.apart)
    kinds: tuple[Sequence[Entry[Any]], ...] = (sets, runs, pains, assessed)
    return ClinicianReport(
        athlete=book.athlete,
        day=now.date(),
        mondays=mondays,
        is_simulated=any(entry.is_simulated for entries in kinds for entry in entries),
        weeks=tuple(_weeks(mondays, sets, runs, book.entries(MorningCheck, since))),
        places=places,
        marks=_marks(places),
        devices=tuple(_devices(shelf, sets)),
        shown=shown,
        dialled_back=tuple(_dialled_back(book.entries(Decision, since))),
        questions=(*asked, *_questions(places, pains, mondays, shown)),
    )


def _weeks(
    mondays: Sequence[date],
    sets: Sequence[Entry[SetLog]],
    runs: Sequence[Entry[Run]],
    mornings: Sequence[Entry[MorningCheck]],
) -> Iterator[WeekRow]:
    loads = {load.monday: load for load in weekly_loads(sets)}
    for monday in mondays:
        said = [e.said.pain for e in _within(sets, monday) if e.said.pain is not None]
        ran = _within(runs, monday)
        yield WeekRow(
            loads.get(monday, WeekLoad(monday, 0.0, 0.0, 0, 0, 0, None)),
            max(said, default=None),
            max((e.said.pain for e in _within(mornings, monday)), default=None),
            sum(e.said.km or 0.0 for e in ran),
            len(ran),
        )


def _within(entries: Sequence[Entry[Any]], monday: date) -> list[Entry[Any]]:
    return [entry for entry in entries if monday <= entry.local_day < monday + _WEEK]


def _marks(places: Sequence[Place]) -> dict[Spot, Mark]:
    return {
        Spot(place.side, place.site): Mark(place.worst, place.is_sharp, place.is_new)
        for place in places
        if place.site is not PainSite.NOT_SAID
    }


def _devices(shelf: DeviceShelf, sets: Sequence[Entry[SetLog]]) -> Iterator[DeviceRow]:
    blocked, own = shelf.blocked, shelf.devices
    used: dict[str, list[date]] = {}
    for entry in sets:
        if entry.said.device:
            used.setdefault(entry.said.device, []).append(entry.local_day)
    for name in dict.fromkeys((*own, *used, *blocked)):
        kind = shelf.kind(own[name]) if name in own else None
        states = []
        if name in blocked:
            text = tr("BLOCKED since {day}: {reason}")
            states.append(
                text.format(day=f"{blocked[name].since:%Y-%m-%d}", reason=blocked[name].reason)
            )
        if kind is not None and kind.is_assistive:
            states.append(tr("a support: it takes work off the foot"))
        days = used.get(name, [])
        title = tr(kind.title) if kind else ""
        yield DeviceRow(name, title, len(days), max(days, default=None), "; ".join(states))


def _dialled_back(decisions: Sequence[Entry[Decision]]) -> Iterator[str]:
    for entry in decisions:
        if entry.said.what is What.DIAL_BACK:
            yield f"{entry.local_day}: {entry.said.sentence}"


def _questions(
    places: Sequence[Place],
    pains: Sequence[Entry[PainReport]],
    mondays: Sequence[date],
    shown: Sequence[Shown],
) -> Iterator[str]:
    for entry in pains:
        if entry.said.is_sharp and entry.local_day >= mondays[0]:
            with_device = tr(", with {device}").format(device=entry.said.device)
            text = tr("Sharp pain, {place}, {day}{with_device}: may this foot be loaded, and how?")
            yield text.format(
                place=place_name(entry.said.side, entry.said.site),
                day=entry.local_day,
                with_device=with_device if entry.said.device else "",
            )
    for place in places:
        yield from _asked_of(place)
    for one in shown:
        if one.symmetry is not None and one.symmetry.is_seen:
            text = tr("{title}: {symmetry}. Does it matter here?")
            yield text.format(title=tell_title(one), symmetry=tell_symmetry(one.symmetry))


def _asked_of(place: Place) -> Iterator[str]:
    name = place_name(place.side, place.site)
    if place.is_new:
        text = tr("{place} hurt from {day} on and had not in the 90 days before: what to look for?")
        yield text.format(place=name, day=place.first_on)
    if place.worst_said > _HIGH:
        text = tr("{place}: up to {level:g} of 10. Is training to stop while it is above 5?")
        yield text.format(place=name, level=place.worst_said)
    newest = place.cells[-4:]
    if sum(cell is not None and cell.level > 0 for cell in newest) >= _OFTEN:
        text = tr("{place}: pain in {n} of the last 4 weeks. Is that to be looked at?")
        yield text.format(place=name, n=sum(cell is not None and cell.level > 0 for cell in newest))
