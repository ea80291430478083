"""`footspring runs`: runs from a watch's files: imported, listed, shown, marked, taken back."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli import options

if TYPE_CHECKING:
    from trainer.core.cues import Side

NAME = "runs"

_METRICS = (
    "km", "speed_m_s", "spm", "step_m", "gct_ms", "gct_cv_pct", "gct_balance_pct", "vo_mm",
    "vertical_ratio_pct",
)  # fmt: skip
_RESULTS = (
    "plateau_n", "peak_n", "impulse_n_s", "tempo_error_s", "tempo_cv_pct", "decline_pct",
    "onset_rep",
)  # fmt: skip
_SURFACES = ("road", "trail", "track", "treadmill", "grass", "sand", "none")
_SHOE = "a name in `footspring shoe list`, `bare feet`, or `none`"
_WHICH = "the first letters of its name in `footspring runs list`, or `last`"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="runs from a watch: cadence, step, contact time",
        description="Runs from files of a watch. Positions are never kept. What a watch measures "
        "of a foot is a proxy and is called so.",
        epilog="Exit status: 0 done; 1 something could not be read, or too little to tell; 2 wrong "
        "use.",
    )
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _add_sources(parts)
    _add_views(parts)
    _add_marks(parts)


def _add_sources(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "import",
        help="read files, folders and zips",
        description="Read FIT, TCX, GPX and CSV files, Strava's bulk export and Apple Health's "
        "export. A run is kept once, however often and from wherever it comes.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="one JSON object: what became of it")
    _for_athlete(parser, _import)
    parser = parts.add_parser(
        "watch",
        help="read files as they come into a folder",
        description="Read what lies in a folder and whatever comes into it, once a file is whole, "
        "until Ctrl-C.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    _for_athlete(parser, _watch)
    parser = parts.add_parser(
        "fetch",
        help="fetch runs from intervals.icu",
        description="Fetch the runs of the last days from intervals.icu. The key stands in the "
        "variable FOOTSPRING_INTERVALS_KEY or in the file intervals.key of the settings' folder, "
        "readable by you alone (chmod 600).",
    )
    parser.add_argument("--days", type=options.count, default=30, metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object: what became of it")
    parser.add_argument(
        "--server", default="https://intervals.icu", metavar="URL", help=argparse.SUPPRESS
    )
    _for_athlete(parser, _fetch)


def _add_views(parts: options.SubCommands) -> None:
    parser = parts.add_parser("list", help="all runs", description="List the runs, newest first.")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    _for_athlete(parser, _list)
    parser = parts.add_parser(
        "show",
        help="the last weeks",
        description="Kilometres and medians by the week, single runs that were much longer than "
        "those before, and the trend of the contact time beside the load.",
    )
    parser.add_argument("--weeks", type=options.count, default=12, metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    _for_athlete(parser, _show)
    parser = parts.add_parser(
        "beside",
        help="a metric of the runs beside a result of the foot",
        description="Hold weekly medians of a run's metric against those of a foot result: how far "
        "they go together, with an interval. It names no cause.",
    )
    parser.add_argument("metric", choices=_METRICS)
    parser.add_argument("--foot", choices=_RESULTS, default="plateau_n", help="result of the foot")
    parser.add_argument("--exercise", metavar="ID", help="default: the one with the most sets")
    parser.add_argument("--side", choices=("left", "right"))
    parser.add_argument("--json", action="store_true", help="one JSON object")
    _for_athlete(parser, _beside)
    parser = parts.add_parser(
        "picture",
        help="one page of pictures",
        description="Draw cadence, step, contact time, balance, vertical ratio and both feet over "
        "the weeks, on one page, as SVG or PNG.",
    )
    parser.add_argument("output", type=Path, metavar="FILE", help="ends with .svg or .png")
    parser.add_argument("--weeks", type=options.count, default=26, metavar="N")
    _for_athlete(parser, _picture)


def _add_marks(parts: options.SubCommands) -> None:
    parser = parts.add_parser("shoe", help="say which shoe", description="Say a run's shoe.")
    parser.add_argument("run_name", metavar="RUN", help=_WHICH)
    parser.add_argument("shoe", type=options.name, metavar="SHOE", help=_SHOE)
    _for_athlete(parser, _set)
    parser = parts.add_parser("surface", help="say what on", description="Say a run's surface.")
    parser.add_argument("run_name", metavar="RUN", help=_WHICH)
    parser.add_argument("surface", choices=_SURFACES)
    _for_athlete(parser, _set)
    parser = parts.add_parser(
        "set",
        help="say several things of a run",
        description="Say a run's shoe, surface, and whether it was a key workout.",
    )
    parser.add_argument("run_name", metavar="RUN", help=_WHICH)
    parser.add_argument("--shoe", type=options.name, help=_SHOE)
    parser.add_argument("--surface", choices=_SURFACES)
    parser.add_argument(
        "--key", action=argparse.BooleanOptionalAction, help="long run, intervals, race"
    )
    _for_athlete(parser, _set)
    parser = parts.add_parser(
        "undo",
        help="take the last import, or one run, back",
        description="Take back what was added last: a whole import, or what was said of a run. "
        "With a name: that run, from all its sources.",
    )
    parser.add_argument("run_name", nargs="?", metavar="RUN", help=_WHICH)
    _for_athlete(parser, _undo)


def _for_athlete(parser: argparse.ArgumentParser, run: object) -> None:
    parser.add_argument(
        "--athlete", type=options.name, metavar="NAME", help="whose runs (default: the last one)"
    )
    parser.set_defaults(run=run)


def _import(args: argparse.Namespace) -> int:
    from trainer.app.runs import import_runs

    return import_runs(args.athlete, args.paths, sys.stderr, print, as_json=args.json)


def _watch(args: argparse.Namespace) -> int:
    from trainer.app.runswatch import watch_folder

    return watch_folder(args.athlete, args.folder, lambda line: print(line, flush=True))


def _fetch(args: argparse.Namespace) -> int:
    from trainer.app.runsfetch import fetch_runs

    return fetch_runs(args.athlete, args.server, args.days, sys.stderr, print, as_json=args.json)


def _list(args: argparse.Namespace) -> int:
    from trainer.app.runs import list_runs

    print(list_runs(args.athlete, as_json=args.json))
    return 0


def _show(args: argparse.Namespace) -> int:
    from trainer.app.runs import show_runs

    print(show_runs(args.athlete, args.weeks, as_json=args.json))
    return 0


def _beside(args: argparse.Namespace) -> int:
    from trainer.app.runs import BesideOrder, beside

    order = BesideOrder(args.metric, args.foot, args.exercise, _side(args.side), args.json)
    said, is_told = beside(args.athlete, order)
    print(said)
    return 0 if is_told else 1


def _picture(args: argparse.Namespace) -> int:
    from trainer.app.runspicture import draw_weeks

    print(draw_weeks(args.athlete, args.output, args.weeks))
    return 0


def _set(args: argparse.Namespace) -> int:
    from trainer.app.runs import mark_run

    said = vars(args)
    shoe, surface = ("" if said.get(n) == "none" else said.get(n) for n in ("shoe", "surface"))
    print(mark_run(args.athlete, args.run_name, shoe=shoe, surface=surface, is_key=said.get("key")))
    return 0


def _undo(args: argparse.Namespace) -> int:
    from trainer.app.runs import undo

    said, is_done = undo(args.athlete, args.run_name)
    print(said)
    return 0 if is_done else 1


def _side(name: str | None) -> "Side | None":
    from trainer.core.cues import Side

    return None if name is None else Side(name)
