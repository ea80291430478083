"""Runs from intervals.icu: the list, then each run's own file; the key is never shown or logged."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, TextIO

from trainer.app.running import Importer, Progress
from trainer.app.runs import Tell, opened, told
from trainer.app.runshelf import RunShelf
from trainer.app.runsserver import FetchError, FetchFault, Server
from trainer.core.clock import SystemClock
from trainer.core.diary.running import RunFetched
from trainer.core.errors import UsageError
from trainer.core.folders import user_folders
from trainer.core.texts import trn
from trainer.running.intervals import Remote, read_answer
from trainer.running.measures import Passed, RunFileError

KEY_VARIABLE: Final = "FOOTSPRING_INTERVALS_KEY"
KEY_FILE: Final = "intervals.key"
FLUSH_EVERY: Final = 10
"""Files; each took a question to the server."""
MOST_FAULTS: Final = 3
"""Files in a row that the server spoils: then the server is ill, not the file."""
_ACTIVITY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_OF_ONE_FILE: Final = frozenset({FetchFault.SERVER, FetchFault.ANSWER})


@dataclass(slots=True)
class Fetching:
    """One fetch from a server onto a shelf."""

    server: Server
    shelf: RunShelf
    clock: SystemClock
    importer: Importer
    faults: int = 0
    """Files in a row that were spoiled."""

    def take_all(self, remotes: Sequence[Remote], hear: Progress) -> None:
        """Fetch what is not known yet; what came is stored however it ends. Raises FetchError."""
        try:
            for place, remote in enumerate(remotes):
                hear(place, len(remotes), remote.activity)
                self._take(remote)
            hear(len(remotes), len(remotes), "")
        finally:
            self.importer.finish()

    def _take(self, remote: Remote) -> None:
        tally = self.importer.tally
        if isinstance(remote.told, Passed) or not _ACTIVITY.fullmatch(remote.activity):
            tally.not_runs += 1
        elif self.shelf.has_fetched(remote.activity):
            tally.known += 1
        else:
            label = f"{self.server.address}, activity {remote.activity}"
            try:
                self._take_file(remote, self._file(remote.activity), label)
                self.faults = 0
            except FetchError as error:
                self.faults += 1
                if error.reason not in _OF_ONE_FILE or self.faults >= MOST_FAULTS:
                    raise
                tally.refused.append((label, str(error)))

    def _file(self, activity: str) -> bytes:
        try:
            return self.server.get(f"/api/v1/activity/{activity}/file")
        except FetchError as error:
            if error.reason is not FetchFault.NO_FILE:
                raise
            return b""

    def _take_file(self, remote: Remote, file: bytes, label: str) -> None:
        hashes = self.importer.take_remote(file, label, (remote.told, remote.sha256))
        if hashes:
            fetched = RunFetched(remote.activity, hashes)
            self.shelf.note_fetched(fetched, self.clock.now())


def fetch_runs(
    athlete: str | None,
    address: str,
    days: int,
    output: TextIO,
    tell: Tell,
    *,
    as_json: bool = False,
) -> int:
    """Fetch the runs of the last days, tell what became of them; 1 where some were refused."""
    from trainer.terminal.runsbar import runs_bar  # noqa: PLC0415 - loads rich

    clock = SystemClock()
    server = Server(address, read_key(user_folders().config / KEY_FILE, os.environ), clock)
    remotes = listed(server, clock, days)
    with opened(athlete) as (shelf, _), runs_bar(output) as hear:
        importer = Importer(shelf, clock, FLUSH_EVERY)
        held_back = sum(remote.is_held_back for remote in remotes)
        if held_back:
            importer.tally.refused.append((server.address, _held_back(held_back)))
        try:
            Fetching(server, shelf, clock, importer).take_all(
                [remote for remote in remotes if not remote.is_held_back], hear
            )
        except FetchError:
            told(importer.tally, tell, as_json=as_json)
            raise
    return told(importer.tally, tell, as_json=as_json)


def listed(server: Server, clock: SystemClock, days: int) -> tuple[Remote, ...]:
    """Return the activities of the last days, oldest first. Raises FetchError."""
    oldest = (clock.now() - timedelta(days=days)).date()
    newest = (clock.now() + timedelta(days=1)).date()
    answer = server.get(f"/api/v1/athlete/0/activities?oldest={oldest}&newest={newest}")
    try:
        return tuple(reversed(read_answer(answer)))
    except RunFileError as error:
        raise FetchError(
            f"{server.address}: {error}. Check the address.", FetchFault.ANSWER
        ) from error


def read_key(path: Path, environment: Mapping[str, str]) -> str:
    """Return the key from the environment or the file. Raises UsageError; never shows the key."""
    named = environment.get(KEY_VARIABLE, "").strip()
    if named:
        return named
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            key = file.read(1000).strip()
    except FileNotFoundError as error:
        raise UsageError(
            "no key: intervals.icu shows it under Settings, Developer Settings. Write it to "
            f"{path} (chmod 600), or set {KEY_VARIABLE}."
        ) from error
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}). Write the key alone to it."
        ) from error
    except UnicodeDecodeError as error:
        # The error's own words would show the bytes.
        raise UsageError(f"{path}: is no text in UTF-8. Write the key alone to it.") from error
    if mode & 0o077:
        raise UsageError(
            f"{path}: others can read it (mode {mode:04o}; allowed: 0600). Run: chmod 600 {path}"
        )
    if not key or not key.isprintable():
        raise UsageError(f"{path}: holds no key. Write the key alone to it.")
    return key


def _held_back(count: int) -> str:
    return trn(
        "{n} activity came there from Strava, which does not let it be handed on: connect the "
        "watch there directly, or import Strava's own export",
        "{n} activities came there from Strava, which does not let them be handed on: connect the "
        "watch there directly, or import Strava's own export",
        count,
    )
