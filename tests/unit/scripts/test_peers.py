"""The peers' environment: what is there is left alone, what cannot be had is named."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts.peers import PACKAGES, install, main, run_quietly


def test_what_is_installed_is_not_installed_again() -> None:
    commands: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> int:
        commands.append(command)
        return 0

    assert install(Path("python"), run) == []
    assert len(commands) == len(PACKAGES)
    assert not any("pip" in command for command in commands)


def test_what_cannot_be_installed_is_named_and_the_others_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[str] = []

    def run(command: Sequence[str]) -> int:
        if "pip" not in command:
            return 1
        installed.append(command[-1])
        return int(command[-1] == "brainflow")

    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    assert main(tmp_path, run) == 0
    assert installed == list(PACKAGES)
    said = capsys.readouterr().err
    assert "brainflow cannot be installed here" in said
    assert "timeflux-dsp cannot" not in said


def test_a_folder_that_cannot_be_made_keeps_no_benchmark_from_running(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(tmp_path / "file" / "peers", lambda _: 0) == 0
    assert "no environment in" in capsys.readouterr().err


def test_a_command_that_is_not_there_has_failed() -> None:
    assert run_quietly(["/no/such/command"]) == 1
    assert run_quietly(["true"]) == 0
