"""`footspring recover`: finish what was cut off, and say nothing where nothing was."""

import argparse

from trainer.cli import options

NAME = "recover"
EXIT_UNFINISHED = 1


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="finish recordings that were cut off",
        description="Finish the recordings that a power cut or a kill cut off, and name them. "
        "Every command does so by the way; this one does nothing else.",
        epilog="Exit status: 0 nothing is unfinished now; 1 something could not be finished.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    """Finish them and return the exit status."""
    from trainer.app.shelf import finish_cut

    lines, is_whole = finish_cut()
    for line in lines:
        print(line)
    return 0 if is_whole else EXIT_UNFINISHED
