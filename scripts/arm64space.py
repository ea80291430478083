"""Runs commands in an arm64 Debian in a folder, in namespaces that end with each command."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

ENTER: Final = Path(__file__).with_name("arm64enter.sh")
IDS: Final = 65536
"""So many users and groups are there inside: apt and dpkg need more than root."""
BOUND: Final = ("nice", "-n", "10", "setpriv", "--pdeathsig", "KILL")
"""It yields to what else the machine does, and ends with who started it."""
NAMESPACES: Final = (
    "unshare",
    "--mount",
    "--propagation",
    "private",
    "--pid",
    "--fork",
    "--kill-child",
)
LATE: Final = 124
"""Exit status of a command that did not end in time, as the command timeout has it."""


@dataclass(frozen=True, slots=True)
class Space:
    """A folder with an arm64 Debian, and what runs its programs."""

    root: Path
    emulator: Path | None
    """None where the processor runs them itself."""
    bound: Path
    """Seen inside as /mnt."""

    def run(self, words: Sequence[str], log: Path, longest_s: float) -> int:
        """Run a command inside, its output appended to a log; return its exit status."""
        emulator = "" if self.emulator is None else str(self.emulator)
        inside = (str(ENTER), str(self.root), emulator, str(self.bound), *words)
        with log.open("ab") as target:
            return run_in_namespaces(["sh", *inside], target, longest_s)


def run_in_namespaces(words: Sequence[str], output: IO[bytes], longest_s: float) -> int:
    """Run a command as root of users of its own; return its exit status, LATE if it is late.

    Its mounts, and all it started, end with it; and it ends with this process.
    """
    ready, say_ready = os.pipe()
    wait, go = os.pipe()
    own = " ".join((*BOUND, *NAMESPACES))
    # /dev/fd: a shell need not know numbers beyond 9.
    script = f'echo >/dev/fd/{say_ready}; read _ </dev/fd/{wait} && exec {own} --mount-proc "$@"'
    running = _start(
        ["unshare", "--user", "sh", "-c", script, "sh", *words], output, say_ready, wait
    )
    os.close(say_ready)
    try:
        # Nothing comes where no namespace can be had: the other end is closed then.
        if os.read(ready, 1):
            # The users inside are those outside, and only from outside can that be said.
            for kind in ("uid", "gid"):
                Path(f"/proc/{running.pid}/{kind}_map").write_text(f"0 0 {IDS}", encoding="ascii")
            os.write(go, b"\n")
        return _end(running, longest_s)
    finally:
        for end in (ready, wait, go):
            os.close(end)


def run_in_mounts(words: Sequence[str], output: IO[bytes], longest_s: float) -> int:
    """Run a command as this machine's root, with mounts of its own; else as above."""
    return _end(_start([*BOUND, *NAMESPACES, *words], output), longest_s)


def _start(words: Sequence[str], output: IO[bytes], *ends: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=ends,
    )


def _end(running: subprocess.Popen[bytes], longest_s: float) -> int:
    try:
        return running.wait(longest_s)
    except subprocess.TimeoutExpired:
        return LATE
    finally:
        running.kill()
        running.wait()
