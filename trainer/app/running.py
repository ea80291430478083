"""Runs from files into the diary: each once, in any order, and again after any interruption."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trainer.app.runfiles import Collection
from trainer.app.runitem import Item
from trainer.app.runshelf import RunShelf
from trainer.core.texts import tr, trn
from trainer.running.apple import read_apple
from trainer.running.limits import word
from trainer.running.measures import Found, Outcome, Passed, Refused, RunFileError, Told
from trainer.running.readers import Reader, Stream, unpacked
from trainer.running.strava import Listed

FLUSH_EVERY: Final = 50
"""Runs; what was read since the last flush is read again after a power cut."""
SHOWN: Final = 20
"""Lines of one sort at the end; the rest is counted."""


class Clock(Protocol):
    """What tells the time and the zone."""

    def now(self) -> datetime:
        """Return the instant in UTC."""
        ...

    def zone_name(self) -> str:
        """Return the name of the zone."""
        ...


@dataclass(slots=True)
class Tally:
    """What became of an import."""

    new: int = 0
    known: int = 0
    """The same bytes, or the same line, as before."""
    not_runs: int = 0
    others: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Where, and why."""
    doubts: list[tuple[str, str]] = field(default_factory=list)
    """Where, and what was left out."""
    twins: list[str] = field(default_factory=list)
    """What came from two sources and is kept once, in words."""
    unknown_shoes: list[str] = field(default_factory=list)
    """Shoes of new runs that are not among the athlete's."""


Progress = Callable[[int, int, str], None]
"""Hears how many items are done, of how many, and where the next one lies."""


class Importer:
    """Takes items one after another into the shelf."""

    def __init__(self, shelf: RunShelf, clock: Clock, flush_every: int = FLUSH_EVERY) -> None:
        self._shelf = shelf
        self._flush_every = flush_every
        self._reader = Reader(clock.now(), home_zone(clock))
        self._batch = clock.now().isoformat()
        self._new: set[str] = set()
        self._shoes: set[str] = set()
        self.tally = Tally()

    def take_all(
        self, collection: Collection, hear: Progress, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        """Take what was collected until it is over, and store it, however it ends."""
        try:
            self._take_each(collection, hear, is_over)
        finally:
            self.finish()

    def _take_each(
        self, collection: Collection, hear: Progress, is_over: Callable[[], bool]
    ) -> None:
        self.tally.refused.extend(collection.refused)
        self.tally.others += collection.others
        self.tally.not_runs += collection.not_runs
        total = len(collection.items)
        for place, item in enumerate(collection.items):
            if is_over():
                return
            hear(place, total, item.label)
            self.take(item)
        hear(total, total, "")

    def take(self, item: Item) -> None:
        """Take one item; what cannot be read is told by the tally."""
        try:
            self._take_by_kind(item)
        except RunFileError as error:
            self.tally.refused.append((item.label, str(error)))
        self._count()

    def take_remote(self, told: bytes, label: str, listed: tuple[Told, str]) -> tuple[str, ...]:
        """Take a server's file and return its runs' hashes; where it fails the list stands in."""
        outcomes = self._reader.read(told, is_known_run=True) if told else ()
        found = [one for one in outcomes if isinstance(one, Found)]
        why = [one.why for one in outcomes if isinstance(one, Refused)]
        kept: Sequence[Outcome] = found or [self._reader.judge(*listed)]
        for outcome in kept:
            self._take(outcome, label)
        if why and not found:
            text = tr("only the list's figures are kept, its file cannot be read ({why})")
            self.tally.doubts.append((label, text.format(why=why[0])))
        self._count()
        # What stands in for a file is fetched again: the file may be whole next time.
        return tuple(one.run.sha256 for one in found)

    def finish(self) -> None:
        """Store the rest, and tell of runs from two sources and of shoes that are not known."""
        self._shelf.flush()
        self.tally.unknown_shoes = sorted(self._shoes - set(self._shelf.shoes()))
        for kept in self._shelf.kept():
            group = (kept.found, *kept.twins)
            if kept.twins and any(found.run.sha256 in self._new for found in group):
                others = ", ".join(twin.run.source for twin in kept.twins)
                self.tally.twins.append(
                    tr("{day}: kept from {source}, the richer one; also in {others}").format(
                        day=f"{kept.found.start:%Y-%m-%d %H:%M}",
                        source=kept.found.run.source,
                        others=others,
                    )
                )

    def _take_by_kind(self, item: Item) -> None:
        if item.stream is None:
            self._take_line(item)
            return
        match item.kind:
            case Stream.APPLE:
                self._take_apple(item)
            case Stream.CLINICAL:
                self.tally.others += 1
            case None:
                self._take_file(item)

    def _take_line(self, item: Item) -> None:
        assert item.listed is not None
        self._take(self._reader.judge(item.listed.told, item.listed.sha256), item.label)

    def _take_apple(self, item: Item) -> None:
        with item.flow() as file:
            for told, hashed in read_apple(file):
                self._take(self._reader.judge(told, hashed), item.label)

    def _take_file(self, item: Item) -> None:
        told = unpacked(item.load())
        hashed = sha256(told).hexdigest()
        listed = item.listed
        if self._shelf.has(hashed) and listed is None:
            self.tally.known += 1
            return
        for outcome in self._reader.read(
            told, is_known_run=listed is not None and bool(listed.is_run)
        ):
            self._take(_shod(outcome, listed), item.label)

    def _take(self, outcome: Outcome, label: str) -> None:
        match outcome:
            case Found(run=run):
                if self._shelf.add(outcome, self._batch):
                    self._new.add(run.sha256)
                    self.tally.new += 1
                    self._shoes |= {run.shoe} if run.shoe else set()
                    self.tally.doubts.extend((label, doubt) for doubt in run.doubts)
                else:
                    self.tally.known += 1
            case Passed():
                self.tally.not_runs += 1
            case Refused(why=why):
                self.tally.refused.append((label, why))

    def _count(self) -> None:
        # Each flush looks at all runs: with many of them there are fewer flushes.
        if self._shelf.pending >= max(self._flush_every, len(self._new) // 10):
            self._shelf.flush()


def import_paths(shelf: RunShelf, clock: Clock, paths: Sequence[Path], hear: Progress) -> Tally:
    """Import all that lies at the paths and return what became of it."""
    importer = Importer(shelf, clock)
    with Collection() as collection:
        for path in paths:
            collection.add(path)
        importer.take_all(collection, hear)
    return importer.tally


def home_zone(clock: Clock) -> ZoneInfo:
    """Return the zone of runs that do not say theirs; UTC where the machine's has no name."""
    try:
        return ZoneInfo(clock.zone_name())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def tally_lines(tally: Tally) -> tuple[str, ...]:
    """Return an import in words: how many, what was dropped, what could not be read."""
    lines = [
        trn("{n} new run", "{n} new runs", tally.new)
        + ", "
        + tr("{n} known already").format(n=tally.known)
        + ", "
        + tr("{n} other activities").format(n=tally.not_runs)
        + ", "
        + trn("{n} file passed over", "{n} files passed over", tally.others)
    ]
    if tally.unknown_shoes:
        lines.append(
            tr(
                "not among your shoes: {names}; `footspring shoe add` makes their minutes count"
            ).format(names=_printable(", ".join(tally.unknown_shoes[:SHOWN])))
        )
    lines += _some(tally.twins)
    lines += _some([f"{where}: {doubt}" for where, doubt in tally.doubts])
    if tally.refused:
        lines.append(trn("{n} could not be read:", "{n} could not be read:", len(tally.refused)))
        lines += _some([f"{where}: {why}" for where, why in tally.refused])
    return tuple(lines)


def _some(lines: Iterable[str]) -> list[str]:
    held = list(lines)
    rest = len(held) - SHOWN
    more = [tr("... and {n} more like these").format(n=rest)] if rest > 0 else []
    return [f"  {_printable(line)}" for line in [*held[:SHOWN], *more]]


def _printable(line: str) -> str:
    """Return a line as a terminal can show it: names in a zip may be anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def _shod(outcome: Outcome, listed: Listed | None) -> Outcome:
    if listed is None or not listed.shoe or not isinstance(outcome, Found) or outcome.run.shoe:
        return outcome
    return replace(outcome, run=replace(outcome.run, shoe=word(listed.shoe)))
