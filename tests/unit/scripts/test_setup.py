"""The set-up as a whole, on a toy machine: what is run, when nothing is, and what it says."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import setup
from scripts.machine import Machine, Outcome, Running, SetupError
from tests.architecture.route import ROOT
from tests.unit.scripts.toymachine import Finished, ToyMachine


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    return tmp_path


def _machine(checkout: Path) -> ToyMachine:
    """Return a machine on which pip and venv leave what they leave."""
    machine = ToyMachine()

    def install(log: Path) -> Running:
        (checkout / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (checkout / ".venv" / "bin" / "footspring").touch()
        (checkout / ".venv" / "pyvenv.cfg").touch()
        log.write_text("Collecting numpy\n", encoding="utf-8")
        return Finished(0)

    machine.on_start = install
    return machine


def test_the_second_set_up_installs_nothing(checkout: Path) -> None:
    machine = _machine(checkout)
    setup.set_up(checkout, machine)
    assert any("pip install" in line for line in machine.ran)
    machine.ran.clear()
    setup.set_up(checkout, machine)
    assert machine.ran == [f"{checkout}/.venv/bin/python -c "]


def test_a_changed_declaration_installs_again(checkout: Path) -> None:
    machine = _machine(checkout)
    setup.set_up(checkout, machine)
    (checkout / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    machine.ran.clear()
    setup.set_up(checkout, machine)
    assert any("pip install" in line for line in machine.ran)


def test_a_moved_checkout_installs_again(checkout: Path, tmp_path: Path) -> None:
    setup.set_up(checkout, _machine(checkout))
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(checkout / ".venv", moved / ".venv")
    shutil.copy(checkout / "pyproject.toml", moved)
    assert not setup.is_up_to_date(moved, _machine(moved))


def test_an_environment_whose_python_is_gone_is_made_again(checkout: Path) -> None:
    machine = _machine(checkout)
    setup.set_up(checkout, machine)
    machine.answers = [
        (".venv/bin/python -c ", Outcome(127, "")),
        ("pip --version", Outcome(1, "")),
    ]
    assert not setup.is_up_to_date(checkout, machine)
    setup.make_environment(checkout / ".venv", machine)
    assert machine.ran[-1].endswith(f"-m venv {checkout}/.venv")
    assert not (checkout / ".venv").exists()


def test_a_folder_that_is_no_environment_is_never_removed(checkout: Path) -> None:
    venv = checkout / ".venv"
    venv.mkdir()
    (venv / "diary.txt").touch()
    machine = ToyMachine()
    machine.answers = [("pip --version", Outcome(127, ""))]
    with pytest.raises(SetupError, match="move it away"):
        setup.make_environment(venv, machine)
    assert (venv / "diary.txt").exists()


def test_a_library_that_went_missing_is_asked_for_though_the_stamp_is_right(checkout: Path) -> None:
    machine = _machine(checkout)
    setup.set_up(checkout, machine)
    machine.libraries -= {"libEGL.so.1"}
    with pytest.raises(SetupError, match="sudo apt-get install --yes libegl1"):
        setup.set_up(checkout, machine)


def test_nothing_is_downloaded_before_the_system_is_ready(checkout: Path) -> None:
    machine = _machine(checkout)
    machine.is_complete = False
    with pytest.raises(SetupError, match=r"python3\.13-venv"):
        setup.set_up(checkout, machine)
    assert not any("pip" in line for line in machine.ran)


def test_a_library_that_only_qts_plugins_know_is_asked_for(checkout: Path) -> None:
    machine = _machine(checkout)
    machine.prefix = ()
    machine.answers = [("ldd", Outcome(1, "\tlibxcb-shm.so.0 => not found\n"))]
    setup.set_up(checkout, machine)
    assert any(line.endswith("libxcb-shm0") for line in machine.ran)


def test_a_missing_window_is_said_once(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = _machine(checkout)
    machine.libraries -= {"libxcb-cursor.so.0"}
    machine.answers = [("ldd", Outcome(1, "\tlibxcb-cursor.so.0 => not found\n"))]
    setup.set_up(checkout, machine)
    assert capsys.readouterr().out.count("libxcb-cursor0") == 1


def test_where_qt_does_not_load_its_words_are_the_error(checkout: Path) -> None:
    machine = _machine(checkout)
    machine.answers = [("QApplication", Outcome(1, "ImportError: libodd.so.1"))]
    with pytest.raises(SetupError, match=r"libodd\.so\.1\nQt does not load"):
        setup.set_up(checkout, machine)
    assert not setup.stamp_file(checkout / ".venv").exists()


def test_where_pip_fails_its_error_and_the_log_are_named(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    machine = ToyMachine()

    def fail(log: Path) -> Running:
        log.write_text("Collecting x\nERROR: No matching distribution\nnote: x\n", encoding="utf-8")
        return Finished(1, looks=2)

    machine.on_start = fail
    waited: list[float] = []
    with pytest.raises(SetupError) as caught:
        setup.install_packages(checkout, machine, waited.append)
    assert str(caught.value).startswith("ERROR: No matching distribution\n")
    assert str(checkout / ".venv" / "set-up.log") in str(caught.value)
    assert len(waited) == 2


def test_where_no_environment_can_be_made_venvs_words_are_the_error(checkout: Path) -> None:
    machine = ToyMachine()
    machine.answers = [("pip --version", Outcome(127, "")), ("-m venv", Outcome(1, "disk full"))]
    with pytest.raises(SetupError, match="disk full"):
        setup.make_environment(checkout / ".venv", machine)


def test_a_command_that_does_not_exist_is_an_outcome() -> None:
    outcome = Machine().run(["footspring-no-such-command"])
    assert outcome.status == 127
    assert Machine().run(["sh", "-c", "echo out; echo err >&2; exit 3"]) == Outcome(3, "out\nerr\n")


def _shell(folder: Path, pythons: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run setup.sh where only these Pythons, scripts of a line, are on the path."""
    for name in ("sh", "dirname"):
        (folder / name).symlink_to(shutil.which(name) or "")
    for name, line in pythons.items():
        (folder / name).write_text(f"#!{folder}/sh\n{line}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return subprocess.run(
        [str(folder / "sh"), str(ROOT / "scripts" / "setup.sh")],
        env={"PATH": str(folder), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )


GOOD = 'case "$1" in -m) echo "chose ${0##*/}";; *) exit 0;; esac'
NO_ENSUREPIP = 'case "$*" in *ensurepip*) exit 1;; -m*) echo "chose ${0##*/}";; *) exit 0;; esac'
BROKEN = "exit 127"


@pytest.mark.parametrize(
    ("pythons", "chosen"),
    [
        ({"python3.13": GOOD, "python3.11": GOOD, "python3": GOOD}, "python3.13"),
        ({"python3.13": BROKEN, "python3.12": GOOD, "python3.11": GOOD}, "python3.12"),
        ({"python3.13": NO_ENSUREPIP, "python3.11": GOOD}, "python3.11"),
        ({"python3.12": BROKEN, "python3": NO_ENSUREPIP}, "python3"),
    ],
)
def test_the_newest_python_that_can_is_chosen(
    pythons: dict[str, str], chosen: str, tmp_path: Path
) -> None:
    done = _shell(tmp_path, pythons)
    assert (done.returncode, done.stdout) == (0, f"chose {chosen}\n")


@pytest.mark.parametrize("pythons", [{}, {"python3": "exit 1"}])
def test_without_a_python_one_line_says_what_to_install(
    pythons: dict[str, str], tmp_path: Path
) -> None:
    done = _shell(tmp_path, pythons)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
