"""The runs in the diary: what each source has is noted, and each run once is made of it.

A run is a function of all that was read and said, so a process that was killed between two notes
leaves nothing that the next opening does not put right.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trainer.core.diary.devices import BARE_FEET, Shoe
from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run, RunFetched, RunMark, RunRead
from trainer.core.errors import UsageError
from trainer.core.texts import tr, trn
from trainer.library.diary import Diary, Noting
from trainer.running.measures import Found
from trainer.running.once import Kept, joined, settle

_SHOWN: Final = 8
"""Letters of a hash that name a run."""


class RunShelf:
    """The runs of one athlete; every method raises StorageError where the file refuses."""

    def __init__(self, diary: Diary, athlete: str) -> None:
        self._diary = diary
        self.athlete = athlete
        self._reads: dict[str, Found] = {}
        self._batches: dict[str, str] = {}
        self._pending: set[str] = set()
        self._fetched = {e.key: e.said for e in diary.entries(athlete, RunFetched)}
        self.flush()

    def has(self, sha256: str) -> bool:
        """Return whether a source's run is known."""
        return sha256 in self._reads

    def add(self, found: Found, batch: str) -> bool:
        """Take one run; return whether it is new. It is stored by the next flush."""
        sha256 = found.run.sha256
        known = self._reads.get(sha256)
        if known is not None:
            run = joined(known.run, found.run)
            if run != known.run:
                self._reads[sha256] = Found(known.start, run)
                self._pending.add(sha256)
            return False
        self._reads[sha256], self._batches[sha256] = found, batch
        self._pending.add(sha256)
        return True

    @property
    def pending(self) -> int:
        """Return how many runs were taken and are not stored yet."""
        return len(self._pending)

    def has_fetched(self, activity: str) -> bool:
        """Return whether a server's activity was fetched and none of its runs was taken back."""
        found = self._fetched.get(activity)
        return found is not None and all(map(self.has, found.hashes))

    def note_fetched(self, fetched: RunFetched, at: datetime) -> None:
        """Note what a server's activity has become."""
        self._fetched[fetched.activity] = fetched
        self._diary.note(Noting(self.athlete, at, fetched, key=fetched.activity), replaces=True)

    def flush(self) -> None:
        """Store what was taken, and let the runs follow from it."""
        # Another program may have noted runs or taken some back since.
        self._load()
        kept = {one.found.run.sha256: one.found for one in self.kept()}
        standing = {entry.key: entry for entry in self._diary.entries(self.athlete, Run)}
        changed = [
            found
            for sha256, found in kept.items()
            if sha256 not in standing or standing[sha256].said != found.run
        ]
        notings = [
            self._noting(
                self._reads[sha256], RunRead(self._reads[sha256].run, self._batches[sha256])
            )
            for sha256 in sorted(self._pending)
        ]
        notings += [self._noting(found, found.run) for found in changed]
        if notings:
            self._diary.note_all(notings, replaces=True)
        for sha256, entry in standing.items():
            if sha256 not in kept:
                self._diary.take_back(entry.entry_id)
        self._pending.clear()

    def kept(self) -> tuple[Kept, ...]:
        """Return each run once, with the sources that have the same one, in order of time."""
        return settle(self._reads.values(), [entry.said for entry in self._marks()])

    def runs(self, since: datetime | None = None) -> tuple[Entry[Run], ...]:
        """Return the runs as they stand in the diary, in order of time."""
        return self._diary.entries(self.athlete, Run, since)

    def shoes(self) -> tuple[str, ...]:
        """Return the names of the athlete's shoes that a run may have been in."""
        known = {entry.said.name for entry in self._diary.entries(self.athlete, Shoe)}
        return (*sorted(known), BARE_FEET)

    def find(self, prefix: str) -> Entry[Run]:
        """Return the run whose hash begins so, or `last`. Raises UsageError."""
        runs = self.runs()
        if not runs:
            raise UsageError("there are no runs yet: `footspring runs import FILE` adds some.")
        found = [run for run in runs if prefix and run.key.startswith(prefix)]
        if prefix == "last":
            return runs[-1]
        if len(found) == 1:
            return found[0]
        which = "none begins" if not found else f"{len(found)} begin"
        raise UsageError(
            f"run {prefix!r}: {which} so. `footspring runs list` shows their names; `last` is the "
            "newest."
        )

    def mark(self, run: Entry[Run], mark: RunMark) -> None:
        """Note what was said of a run."""
        # At the run's own start: the order of the numbers tells which was said last.
        self._diary.note(Noting(self.athlete, _zoned(run), mark))
        self.flush()

    def undo(self) -> str:
        """Take the last import or the last mark back; return what it was, empty for nothing."""
        marks = sorted(self._marks(), key=lambda entry: entry.entry_id)
        reads = self._diary.entries(self.athlete, RunRead)
        newest_read = max((entry.entry_id for entry in reads), default=-1)
        if marks and marks[-1].entry_id > newest_read:
            self._diary.take_back(marks[-1].entry_id)
            name = marks[-1].said.sha256[:_SHOWN]
            said = tr("what was last said of run {name}").format(name=name)
        elif reads:
            last = max(entry.said.batch for entry in reads)
            batch = [entry for entry in reads if entry.said.batch == last]
            self._take_back(batch)
            said = trn("the last import, {n} run", "the last import, {n} runs", len(batch))
        else:
            said = ""
        self.flush()
        return said

    def undo_run(self, run: Entry[Run]) -> int:
        """Take one run back with its twins from other sources; return how many sources had it."""
        (group,) = [one for one in self.kept() if one.found.run.sha256 == run.key]
        hashes = {run.key, *(twin.run.sha256 for twin in group.twins)}
        reads = self._diary.entries(self.athlete, RunRead)
        self._take_back([entry for entry in reads if entry.key in hashes])
        self.flush()
        return len(hashes)

    def _take_back(self, reads: Iterable[Entry[RunRead]]) -> None:
        for entry in reads:
            self._diary.take_back(entry.entry_id)
            self._reads.pop(entry.key, None)
            self._batches.pop(entry.key, None)

    def _load(self) -> None:
        reads, batches = self._reads, self._batches
        stored = self._diary.entries(self.athlete, RunRead)
        self._reads = {entry.key: Found(_zoned(entry), entry.said.run) for entry in stored}
        self._batches = {entry.key: entry.said.batch for entry in stored}
        self._reads.update({sha256: reads[sha256] for sha256 in self._pending})
        self._batches.update({sha256: batches[sha256] for sha256 in self._pending})

    def _marks(self) -> list[Entry[RunMark]]:
        found = self._diary.entries(self.athlete, RunMark)
        return sorted(found, key=lambda entry: entry.entry_id)

    def _noting(self, found: Found, said: Run | RunRead) -> Noting:
        return Noting(self.athlete, found.start, said, key=found.run.sha256)


def _zoned(entry: Entry[RunRead] | Entry[Run]) -> datetime:
    """Return an entry's instant in its own zone, so that noting it again changes nothing."""
    try:
        return entry.at.astimezone(ZoneInfo(entry.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return entry.local_at
