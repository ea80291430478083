"""One unit of a box: what systemd says of it, and what is done to its process."""

import os
import signal
from dataclasses import dataclass

from tests.box.container import Box, until
from tests.box.freeze import SLEEPS, WAITS_FOR_EVENTS, call_of, frozen, let_go, threads

LOOKS = 200
"""At a thread that sleeps a tenth of a second at a time."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A service of the system, or of a user."""

    box: Box
    name: str
    user: str | None = None

    def ctl(self, *words: str) -> str:
        """Run systemctl for it, which has to succeed."""
        mine = ("--user",) if self.user else ()
        return self.box.must("systemctl", *mine, *words, self.name, user=self.user)

    def shows(self, *properties: str) -> tuple[str, ...]:
        """Return properties of the unit, in the order asked for."""
        lines = self.ctl("show", *(f"--property={p}" for p in properties)).splitlines()
        found = dict(line.split("=", 1) for line in lines if "=" in line)
        return tuple(found.get(name, "") for name in properties)

    @property
    def process(self) -> int:
        """Return its process as this machine knows it."""
        return self.box.outside(int(self.shows("MainPID")[0]))

    @property
    def restarts(self) -> int:
        """Return how often it was restarted by itself."""
        return int(self.shows("NRestarts")[0])

    def is_active(self) -> bool:
        """Return whether it said that it is ready, and runs."""
        return self.shows("ActiveState", "SubState") == ("active", "running")

    def until_working(self) -> None:
        """Wait until it is in the middle of a session."""
        until(
            lambda: self.is_active() and self.shows("StatusText")[0].partition(",")[0] in WORKING,
            f"{self.name} is in a session; it is {self.shows('ActiveState', 'StatusText')}",
        )

    def until_restarted(self, restarts: int) -> None:
        """Wait until it runs again, and was restarted exactly so often."""
        until(lambda: self.restarts >= restarts and self.is_active(), f"restart {restarts}")
        assert self.restarts == restarts, f"{self.restarts} restarts, not {restarts}"

    def kill(self) -> None:
        """Kill its process, as nothing can be refused."""
        os.kill(self.process, signal.SIGKILL)

    def freeze_engine(self, restarts: int) -> str:
        """Hold the engine's thread alone until it is restarted; return what the main thread did."""
        process = self.process
        engine = next(t for t in threads(process) if call_of(process, t) in WAITS_FOR_EVENTS)
        with frozen(engine):
            calls = {call_of(process, process) for _ in range(LOOKS)}
            until(
                lambda: self.restarts >= restarts and self.is_active(),
                "a frozen engine is restarted",
                each=lambda: let_go(engine),
            )
        return "ran on" if calls & SLEEPS else f"was in {calls}"

    def freeze_main(self, restarts: int) -> None:
        """Hold the main thread alone until it is restarted."""
        process = self.process
        with frozen(process):
            until(
                lambda: self.restarts >= restarts and self.is_active(),
                "a frozen screen is restarted",
                each=lambda: let_go(process),
            )


WORKING = frozenset(
    {"tare", "check", "mvc ready", "mvc press", "mvc rest", "countdown", "work", "rest"}
)
