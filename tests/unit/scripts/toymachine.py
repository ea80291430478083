"""A machine to set up that has what a test gives it and writes down what it is asked to run."""

from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.libraries import HEADLESS, WINDOW
from scripts.machine import Machine, Outcome, Running


class ToyMachine(Machine):
    """Debian 13 with everything installed, no screen and no way to become root, until changed."""

    def __init__(self) -> None:
        self.libraries = {*HEADLESS, *WINDOW}
        self.programs = {"apt-get"}
        self.prefix: tuple[str, ...] | None = None
        self.is_complete = True
        self.is_from_system = True
        self.font = True
        self.screen = False
        self.ran: list[str] = []
        self.answers: list[tuple[str, Outcome]] = []
        """First match wins: a part of the command, and what it leaves."""
        self.on_start: Callable[[Path], Running] = lambda _log: Finished(0)

    def run(self, command: Sequence[str]) -> Outcome:
        line = " ".join(command)
        self.ran.append(line)
        return next((left for part, left in self.answers if part in line), Outcome(0, ""))

    def start(self, command: Sequence[str], log: Path) -> Running:
        self.ran.append(" ".join(command))
        return self.on_start(log)

    def has_program(self, name: str) -> bool:
        return name in self.programs

    def can_load(self, library: str) -> bool:
        return library in self.libraries

    def can_make_environments(self) -> bool:
        return self.is_complete

    def has_font(self) -> bool:
        return self.font

    def has_screen(self) -> bool:
        return self.screen

    def release(self) -> dict[str, str]:
        return {"ID": "debian", "VERSION_ID": "13"}

    def root_prefix(self) -> tuple[str, ...] | None:
        return self.prefix

    def python_name(self) -> str:
        return "python3.13"

    def is_system_python(self) -> bool:
        return self.is_from_system


class Finished:
    """A command that ends after some looks."""

    def __init__(self, status: int, looks: int = 0) -> None:
        self._status = status
        self._looks = looks

    def poll(self) -> int | None:
        """Return the exit status once it has been looked at often enough."""
        self._looks -= 1
        return None if self._looks >= 0 else self._status
