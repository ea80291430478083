"""A process like the one at the pins, with emulated chips in real time at their ends."""

import os
import signal
import sys
from collections.abc import Callable
from random import Random

from trainer.sources.pins.cells import Cells
from trainer.sources.pins.emulated import EmulatedSpi, RealTime
from trainer.sources.pins.emulator import Habits, Hx711Chip
from trainer.sources.pins.job import Job
from trainer.sources.pins.spicells import SpiCells
from trainer.sources.pins.worker import serve

FATE = sys.argv[1]
"""What becomes of it: well, stuck, crash or killed."""


def open_emulated(job: Job, now_ns: Callable[[], int]) -> Cells:
    """Return chips whose count is the number of the conversion."""
    habits = Habits(92.0, stuck=0 if FATE == "stuck" else None)
    rng = Random(1)  # noqa: S311 - a seeded simulation
    chips = [Hx711Chip(habits, lambda number: number, rng) for _ in job.names]
    print("a library that chats")  # noqa: T201 - what must not fall among the frames
    if FATE == "crash":
        raise RuntimeError("the sky fell down")
    if FATE == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return SpiCells([EmulatedSpi(chip, RealTime()) for chip in chips], job.names, now_ns)


if __name__ == "__main__":
    sys.exit(serve(Job.from_text(sys.argv[2]), open_emulated))
