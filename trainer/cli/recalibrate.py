"""`footspring recalibrate`: compute a session again with another calibration."""

import argparse

from trainer.cli import options

NAME = "recalibrate"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="compute a session again with another calibration",
        description="Recordings keep the raw counts. Compute a session again with the newest "
        "calibration of its pad, or with one that is named; show what changes, hold by hold, and "
        "write its report anew. The recording itself is never changed.",
        epilog="From then on analyse, report and a replay of the session use that calibration. The "
        "report of before is kept beside the new one; --undo brings both back.",
    )
    parser.add_argument(
        "session", metavar="SESSION", help="a session's name or its beginning, or 'last'"
    )
    parser.add_argument(
        "--calibration",
        metavar="FILE|RECORD",
        help="a TOML file, or a record (footspring calibrate --list); default: the newest",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="only show what would change")
    what.add_argument("--undo", action="store_true", help="take the last one back")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Recalibrate, print what changed and return 0."""
    from trainer.app.recalibrate import RecalibrateOrder, recalibrate
    from trainer.core.clock import SystemClock

    order = RecalibrateOrder(args.session, args.calibration, args.dry_run, args.undo)
    for line in recalibrate(order, SystemClock()):
        print(line)
    return 0
