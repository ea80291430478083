"""The command itself: help, exits, and errors turned into one line."""

import subprocess
import sys
from argparse import Namespace

import pytest

from tests.architecture.route import ROOT
from trainer.cli.main import LONGEST_MESSAGE, build_parser, main, one_line
from trainer.cli.options import SubCommands
from trainer.core.errors import TrainerError, UsageError

NAMES = (
    "run",
    "scan",
    "node",
    "analyse",
    "compare",
    "report",
    "sessions",
    "programme",
    "recover",
    "doctor",
    "bench",
    "install-service",
    "remove-service",
)


class Failing:
    """A sub-command that fails in one way."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def add(self, commands: SubCommands) -> None:
        parser = commands.add_parser("fail", help="fail", description="Fail.")
        parser.set_defaults(run=self._run)

    def _run(self, args: Namespace) -> int:
        del args
        raise self._error


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n    {name}" in said for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: footspring {name}")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("footspring ")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["run", "--speed", "0"], ["bench"]])
def test_a_wrong_call_exits_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "footspring" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (TrainerError("what, where. Do this."), 1, "footspring: what, where. Do this.\n"),
        (UsageError("wrong. Do that."), 2, "footspring: wrong. Do that.\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_becomes_one_line_and_a_status(
    error: BaseException,
    status: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fail"], [Failing(error)]) == status
    assert capsys.readouterr().err == said


def test_a_fault_of_ours_is_no_traceback_unless_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [Failing(ZeroDivisionError("a\nb"))]
    monkeypatch.delenv("FOOTSPRING_DEBUG", raising=False)
    assert main(["fail"], broken) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "internal error: ZeroDivisionError" in said
    assert "FOOTSPRING_DEBUG=1" in said
    monkeypatch.setenv("FOOTSPRING_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["fail"], broken)


def test_a_message_is_shown_as_one_line_with_its_end() -> None:
    assert one_line("a\nb\x1b[2Jc\u2028d") == "a\ufffdb\ufffd[2Jc\ufffdd"
    assert one_line("Zoë: fine.") == "Zoë: fine."
    long = one_line("x" * 10_000 + " Do this.")
    assert len(long) < LONGEST_MESSAGE + 10
    assert long.endswith(" Do this.")


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = (
        "from trainer.cli.main import main; import sys; sys.exit(main(['analyse','--schema']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_the_parser_takes_what_the_readme_says() -> None:
    parser = build_parser()
    said = "run --source sim --speed max --seed 3 --exercise toe_curl --sets 3 --reps 20"
    order = parser.parse_args([*said.split(), "--side", "both", "--athlete", "Mia"])
    assert (order.sets, order.reps, order.side, order.athlete) == (3, 20, "both", "Mia")
    assert order.speed is None
    plain = parser.parse_args(["run"])
    assert (plain.source, plain.speed, plain.seed, plain.side) == (None, 1.0, 1, None)
