"""`footspring remove-service`: take back what install-service did; data stay."""

import argparse

from trainer.cli import options

NAME = "remove-service"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command."""
    parser = commands.add_parser(
        NAME,
        help="start by itself no longer",
        description="Take back what install-service did: stop the service, which ends and saves a "
        "session, and remove its files. Recordings, reports and settings stay. Without --yes it "
        "only shows what it would do.",
    )
    kind = parser.add_mutually_exclusive_group()
    for name in ("dashboard", "recorder"):
        kind.add_argument(
            f"--{name}",
            dest="kind",
            action="store_const",
            const=name,
            default="dashboard",
            help=f"the {name}" + " (default)" * (name == "dashboard"),
        )
    parser.add_argument("--yes", action="store_true", help="do it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what would be done, or do it."""
    from trainer.app import service
    from trainer.app.steps import carry_out, run_here, told

    machine, kind = service.this_machine(), service.Kind(args.kind)
    steps = service.remove(machine, kind)
    if not steps:
        print(f"the {kind} is not installed: nothing to remove")
        return 0
    if not args.yes:
        print("\n".join([*told(steps), "Nothing was changed. Add --yes to do it."]))
        return 0
    service.refuse_unless_able(machine, kind, f"{NAME} --{kind} --yes")
    print("\n".join(carry_out(steps, run_here)))
    print(f"What was recorded is still in {service.data_folder(machine, kind)}.")
    return 0
