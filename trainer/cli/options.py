"""Argument types and texts that several sub-commands share."""

import argparse
import math
from typing import Final, Protocol

SLOWEST: Final = 0.01
FASTEST: Final = 10_000.0
STRONGEST_N: Final = 5000.0
"""Newtons that no foot presses."""
MOST: Final = 1000
MOST_HOLDS: Final = 100_000
"""More than a day of taps."""
LONGEST_NAME: Final = 60
LONGEST_NODE_NAME: Final = 8
"""Bytes: an advertisement has room for no more (wire/footwire.py)."""
LONGEST_SCAN_S: Final = 3600.0


class SubCommands(Protocol):
    """What argparse's add_subparsers returns, as far as it is used here."""

    def add_parser(
        self,
        name: str,
        *,
        help: str,  # noqa: A002 - argparse's own name
        description: str,
        epilog: str = ...,
    ) -> argparse.ArgumentParser:
        """Return the parser of a new sub-command."""
        ...


class Command(Protocol):
    """A sub-command: a module of this folder."""

    def add(self, commands: SubCommands) -> None:
        """Add its parser, which knows what to run."""
        ...


def speed(text: str) -> float | None:
    """Return the factor of real time, None for 'max'."""
    if text == "max":
        return None
    try:
        factor = float(text)
    except ValueError:
        factor = math.nan
    if not SLOWEST <= factor <= FASTEST:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give 'max' or a factor, {SLOWEST:g} to {FASTEST:g}"
        )
    return factor


def newton(text: str) -> float:
    """Return a positive force in newtons."""
    try:
        force_n = float(text)
    except ValueError:
        force_n = math.nan
    if not 0 < force_n <= STRONGEST_N:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give newtons, above 0 and up to {STRONGEST_N:g}"
        )
    return force_n


def seconds(text: str) -> float:
    """Return a duration in seconds, above 0 and up to an hour."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 < found <= LONGEST_SCAN_S:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give seconds, above 0 and up to {LONGEST_SCAN_S:g}"
        )
    return found


def tolerance(text: str) -> float:
    """Return a difference that is still none: a finite number from 0 on."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 <= found < math.inf:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a number from 0 on")
    return found


def hold_range(text: str) -> tuple[int, int]:
    """Return the first and the last hold of a range, counted from 1, both included."""
    first, colon, last = text.partition(":")
    if not (colon and first.isdecimal() and last.isdecimal()):
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give the first and the last hold, counted from 1, as in 3:12"
        )
    found = int(first), int(last)
    if not 1 <= found[0] <= found[1] <= MOST_HOLDS:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give holds from 1 to {MOST_HOLDS}, the first not after the last"
        )
    return found


def count(text: str) -> int:
    """Return a whole number from 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a whole number from 1 to {MOST}")
    return int(text)


def seed(text: str) -> int:
    """Return a whole number from 0 on."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"is {text!r}; give a whole number from 0 on")
    return int(text)


def name(text: str) -> str:
    """Return a person's name, spaces trimmed: 1 to 60 characters that can be shown."""
    tidy = " ".join(text.split())
    if not 1 <= len(tidy) <= LONGEST_NAME or not tidy.isprintable():
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give a name of 1 to {LONGEST_NAME} characters that can be shown"
        )
    return tidy


def node_name(text: str) -> str:
    """Return a node's name: 1 to 8 bytes that can be shown."""
    size = len(text.encode(errors="replace"))
    if not 1 <= size <= LONGEST_NODE_NAME or not text.isprintable() or text.strip() != text:
        raise argparse.ArgumentTypeError(
            f"is {text!r}, {size} bytes; give 1 to {LONGEST_NODE_NAME} bytes that can be shown, "
            "no space at either end (a letter with an accent takes 2 or 3)"
        )
    return text


def words(text: str) -> tuple[str, ...]:
    """Return words that are joined by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
