"""What a virtual machine runs: all vectors, and on MicroPython how much memory a node takes."""

import gc
import sys

MOST_BYTES = 96 * 1024
"""A board of 256 kB has about 130 kB left beside CircuitPython and its Bluetooth (unverified)."""


def measure_memory() -> "list[str]":
    """Return a line on the bytes that the modules and a node take, where they can be counted."""
    count = getattr(gc, "mem_alloc", None)
    if count is None:
        return []
    gc.collect()
    before = count()
    from tests.unit.firmware.fakes import Rig  # noqa: PLC0415 - its memory is measured

    kept = Rig()
    gc.collect()
    taken = count() - before
    kept.run(1)
    verdict = "ok" if taken < MOST_BYTES else "FAILED"
    return [verdict + " memory: modules and a node with its rings take " + str(taken) + " bytes"]


def check_vectors() -> "list[str]":
    """Return a line for each vector."""
    # After the memory was measured, which would else be counted twice.
    from tests.unit.firmware.fakes import Rig  # noqa: PLC0415 - see above
    from tests.vectors import noderun, vectorcheck  # noqa: PLC0415 - see above

    rig = Rig("", noderun.SEED, noderun.START_US, noderun.SLOTS)
    said = noderun.run_node(rig)
    texts = [_read(name) for name in ("frames.json", "node.json", "noderun.txt")]
    return vectorcheck.check_all(texts[0], texts[1], said, texts[2])


def _read(name: str) -> str:
    with open(sys.path[0] + "/tests/vectors/" + name) as file:  # noqa: PTH123 - MicroPython has no pathlib
        return file.read()


if __name__ == "__main__":
    for line in measure_memory() + check_vectors():
        print(line)  # noqa: T201 - its answer
    print("done on", sys.implementation.name, sys.version)  # noqa: T201 - as above
