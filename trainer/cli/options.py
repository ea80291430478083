"""Argument types and texts that several sub-commands share."""

import argparse
import math
from typing import Protocol


class SubCommands(Protocol):
    """What argparse's add_subparsers returns, as far as it is used here."""

    def add_parser(
        self, name: str, *, help: str, description: str, epilog: str = ...  # noqa: A002
    ) -> argparse.ArgumentParser:
        """Return the parser of a new sub-command."""
        ...


def speed(text: str) -> float | None:
    """Return the factor of real time, None for 'max'."""
    if text == "max":
        return None
    try:
        factor = float(text)
    except ValueError:
        factor = math.nan
    if not 0.01 <= factor <= 10_000:
        raise argparse.ArgumentTypeError(f"is {text!r}; give 'max' or a factor, 0.01 to 10000")
    return factor


def newton(text: str) -> float:
    """Return a positive force in newtons."""
    try:
        force_n = float(text)
    except ValueError:
        force_n = math.nan
    if not 0 < force_n <= 5000:
        raise argparse.ArgumentTypeError(f"is {text!r}; give newtons, above 0 and up to 5000")
    return force_n


def count(text: str) -> int:
    """Return a whole number from 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"is {text!r}; give a whole number from 1 to 1000")
    return int(text)


def seed(text: str) -> int:
    """Return a whole number from 0 on."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"is {text!r}; give a whole number from 0 on")
    return int(text)
