"""`footspring bench`: how fast this machine is, beside the floor, in one run."""

import argparse

from trainer.cli import options

NAME = "bench"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="measure speed and memory on this machine",
        description="Measure the path of a sample, or the dashboard, and what bounds them, in the "
        "same run.",
    )
    parser.add_argument("what", choices=("path", "ui"))
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from trainer.app import benchmarks

    figures = benchmarks.measure_path() if args.what == "path" else benchmarks.measure_ui()
    print(benchmarks.as_json(figures) if args.json else benchmarks.as_text(figures))
    return 0
