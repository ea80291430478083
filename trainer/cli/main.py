"""The command `footspring`: parse, run one sub-command, turn errors into one clear line."""

import argparse
import os
import sys
from collections.abc import Sequence

from trainer.cli import analyse, bench, report, run, sessions
from trainer.core.errors import TrainerError

COMMANDS = (run, analyse, report, sessions, bench)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, 1 a found problem, 2 wrong use."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except TrainerError as error:
        print(f"footspring: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read the output has gone; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the one broad catch: no traceback for a runner
        if os.environ.get("FOOTSPRING_DEBUG"):
            raise
        print(
            f"footspring: internal error: {type(error).__name__}: {error}. Run it again with "
            "FOOTSPRING_DEBUG=1 set to see where, and please report it.",
            file=sys.stderr,
        )
        return 1


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every sub-command."""
    parser = argparse.ArgumentParser(
        prog="footspring", description="Guided toe and arch training on a force pad."
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add(commands)
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
        from importlib.metadata import version  # noqa: PLC0415 - see above

        print(f"footspring {version('footspring')}")
        parser.exit()
