"""`footspring assess`: the figures of a baseline or a standard set, noted visit by visit."""

import argparse
from typing import Final

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, say

NAME = "assess"
LIST: Final = "list"
_LAST: Final = "last"
_STEEPEST: Final = 45.0


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="the figures of a baseline or a standard set, noted as a visit",
        description="Compute from a circuit's recording what it shows of arch resilience, toe-off "
        "stability and transfer of force, per foot and trial, and note it as one visit. A baseline "
        "and a standard set are assessed by themselves at their end. The first two visits of a "
        "circuit are practice: shown, never compared.",
        epilog="Exit status: 0 done; 2 wrong use, or a session without sets.",
    )
    parser.add_argument(
        "source",
        nargs="?",
        default=_LAST,
        metavar="SESSION|FILE.mcap|last|list",
        help="what to assess (default: the last session); list: the visits",
    )
    parser.add_argument(
        "--visit", type=options.name, metavar="NAME", help="of a visit that is split over days"
    )
    parser.add_argument("--practice", action="store_true", help="this visit is for practice")
    parser.add_argument(
        "--position",
        type=options.name,
        metavar="WORD",
        help="how you sat or stood, as in seated (default: as the last time)",
    )
    parser.add_argument(
        "--pitch", type=pitch, metavar="DEG", help="heel above toes (default: as the last time)"
    )
    parser.add_argument("--undo", action="store_true", help="take back what was assessed last")
    for_athlete(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do one of them and print the answer."""
    from trainer.app.assess import Wishes, assess_named, undo
    from trainer.app.assessvisits import list_visits
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        if args.undo:
            answer = undo(book)
        elif args.source == LIST:
            answer = list_visits(book)
        else:
            wishes = Wishes(args.visit, args.practice, args.position, args.pitch)
            answer = assess_named(book, args.source, wishes)
        return say(answer, as_json=args.json)


def pitch(text: str) -> float:
    """Return an angle from -45 to 45 degrees."""
    try:
        found = float(text)
    except ValueError:
        found = _STEEPEST + 1
    if not -_STEEPEST <= found <= _STEEPEST:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give degrees, -{_STEEPEST:g} to {_STEEPEST:g}"
        )
    return found
