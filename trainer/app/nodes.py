"""What one does with a foot node outside a session: look at it, name it, find it, install it."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from trainer.core.clock import SystemClock
from trainer.core.errors import SourceError, UsageError
from trainer.nodekit.boards import ROOTS, Board, BoardError, BoardFault, find_boards, read_board
from trainer.nodekit.choice import NodeChoice
from trainer.nodekit.files import firmware_folder, firmware_version
from trainer.nodekit.findnode import Radio, find_node
from trainer.nodekit.install import Installed, install
from trainer.nodekit.talk import NodeTalk, visit
from trainer.sources.ble.bluez import BluezRecovery
from trainer.sources.ble.transport import BleTransport
from trainer.terminal.installbar import install_bar
from trainer.terminal.nodewords import node_object, node_text

Found = TypeVar("Found")

_AT_HAND: Final = (
    "Connect the board by a USB cable that carries data, and mount its drive CIRCUITPY"
)


@dataclass(frozen=True, slots=True)
class InstallOrder:
    """What a person wants on which board."""

    folder: Path | None = None
    """Where the board's drive is mounted; None for the only one there is."""
    choice: NodeChoice | None = None
    """None: the board's settings stay as they are."""
    name: str | None = None
    """What the node is to be called; None keeps its name."""


def choose(
    kind: str | None,
    converter: str | None,
    cells: tuple[str, ...] | None,
    *,
    has_imu: bool = True,
    axes: str | None = None,
) -> NodeChoice | None:
    """Return what a node shall be, None where nothing was said. Raises UsageError."""
    if has_imu and not any((kind, converter, cells, axes)):
        return None
    usual = NodeChoice()
    # A balance board is there to tilt: it mostly has no cells.
    is_bare = converter == "none" or (kind == "balance" and not cells and not converter)
    return NodeChoice(
        cells=cells or (() if is_bare else usual.cells),
        converter="none" if is_bare else converter or usual.converter,
        kind=kind or usual.kind,
        has_imu=has_imu,
        imu_axes=axes or usual.imu_axes,
    )


def system_radio() -> Radio:
    """Return this computer's radio."""
    return Radio(BleTransport(BluezRecovery()), SystemClock())


async def describe(wanted: str, radio: Radio, *, is_json: bool = False) -> str:
    """Return what a node says of itself and of the link to it, as text or JSON."""
    sighting = await find_node(wanted, radio, "node info")
    state = await visit(sighting, radio, NodeTalk.state)
    newest = firmware_version(firmware_folder())
    if is_json:
        return json.dumps(node_object(state, newest), indent=1, allow_nan=False)
    return node_text(state, newest)


async def rename(wanted: str, name: str, radio: Radio) -> str:
    """Give a node a name and return one line that says so."""
    sighting = await find_node(wanted, radio, "node rename")
    before = await visit(sighting, radio, lambda talk: talk.rename(name))
    address = sighting.advert.address
    return f"{before} ({address}) is called {name} from now on, also after it was switched off."


async def blink(wanted: str, radio: Radio) -> str:
    """Let a node's light blink and return one line that says so."""
    sighting = await find_node(wanted, radio, "node blink")
    info = await visit(sighting, radio, NodeTalk.blink)
    return f"{info.name} ({sighting.advert.address}): its light blinks for 5 seconds."


def run_on_radio(do: Callable[[Radio], Awaitable[str]]) -> str:
    """Return what is done with this computer's radio. Raises SourceError."""

    async def done() -> str:
        return await do(system_radio())

    return asyncio.run(done())


def list_boards(roots: Sequence[Path] = ROOTS) -> str:
    """Return a line for each mounted board: what it is, or why it cannot be used."""
    folders = find_boards(roots)
    if not folders:
        return f"No board is mounted. {_AT_HAND}."
    return "\n".join(_board_line(folder) for folder in folders)


def name_by_radio(name: str) -> str:
    """Give the only node that is near a name and return one line that says so."""
    return run_on_radio(lambda radio: rename("", name, radio))


def install_node(
    order: InstallOrder,
    roots: Sequence[Path] = ROOTS,
    name_it: Callable[[str], str] = name_by_radio,
) -> str:
    """Put the firmware on a board, show its progress, and return what to do next.

    Raises BoardError or UsageError.
    """
    board = read_board(order.folder or _only_board(roots))
    with install_bar(sys.stderr) as say:
        done = install(board, order.choice, say)
    text = _next_steps(board, done)
    if order.name is None:
        return text
    # The name is kept where no file lies, so only the node itself can change it.
    try:
        return f"{text}\n{name_it(order.name)}"
    except SourceError as error:
        return f"{text}\nIt keeps its name: {error}\nthen: footspring node rename NAME {order.name}"


def _board_line(folder: Path) -> str:
    try:
        board = read_board(folder)
    except BoardError as error:
        return str(error)
    return f"{folder}: {board.title}, CircuitPython {board.version}"


def _only_board(roots: Sequence[Path]) -> Path:
    folders = list(find_boards(roots))
    if not folders:
        looked = " and ".join(str(root) for root in roots)
        raise BoardError(
            f"node install: no board is mounted below {looked}. {_AT_HAND}; where it is mounted "
            "elsewhere, name the folder: footspring node install FOLDER.",
            BoardFault.NO_BOARD,
        )
    if len(folders) > 1:
        listed = ", ".join(map(str, folders))
        raise UsageError(
            f"node install: {len(folders)} boards are mounted: {listed}. Name the one that is "
            f"meant: footspring node install {folders[0]}."
        )
    return folders[0]


def _next_steps(board: Board, done: Installed) -> str:
    if not done.written:
        return f"Firmware {done.version} is on {board.folder} already; nothing was written."
    kept = f"\nWhat was replaced lies in {board.folder / 'footspring-before'}." if done.kept else ""
    return (
        f"Firmware {done.version} is on the {board.title}; it starts by itself.{kept}\n"
        "next: footspring node scan     the node is near\n"
        "      footspring node info     what it measures with\n"
        "      footspring node rename   a name of its own"
    )
