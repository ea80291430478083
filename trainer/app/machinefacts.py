"""What this machine is asked for its diagnosis: disk, clock, groups, versions, a Pi's supply."""

import grp
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from trainer.app.launch import versions
from trainer.app.pinlibraries import pin_versions
from trainer.core.errors import StorageError
from trainer.core.folders import make_private
from trainer.doctor.machine import Machine

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "pins": ("gpio", "spi", "i2c"),
    "ble": ("bluetooth",),
}
"""By the kind of source."""
THROTTLED: Final = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")
"""Where a Pi's kernel tells what its firmware knows."""
WRITES: Final = 20
WRITE_BYTES: Final = 4096
ANSWER_S: Final = 5.0
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO

_MORE: Final = {"PySide6": "PySide6-Essentials", "bleak": "bleak"}


def gather(data: Path, kind: str) -> Machine:
    """Return what this machine tells; `kind` is that of the source: sim, pins, ble or replay."""
    is_private = not data.stat().st_mode & OTHERS if data.exists() else None
    wanted = [name for name in GROUPS.get(kind, ()) if _has_group(name)]
    return Machine(
        free_bytes=_free_bytes(data),
        fsync_ms=fsync_ms(data),
        is_synced=_is_synced(),
        is_private=is_private,
        folder=str(data),
        missing_groups=tuple(name for name in wanted if not _is_member(name)),
        has_groups=bool(wanted),
        python=sys.version_info[:2],
        versions={
            **versions(),
            **_more_versions(),
            **pin_versions(are_needed=kind == "pins"),
        },
        throttled=read_throttled(THROTTLED),
    )


def fsync_ms(data: Path) -> float | None:
    """Return how long the slowest write but one takes to be on the disk; None where none is."""
    took_s: list[float] = []
    try:
        make_private(data)
        with tempfile.TemporaryFile(dir=data) as file:
            for _ in range(WRITES):
                began_s = time.monotonic()
                file.write(bytes(WRITE_BYTES))
                file.flush()
                os.fsync(file.fileno())
                took_s.append(time.monotonic() - began_s)
    except (OSError, StorageError):
        return None
    return 1e3 * sorted(took_s)[-2]


def read_throttled(path: Path) -> int | None:
    """Return the bits of a Pi's firmware; None on another machine."""
    try:
        return int(path.read_text(encoding="ascii"), 16)
    except (OSError, ValueError):
        pass
    told = _said("vcgencmd", "get_throttled")
    try:
        return int(told.partition("=")[2], 16)
    except ValueError:
        return None


def _free_bytes(data: Path) -> int | None:
    there = next((folder for folder in (data, *data.parents) if folder.exists()), None)
    try:
        return None if there is None else shutil.disk_usage(there).free
    except OSError:
        return None


def _is_synced() -> bool | None:
    told = _said("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return {"yes": True, "no": False}.get(told)


def _said(*command: str) -> str:
    """Return what a command of the system says; empty where there is none."""
    found = shutil.which(command[0])
    if found is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - the system's own, with fixed arguments
            [found, *command[1:]], capture_output=True, text=True, timeout=ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _has_group(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True


def _is_member(name: str, groups: Sequence[int] | None = None) -> bool:
    own = os.getgroups() if groups is None else groups
    return os.geteuid() == 0 or grp.getgrnam(name).gr_gid in own


def _more_versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, package in _MORE.items():
        try:
            found[name] = version(package)
        except PackageNotFoundError:
            found[name] = "none"
    return found
