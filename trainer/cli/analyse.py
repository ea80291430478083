"""`footspring analyse`: a stored recording through the stages that run live."""

import argparse
import sys
from pathlib import Path

from trainer.cli import options
from trainer.core.errors import UsageError

NAME = "analyse"
EXIT_DAMAGED = 1


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="find holds, fatigue, calf, taps or sway in a recording",
        description="Run a recording (our own, plain CSV, or an export of the Tindeq app) through "
        "exactly the stages that run live, and print what they found.",
        epilog="Exit status: 0 analysed; 1 the recording is damaged but part of it was analysed; "
        "2 wrong arguments or a file that cannot be used.",
    )
    parser.add_argument("recording", type=Path, nargs="?", metavar="RECORDING")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--schema", action="store_true", help="print the JSON Schema and exit")
    parser.add_argument(
        "--task", choices=("curls", "squeeze", "taps", "stance"), help="default: the recording's"
    )
    parser.add_argument("--mvc", type=options.newton, metavar="N", help="maximum in newtons")
    parser.add_argument(
        "--columns", type=_columns, default={}, metavar="t=COL,force=COL", help="for a CSV"
    )
    parser.add_argument(
        "--unit", choices=("n", "kg", "lb", "counts"), help="of the force columns of a CSV"
    )
    parser.add_argument(
        "--clean",
        type=options.hold_range,
        metavar="FIRST:LAST",
        help="holds, from 1, that were pressed without the calf; default: the first ten",
    )
    parser.add_argument("--pad", type=Path, metavar="PAD.toml", help="where the cells lie")
    parser.add_argument(
        "--calibration", type=Path, metavar="CAL.toml", help="of raw counts in a CSV"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Analyse and print; return the exit status."""
    from trainer.app import review

    if args.schema:
        print(review.schema_text())
        return 0
    if args.recording is None:
        raise UsageError(
            "analyse: no recording given. Name one, as in: footspring analyse RECORDING.csv"
        )
    chosen = review.Options(
        columns=args.columns,
        unit=args.unit,
        mvc_n=args.mvc,
        task=args.task,
        clean=args.clean,
        pad=args.pad,
        calibration=args.calibration,
    )
    reviewed = review.review(args.recording, chosen)
    print(reviewed.to_json() if args.json else reviewed.to_text())
    if not reviewed.left_out:
        return 0
    print(f"footspring: {reviewed.damage()}", file=sys.stderr)
    return EXIT_DAMAGED


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(name and sign and column for name, sign, column in pairs):
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give pairs like t=time,force=load, joined by commas"
        )
    return {name.strip(): column.strip() for name, _, column in pairs}
