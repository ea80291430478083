"""`footspring progress`: what the weeks have shown, beyond the error of each figure."""

import argparse
from pathlib import Path
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
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--html", type=Path, metavar="FILE", help="write it as one page")
    forms.add_argument("--open", action="store_true", help="write the page and open it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print or write what was asked for."""
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, book), as_json=args.json)


def _answer(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app import progressfiles
    from trainer.app.progress import gather
    from trainer.app.progresstext import progress_answer

    if args.open:
        return progressfiles.open_page(gather(book))
    if args.html is not None:
        return progressfiles.write_page(gather(book), args.html)
    return progress_answer(gather(book))
