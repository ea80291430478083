"""`footspring bench`: how fast this machine is, beside the floor, in one run."""

import argparse
from pathlib import Path

from trainer.cli import options

NAME = "bench"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="measure speed and memory on this machine",
        description="Measure how fast this machine is, and what bounds it, in the same run.",
        epilog="path: a sample's way from the pad to the picture. ui: the dashboard. pins: reading "
        "emulated chips. plan: a plan from ten years of records. runs: a thousand watch files "
        "(FIT) read and stored.",
    )
    parser.add_argument("what", choices=("path", "ui", "pins", "plan", "runs"), help="see below")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--peers",
        type=Path,
        metavar="PYTHON",
        help="an interpreter that has BrainFlow, ezmsg-sigproc and timeflux-dsp, for path",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from trainer.app.figures import as_json, as_text

    if args.what == "path":
        from trainer.app.benchpath import measure_path

        figures = measure_path(args.peers)
    elif args.what == "pins":
        from trainer.app.benchpins import measure_pins

        figures = tuple(measure_pins())
    elif args.what == "plan":
        from trainer.app.benchplan import measure_plan

        figures = measure_plan()
    elif args.what == "runs":
        from trainer.app.benchruns import measure_runs

        figures = measure_runs()
    else:
        from trainer.app.benchui import measure_ui

        figures = measure_ui()
    print(as_json(figures) if args.json else as_text(figures))
    return 0
