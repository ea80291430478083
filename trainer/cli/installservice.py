"""`footspring install-service`: make this machine a box that starts by itself."""

import argparse
import shlex

from trainer.cli import options

NAME = "install-service"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="start by itself, by systemd",
        description="Make this machine start footspring by itself: the dashboard on the desktop's "
        "screen, or, without a screen, a recorder from boot on. Without --yes it only shows what "
        "it would do.",
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--dashboard",
        dest="kind",
        action="store_const",
        const="dashboard",
        default="dashboard",
        help="the window, whenever you log in to the desktop (default)",
    )
    kind.add_argument(
        "--recorder",
        dest="kind",
        action="store_const",
        const="recorder",
        help="no screen: record every session from boot on, into /var/lib/footspring; with sudo",
    )
    parser.add_argument(
        "--source", default="ble", metavar="sim|ble[:NAME]|pins[:BUILD]", help="as of run"
    )
    parser.add_argument("--side", choices=("left", "right", "both"), default="left")
    parser.add_argument("--yes", action="store_true", help="do it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what would be done, or do it."""
    from trainer.app import service
    from trainer.app.serviceshelf import lacking
    from trainer.app.steps import carry_out, run_here, told

    machine, kind = service.this_machine(), service.Kind(args.kind)
    steps = service.install(machine, kind, args.source, args.side)
    if not args.yes:
        warning = lacking(machine, kind)
        print("\n".join([*told(steps), *warning, "Nothing was changed. Add --yes to do it."]))
        return 0
    asked = (NAME, f"--{kind}", "--source", args.source, "--side", args.side, "--yes")
    service.refuse_unless_able(machine, kind, shlex.join(asked))
    print("\n".join(carry_out(steps, run_here)))
    print("\n".join([service.farewell(kind), *lacking(machine, kind)]))
    return 0
