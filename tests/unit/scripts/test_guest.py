"""The guest's files: made once, from packages that are only unpacked."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts.guest import MODULES, QEMU, Guest, prepare, start_archive
from scripts.machine import Outcome, SetupError
from tests.unit.scripts.toymachine import ToyMachine

KERNEL = "linux-image-6.12.57+deb13-amd64"


class Builder(ToyMachine):
    """A Debian for amd64 whose packages hold what the guest needs of them."""

    def __init__(self) -> None:
        super().__init__()
        self.programs = {"apt-get", QEMU}
        self.modules: tuple[str, ...] = MODULES
        self.answers = [
            ("--print-architecture", Outcome(0, "amd64\n")),
            ("depends", Outcome(0, f"linux-image-amd64\n  Depends: {KERNEL}\n")),
            ("ldd", Outcome(0, "libdw.so.1 => /lib/libdw.so.1 (0x0)\n")),
        ]

    def run(self, command: Sequence[str]) -> Outcome:
        outcome = super().run(command)
        if "download" in command:
            for name in command[command.index("download") + 1 :]:
                (Path(command[2]) / f"{name}.deb").touch()
        if command[0] == "dpkg-deb" and outcome.status == 0:
            self._unpack(Path(command[2]).stem, Path(command[3]))
        return outcome

    def _unpack(self, package: str, folder: Path) -> None:
        if package == KERNEL:
            put(folder / "boot" / "vmlinuz-6.12", b"kernel")
            modules = folder / "usr" / "lib" / "modules" / "6.12"
            put(modules / "modules.builtin", b"")
            for name in self.modules:
                put(modules / "kernel" / f"{name}.ko", b"\0depends=\0")
        if package == "busybox-static":
            put(folder / "usr" / "bin" / "busybox", b"busybox")


def put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_a_guest_is_made_of_kernel_modules_and_packages(tmp_path: Path) -> None:
    guest = prepare(tmp_path / "guest", Builder())
    assert guest.kernel.read_bytes() == b"kernel"
    assert (guest.modules / "order").read_text(encoding="utf-8").split() == list(MODULES)
    assert (guest.root / "usr" / "bin" / "busybox").is_file()
    assert not (tmp_path / "guest" / "whole-kernel").exists()


def test_a_second_time_nothing_is_fetched(tmp_path: Path) -> None:
    prepare(tmp_path / "guest", Builder())
    machine = Builder()
    prepare(tmp_path / "guest", machine)
    assert machine.ran == ["dpkg --print-architecture"]


def test_what_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    broken = Builder()
    broken.modules = MODULES[:3]
    with pytest.raises(SetupError, match=MODULES[3]):
        prepare(tmp_path / "guest", broken)
    machine = Builder()
    assert prepare(tmp_path / "guest", machine).kernel.is_file()
    assert any("download" in line for line in machine.ran)


def test_libraries_that_bluetoothd_misses_are_unpacked_beside_it(tmp_path: Path) -> None:
    machine = Builder()
    needed = "bluez\n  Depends: libdw1\n"
    machine.answers = [
        ("ldd", Outcome(0, "\tlibdw.so.1 => not found\n")),
        ("dpkg-query", Outcome(0, "libc6 installed\n")),
        ("bluez busybox-static dbus-daemon", Outcome(0, needed)),
        ("enhances libdw1", Outcome(0, "libdw1\n  Depends: libc6\n")),
        *machine.answers,
    ]
    prepare(tmp_path / "guest", machine)
    assert any(line.endswith("download libdw1") for line in machine.ran)


def test_qemu_is_installed_where_no_password_is_asked_else_the_line_is_said(
    tmp_path: Path,
) -> None:
    machine = Builder()
    machine.programs = {"apt-get"}
    with pytest.raises(SetupError, match="apt-get install --yes qemu-system-x86"):
        prepare(tmp_path / "guest", machine)
    machine.prefix = ("sudo", "-n")
    with pytest.raises(SetupError, match="not on the path"):
        prepare(tmp_path / "guest", machine)
    assert any("apt-get -o" in line and "qemu-system-x86" in line for line in machine.ran)


@pytest.mark.parametrize("said", ["arm64\n", ""])
def test_another_machine_is_told_why_it_has_no_guest(tmp_path: Path, said: str) -> None:
    machine = Builder()
    machine.answers = [("--print-architecture", Outcome(0, said))]
    with pytest.raises(SetupError, match="Debian for amd64"):
        prepare(tmp_path / "guest", machine)


def test_the_start_archive_carries_modules_in_order_and_settings_for_a_shell(
    tmp_path: Path,
) -> None:
    guest: Guest = prepare(tmp_path / "guest", Builder())
    packed = start_archive(guest, b"#!/bin/sh\n", {"CHECKOUT": "/a b/it's"})
    made = gzip.decompress(packed)
    assert b"""export CHECKOUT='/a b/it'"'"'s'\n""" in made
    places = [made.index(f"lib/modules/{name}.ko\0".encode()) for name in MODULES]
    assert places == sorted(places)
