"""`footspring plan`: today and this week, why, and what the athlete wants instead."""

import argparse
from datetime import date, time
from typing import TYPE_CHECKING, Final

from trainer.cli import options
from trainer.cli.diaryoptions import say

if TYPE_CHECKING:
    from trainer.app.notebook import Answer, Notebook

NAME = "plan"
GOALS: Final = ("hypertrophy", "endurance", "integration", "power", "foundation")
_PARTS: Final = ("base", "build", "race", "off")
_MOST_KM: Final = 500.0


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="what to do today and this week, and why",
        description="The plan: without a further word today and this week. It is made from what "
        "was noted; every decision has one sentence with its figures. No medical advice.",
        epilog="Exit status: 0 done; 2 wrong use, a rule that stands among it.",
    )
    _whose(parser, default=None)
    parser.add_argument("--year", action="store_true", help="the seasons of a year, week by week")
    parser.set_defaults(run=run, what="")
    parts = parser.add_subparsers(dest="what", metavar="WHAT")
    _part(parts, "why", "each decision with its rule and figures")
    _add_wishes(parts)
    _add_changes(parts)


def run(args: argparse.Namespace) -> int:
    """Do one part and print its answer."""
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, book), as_json=args.json)


def day(text: str) -> date:
    """Return a day, as in 2027-04-25."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a day as in 2027-04-25") from None


def clock(text: str) -> time:
    """Return a time of the day, as in 09:30."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a time as in 09:30") from None


def kilometres(text: str) -> float:
    """Return a distance above 0 and up to 500 km."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 < found <= _MOST_KM:
        raise argparse.ArgumentTypeError(f"is {text!r}; give km, above 0 and up to {_MOST_KM:g}")
    return found


def _whose(parser: argparse.ArgumentParser, default: object) -> None:
    """Add whose diary it is; a part that is not told leaves what was said before it."""
    is_json = False if default is None else default
    parser.add_argument(
        "--athlete",
        type=options.name,
        metavar="NAME",
        default=default,
        help="without it who trained last",
    )
    parser.add_argument("--json", action="store_true", default=is_json, help="for a program")


def _part(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=text.capitalize() + ".")
    _whose(parser, argparse.SUPPRESS)
    return parser


def _add_wishes(parts: options.SubCommands) -> None:
    goal = _part(parts, "goal", "what the practice is for")
    goal.add_argument("kind", choices=GOALS)
    goal.add_argument("--words", default="", help="in your own words")
    goal.add_argument("--date", type=day, help="until when; of an endurance goal the race's day")
    for name, text in (("race", "a race"), ("workout", "a key workout; a long run is one")):
        parser = _part(parts, name, text)
        parser.add_argument("name", nargs="?", default="", help="what it is called")
        parser.add_argument("--date", type=day, required=True, help="its day")
        parser.add_argument("--time", type=clock, help="its start; without it any time of the day")
        parser.add_argument("--km", type=kilometres)
    holiday = _part(parts, "holiday", "days on which nothing is asked")
    _from_to(holiday)
    season = _part(parts, "season", "a part of the year, where it is not read from the races")
    season.add_argument("part", choices=_PARTS)
    _from_to(season)
    _part(parts, "painfree", "note that today the feet are without pain")


def _from_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", type=day, help="the first day, as in 2027-04-25")
    parser.add_argument("last", type=day, help="the last day")


def _add_changes(parts: options.SubCommands) -> None:
    start = _part(parts, "start", "begin a programme on its lowest rung")
    start.add_argument("programme", nargs="?", help="without it the one of your goal")
    overrule = _part(parts, "overrule", "decide otherwise, with a reason")
    overrule.add_argument("subject", help="today, a rung's id, cut (a dial-back) or plateau")
    overrule.add_argument("--to", choices=("rest", "train"), default="", help="of today")
    overrule.add_argument("--reason", required=True, help="why")
    _part(parts, "undo", "take back what you noted last")


def _answer(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app import planning

    match args.what:
        case "why":
            return planning.show_why(book)
        case "start":
            return planning.start(book, args.programme)
        case "overrule":
            return planning.overrule(book, args.subject, args.to, args.reason)
        case "undo":
            return planning.undo(book)
        case "" | None:
            return planning.show_year(book) if args.year else planning.show_plan(book)
        case _:
            return _wish(args, book)


def _wish(args: argparse.Namespace, book: "Notebook") -> "Answer":
    from trainer.app.planning import note_wish
    from trainer.core.diary import planning as said

    match args.what:
        case "goal":
            return note_wish(book, said.Goal(said.GoalKind(args.kind), args.words, args.date))
        case "race":
            return note_wish(book, said.Race(args.date, args.name, args.time, args.km))
        case "workout":
            return note_wish(book, said.KeyWorkout(args.date, args.name, args.time, args.km))
        case "holiday":
            return note_wish(book, said.Holiday(args.first, args.last))
        case "season":
            part = said.SeasonPart(args.part)
            return note_wish(book, said.Season(part, args.first, args.last))
        case _:
            return note_wish(book, said.PainFreeDay())
