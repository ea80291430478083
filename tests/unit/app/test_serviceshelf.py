"""A recorder that lacks a person's calibrations: told, with a command that mends it."""

import subprocess
from pathlib import Path

import pytest

from trainer.app.service import Kind, Machine
from trainer.app.serviceshelf import lacking

MINE = "home/anna/.local/share/footspring/calibrations"
ITS = "var/lib/footspring/calibrations"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root = tmp_path / "a system"
    root.mkdir()
    home, command = Path("/home/anna"), root / "bin/footspring"
    return Machine(root, True, "anna", home, command, (), frozenset())


def _put(machine: Machine, folder: str, *names: str) -> Path:
    place = machine.root / folder
    place.mkdir(parents=True, exist_ok=True)
    for name in names:
        (place / name).write_text(name, encoding="utf-8")
    return place


def test_the_command_that_is_told_mends_it_and_overwrites_nothing(machine: Machine) -> None:
    names = ("calibration-2026-01-01.json", "calibration-2026-02-01.json", "check-2026-03-01.json")
    mine = _put(machine, MINE, *names)
    warning = lacking(machine, Kind.RECORDER)
    assert "lacks 2 of your calibrations, the newest calibration-2026-02-01.json" in warning[0]
    its = _put(machine, ITS, names[0])
    (its / names[0]).write_text("its own", encoding="utf-8")
    assert "lacks 1 of your calibrations" in lacking(machine, Kind.RECORDER)[0]
    subprocess.run(["/bin/sh", "-c", warning[1]], check=True)
    assert lacking(machine, Kind.RECORDER) == ()
    assert (its / names[0]).read_text(encoding="utf-8") == "its own"
    assert {path.name for path in its.iterdir()} == {path.name for path in mine.iterdir()}


def test_nothing_is_told_where_nothing_lacks(machine: Machine) -> None:
    assert lacking(machine, Kind.RECORDER) == ()
    _put(machine, ITS, "calibration-2026-01-01.json")
    assert lacking(machine, Kind.RECORDER) == ()
    # What was left in the middle is no calibration.
    _put(machine, MINE, "unfinished-ble.json")
    assert lacking(machine, Kind.RECORDER) == ()


def test_the_dashboard_has_the_folder_of_its_person(machine: Machine) -> None:
    _put(machine, MINE, "calibration-2026-01-01.json")
    assert lacking(machine, Kind.DASHBOARD) == ()


def test_a_folder_that_cannot_be_looked_into_is_told(machine: Machine) -> None:
    place = _put(machine, MINE, "calibration-2026-01-01.json")
    place.rename(place.with_name("elsewhere"))
    place.touch()
    (told,) = lacking(machine, Kind.RECORDER)
    assert told.startswith("Whether it has your calibrations is not known (Not a directory")
