"""`footspring scan`: which sensors are near by on the radio."""

import argparse

from trainer.cli import options

NAME = "scan"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="which sensors are near on the radio",
        description="Show the sensors that advertise near by: foot nodes and other makers' force "
        "sensors, how strong their signal is, and the force of those that tell it so. In a "
        "terminal until Ctrl-C, else for 10 s and in plain lines.",
        epilog="Exit status: 0 also where nothing is near; 1 Bluetooth does not work; 2 wrong use.",
    )
    add_options(parser)
    parser.add_argument("--all", action="store_true", help="devices of unknown kinds too")
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what every scan understands."""
    parser.add_argument("--seconds", type=options.seconds, metavar="N", help="end after so long")
    parser.add_argument("--json", action="store_true", help="JSON lines")


def run(args: argparse.Namespace) -> int:
    """Scan and return the exit status."""
    from trainer.app.scan import ScanOrder, run_scan

    return run_scan(ScanOrder(args.seconds, is_all=args.all, is_json=args.json))
