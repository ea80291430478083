"""What the service manager is told: ready, what is being done, and that the engine still answers.

Rules (sd_notify(3), its protocol of datagrams):
- Where no manager listens, nothing is said and nothing fails.
- A sign of life goes out from the screen's thread, and only where the engine's heartbeat has moved
  since the last one: a hung engine is silent, and so is a hung screen.
- An engine that has finished has nothing left to hang; its screen alone is watched then.
"""

import contextlib
import os
import socket
from typing import Final, Protocol

from trainer.core.ports import Clock
from trainer.core.snapshot import Snapshot

ADDRESS: Final = "NOTIFY_SOCKET"

BEAT_S: Final = 0.5
"""Signs of life are no closer than this: an interval to watch in is some seconds long."""


class Watched(Protocol):
    """What is watched of an engine."""

    @property
    def snapshot(self) -> Snapshot:
        """Return the newest snapshot."""
        ...

    @property
    def heartbeat_s(self) -> float:
        """Return the host monotonic time at which the engine last answered."""
        ...

    @property
    def is_finished(self) -> bool:
        """Return whether the session is over and its files are closed."""
        ...


class ServiceLink:
    """The way to the service manager that started this program, if one did."""

    def __init__(self, address: str | None = None) -> None:
        # A leading @ stands for the zero byte of an abstract address.
        self._address = "\0" + address[1:] if address and address[0] == "@" else address
        self._status = ""

    @classmethod
    def of_system(cls) -> "ServiceLink":
        """Return the link that the environment names."""
        return cls(os.environ.get(ADDRESS))

    def ready(self) -> None:
        """Tell that the program is up; it may still wait for its pad."""
        self._send("READY=1")

    def beat(self) -> None:
        """Give a sign of life."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """Tell in one line what is being done, where that is something new."""
        line = " ".join(text.split())
        if line != self._status:
            self._status = line
            self._send(f"STATUS={line}")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as way:
            # A manager that is gone or busy holds up no session.
            way.setblocking(False)  # noqa: FBT003 - the socket's own signature
            with contextlib.suppress(OSError):
                way.sendto(message.encode(), self._address)


class Pulse:
    """Looks at an engine all the while, and tells the service manager that it lives."""

    def __init__(self, link: ServiceLink, engine: Watched, clock: Clock) -> None:
        self._link = link
        self._engine = engine
        self._clock = clock
        self._heard_s = float("-inf")
        self._beaten_s = float("-inf")

    def look(self) -> None:
        """Tell what is done and give a sign of life; the screen's thread calls it all the while."""
        self._link.status(_words(self._engine))
        self.beat()

    def beat(self) -> None:
        """Give a sign of life where the engine has given one since the last."""
        now_s = self._clock.monotonic_s()
        heard_s = self._engine.heartbeat_s
        if heard_s == self._heard_s and not self._engine.is_finished:
            return
        if now_s - self._beaten_s >= BEAT_S:
            self._heard_s, self._beaten_s = heard_s, now_s
            self._link.beat()


def _words(engine: Watched) -> str:
    if engine.is_finished:
        return "session saved"
    snapshot = engine.snapshot
    where = f", set {snapshot.set_number} rep {snapshot.rep}" if snapshot.set_number else ""
    return f"{snapshot.phase.value}{where}"
