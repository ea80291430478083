"""Runs from intervals.icu: the list, then each run's own file; the key is never shown or logged."""

import base64
import os
import re
import stat
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

from trainer.app.running import Importer
from trainer.app.runs import Tell, opened, told
from trainer.core.clock import SystemClock
from trainer.core.errors import TrainerError, UsageError
from trainer.core.folders import user_folders
from trainer.running.intervals import Remote, read_answer
from trainer.running.measures import Passed, RunFileError
from trainer.running.readers import MOST_BYTES

KEY_VARIABLE: Final = "FOOTSPRING_INTERVALS_KEY"
KEY_FILE: Final = "intervals.key"
_USER: Final = "API_KEY"
"""The name that intervals.icu wants beside a personal key; athlete 0 is the key's owner."""
_TIMEOUT_S: Final = 30.0
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_ACTIVITY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_NO_FILE: Final = frozenset({404, 410, 422})
"""What the server answers for an activity that has no file of its own."""


class FetchError(TrainerError):
    """A server did not hand out what was asked for."""


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """Refuses every redirection: the key would go along to wherever it leads."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: object,
        newurl: str,
    ) -> None:
        del req, fp, code, msg, headers, newurl


class Server:
    """An intervals.icu: what it answers to a key."""

    def __init__(self, address: str, key: str) -> None:
        where = urllib.parse.urlsplit(address)
        is_near = where.hostname in _LOOPBACK
        if where.scheme != "https" and not (where.scheme == "http" and is_near):
            raise UsageError(f"{address}: the key is only sent by https. Name an https address.")
        self._address = address.rstrip("/")
        token = base64.b64encode(f"{_USER}:{key}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}", "User-Agent": "footspring"}
        self._opener = urllib.request.build_opener(_NoDetours())

    def get(self, path: str) -> bytes:
        """Return the answer's body. Raises FetchError."""
        request = urllib.request.Request(self._address + path, headers=self._headers)  # noqa: S310 - https or loopback, see above
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S) as answer:
                body: bytes = answer.read(MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(self._address, error.code) from error
        except (OSError, ValueError) as error:
            why = getattr(error, "reason", None) or error
            raise FetchError(
                f"{self._address}: no answer ({why}). Check the network, then fetch again; runs "
                "that came are kept."
            ) from error
        if len(body) > MOST_BYTES:
            raise FetchError(f"{self._address}: the answer has more than {MOST_BYTES >> 20} MB.")
        return body


class NoFileError(FetchError):
    """An activity has no file of its own."""


def fetch_runs(athlete: str | None, address: str, days: int, tell: Tell) -> int:
    """Fetch the runs of the last days, tell what became of them; 1 where some were refused."""
    server = Server(address, read_key(user_folders().config / KEY_FILE, os.environ))
    clock = SystemClock()
    oldest = (clock.now() - timedelta(days=days)).date()
    newest = (clock.now() + timedelta(days=1)).date()
    try:
        remotes = read_answer(
            server.get(f"/api/v1/athlete/0/activities?oldest={oldest}&newest={newest}")
        )
    except RunFileError as error:
        raise FetchError(f"{address}: {error}. Check the address.") from error
    with opened(athlete) as (shelf, _):
        importer = Importer(shelf, clock)
        try:
            for remote in remotes:
                _fetch(server, remote, importer, f"{address}, activity {remote.activity[:40]}")
        finally:
            importer.finish()
    return told(importer.tally, tell)


def _fetch(server: Server, remote: Remote, importer: Importer, label: str) -> None:
    if isinstance(remote.told, Passed) or not _ACTIVITY.fullmatch(remote.activity):
        importer.tally.not_runs += 1
        return
    try:
        file = server.get(f"/api/v1/activity/{remote.activity}/file")
    except NoFileError:
        file = b""
    importer.take_bytes(file, label, (remote.told, remote.sha256))


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
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}). Write the key alone to it.") from error
    if mode & 0o077:
        raise UsageError(
            f"{path}: others can read it (mode {mode:04o}; allowed: 0600). Run: chmod 600 {path}"
        )
    if not key or not key.isprintable():
        raise UsageError(f"{path}: holds no key. Write the key alone to it.")
    return key


def _refused(address: str, code: int) -> FetchError:
    if code in _NO_FILE:
        return NoFileError(
            f"{address}: there is no such file (HTTP {code}). Nothing is to be done."
        )
    if code in {401, 403}:
        return FetchError(
            f"{address}: the key is refused (HTTP {code}). Make a new one under Settings, "
            f"Developer Settings, and write it to {KEY_FILE} or {KEY_VARIABLE}."
        )
    if 300 <= code < 400:  # noqa: PLR2004 - what HTTP calls a redirection
        return FetchError(
            f"{address}: leads elsewhere (HTTP {code}), where the key is not sent. Check the "
            "address."
        )
    return FetchError(f"{address}: refuses (HTTP {code}). Try again later.")
