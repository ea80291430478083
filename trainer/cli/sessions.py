"""`footspring sessions`: list the sessions in the library."""

import argparse

from trainer.cli import options

NAME = "sessions"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="list the sessions",
        description="List the sessions, newest first. A recording that was cut off is finished "
        "first and named.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    """Print the list."""
    from trainer.app.shelf import list_sessions

    print(list_sessions())
    return 0
