"""`footspring compare`: two analyses of one recording, hold by hold."""

import argparse
import json
from pathlib import Path

from trainer.app.tolerance import Tolerance
from trainer.cli import options

NAME = "compare"
EXIT_DIFFERENT = 1


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="compare two analyses of one recording",
        description="Compare what two versions or two settings found in one recording: hold by "
        "hold, then fatigue, taps, squeeze and sway. A and B are files that analyse --json wrote.",
        epilog="Exit status: 0 the same within the tolerances; 1 different; 2 wrong arguments, or "
        "files that cannot be compared.",
    )
    parser.add_argument("a", type=Path, metavar="A.json")
    parser.add_argument("b", type=Path, metavar="B.json")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--force", action="store_true", help="also where the recordings differ")
    for name, metavar, meaning in (
        ("time_ms", "MS", "of starts and ends"),
        ("force_pct", "PCT", "of peaks, plateaus and other figures"),
        ("force_n", "N", "forces closer than this are the same"),
        ("reps", "REPS", "of the onset of fatigue"),
    ):
        default = getattr(Tolerance(), name)
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=options.tolerance,
            default=default,
            metavar=metavar,
            help=f"{meaning}; default {default:g}",
        )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare and print; return the exit status."""
    from trainer.app.compare import compare
    from trainer.app.comparefile import read_found
    from trainer.app.comparetext import comparison_text

    tolerance = Tolerance(args.time_ms, args.force_pct, args.force_n, args.reps)
    found = compare(read_found(args.a), read_found(args.b), tolerance, is_forced=args.force)
    if args.json:
        print(json.dumps(found.to_object(), indent=1, allow_nan=False))
    else:
        print(comparison_text(found))
    return 0 if found.is_same else EXIT_DIFFERENT
