"""The command `footspring`: parse, run one sub-command, turn errors into one clear line."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from trainer.cli import (
    analyse,
    assess,
    bench,
    calibrate,
    compare,
    device,
    doctor,
    installservice,
    log,
    node,
    options,
    plan,
    programme,
    progress,
    recalibrate,
    recover,
    removeservice,
    report,
    run,
    runs,
    scan,
    sessions,
    shoe,
)
from trainer.core.errors import TrainerError

NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
LONGEST_MESSAGE = 2000
"""Characters; a header of thousands of columns would fill the terminal."""

COMMANDS: tuple[options.Command, ...] = (
    run,
    plan,
    progress,
    scan,
    node,
    analyse,
    assess,
    compare,
    report,
    sessions,
    programme,
    recover,
    doctor,
    calibrate,
    recalibrate,
    device,
    shoe,
    log,
    runs,
    bench,
    installservice,
    removeservice,
)


def main(
    arguments: Sequence[str] | None = None, commands: Sequence[options.Command] = COMMANDS
) -> int:
    """Run the command and return its exit status: 0, 1 a found problem, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding lacks is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    asked = build_parser(commands).parse_args(arguments)
    try:
        _choose_language()
        status = int(asked.run(asked))
        sys.stdout.flush()
    except TrainerError as error:
        print(f"footspring: {one_line(str(error))}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read the output has gone; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("FOOTSPRING_DEBUG"):
            raise
        print(
            f"footspring: internal error: {type(error).__name__}: {one_line(str(error))}. Run it "
            "again with FOOTSPRING_DEBUG=1 set to see where, and please report it.",
            file=sys.stderr,
        )
        return 1
    return status


def _choose_language() -> None:
    # Here: the help has to come at once, and asks for no settings.
    from trainer.app.language import choose_language

    choose_language()


def one_line(message: str) -> str:
    """Return a message as a terminal can show it: what it quotes from a file may be anything."""
    shown = "".join(letter if letter.isprintable() else NOT_SHOWN for letter in message)
    if len(shown) <= LONGEST_MESSAGE:
        return shown
    # The end says what to do.
    half = LONGEST_MESSAGE // 2
    return f"{shown[:half]} ... {shown[-half:]}"


def build_parser(commands: Sequence[options.Command] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser with every sub-command."""
    parser = argparse.ArgumentParser(
        prog="footspring", description="Guided toe and arch training on a force pad."
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        command.add(parsers)
    return parser


class _Version(argparse.Action):
    """Look the version up only when it is asked for: that takes longer than the help."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        del namespace, values, option_string
        from importlib.metadata import version

        print(f"footspring {version('footspring')}")
        parser.exit()
