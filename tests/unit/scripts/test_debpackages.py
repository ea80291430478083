"""Names of Debian packages out of what apt and dpkg say."""

from pathlib import Path

import pytest

from scripts.debpackages import (
    fetch,
    installed_names,
    kernel_name,
    lacking_libraries,
    needed_names,
    unpack,
)
from scripts.machine import Outcome, SetupError
from tests.unit.scripts.toymachine import ToyMachine

BLUEZ = """bluez
  PreDepends: init-system-helpers
  Depends: libasound2
  Depends: libc6
 |Depends: <default-dbus-system-bus>
    dbus
  Depends: libdw1
  Depends: python3:any
  Suggests: pulseaudio-module-bluetooth
libdw1
  Depends: libc6
"""


def test_needed_packages_are_those_that_exist_each_once() -> None:
    assert needed_names(BLUEZ) == (
        "init-system-helpers",
        "libasound2",
        "libc6",
        "libdw1",
        "python3",
    )


@pytest.mark.parametrize(
    "name",
    ["linux-image-6.1.0-56-amd64", "linux-image-6.12.57+deb13-amd64", "linux-image-6.12.9-amd64"],
)
def test_the_kernel_is_the_package_that_the_meta_package_needs(name: str) -> None:
    assert kernel_name(f"linux-image-amd64\n  Depends: {name}\n") == name


@pytest.mark.parametrize(
    "said",
    [
        "N: Unable to locate package linux-image-amd64",
        "linux-image-amd64\n  Depends: linux-image-6.1.0-56-cloud-amd64\n",
        "linux-image-amd64\n  Depends: linux-image-6.1.0-56-rt-amd64\n",
    ],
)
def test_without_a_plain_kernel_the_next_step_is_named(said: str) -> None:
    with pytest.raises(SetupError, match="apt-get update"):
        kernel_name(said)


def test_only_what_is_wholly_installed_counts_as_installed() -> None:
    assert installed_names("libc6 installed\nbluez config-files\nlibdw1 installed\n\n") == {
        "libc6",
        "libdw1",
    }


def test_lacking_libraries_are_followed_until_all_are_known() -> None:
    machine = ToyMachine()
    machine.answers = [
        ("dpkg-query", Outcome(0, "libc6 installed\n")),
        ("libdw1", Outcome(0, "libdw1\n  Depends: libc6\n  Depends: libelf1\n")),
        ("libelf1", Outcome(0, "libelf1\n  Depends: libc6\n  Depends: libdw1\n")),
        ("bluez", Outcome(0, "bluez\n  Depends: kmod\n  Depends: libc6\n  Depends: libdw1\n")),
    ]
    assert lacking_libraries(machine, ["bluez"]) == ("libdw1", "libelf1")


def test_a_package_that_cannot_be_fetched_is_named_with_what_apt_said(tmp_path: Path) -> None:
    machine = ToyMachine()
    machine.answers = [("download", Outcome(100, "E: Unable to locate package bluez"))]
    with pytest.raises(SetupError, match=r"(?s)locate package bluez.*cannot be fetched: bluez"):
        fetch(machine, ["bluez"], tmp_path / "packages")


def test_fetched_packages_are_unpacked_one_by_one_and_a_broken_one_is_named(
    tmp_path: Path,
) -> None:
    machine = ToyMachine()
    (tmp_path / "bluez_5.66_amd64.deb").touch()
    (tmp_path / "dbus_1.14_amd64.deb").touch()
    packages = fetch(machine, ["bluez", "dbus"], tmp_path)
    unpack(machine, packages, tmp_path / "root")
    assert [line.split()[2].rpartition("/")[2] for line in machine.ran[1:]] == [
        "bluez_5.66_amd64.deb",
        "dbus_1.14_amd64.deb",
    ]
    machine.answers = [("dbus", Outcome(2, "unexpected end of file"))]
    with pytest.raises(SetupError, match=r"(?s)end of file.*dbus_1.14"):
        unpack(machine, packages, tmp_path / "root")
