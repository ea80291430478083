"""The doctor's command: exit status, the object on standard output, and what ends it early."""

import json

import pytest

from trainer.app.doctor import DoctorOrder, run_doctor
from trainer.cli.main import main
from trainer.core.errors import UsageError


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


def test_the_simulated_pad_is_well_and_the_status_is_zero(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor", "--seconds", "21", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    verdicts = {found["id"]: found["verdict"] for found in told["findings"]}
    assert verdicts["drift"] == verdicts["noise_n"] == "ok"
    assert "fail" not in verdicts.values()


def test_pins_that_are_not_there_fail_beside_what_the_machine_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor", "--source", "pins", "--seconds", "1"]) == 1
    said = capsys.readouterr().out
    assert "FAIL  Samples come: the pad cannot be opened" in said
    assert "Free space" in said


def test_a_source_that_is_none_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="--source foo: unknown"):
        run_doctor(DoctorOrder(source="foo"))


def test_a_window_without_a_display_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UsageError, match="no display answers"):
        run_doctor(DoctorOrder(screen="window"))
