"""`footspring progress`: what the weeks have shown, beyond the error of each figure."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, say
from trainer.cli.plan import GOALS, day
from trainer.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.app.notebook import Answer, Notebook

NAME = "progress"
FEWEST_WEEKS: Final = 2
MOST_WEEKS: Final = 26
"""Columns that a sheet of paper has room for."""


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
    parser.add_argument("--year", action="store_true", help="the year: months, rungs, races")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--html", type=Path, metavar="FILE", help="write it as one page")
    forms.add_argument("--open", action="store_true", help="write the page and open it")
    forms.add_argument(
        "--clinician",
        type=Path,
        metavar="FILE",
        help="a report for a clinician: FILE.pdf or FILE.html; figures and questions, no diagnosis",
    )
    parser.add_argument(
        "--weeks", type=weeks, metavar="N", help="of the report for a clinician, 2 to 26; 12"
    )
    parser.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="TEXT",
        help="of your own, for the clinician; may be repeated",
    )
    parser.set_defaults(run=run, what="")
    parts = parser.add_subparsers(dest="what", metavar="WHAT")
    review = _part(parts, "review", "after a reassessment: what moved, and the goal from now on")
    choice = review.add_mutually_exclusive_group()
    choice.add_argument("--keep", action="store_true", help="note it; the goal stays")
    choice.add_argument("--goal", choices=GOALS, help="note it; this is the goal from now on")
    review.add_argument("--date", type=day, help="of the new goal: until when, or the race's day")
    review.add_argument("--words", default="", help="in your own words")
    _part(parts, "undo", "take the last review back, and the goal that it noted")


def run(args: argparse.Namespace) -> int:
    """Print or write what was asked for."""
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, book), as_json=args.json)


def weeks(text: str) -> int:
    """Return weeks, from 2 to 26."""
    found = int(text) if text.isdecimal() else 0
    if not FEWEST_WEEKS <= found <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give weeks, from {FEWEST_WEEKS} to {MOST_WEEKS}"
        )
    return found


def _part(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=text.capitalize() + ".")
    for_athlete(parser, is_part=True)
    return parser


def _answer(args: argparse.Namespace, book: "Notebook") -> "Answer":
    match args.what:
        case "review":
            return _review(args, book)
        case "undo":
            from trainer.app.progressreview import undo_review

            return undo_review(book)
        case _:
            return _shown(args, book)


def _shown(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app import progressfiles
    from trainer.app.progress import gather
    from trainer.app.progresstext import progress_answer

    if args.clinician is not None:
        return _clinician(args, book)
    if args.weeks or args.question:
        raise UsageError("progress: --weeks and --question go with --clinician FILE.pdf.")
    if args.year:
        return _year(args, book)
    overview = gather(book)
    if args.html is None and not args.open:
        return progress_answer(overview, as_json=args.json)

    def write(path: Path) -> "Answer":
        return progressfiles.write_page(overview, path)

    return _placed(args.html, write, progressfiles.PAGE)


def _review(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app.progressreview import note_review, show_review
    from trainer.core.diary.planning import Goal, GoalKind

    if args.goal is not None:
        return note_review(book, Goal(GoalKind(args.goal), args.words, args.date), args.words)
    return note_review(book, None, args.words) if args.keep else show_review(book)


def _clinician(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app.clinician import WEEKS, gather_report
    from trainer.app.progressfiles import write_clinician

    report = gather_report(book, args.weeks or WEEKS, args.question)
    return write_clinician(report, args.clinician)


def _year(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app import progressfiles
    from trainer.app.progressyear import gather_year, year_answer

    year = gather_year(book)
    if args.html is None and not args.open:
        return year_answer(year)

    def write(path: Path) -> "Answer":
        return progressfiles.write_year(year, path)

    return _placed(args.html, write, progressfiles.YEAR_PAGE)


def _placed(path: Path | None, write: "Callable[[Path], Answer]", name: str) -> "Answer":
    """Write a page to a file, or among the reports and open it."""
    from trainer.app.progressfiles import open_page

    return open_page(write, name) if path is None else write(path)
