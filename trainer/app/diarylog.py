"""What `footspring log` notes with one tap: pain, ease, the morning, activation, the device."""

import difflib
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from trainer.app.deviceshelf import DeviceShelf
from trainer.app.logwords import is_activation, words
from trainer.app.notebook import Answer, Notebook
from trainer.app.painsuspect import suspect_of
from trainer.app.privatefile import write_picture
from trainer.app.sessiondevice import WITHOUT
from trainer.app.setsaid import SetSaid
from trainer.core.cues import Side
from trainer.core.diary.devices import DeviceUse, MorningCheck
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import (
    BodyWeight,
    DespitePain,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.footmap import Mark, Spot, draw
from trainer.devices.levels import open_surfaces

REMEMBERED: Final = timedelta(days=90)
"""A place that was without pain for so long is a new one; the plan's rule is the same."""

SHOWN: Final = timedelta(days=14)
"""How far back the map and the list look."""


OWN_KINDS: Final = (PainReport, DespitePain, MorningCheck, DeviceUse, SetSaid, BodyWeight)


def find_site(text: str) -> PainSite:
    """Return a place by its name or the begin of one of its words. Raises UsageError."""
    asked = text.lower().replace("-", " ").replace("_", " ").strip()
    places = [site for site in PainSite if site is not PainSite.NOT_SAID]
    names = {site.value.lower(): site for site in places}
    fitting = [site for name, site in names.items() if asked and f" {asked}" in f" {name}"]
    if asked in names or len(fitting) == 1:
        return names.get(asked) or fitting[0]
    near = difflib.get_close_matches(asked, names, n=1)
    hint = tr("Did you mean '{near}'?").format(near=near[0]) if near else ""
    raise UsageError(
        tr("'{site}' is no place of the map, or more than one. {hint} Places: {all}.").format(
            site=text, hint=hint, all=", ".join(places)
        )
    )


def note_pain(shelf: DeviceShelf, report: PainReport) -> Answer:
    """Note pain at a place; tells of a new place, and blocks the device that hurt sharply.

    Where no device is named, sharp pain is put down to the one of the last session.
    """
    lines: list[str] = []
    if report.device and report.device != WITHOUT:
        shelf.find(report.device)
    elif report.is_sharp and not report.device:
        suspect = suspect_of(shelf)
        report = replace(report, device=suspect.device_id, session_id=suspect.session_id)
        lines += suspect.lines()
    report = replace(report, device="" if report.device == WITHOUT else report.device)
    earlier = shelf.book.entries(PainReport, shelf.book.now() - REMEMBERED)
    is_new = report.level > 0 and is_new_place(report, (entry.said for entry in earlier))
    shelf.book.note(report)
    place = f"{tr(report.side)} {tr(report.site)}"
    lines.insert(0, tr("noted: {place}, {level:g} of 10").format(place=place, level=report.level))
    if is_new:
        lines.append(
            tr(
                "NEW PLACE: it did not hurt there in the last 90 days. Nothing hard until a day "
                "without pain; if it stays, ask a clinician."
            )
        )
    block = shelf.blocked.get(report.device) if report.is_sharp else None
    if block:
        lines.append(shelf.advice(report.device, block))
    elif report.is_sharp:
        lines.append(tr("Sharp pain: stop for today, and ask a clinician before you go on."))
    table = {**asdict(report), "is_new_place": is_new, "is_device_blocked": block is not None}
    return Answer(tuple(lines), table, status=int(is_new or report.is_sharp))


def is_new_place(report: PainReport, earlier: Iterable[PainReport]) -> bool:
    """Return whether none of the earlier reports is of pain at that place of that foot."""
    return report.site is not PainSite.NOT_SAID and not any(
        (one.site, one.side) == (report.site, report.side) and one.level > 0 for one in earlier
    )


def note_morning(book: Notebook, level: float, stiffness: float | None) -> Answer:
    """Note the morning: for every place that hurt in the last two days, and as a whole."""
    now = book.now()
    recent = book.entries(PainReport, now - timedelta(days=2))
    places = {(e.said.site, e.said.side) for e in recent if e.said.level > 0}
    for site, side in sorted(places):
        book.note(PainReport(site, side, level, is_next_morning=True))
    check = MorningCheck(level, stiffness)
    book.note(check)
    where = ", ".join(f"{side} {site}" for site, side in sorted(places)) or tr("feet")
    line = tr("noted: this morning {level:g} of 10 ({where})").format(level=level, where=where)
    return Answer((line,), asdict(check))


def note_activation(book: Notebook, minutes: float) -> Answer:
    """Note gentle activation: its own count, no load session."""
    now = book.now()
    log = SessionLog(
        session_id=f"{now:%Y%m%d-%H%M%S-%f}-activation",
        kind=SessionKind.ACTIVATION,
        programme="",
        circuit="activation",
        is_complete=True,
        is_hard=False,
        duration_s=60 * minutes,
    )
    book.note(log, key=log.session_id)
    week = [e for e in book.entries(SessionLog, now - timedelta(days=7)) if is_activation(e)]
    line = tr("noted: {minutes:g} min of activation; {n} in seven days").format(
        minutes=round(minutes, 1), n=len(week)
    )
    return Answer((line,), {**asdict(log), "in_seven_days": len(week)})


def note_device(shelf: DeviceShelf, use: DeviceUse) -> Answer:
    """Note the device and the surface of the sets to come. Raises UsageError: it is blocked."""
    if use.device_id:
        device = shelf.find(use.device_id)
        shelf.refuse_blocked(use.device_id)
        shelf.refuse_closed(device)
        if use.tension and use.tension not in [one.name for one in device.tensions]:
            raise UsageError(
                tr(
                    "'{device}' has no tension '{name}': `footspring device tensions {device}`."
                ).format(device=use.device_id, name=use.tension)
            )
    allowed = open_surfaces(shelf.ladder.highest)
    if use.surface and use.surface not in allowed:
        raise UsageError(
            tr(
                "--surface {surface}: opens with a later gate of the programme; open now: "
                "{allowed}."
            ).format(surface=use.surface, allowed=", ".join(allowed))
        )
    shelf.book.note(use)
    told = [use.device_id or tr("no device"), use.tension, use.surface]
    line = tr("from now on: {what}").format(what=", ".join(word for word in told if word))
    return Answer((line,), asdict(use))


def show(book: Notebook) -> Answer:
    """Return what was noted in the last two weeks, in order of time."""
    since = book.now() - SHOWN
    kinds: tuple[type[Any], ...] = (PainReport, DespitePain, MorningCheck, DeviceUse, SetLog)
    entries: list[Entry[Any]] = [e for kind in kinds for e in book.entries(kind, since)]
    entries += [e for e in book.entries(SessionLog, since) if is_activation(e)]
    entries.sort(key=lambda entry: (entry.at, entry.entry_id))
    lines = [f"{entry.local_at:%Y-%m-%d %H:%M}  {words(entry.said)}" for entry in entries]
    table = [
        {"at": entry.at.isoformat(), "kind": type(entry.said).__name__, "said": entry.said}
        for entry in entries
    ]
    return Answer(tuple(lines) or (tr("nothing noted in two weeks"),), table)


def undo(book: Notebook) -> Answer:
    """Take back what was logged last; a set gets back what was said of it before."""
    entry = book.newest(*OWN_KINDS)
    activations = [e for e in book.entries(SessionLog) if is_activation(e)]
    newest = max(activations, key=lambda one: one.entry_id, default=None)
    if newest and (entry is None or newest.entry_id > entry.entry_id):
        entry = newest
    if entry is None:
        return Answer((tr("nothing to take back"),), status=1)
    diary = book.library.diary
    diary.take_back(entry.entry_id)
    if isinstance(entry.said, SetSaid):
        diary.take_back(entry.said.new_id)
        diary.put_back(entry.said.old_id)
    return Answer((tr("taken back: {what}").format(what=words(entry.said)),))


def write_map(book: Notebook, path: Path) -> Answer:
    """Write the map of the feet with the newest pain of the last two weeks.

    Raises UsageError: the file does not end with .svg.
    """
    if path.suffix.lower() != ".svg":
        raise UsageError(tr("{path}: the map is drawn as SVG; name FILE.svg.").format(path=path))
    now = book.now()
    marks: dict[Spot, Mark] = {}
    earlier: list[PainReport] = []
    for entry in book.entries(PainReport, now - REMEMBERED - SHOWN):
        said = entry.said
        if entry.at >= now - SHOWN:
            spot = Spot(said.side, said.site)
            was_new = spot in marks and marks[spot].is_new
            is_new = said.level > 0 and (was_new or is_new_place(said, earlier))
            marks[spot] = Mark(said.level, said.is_sharp, is_new)
        earlier.append(said)
    title = tr("Where it hurts: {athlete}, {day}").format(
        athlete=book.athlete, day=f"{now:%Y-%m-%d}"
    )
    drawn = draw(marks, title)
    write_picture(path.absolute(), lambda part: part.write_text(drawn, encoding="utf-8"))
    return Answer((tr("the map of the feet: {path}").format(path=path),), {"path": str(path)})


def side_of(text: str) -> Side:
    """Return a foot by its name. Raises UsageError."""
    if text.lower() not in list(Side):
        raise UsageError(tr("'{side}' is no foot: say left or right.").format(side=text))
    return Side(text.lower())
