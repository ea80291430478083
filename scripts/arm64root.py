"""Makes the folder that holds an arm64 Debian: debootstrap, then the packages a Pi would have.

It is kept below build/arm64 and made anew where what it is made of has changed.
"""

import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.arm64space import Space, run_in_mounts
from scripts.debpackages import fetch, unpack
from scripts.libraries import FONT, HEADLESS, packages
from scripts.machine import Machine, SetupError

KEYS: Final = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
RELEASES: Final = {"bookworm": "12", "trixie": "13"}
"""Debian's releases below Raspberry Pi OS, and their numbers."""
EMULATORS: Final = {"qemu-user-static": "qemu-aarch64-static", "qemu-user": "qemu-aarch64"}
"""Package to static program: Debian 12's, and Debian 13's."""
COMPILER: Final = ("gcc", "libc6-dev", "python3-dev")
"""Only for spidev, which comes as a source."""
LONGEST_S: Final = 3600.0
_APT: Final = ("apt-get", "-o", "Acquire::Languages=none", "-o", "APT::Sandbox::User=root")


@dataclass(frozen=True, slots=True)
class Tools:
    """What makes the folder: debootstrap and the emulator, unpacked and not installed."""

    debootstrap: Path
    scripts: Path
    emulator: Path | None


def wanted(release: str) -> tuple[str, ...]:
    """Return the packages that are installed beside the smallest system."""
    libraries, _ = packages(HEADLESS, {"ID": "debian", "VERSION_ID": RELEASES[release]})
    return ("ca-certificates", "python3-venv", *COMPILER, FONT, *libraries)


def made_of(release: str) -> str:
    """Return what a folder is made of, as its stamp says it."""
    return f"{release} for arm64\n{' '.join(wanted(release))}\n"


def get_tools(folder: Path, machine: Machine) -> Tools:
    """Return debootstrap and the emulator, fetched where they are not there. Raises SetupError."""
    is_arm = machine.run(["dpkg", "--print-architecture"]).output.strip() == "arm64"
    debootstrap = folder / "usr" / "sbin" / "debootstrap"
    emulator = find_emulator(folder)
    if not debootstrap.is_file():
        unpack(machine, fetch(machine, ["debootstrap"], folder / "packages"), folder)
    if emulator is None and not is_arm:
        emulator = _get_emulator(folder, machine)
    return Tools(debootstrap, folder / "usr" / "share" / "debootstrap", emulator)


def find_emulator(folder: Path) -> Path | None:
    """Return the emulator below a folder; None where there is none."""
    programs = (folder / "usr" / "bin" / name for name in EMULATORS.values())
    return next((program for program in programs if program.is_file()), None)


def make_root(space: Space, release: str, tools: Tools, log: Path) -> Mapping[str, float]:
    """Make the folder unless it is there as wanted; return seconds by step. Raises SetupError."""
    stamp = space.root / "made-of"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of(release):
        return {}
    shutil.rmtree(space.root, ignore_errors=True)
    log.unlink(missing_ok=True)
    steps: dict[str, Callable[[], int]] = {
        "debootstrap, first stage": lambda: _first_stage(space, release, tools, log),
        "debootstrap, second stage": lambda: space.run(
            ("/debootstrap/debootstrap", "--second-stage"), log, LONGEST_S
        ),
        "apt-get update": lambda: space.run((*_APT, "update"), log, LONGEST_S),
        "apt-get install": lambda: space.run(
            (*_APT, "install", "--yes", "--no-install-recommends", *wanted(release)), log, LONGEST_S
        ),
    }
    took_s = {name: _step(name, step, log) for name, step in steps.items()}
    shutil.rmtree(space.root / "var" / "cache" / "apt", ignore_errors=True)
    stamp.write_text(made_of(release), encoding="utf-8")
    return took_s


def _get_emulator(folder: Path, machine: Machine) -> Path:
    for package in EMULATORS:
        # Debian 13 has the first name too, with nothing in it.
        try:
            unpack(machine, fetch(machine, [package], folder / package), folder)
        except SetupError:
            continue
        found = find_emulator(folder)
        if found is not None:
            return found
    names = " or ".join(EMULATORS)
    raise SetupError(f"No emulator could be fetched: {names}. Is the network there?")


def _first_stage(space: Space, release: str, tools: Tools, log: Path) -> int:
    # The devices inside can be made by this machine's root alone.
    words = ["env", f"DEBOOTSTRAP_DIR={tools.scripts}", "sh", str(tools.debootstrap), "--foreign"]
    words += ["--arch=arm64", "--variant=minbase", f"--keyring={KEYS}", release, str(space.root)]
    with log.open("ab") as target:
        status = run_in_mounts(words, target, LONGEST_S)
    if status == 0:
        # A root that is thrown away when the machine fails needs no wait for the disk.
        unsafe = space.root / "etc" / "dpkg" / "dpkg.cfg.d" / "unsafe-io"
        unsafe.parent.mkdir(parents=True, exist_ok=True)
        unsafe.write_text("force-unsafe-io\n", encoding="ascii")
    return status


def _step(name: str, step: Callable[[], int], log: Path) -> float:
    print(f"{name} ...", file=sys.stderr, flush=True)
    began_s = time.monotonic()
    status = step()
    if status != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
        raise SetupError(f"{tail}\n{name} ended with {status}; all it said is in {log}.")
    return time.monotonic() - began_s
