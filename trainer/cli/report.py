"""`footspring report`: write a session's report anew from its recording."""

import argparse
import sys
from pathlib import Path

from trainer.cli import options

NAME = "report"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="write a session's report",
        description="Compute a session again from its recording and write its report, one HTML "
        "file that needs nothing else.",
    )
    parser.add_argument(
        "session", metavar="SESSION", help="a session's name or its beginning, or 'last'"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: the reports folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report and print its path."""
    from trainer.app.shelf import write_report

    path = write_report(args.session, args.output, tell=lambda line: print(line, file=sys.stderr))
    print(path)
    return 0
