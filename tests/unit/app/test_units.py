"""The unit files as systemd itself reads them: no complaint, and little that they expose."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from trainer.app.units import Filling, bound, fill, let_through, quoted, templates

ANALYZE = shutil.which("systemd-analyze")
SYSTEM = ("footspring-recorder.service", "footspring-recover.service")
USER = "footspring-dashboard.service"
MOST_EXPOSED = 25
"""Ten times the score of systemd-analyze security."""

needs_systemd = pytest.mark.skipif(
    ANALYZE is None, reason="SKIPPED: no systemd-analyze here, so the units were NOT checked"
)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return a folder with the units filled in, their program one that every system has."""
    filling = Filling(
        Path("/usr/bin/footspring"), "ble", "left", "daemon", ("dialout",), (Path("/home/a"),)
    )
    for template in templates().rglob("*.*"):
        if template.is_file():
            path = tmp_path / template.relative_to(templates())
            path.parent.mkdir(exist_ok=True)
            path.write_text(fill(template.read_text(), filling.words()))
    return tmp_path


def with_true(unit: Path) -> None:
    """Let a unit start a program that is there."""
    text = unit.read_text().replace("/usr/bin/footspring", "/bin/true")
    assert "ExecStart=/bin/true " in text
    unit.write_text(text)


def analyze(*words: str, runtime: Path) -> "subprocess.CompletedProcess[str]":
    assert ANALYZE is not None
    return subprocess.run(
        [ANALYZE, *words],
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "SYSTEMD_COLORS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_systemd
@pytest.mark.parametrize("name", [*SYSTEM, USER])
def test_systemd_has_no_complaint(name: str, units: Path) -> None:
    with_true(units / name)
    mine = ("--user",) if name == USER else ()
    words = ("verify", *mine, "--man=no", "--recursive-errors=no", str(units / name))
    said = analyze(*words, runtime=units)
    assert (said.returncode, said.stderr) == (0, "")


@needs_systemd
def test_a_misspelt_line_would_be_complained_of(units: Path) -> None:
    unit = units / SYSTEM[0]
    with_true(unit)
    unit.write_text(unit.read_text().replace("WatchdogSec=", "WatchDogSec="))
    words = ("verify", "--man=no", "--recursive-errors=no", str(unit))
    assert "WatchDogSec" in analyze(*words, runtime=units).stderr


@needs_systemd
@pytest.mark.parametrize("name", SYSTEM)
def test_a_service_of_the_system_exposes_little(name: str, units: Path) -> None:
    said = analyze(
        *("security", "--no-pager", "--offline=true", f"--threshold={MOST_EXPOSED}"),
        str(units / name),
        runtime=units,
    )
    assert said.returncode == 0, said.stdout
    assert "Overall exposure level" in said.stdout


@needs_systemd
def test_without_its_shared_part_it_would_expose_too_much(units: Path) -> None:
    (units / "footspring-.service.d/box.conf").unlink()
    words = ("security", "--no-pager", "--offline=true", f"--threshold={MOST_EXPOSED}")
    assert analyze(*words, str(units / SYSTEM[0]), runtime=units).returncode != 0


def test_no_place_is_left_open(units: Path) -> None:
    for path in (path for path in units.rglob("*.*") if path.is_file()):
        assert "@" not in path.read_text().replace("@system-service", "").replace(
            "@privileged", ""
        ).replace("@keyring", "").replace("between @ signs", ""), path


def test_the_words_of_a_command_survive_systemds_reading() -> None:
    assert quoted("/opt/foot/bin") == "/opt/foot/bin"
    assert quoted("ble:90% $HOME") == '"ble:90%% $$HOME"'
    assert shlex.split(quoted('a "b" \\ c')) == ['a "b" \\ c']
    assert quoted("") == '""'
    assert bound(Path("/home/a:b $c")) == '"/home/a\\:b $c"'


def test_only_what_would_be_hidden_is_let_through_and_nothing_twice() -> None:
    folders = ("/home/a/code", "/home/a/code/.venv", "/usr", "/root/.pyenv", "/opt")
    assert let_through(map(Path, folders)) == (Path("/home/a/code"), Path("/root/.pyenv"))
