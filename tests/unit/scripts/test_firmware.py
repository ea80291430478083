"""The firmware's test ladder: nothing that goes wrong is passed over."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts.firmware import MICROPYTHON, main

VECTOR_LINES = "ok one\nok two\ndone on x\n"


class Commands:
    """Commands that are not run."""

    def __init__(self, failing: str = "", output: str = VECTOR_LINES) -> None:
        self.failing = failing
        self.output = output
        self.ran: list[str] = []

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        line = " ".join(command)
        self.ran.append(line)
        if self.failing and self.failing in line:
            return 1, "it broke"
        return 0, self.output


def _main(folder: Path, run: Commands) -> int:
    # An environment that is there is not made again, which would take seconds.
    return main([str(folder)], run, lambda _: None)


def test_all_rungs_are_run_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Commands()
    assert _main(tmp_path, run) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith(" passed, 0 failed")
    for tool in ("circuitpython_setboard Seeed", "circuitpython_setboard feather", "mypy --config"):
        assert any(tool in line for line in run.ran)
    assert sum("mpy-cross" in line for line in run.ran) > 20
    assert any("micropython.mjs" in line for line in run.ran)


@pytest.mark.parametrize(
    "rung",
    [
        "mypy --config",
        "circuitpython_setboard",
        "hx711.py",
        "machine/main.py",
        "scripts/micropython",
    ],
)
def test_a_rung_that_breaks_fails_the_whole(
    rung: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(tmp_path, Commands(rung)) == 1
    assert "it broke" in capsys.readouterr().out


@pytest.mark.parametrize("output", ["", "ok one\n", "ok one\nFAILED two\ndone on x\n"])
def test_vectors_that_fail_or_end_early_fail_the_whole(output: str, tmp_path: Path) -> None:
    assert _main(tmp_path, Commands(output=output)) == 1


@pytest.mark.parametrize("source", ["pip install", MICROPYTHON])
def test_what_cannot_be_installed_fails_loudly(
    source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(tmp_path, Commands(source)) == 1
    assert "it broke" in capsys.readouterr().err


def test_what_is_installed_is_not_installed_again(tmp_path: Path) -> None:
    _main(tmp_path, Commands())
    run = Commands()
    _main(tmp_path, run)
    assert not any(" install " in line for line in run.ran)
