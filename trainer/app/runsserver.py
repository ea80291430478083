"""What an intervals.icu answers to a key: whole bodies, or an error that says what to do.

A server that asks for a pause gets it; one that drips, breaks off or leads elsewhere is left.
"""

import base64
import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Final, Protocol

from trainer.core.errors import TrainerError, UsageError
from trainer.running.readers import MOST_BYTES

_USER: Final = "API_KEY"
"""The name that intervals.icu wants beside a personal key."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NO_FILE: Final = frozenset({404, 410, 422})
"""What the server answers for an activity that has no file of its own."""
_BUSY: Final = frozenset({429, 503})
_PIECE: Final = 1 << 16


class FetchFault(StrEnum):
    """What keeps a server from handing out what was asked for."""

    KEY = "key refused"
    NO_FILE = "no such file"
    BUSY = "too many questions"
    SERVER = "refused"
    ANSWER = "broken answer"
    NETWORK = "no answer"


class FetchError(TrainerError):
    """A server did not hand out what was asked for."""

    def __init__(self, message: str, reason: FetchFault) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may take, seconds."""

    silence_s: float = 30.0
    answer_s: float = 120.0
    """For a whole answer: one that drips never falls silent."""
    pause_s: float = 5.0
    """Where the server says no time; intervals.icu allows some ten questions a second."""
    longest_pause_s: float = 120.0
    pauses: int = 3


class Clock(Protocol):
    """What counts the seconds of an answer."""

    def monotonic_s(self) -> float:
        """Return seconds that never step back."""
        ...


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
    """An intervals.icu as one key's owner sees it."""

    def __init__(
        self,
        address: str,
        key: str,
        clock: Clock,
        *,
        patience: Patience | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address, is_near = _checked(address)
        token = base64.b64encode(f"{_USER}:{key}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}", "User-Agent": "footspring"}
        # No proxy stands between a machine and itself, whatever the environment names.
        proxies = [urllib.request.ProxyHandler({})] if is_near else []
        self._opener = urllib.request.build_opener(_NoDetours(), *proxies)
        self._clock, self._wait, self._patience = clock, wait, patience or Patience()

    def get(self, path: str) -> bytes:
        """Return the answer's body, pausing where the server asks for it. Raises FetchError."""
        for _ in range(self._patience.pauses):
            try:
                return self._ask(path)
            except _BusyError as busy:
                self._wait(busy.pause_s)
        try:
            return self._ask(path)
        except _BusyError as busy:
            raise self._too_busy(busy.pause_s) from busy

    def _ask(self, path: str) -> bytes:
        request = urllib.request.Request(self.address + path, headers=self._headers)  # noqa: S310 - https or loopback, see _checked
        try:
            with self._opener.open(request, timeout=self._patience.silence_s) as answer:
                return self._whole(answer)
        except urllib.error.HTTPError as error:
            with error:
                if error.code in _BUSY:
                    raise self._busy(error.headers.get("Retry-After")) from error
                raise _refused(self.address, error.code) from error
        except (OSError, ValueError) as error:
            raise FetchError(
                f"{self.address}: no answer ({getattr(error, 'reason', None) or error}). Check the "
                "network, then fetch again; runs that came are kept.",
                FetchFault.NETWORK,
            ) from error
        except http.client.HTTPException as error:
            raise self._broken(f"is no whole answer ({type(error).__name__})") from error

    def _whole(self, answer: http.client.HTTPResponse) -> bytes:
        until_s = self._clock.monotonic_s() + self._patience.answer_s
        promised = answer.length
        told = bytearray()
        while piece := answer.read1(_PIECE):
            told += piece
            if len(told) > MOST_BYTES:
                raise self._broken(f"has more than {MOST_BYTES >> 20} MB")
            if self._clock.monotonic_s() > until_s:
                raise self._broken(f"took more than {self._patience.answer_s:g} s")
        # Python returns what there is, without a word, where a body ends before its time.
        if promised is not None and len(told) < promised:
            raise self._broken(f"broke off after {len(told)} of {promised} bytes")
        return bytes(told)

    def _busy(self, asked: str | None) -> "_BusyError | FetchError":
        pause_s = self._patience.pause_s
        if asked is not None and asked.strip().isdecimal():
            pause_s = float(asked)
        if pause_s > self._patience.longest_pause_s:
            return self._too_busy(pause_s)
        return _BusyError(pause_s)

    def _too_busy(self, pause_s: float) -> FetchError:
        return FetchError(
            f"{self.address}: was asked too much and wants a pause of {pause_s:g} s. Fetch again "
            "after it; runs that came are kept.",
            FetchFault.BUSY,
        )

    def _broken(self, what: str) -> FetchError:
        return FetchError(
            f"{self.address}: the answer {what}. Fetch again; runs that came are kept.",
            FetchFault.ANSWER,
        )


class _BusyError(Exception):
    """The server wants a pause."""

    def __init__(self, pause_s: float) -> None:
        super().__init__(pause_s)
        self.pause_s = pause_s


def _checked(address: str) -> tuple[str, bool]:
    """Return an address that a key may be sent to, and whether it is this machine's own."""
    try:
        where = urllib.parse.urlsplit(address)
        host, _ = where.hostname, where.port
    except ValueError as error:
        raise UsageError(f"the server's address cannot be read ({error}).") from error
    if where.username or where.password:
        raise UsageError("the server's address holds a name or a password: leave them out of it.")
    is_near = host in _LOOPBACK
    if not host or (where.scheme != "https" and not (where.scheme == "http" and is_near)):
        raise UsageError(f"{address}: the key is only sent by https. Name an https address.")
    return address.rstrip("/"), is_near


def _refused(address: str, code: int) -> FetchError:
    if code in _NO_FILE:
        return FetchError(
            f"{address}: there is no such file (HTTP {code}). Check the address.",
            FetchFault.NO_FILE,
        )
    if code in {401, 403}:
        return FetchError(
            f"{address}: the key is refused (HTTP {code}). Make a new one under Settings, "
            "Developer Settings, and write it to intervals.key or FOOTSPRING_INTERVALS_KEY.",
            FetchFault.KEY,
        )
    if 300 <= code < 400:  # noqa: PLR2004 - what HTTP calls a redirection
        return FetchError(
            f"{address}: leads elsewhere (HTTP {code}), where the key is not sent. Check the "
            "address.",
            FetchFault.KEY,
        )
    return FetchError(
        f"{address}: refuses (HTTP {code}). Fetch again later; runs that came are kept.",
        FetchFault.SERVER,
    )
