"""Make an environment of their own for the peers that `footspring bench path` measures beside us.

They need other versions of other libraries, and nobody who trains needs them. One that cannot be
installed is named and left out: the benchmark says so in its place.
"""

import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

PACKAGES: Final = ("brainflow", "ezmsg-sigproc", "timeflux-dsp")
LONGEST_S: Final = 600.0
PATIENCE: Final = ("--quiet", "--retries", "1", "--timeout", "20")
"""Without a network the benchmark is to begin within a minute."""

Run = Callable[[Sequence[str]], int]
"""Runs a command and returns its exit status."""


def install(python: Path, run: Run) -> list[str]:
    """Install what is missing; return the packages that could not be."""
    failed = []
    for package in PACKAGES:
        check = f"import importlib.metadata as m; m.version('{package}')"
        if run([str(python), "-c", check]) == 0:
            continue
        print(f"peers: installing {package}", file=sys.stderr)
        if run([str(python), "-m", "pip", "install", *PATIENCE, package]) != 0:
            failed.append(package)
    return failed


def run_quietly(command: Sequence[str]) -> int:
    """Return the exit status of a command whose output nobody needs; 1 where it never ends."""
    try:
        return subprocess.run(
            command, capture_output=True, timeout=LONGEST_S, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return 1


def main(folder: Path, run: Run = run_quietly) -> int:
    """Make the environment in `folder`; nothing that goes wrong keeps a benchmark from running."""
    python = folder / "bin" / "python"
    if not python.exists():
        try:
            venv.create(folder, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"peers: no environment in {folder} ({error})", file=sys.stderr)
            return 0
    for package in install(python, run):
        print(f"peers: {package} cannot be installed here", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
