"""The board's program, there called code.py: build the node and run it; show what goes wrong.

It has another name here because `code` is a module of Python's own.
"""

import time
import traceback

import supervisor

from footboard.build import build_light, build_node
from footnode import lamp

_SHOWN_S = 5.0


def run() -> None:
    """Run the node, for ever."""
    light = build_light()
    try:
        node = build_node(light)
        while True:
            time.sleep(node.step() / 1_000_000)
    except Exception as error:  # noqa: BLE001 - a node on its own must come back, whatever it was
        # Whoever has the board on USB can read it there.
        traceback.print_exception(error)
    until = time.monotonic() + _SHOWN_S
    while time.monotonic() < until:
        light.show(lamp.FAULT)
        time.sleep(0.02)
    supervisor.reload()


run()
