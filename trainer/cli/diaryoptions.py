"""What the commands of the diary share: whose it is, numbers of ten, how an answer is printed."""

import argparse
import dataclasses
import json
import math
from typing import TYPE_CHECKING, Final

from trainer.cli import options

if TYPE_CHECKING:
    from trainer.app.notebook import Answer

MOST: Final = 10.0


def for_athlete(parser: argparse.ArgumentParser, *, is_part: bool = False) -> None:
    """Add whose diary it is, and the form of the answer.

    Of a part of a command: what is not said there leaves what was said before it.
    """
    parser.add_argument(
        "--athlete",
        type=options.name,
        metavar="NAME",
        default=argparse.SUPPRESS if is_part else None,
        help="without it who trained last",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if is_part else False,
        help="for a program",
    )


def number(text: str) -> float:
    """Return a number, with a decimal point or comma. Raises ValueError."""
    return float(text.replace(",", "."))


def ten(text: str) -> float:
    """Return a number from 0 to 10."""
    try:
        found = number(text)
    except ValueError:
        found = math.nan
    if not 0 <= found <= MOST:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a number from 0 to {MOST:g}")
    return found


def say(answer: "Answer", *, as_json: bool) -> int:
    """Print an answer and return its exit status."""
    if as_json:
        print(json.dumps(answer.table, default=_plain, indent=1))
    else:
        for line in answer.lines:
            print(line)
    return answer.status


def _plain(found: object) -> object:
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        return dataclasses.asdict(found)
    return str(found)
