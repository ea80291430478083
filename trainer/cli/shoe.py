"""`footspring shoe`: shoes, minutes in them by surface, and the ladder of minimalist minutes."""

import argparse
import math
from typing import TYPE_CHECKING, Final

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, say

if TYPE_CHECKING:
    from trainer.app.notebook import Answer
    from trainer.app.shoes import ShoeShelf

NAME = "shoe"
HIGHEST_MM: Final = 80.0
LONGEST_MIN: Final = 1440.0
_TYPES: Final = (
    "cushioned", "stability", "trail", "minimalist", "barefoot", "spike", "other",
)  # fmt: skip
_SURFACES: Final = ("floor", "grass", "foam", "road", "trail", "track", "sand", "treadmill")


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="shoes, surfaces, minimalist minutes",
        description="Shoes by stack, drop and type; minutes a week by surface; minimalist shoes "
        "and bare feet by a ladder of minutes that is locked until phase one is passed.",
        epilog="Exit status: 0 done; 1 more minimalist minutes than allowed; 2 wrong use.",
    )
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    added = _part(parts, "add", "add a pair")
    added.add_argument("name", type=options.name, metavar="NAME", help="as you call it")
    added.add_argument(
        "--stack", type=millimetres, required=True, metavar="MM", help="of the sole under the heel"
    )
    added.add_argument(
        "--drop", type=millimetres, required=True, metavar="MM", help="heel minus forefoot"
    )
    added.add_argument(
        "--type", choices=_TYPES, required=True, metavar="TYPE", help=", ".join(_TYPES)
    )
    _part(parts, "list", "your shoes, minutes by week and ground, the ladder")
    worn = _part(parts, "wear", "note minutes in a pair, or barefoot, besides recorded runs")
    worn.add_argument("name", metavar="NAME", help="a shoe's name, or barefoot")
    worn.add_argument("minutes", type=minutes, metavar="MINUTES", help="of today")
    worn.add_argument(
        "--surface", choices=_SURFACES, required=True, metavar="GROUND", help=", ".join(_SURFACES)
    )
    _part(parts, "undo", "take back what was noted last")


def run(args: argparse.Namespace) -> int:
    """Do one part and print its answer."""
    from trainer.app.deviceshelf import DeviceShelf
    from trainer.app.notebook import open_notebook
    from trainer.app.shoes import ShoeShelf

    with open_notebook(args.athlete) as book:
        return say(_answer(args, ShoeShelf(DeviceShelf(book))), as_json=args.json)


def millimetres(text: str) -> float:
    """Return a height of a sole in millimetres."""
    return _number(text, HIGHEST_MM, "millimetres")


def minutes(text: str) -> float:
    """Return minutes of a day."""
    return _number(text, LONGEST_MIN, "minutes")


def _number(text: str, most: float, unit: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 <= found <= most:
        raise argparse.ArgumentTypeError(f"is {text!r}; give {unit} from 0 to {most:g}")
    return found


def _part(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.")
    for_athlete(parser)
    parser.set_defaults(run=run)
    return parser


def _answer(args: argparse.Namespace, shelf: "ShoeShelf") -> "Answer":
    from trainer.app import shoes
    from trainer.core.diary.devices import Exposure, Shoe, ShoeType

    match args.what:
        case "add":
            return shoes.add_shoe(
                shelf, Shoe(args.name, args.stack, args.drop, ShoeType(args.type))
            )
        case "list":
            return shoes.list_shoes(shelf)
        case "wear":
            return shoes.wear_shoe(shelf, Exposure(args.name, args.surface, args.minutes))
        case _:
            return shoes.undo(shelf)
