"""`footspring calibrate`: guided, with known weights; check one, and say when it is due again."""

import argparse
import math

from trainer.cli import options

NAME = "calibrate"
LIGHTEST_KG, HEAVIEST_KG = 0.01, 100.0
LARGEST_G = 1000.0


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="calibrate the pad with known weights",
        description="Put known weights on each cell in turn, step by step, and get a calibration "
        "with its uncertainty. Sessions on this pad use the newest one. Each reading is kept at "
        "once: what was left is taken up again with --resume.",
        epilog="Keys: space next, u undo, r redo, s skip, q leave. Exit status: 0 done, passed or "
        "not due; 1 not finished, failed or due; 2 wrong use.",
    )
    parser.add_argument(
        "--source",
        default="sim",
        metavar="sim|ble[:NAME]|pins[:BUILD]",
        help="which pad (default: the simulated one, with a simulated hand)",
    )
    parser.add_argument(
        "--weights",
        type=masses,
        default=(),
        metavar="1,2,5",
        help="3 or more masses in kg; they are stacked, lightest first",
    )
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--weigh-tolerance",
        type=grams,
        metavar="5g",
        help="the weights were weighed on a scale that is right within so many grams",
    )
    known.add_argument(
        "--class", dest="mass_class", choices=("M1", "M2", "M3"), help="OIML class of the weights"
    )
    parser.add_argument(
        "--cycles", type=options.count, default=2, help="times up and down (default 2, at least 2)"
    )
    parser.add_argument(
        "--no-creep", action="store_true", help="leave out the five minutes under load per cell"
    )
    parser.add_argument(
        "--cells",
        type=options.words,
        default=(),
        metavar="CELL,CELL",
        help="read only these anew and keep the rest of the last calibration; with --check: where "
        "the weight goes (default: the first cell)",
    )
    parser.add_argument("--latitude", type=degrees, metavar="DEG", help="of the place, for gravity")
    parser.add_argument("--height", type=float, default=0.0, metavar="M", help="above the sea")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--resume", action="store_true", help="go on where it was left")
    what.add_argument(
        "--check", type=mass, metavar="MASS_KG", help="one known weight: does it still hold?"
    )
    what.add_argument("--due", action="store_true", help="whether it is due again, and why")
    what.add_argument("--list", action="store_true", help="the calibrations and checks so far")
    parser.add_argument(
        "--speed",
        type=options.speed,
        default=1.0,
        metavar="N|max",
        help="of the simulated pad: times real time (default 1)",
    )
    parser.add_argument("--seed", type=options.seed, default=1, help="of the simulated pad")
    parser.add_argument(
        "--screen",
        choices=("auto", "window", "terminal", "lines"),
        default="auto",
        help="where to show it (default: the terminal; lines run the simulated pad by themselves)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Calibrate, check or tell, and return the exit status."""
    from trainer.app.calibrate import run_calibrate
    from trainer.app.calibrationlists import list_calibrations, tell_due
    from trainer.app.calibrationorder import CalibrateOrder

    if args.list:
        return list_calibrations(None)
    if args.due:
        return tell_due(args.source)
    order = CalibrateOrder(
        source=args.source,
        masses_kg=args.weights,
        limit_g=args.weigh_tolerance,
        mass_class=args.mass_class,
        cycles=args.cycles,
        with_creep=not args.no_creep,
        cells=args.cells,
        is_resumed=args.resume,
        check_kg=args.check,
        latitude_deg=args.latitude,
        height_m=args.height,
        speed=args.speed,
        seed=args.seed,
        screen=args.screen,
    )
    return run_calibrate(order)


def mass(text: str) -> float:
    """Return a mass in kilograms."""
    found = _number(text.removesuffix("kg"))
    if not LIGHTEST_KG <= found <= HEAVIEST_KG:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give kilograms, {LIGHTEST_KG:g} to {HEAVIEST_KG:g}"
        )
    return found


def masses(text: str) -> tuple[float, ...]:
    """Return masses in kilograms that are joined by commas."""
    return tuple(mass(part) for part in options.words(text))


def grams(text: str) -> float:
    """Return a tolerance in grams, with or without the unit behind it."""
    found = _number(text.removesuffix("g"))
    if not 0 < found <= LARGEST_G:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give grams, above 0 and up to {LARGEST_G:g}, as in 5g"
        )
    return found


def degrees(text: str) -> float:
    """Return a latitude in degrees."""
    found = _number(text)
    if not abs(found) <= 90:  # noqa: PLR2004 - the poles
        raise argparse.ArgumentTypeError(f"is {text!r}; give degrees, -90 to 90")
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
