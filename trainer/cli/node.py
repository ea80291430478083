"""`footspring node`: a foot node outside a session: near, described, named, found, installed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.cli import options
from trainer.cli.scan import add_options as add_scan_options

if TYPE_CHECKING:
    from trainer.app.nodes import InstallOrder

NAME = "node"

_WHICH = "its name or address; default: the only node that is near"


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="a foot node: what it is, its name, its firmware",
        description="What one does with a foot node outside a session.",
        epilog="Exit status: 0 done; 1 Bluetooth, the node or the board does not do it, with what "
        "to do next; 2 wrong use.",
    )
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _add_scan(parts)
    _add_info(parts)
    _add_rename(parts)
    _add_blink(parts)
    _add_install(parts)


def _add_scan(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "scan",
        help="which nodes are near",
        description="Show the foot nodes that are near, as footspring scan does for all sensors.",
    )
    add_scan_options(parser)
    parser.set_defaults(run=_scan)


def _add_info(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "info",
        help="what a node is and how it answers",
        description="Connect to a node and show its firmware, board, cells and rates, its battery, "
        "the signal, how fast it answers, and what a radio packet can carry.",
    )
    parser.add_argument("node", nargs="?", default="", metavar="NAME", help=_WHICH)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=_info)


def _add_rename(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "rename",
        help="give a node a name",
        description="Give a node a name, which it keeps without power. Of two nodes with one name "
        "give the address.",
    )
    parser.add_argument("node", metavar="NAME", help="the name it has, or its address")
    parser.add_argument("new", type=options.node_name, metavar="NEW", help="1 to 8 bytes")
    parser.set_defaults(run=_rename)


def _add_blink(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "blink",
        help="let a node's light blink",
        description="Let a node's light blink for 5 seconds, to see which one it is.",
    )
    parser.add_argument("node", nargs="?", default="", metavar="NAME", help=_WHICH)
    parser.set_defaults(run=_blink)


def _add_install(parts: options.SubCommands) -> None:
    parser = parts.add_parser(
        "install",
        help="put the firmware on a board",
        description="Put this version's firmware on a board whose drive CIRCUITPY is mounted. "
        "Without options the board's settings stay as they are.",
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="its drive")
    parser.add_argument("--list", action="store_true", help="only list the boards that are mounted")
    parser.add_argument("--kind", choices=("pad", "balance"), help="default: pad")
    parser.add_argument(
        "--converter",
        choices=("hx711", "nau7802", "none"),
        help="default: hx711, of a balance board none",
    )
    parser.add_argument(
        "--cells", type=options.words, metavar="toes,heel", help="their roles, in order"
    )
    parser.add_argument("--no-imu", action="store_true", help="without the inertial sensor")
    parser.add_argument(
        "--imu-axes",
        metavar="AXES",
        help="which of its axes points forward, left and up; default '+x +y +z'",
    )
    parser.add_argument(
        "--name", type=options.node_name, help="name it by radio afterwards, 1 to 8 bytes"
    )
    parser.set_defaults(run=_install)


def _scan(args: argparse.Namespace) -> int:
    from trainer.app.scan import ScanOrder, run_scan

    return run_scan(ScanOrder(args.seconds, is_nodes_only=True, is_json=args.json))


def _info(args: argparse.Namespace) -> int:
    from trainer.app.nodes import describe, run_on_radio

    print(run_on_radio(lambda radio: describe(args.node, radio, is_json=args.json)))
    return 0


def _rename(args: argparse.Namespace) -> int:
    from trainer.app.nodes import rename, run_on_radio

    print(run_on_radio(lambda radio: rename(args.node, args.new, radio)))
    return 0


def _blink(args: argparse.Namespace) -> int:
    from trainer.app.nodes import blink, run_on_radio

    print(run_on_radio(lambda radio: blink(args.node, radio)))
    return 0


def _install(args: argparse.Namespace) -> int:
    from trainer.app.nodes import install_node, list_boards

    print(list_boards() if args.list else install_node(install_order(args)))
    return 0


def install_order(args: argparse.Namespace) -> "InstallOrder":
    """Return what is to be installed where. Raises UsageError."""
    from trainer.app.nodes import InstallOrder, choose

    return InstallOrder(
        args.folder,
        choose(args.kind, args.converter, args.cells, has_imu=not args.no_imu, axes=args.imu_axes),
        args.name,
    )
