"""`footspring progress`: what the weeks have shown, beyond the error of each figure."""

import argparse
from typing import TYPE_CHECKING

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, say

if TYPE_CHECKING:
    from trainer.app.notebook import Answer, Notebook

NAME = "progress"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="what the weeks have shown, with the error of each figure",
        description="What the weeks have shown: each assessed figure, its change since the first "
        "visit that counts, and the smallest change that is more than error. No score of the day.",
        epilog="Exit status: 0 shown; 2 wrong use.",
    )
    for_athlete(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print or write what was asked for."""
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, book), as_json=args.json)


def _answer(args: argparse.Namespace, book: "Notebook") -> "Answer":
    del args
    from trainer.app.progress import gather
    from trainer.app.progresstext import progress_answer

    return progress_answer(gather(book))
