"""`footspring run`: a guided session in a window, in the terminal, or as plain lines."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli import options
from trainer.core.errors import UsageError

if TYPE_CHECKING:
    from trainer.app.order import Order
    from trainer.app.plantoday import TodaysOrder

NAME = "run"
SIM = "sim"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="a guided session",
        description="Run a guided session. With a display it opens the window, without one it "
        "runs in the terminal; when the output is no terminal it starts by itself and prints "
        "plain lines. A report is written at the end.",
        epilog="Pain stop: the button, Esc or Ctrl-C in the window; p, Esc or Ctrl-C in the "
        "terminal. SIGTERM ends the session, saved and without a pain stop.",
    )
    parser.add_argument(
        "--source",
        metavar="sim|none|ble[:NAME]|pins[:BUILD]|replay:FILE",
        help="the simulated pad (default), none at all (for a circuit that only the clock leads, "
        "as travel; default there, noted as unmeasured), a sensor on the radio (name, address or "
        "kind; footspring scan lists them), the pad on this Pi's pins (as pins.toml says), or a "
        "recording",
    )
    parser.add_argument(
        "--balance",
        metavar="ble:NAME",
        help="a second node on the radio whose inertial sensor is used",
    )
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FILE",
        help="of a pad that delivers raw counts, TOML or a record (default: the newest that "
        "footspring calibrate made of this pad, else calibration.toml beside settings.toml)",
    )
    parser.add_argument(
        "--speed",
        type=options.speed,
        default=1.0,
        metavar="N|max",
        help="times real time (default 1); changes nothing in what is found",
    )
    parser.add_argument("--seed", type=options.seed, default=1, help="of the simulated foot")
    parser.add_argument("--exercise", default="toe_curl", metavar="ID", help="default toe_curl")
    parser.add_argument(
        "--today",
        action="store_true",
        help="the circuit that `footspring plan` asks for today, with its dose; what was cut off "
        "goes on",
    )
    parser.add_argument(
        "--dry", action="store_true", help="with --today: say what would be started, and end"
    )
    parser.add_argument(
        "--circuit",
        metavar="ID",
        help="a whole circuit of a programme in place of one exercise: readiness, warm-up, work, "
        "cooldown",
    )
    parser.add_argument(
        "--programme", default="", metavar="ID|FILE", help="where the circuit stands (foundation)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the circuit that was cut off, at its set"
    )
    parser.add_argument(
        "--device",
        metavar="ID",
        help="what the sets are done with (`footspring device list`), or none (default: as "
        "`footspring log device` said)",
    )
    parser.add_argument("--sets", type=options.count, help="sets of each foot (default 3)")
    parser.add_argument("--reps", type=options.count, help="reps of each set (default 20)")
    parser.add_argument(
        "--side",
        choices=("left", "right", "both"),
        help="which foot: the pad cannot know (default left, of a circuit both; both takes turns)",
    )
    parser.add_argument(
        "--athlete", type=options.name, metavar="NAME", help="who trains (default: the last one)"
    )
    parser.add_argument(
        "--screen",
        choices=("auto", "window", "terminal", "lines"),
        default="auto",
        help="where to show the session (default auto)",
    )
    parser.add_argument(
        "--skip-mvc",
        action="store_true",
        help="no maximal presses: the target is then estimated from the first reps",
    )
    parser.add_argument(
        "--despite-pain",
        metavar="REASON",
        help="start although a foot hurt today, sharply or above 5 of 10; the reason is noted",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="wait for the pad as long as it takes, and run session after session until a stop; "
        "for a box that starts by itself",
    )
    parser.add_argument(
        "--fullscreen", action="store_true", help="let the window cover the whole screen"
    )
    parser.add_argument(
        "--json", action="store_true", help="print what was found as `analyse --json` does"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the session and return the exit status."""
    from trainer.app.screens import run_session

    order = _order(args)
    if args.despite_pain is not None and args.again:
        raise UsageError(
            "--despite-pain: is said of one session; leave --again out. The next one with --again "
            "starts then, too, unless it hurts anew."
        )
    if args.dry and not args.today:
        raise UsageError("--dry: says what the plan would start; give `run --today --dry`.")
    if args.today:
        today = _today(args)
        if args.dry or not today.is_something:
            return _say(today, as_json=args.json)
        print(" ".join(said for said in (today.sentence, today.later) if said), file=sys.stderr)
        order = today.onto(order)
    return run_session(
        order,
        screen=args.screen,
        is_json=args.json,
        is_again=args.again,
        is_fullscreen=args.fullscreen,
    )


def _order(args: argparse.Namespace) -> "Order":
    from trainer.app.order import Order

    return Order(
        source=args.source or SIM,
        is_source_given=args.source is not None,
        balance=args.balance,
        calibration=args.calibration,
        speed=args.speed,
        seed=args.seed,
        exercise=args.exercise,
        sets=args.sets,
        reps=args.reps,
        feet=args.side or ("both" if args.circuit or args.today else "left"),
        athlete=args.athlete,
        is_mvc_skipped=args.skip_mvc,
        circuit=args.circuit,
        programme=args.programme,
        is_resumed=args.resume,
        device=args.device,
        despite_pain=args.despite_pain,
    )


def _today(args: argparse.Namespace) -> "TodaysOrder":
    """Return what the plan asks for. Raises UsageError: what cannot be said beside it."""
    from trainer.app.notebook import open_notebook
    from trainer.app.planning import todays_order

    given = {"--circuit": args.circuit, "--programme": args.programme, "--resume": args.resume}
    beside = [name for name, said in {**given, "--again": args.again}.items() if said]
    if beside:
        raise UsageError(
            f"--today: the plan says what is run; {beside[0]} cannot stand beside it. Leave one of "
            "them out."
        )
    with open_notebook(args.athlete) as book:
        return todays_order(book)


def _say(today: "TodaysOrder", *, as_json: bool) -> int:
    from trainer.app.plantoday import order_answer
    from trainer.cli.diaryoptions import say

    return say(order_answer(today), as_json=as_json)
