"""The firmware's own node, from the files that lie on a board, for the virtual node to run."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).resolve().parents[2] / "firmware"


class Node(Protocol):
    """The node's main loop, as the firmware has it."""

    def step(self) -> int:
        """Do one turn; return microseconds until the next is worth it."""
        ...


def load(module: str) -> Any:  # noqa: ANN401 - a module that type checkers do not find
    """Return one of the firmware's modules, found as on the board: by its top name."""
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    return importlib.import_module(module)


def make_settings(kind: int, board: int, converter: int, chip: bytes) -> Any:  # noqa: ANN401 - see load
    """Return the facts of a node, to be changed where it differs."""
    return load("footnode.settings").Settings(kind, board, converter, chip)


def make_node(
    settings: object,
    parts: tuple[object, ...],
    now_us: Callable[[], int],
    random_u16: Callable[[], int],
) -> Node:
    """Return a node; `parts` are converter, imu, radio, battery, light and memory."""
    node: Node = load("footnode.node").Node(settings, *parts, now_us, random_u16)
    return node
