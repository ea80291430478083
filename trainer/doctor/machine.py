"""The machine: disk, clock, permissions, versions and a Pi's supply, judged by facts handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from trainer.core.texts import noted
from trainer.doctor.finding import Check, Finding, Verdict

DISK: Final = Check(
    "disk",
    noted("Free space"),
    "an hour of pad and inertial sensor takes 8 MB (2.2 kB/s, measured)",
    noted("Free some space on the disk that holds your data."),
    "MB free",
    rule="at least 500 MB; fails below 50",
)
FSYNC: Final = Check(
    "fsync",
    noted("Writing to disk for certain"),
    "a recording is flushed every 500 ms",
    noted("The card is worn, slow or busy: use another one, or a drive on USB."),
    "ms (19 of 20)",
    200.0,
    2000.0,
)
SYNCED: Final = Check(
    "synced",
    noted("Clock set by a time server"),
    "a Pi without one starts at the time of its last stop",
    noted("Connect to a network once, or: sudo timedatectl set-ntp true."),
    rule="yes",
)
WALL: Final = Check(
    "wall",
    noted("Clock runs evenly"),
    "a time server slews by 0.5 ms a second (adjtimex manual), 30 ms in a minute; more is a jump",
    noted("The clock was set meanwhile: durations stay right, dates may be wrong."),
    "ms",
    100.0,
)
PRIVATE: Final = Check(
    "private",
    noted("Data are yours alone"),
    "recordings tell of your health",
    noted("Close the folder to others: chmod 700 and its name."),
    rule="no rights for others",
)
GROUPS: Final = Check(
    "groups",
    noted("Groups"),
    "Raspberry Pi documentation: gpio, spi, i2c open the pins, bluetooth the radio",
    noted("Add yourself, then log in anew: sudo usermod -aG GROUP $USER."),
    rule="member of those that the pad needs, where they exist",
)
VERSIONS: Final = Check(
    "versions",
    noted("Versions"),
    "Python 3.11 to 3.13 are tested; PySide6 6.12.0 aborts on Python 3.11 (measured)",
    noted("Set it up anew: make setup."),
    rule="Python 3.11 to 3.13, and PySide6 below 6.12 on 3.11",
)
SUPPLY: Final = Check(
    "supply",
    noted("Supply of the Pi"),
    "Raspberry Pi documentation, get_throttled: bit 0 under 4.63 V, bits 1 to 3 slowed down",
    noted("Use the official supply and a short cable; cool the Pi."),
    rule="neither low nor slowed down, now or since the start",
)
ADAPTER: Final = Check(
    "adapter",
    noted("Bluetooth adapter"),
    "BlueZ's own word",
    noted("Switch Bluetooth on: bluetoothctl power on."),
    rule="present and on",
)
MACHINE_CHECKS: Final = (*(DISK, FSYNC, SYNCED, WALL, PRIVATE, GROUPS, VERSIONS, SUPPLY, ADAPTER),)

LEAST_MB: Final = 500.0
FULL_MB: Final = 50.0
MB: Final = 1e6
NOW_BITS: Final = {0: "voltage low", 1: "capped", 2: "slowed down", 3: "hot"}
SINCE: Final = 16
"""The same bits, so much higher, tell of the time since the start."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of this machine; None where it is not."""

    free_bytes: int | None = None
    fsync_ms: float | None = None
    """The slowest but one of twenty."""
    is_synced: bool | None = None
    wall_off_ms: float | None = None
    """By how much the wall clock went away from the monotonic one while it was measured."""
    is_private: bool | None = None
    folder: str = ""
    missing_groups: tuple[str, ...] = ()
    has_groups: bool = False
    """Whether any group that the pad needs exists here."""
    python: tuple[int, int] = (0, 0)
    versions: Mapping[str, str] = field(default_factory=dict[str, str])
    throttled: int | None = None
    """Bits of the Pi's firmware; None on another machine."""
    adapter_trouble: str | None = None
    """What is wrong with the radio, empty where nothing is; None where it is not used."""


def machine_findings(machine: Machine) -> tuple[Finding, ...]:
    """Return what is found of this machine; what it does not have is left out."""
    found = [_disk(machine), _fsync(machine), _synced(machine)]
    if machine.wall_off_ms is not None:
        found.append(WALL.judge(abs(machine.wall_off_ms)))
    found += [_private(machine), _versions(machine)]
    if machine.has_groups:
        found.append(_groups(machine))
    if machine.throttled is not None:
        found.append(_supply(machine.throttled))
    if machine.adapter_trouble is not None:
        trouble = machine.adapter_trouble
        verdict = Verdict.FAIL if trouble else Verdict.OK
        found.append(ADAPTER.tell(verdict, "off or absent" if trouble else "on", trouble))
    return tuple(found)


def _disk(machine: Machine) -> Finding:
    if machine.free_bytes is None:
        return DISK.unknown("the disk does not tell")
    free_mb = machine.free_bytes / MB
    if free_mb < LEAST_MB:
        return DISK.find(Verdict.FAIL if free_mb < FULL_MB else Verdict.WARN, free_mb)
    return DISK.find(Verdict.OK, free_mb)


def _fsync(machine: Machine) -> Finding:
    if machine.fsync_ms is None:
        return FSYNC.tell(
            Verdict.FAIL, "nothing can be written", f"Make {machine.folder} writable for you."
        )
    return FSYNC.judge(machine.fsync_ms)


def _synced(machine: Machine) -> Finding:
    if machine.is_synced is None:
        return SYNCED.unknown("this system does not tell")
    return SYNCED.tell(
        Verdict.OK if machine.is_synced else Verdict.WARN, "yes" if machine.is_synced else "no"
    )


def _private(machine: Machine) -> Finding:
    if machine.is_private is None:
        return PRIVATE.tell(Verdict.OK, "no folder yet")
    if machine.is_private:
        return PRIVATE.tell(Verdict.OK, "yes")
    return PRIVATE.tell(Verdict.WARN, "others may look in", f"chmod 700 {machine.folder}")


def _groups(machine: Machine) -> Finding:
    if not machine.missing_groups:
        return GROUPS.tell(Verdict.OK, "member")
    missing = ",".join(machine.missing_groups)
    # Others may have opened them in another way: whether they are, opening the pad shows.
    return GROUPS.tell(
        Verdict.WARN,
        f"not in {missing}",
        f"sudo usermod -aG {missing} $USER, then log in anew.",
    )


def _versions(machine: Machine) -> Finding:
    told = ", ".join(f"{name} {number}" for name, number in machine.versions.items())
    is_old_enough = machine.python < (3, 14)
    is_aborting = machine.python < (3, 12) and _pair(machine.versions.get("PySide6")) >= (6, 12)
    is_good = machine.python >= (3, 11) and is_old_enough and not is_aborting
    return VERSIONS.tell(Verdict.OK if is_good else Verdict.FAIL, told)


def _pair(version: str | None) -> tuple[int, int]:
    parts = (version or "").split(".")
    is_told = len(parts) > 1 and parts[0].isdecimal() and parts[1].isdecimal()
    return (int(parts[0]), int(parts[1])) if is_told else (0, 0)


def _supply(throttled: int) -> Finding:
    now = [word for bit, word in NOW_BITS.items() if throttled >> bit & 1]
    before = [word for bit, word in NOW_BITS.items() if throttled >> (bit + SINCE) & 1]
    if now:
        return SUPPLY.tell(Verdict.FAIL, f"now: {', '.join(now)}")
    if before:
        return SUPPLY.tell(Verdict.WARN, f"since the start: {', '.join(before)}")
    return SUPPLY.tell(Verdict.OK, "good")
