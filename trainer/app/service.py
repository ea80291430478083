"""What makes a machine a box that starts by itself, and what takes that back."""

import grp
import os
import pwd
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from trainer.app.steps import Call, Remove, Step, Write
from trainer.app.units import Filling, fill, templates
from trainer.core.errors import UsageError

BOOTED: Final = Path("run/systemd/system")
"""The folder by which a system that systemd started is known (sd_booted(3))."""

GROUPS: Final = ("gpio", "spi", "i2c", "bluetooth")
"""Those that Raspberry Pi OS and Debian give pins and radio to."""

SYSTEM: Final = Path("etc/systemd/system")
RECORDER: Final = "footspring-recorder.service"
RECOVER: Final = "footspring-recover.service"
DASHBOARD: Final = "footspring-dashboard.service"
ENTRY: Final = "footspring-dashboard.desktop"
SHARED: Final = Path("footspring-.service.d/box.conf")


class Kind(StrEnum):
    """What a box is for."""

    DASHBOARD = "dashboard"
    """The window on the desktop of whoever logs in."""
    RECORDER = "recorder"
    """Recording without a screen, from boot on."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine as far as a service depends on it; tests hand in another."""

    root: Path
    is_root: bool
    """Whether the command may change the system."""
    user: str
    """Who gave the command, also by sudo."""
    home: Path
    command: Path
    """The program, as it is to be started."""
    code: tuple[Path, ...]
    """The folders that it is read from."""
    groups: frozenset[str]
    """All groups that there are."""

    @property
    def is_booted(self) -> bool:
        """Return whether systemd runs this system."""
        return (self.root / BOOTED).is_dir()


def this_machine() -> Machine:
    """Return the machine that this program runs on."""
    user = os.environ.get("SUDO_USER") or pwd.getpwuid(os.getuid()).pw_name
    return Machine(
        root=Path("/"),
        is_root=os.geteuid() == 0,
        user=user,
        home=Path(pwd.getpwnam(user).pw_dir),
        command=Path(sys.prefix) / "bin" / "footspring",
        code=(Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2]),
        groups=frozenset(group.gr_name for group in grp.getgrall()),
    )


def install(machine: Machine, kind: Kind, source: str, side: str) -> tuple[Step, ...]:
    """Return the steps that install a service. Raises UsageError where it cannot be."""
    _refuse(machine, kind)
    other = Kind.RECORDER if kind is Kind.DASHBOARD else Kind.DASHBOARD
    if is_installed(machine, other):
        raise UsageError(
            f"install-service --{kind}: the {other} is installed already, and two cannot share "
            f"one pad. Remove it first: footspring remove-service --{other}."
        )
    if not machine.command.is_file():
        raise UsageError(
            f"install-service: the program is not at {machine.command}, where a service would "
            "start it. Run make setup, or install the package, then start footspring from there."
        )
    groups = tuple(name for name in GROUPS if name in machine.groups)
    filling = Filling(machine.command, source, side, machine.user, groups, machine.code)
    words = filling.words()
    writes = tuple(
        Write(path, fill((templates() / name).read_text(encoding="utf-8"), words))
        for name, path in _files(machine, kind)
    )
    return (*writes, *_begin(kind))


def remove(machine: Machine, kind: Kind) -> tuple[Step, ...]:
    """Return the steps that remove a service; data stay. Raises UsageError where it cannot be."""
    _refuse(machine, kind)
    if not is_installed(machine, kind):
        return ()
    files = [path for _, path in _files(machine, kind)]
    folders = [machine.root / SYSTEM / SHARED.parent] if kind is Kind.RECORDER else []
    return (
        *_end(kind),
        *(Remove(path) for path in [*files, *folders] if path.exists()),
        Call((*_manager(kind), "daemon-reload")),
    )


def is_installed(machine: Machine, kind: Kind) -> bool:
    """Return whether any file of a service is there."""
    return any(path.exists() for _, path in _files(machine, kind))


def _refuse(machine: Machine, kind: Kind) -> None:
    if not machine.is_booted:
        raise UsageError(
            f"there is no {machine.root / BOOTED}: this system was not started by systemd, and "
            "only systemd's services are known. Let what starts programs here start footspring "
            "run --again."
        )
    if machine.user == "root" or (kind is Kind.DASHBOARD and machine.is_root):
        way = "sudo footspring" if kind is Kind.RECORDER else "footspring, without sudo"
        raise UsageError(
            f"the {kind} belongs to the person who trains, not to root. Log in as that person and "
            f"use {way}."
        )


def refuse_unless_able(machine: Machine, kind: Kind, words: str) -> None:
    """Raise UsageError where the system would have to be changed and may not be."""
    if kind is Kind.RECORDER and not machine.is_root:
        raise UsageError(
            f"the recorder is a service of the system, which root alone may change. Give: sudo "
            f"{machine.command} {words}"
        )


def farewell(kind: Kind) -> str:
    """Return what comes next, once a service is installed."""
    if kind is Kind.DASHBOARD:
        return "The window opens when you next log in to the desktop, or now from its menu."
    return f"It records from now on. systemctl status {RECORDER} says how it stands."


def data_folder(machine: Machine, kind: Kind) -> Path:
    """Return where a service keeps what it records."""
    if kind is Kind.RECORDER:
        return machine.root / "var/lib/footspring"
    return machine.root / machine.home.relative_to("/") / ".local/share/footspring"


def _files(machine: Machine, kind: Kind) -> tuple[tuple[Path, Path], ...]:
    """Return the templates, each with where it goes."""
    if kind is Kind.RECORDER:
        names = (Path(RECORDER), Path(RECOVER), SHARED)
        return tuple((name, machine.root / SYSTEM / name) for name in names)
    home = machine.root / machine.home.relative_to("/")
    return (
        (Path(DASHBOARD), home / ".config/systemd/user" / DASHBOARD),
        # At the start of the desktop, and in its menu.
        (Path(ENTRY), home / ".config/autostart" / ENTRY),
        (Path(ENTRY), home / ".local/share/applications" / ENTRY),
    )


def _manager(kind: Kind) -> tuple[str, ...]:
    return ("systemctl", "--user") if kind is Kind.DASHBOARD else ("systemctl",)


def _begin(kind: Kind) -> tuple[Step, ...]:
    if kind is Kind.DASHBOARD:
        # The desktop's own start-up begins it: only there is it known that its screen is up.
        return (Call(("systemctl", "--user", "daemon-reload")),)
    return (
        Call(("systemctl", "daemon-reload")),
        Call(("systemctl", "enable", RECOVER)),
        Call(("systemctl", "enable", "--now", RECORDER)),
    )


def _end(kind: Kind) -> tuple[Step, ...]:
    if kind is Kind.DASHBOARD:
        return (Call(("systemctl", "--user", "stop", DASHBOARD)),)
    return (Call(("systemctl", "disable", "--now", RECORDER, RECOVER)),)
