"""A box in namespaces: systemd as process 1 above this machine's files, which stay as they are."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
SYSTEM_UNITS: Final = Path("/lib/systemd/system")
TARGETS: Final = (
    *("basic", "final", "local-fs", "multi-user", "paths", "shutdown", "sockets", "sysinit"),
    *("slices", "timers", "umount"),
)
USER: Final = "runner"
NUMBER: Final = 1000
NAMESPACES: Final = ("-m", "-p", "-n", "-u", "-i", "-C")
LONGEST_S: Final = 90.0
"""For any one thing to come about; a slow machine takes a few seconds."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command in the box said, both streams in one."""

    status: int
    output: str


class Box:
    """A machine that can be booted, looked into, and cut from its power."""

    def __init__(self, folder: Path, command: Path) -> None:
        self._folder = folder
        self.command = command
        self._group = folder / "groups" / f"footspring-box-{os.getpid()}"
        self._outer: subprocess.Popen[bytes] | None = None
        self.init = 0
        for name in ("changed", "work", "root", "groups"):
            (folder / name).mkdir()
        mount = ("mount", "-t", "cgroup2", "cgroup", str(folder / "groups"))
        subprocess.run(mount, check=True)
        self._group.mkdir()
        self._furnish()

    def path(self, inside: str) -> Path:
        """Return where a file of the box lies from outside; in the dark, one that changed."""
        root = Path(f"/proc/{self.init}/root") if self.init else self._folder / "changed"
        return root / inside.lstrip("/")

    def boot(self) -> None:
        """Start systemd and wait until it has started what it should."""
        variables = {**os.environ, "BOX": str(self._folder), "GROUP": str(self._group)}
        with (self._folder / "console.log").open("ab") as console:
            self._outer = subprocess.Popen(
                [
                    *("unshare", "--pid", "--mount", "--net", "--uts", "--ipc", "--fork"),
                    *("--kill-child", "sh", str(HERE / "enter.sh")),
                ],
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
            )
        children = Path(f"/proc/{self._outer.pid}/task/{self._outer.pid}/children")
        until(lambda: bool(children.read_text().split()), "the box has a process")
        self.init = int(children.read_text().split()[0])
        until(
            lambda: (
                self.run("systemctl", "is-system-running").output.strip() == "running"
                or self.run("systemctl", "is-system-running").output.strip() == "degraded"
            ),
            "the box is up",
        )

    def cut_power(self) -> None:
        """Kill all that runs in the box at once."""
        if self._outer is not None:
            self._outer.kill()
            self._outer.wait()
            self._outer = None
            self.init = 0
            events = self._group / "cgroup.events"
            until(lambda: "populated 0" in events.read_text(), "the box is dark")

    def discard(self) -> None:
        """Take the box apart."""
        self.cut_power()
        for folder, _folders, _files in os.walk(self._group, topdown=False):
            Path(folder).rmdir()

    def run(self, *words: str, user: str | None = None) -> Said:
        """Run a command in the box to its end."""
        as_user = ("runuser", "-u", user, "--") if user else ()
        who = user or "root"
        environment = (
            *("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"),
            *(f"HOME=/home/{USER}" if user else "HOME=/root", f"SUDO_USER={USER}", f"USER={who}"),
            *((f"XDG_RUNTIME_DIR=/run/user/{NUMBER}",) if user else ()),
        )
        enter = ("nsenter", "-t", str(self.init), *NAMESPACES, "--")
        done = subprocess.run(
            [*enter, *as_user, *environment, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=LONGEST_S,
        )
        return Said(done.returncode, done.stdout)

    def must(self, *words: str, user: str | None = None) -> str:
        """Run a command in the box that has to succeed, and return what it said."""
        said = self.run(*words, user=user)
        assert said.status == 0, f"{' '.join(words)}: status {said.status}: {said.output}"
        return said.output

    def outside(self, inside: int) -> int:
        """Return the number by which a process of the box is known out here."""
        space = Path(f"/proc/{self.init}/ns/pid").readlink()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (folder / "ns/pid").readlink() != space:
                    continue
                lines = (folder / "status").read_text().splitlines()
                numbers = next(line for line in lines if line.startswith("NSpid:")).split()
                if int(numbers[-1]) == inside:
                    return int(folder.name)
        raise AssertionError(f"no process {inside} in the box")

    def _furnish(self) -> None:
        """Give the box its user, its units, and none of those of this machine."""
        units = self.path("/etc/box/units")
        units.mkdir(parents=True)
        self.path("/etc/box/none").mkdir()
        for name in TARGETS:
            shutil.copy(SYSTEM_UNITS / f"{name}.target", units)
        for unit in (HERE / "units").iterdir():
            shutil.copy(unit, units)
        for name in ("/etc/systemd/system", "/var/lib/footspring", "/home"):
            if name.startswith("/var") and not Path(name).exists():
                continue
            hidden = self.path(name)
            hidden.mkdir(parents=True)
            os.setxattr(hidden, "trusted.overlay.opaque", b"y")
        for name, line in (
            ("passwd", f"{USER}:x:{NUMBER}:{NUMBER}::/home/{USER}:/bin/sh"),
            ("group", f"{USER}:x:{NUMBER}:\ngpio:x:990:{USER}\nbluetooth:x:991:{USER}"),
        ):
            lines = Path("/etc", name).read_text().splitlines()
            kept = [
                old for old in lines if old.partition(":")[0] not in {USER, "gpio", "bluetooth"}
            ]
            self.path(f"/etc/{name}").write_text("\n".join([*kept, line]) + "\n")
        home = self.path(f"/home/{USER}")
        home.mkdir(mode=0o700)
        os.chown(home, NUMBER, NUMBER)
        # Where the program's Python lies in root's home its own user has to get at it.
        self.path("/root").mkdir(mode=0o755)


def until(is_so: Callable[[], bool], what: str, *, each: Callable[[], None] = lambda: None) -> None:
    """Wait until something is so; fails, and does not hang, where it never is."""
    end_s = time.monotonic() + LONGEST_S
    while not is_so():
        assert time.monotonic() < end_s, f"it did not come about within {LONGEST_S:g} s: {what}"
        each()
        time.sleep(0.05)
