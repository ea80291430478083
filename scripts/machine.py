"""The machine that is set up: commands it runs, libraries it loads, files that say what it is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from scripts.libraries import has_font, is_loadable, parse_release


class SetupError(Exception):
    """Set-up cannot go on; the message is the one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: exit status and its output, both streams in one."""

    status: int
    output: str


class Running(Protocol):
    """A command that runs by itself."""

    def poll(self) -> int | None:
        """Return the exit status; None while it runs."""
        ...


class Machine:
    """The machine itself; tests hand in another."""

    def run(self, command: Sequence[str]) -> Outcome:
        """Run a command to its end without input and return what it left."""
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
        except OSError as error:
            return Outcome(127, str(error))
        return Outcome(done.returncode, done.stdout)

    def start(self, command: Sequence[str], log: Path) -> Running:
        """Start a command whose output goes to a file, and return it running."""
        with log.open("wb") as target:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=target, stderr=subprocess.STDOUT
            )

    def has_program(self, name: str) -> bool:
        """Return whether a program is on the path."""
        return shutil.which(name) is not None

    def can_load(self, library: str) -> bool:
        """Return whether the system's loader finds a shared library."""
        return is_loadable(library)

    def can_make_environments(self) -> bool:
        """Return whether this Python has venv and ensurepip (Debian packs them apart)."""
        return find_spec("venv") is not None and find_spec("ensurepip") is not None

    def has_font(self) -> bool:
        """Return whether a font is installed where Qt looks for one."""
        home = Path.home()
        places = ("/usr/share/fonts", "/usr/local/share/fonts")
        return has_font([*map(Path, places), home / ".fonts", home / ".local" / "share" / "fonts"])

    def has_screen(self) -> bool:
        """Return whether a window could open from here."""
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

    def release(self) -> dict[str, str]:
        """Return the fields of os-release; empty where there is none."""
        try:
            return parse_release(Path("/etc/os-release").read_text(encoding="utf-8"))
        except OSError:
            return {}

    def root_prefix(self) -> tuple[str, ...] | None:
        """Return what to put before a command to run it as root; None without a password."""
        if os.geteuid() == 0:
            return ()
        if self.run(["sudo", "-n", "true"]).status == 0:
            return ("sudo", "-n")
        return None

    def python_name(self) -> str:
        """Return the name of this Python as Debian packs it: python3.13."""
        return f"python{sys.version_info.major}.{sys.version_info.minor}"

    def is_system_python(self) -> bool:
        """Return whether this Python came with the system."""
        return sys.base_prefix == "/usr"
