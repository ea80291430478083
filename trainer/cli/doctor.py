"""`footspring doctor`: what is wrong with the pad or with this machine, and what to do."""

import argparse
from pathlib import Path

from trainer.cli import options

NAME = "doctor"
REST_S = 60.0


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="check the pad and this machine",
        description="Measure the pad while nothing is on it, ask for a press on each cell and a "
        "tilt, and tell what is wrong and what to do. Without a terminal or a window nobody is "
        "asked: presses and tilt are then not known.",
        epilog="Exit status: 0 nothing fails (warnings may be there); 1 something does; 2 wrong "
        "use. All checks, with limits and their sources: docs/doctor.md.",
    )
    parser.add_argument(
        "--source",
        default="sim",
        metavar="sim|ble[:NAME]|pins[:BUILD]|replay:FILE",
        help="which pad (default: the simulated one)",
    )
    parser.add_argument(
        "--seconds",
        type=options.seconds,
        default=REST_S,
        metavar="N",
        help="how long it is measured at rest (default 60; drift needs 20)",
    )
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="CAL.toml",
        help="of a pad that delivers raw counts (default: the newest of footspring calibrate, else "
        "calibration.toml beside settings.toml)",
    )
    parser.add_argument("--seed", type=options.seed, default=1, help="of the simulated pad")
    parser.add_argument(
        "--screen",
        choices=("auto", "window", "terminal", "lines"),
        default="auto",
        help="where to show it (default: terminal or lines)",
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Examine and return the exit status."""
    from trainer.app.doctor import DoctorOrder, run_doctor

    order = DoctorOrder(
        source=args.source,
        seconds=args.seconds,
        calibration=args.calibration,
        seed=args.seed,
        is_json=args.json,
        screen=args.screen,
    )
    return run_doctor(order)
