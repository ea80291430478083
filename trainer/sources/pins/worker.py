"""The process at the pins: `python -m trainer.sources.pins.worker JOB`.

Standard output carries the frames of wire/footwire.py, the bytes that a foot node sends; standard
error one JSON object a line: what became of the conversions, or the fault that ended it. It ends
when its standard input is closed, so that it never outlives the program that started it.
"""

import contextlib
import json
import os
import select
import sys
import time
from collections.abc import Callable

from trainer.sources.pins.cells import Cells, PinsFaultError
from trainer.sources.pins.job import KINDS, Job
from trainer.sources.pins.opening import open_cells
from trainer.sources.pins.priority import SYSTEM, hurry
from trainer.sources.pins.pump import Outlet, Words, pump


class StdinTicker:
    """Real time; its sleep ends when standard input does."""

    def __init__(self) -> None:
        self._input = sys.stdin.fileno()
        self.is_over = False

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        return time.monotonic_ns()

    def wait_until(self, due_ns: float) -> None:
        """Sleep until then; one call to the system, which also tells that nobody listens."""
        left_s = max(0.0, (due_ns - time.monotonic_ns()) * 1e-9)
        if select.select([self._input], [], [], left_s)[0]:
            self.is_over = True


class Pipes:
    """Frames on one descriptor, lines on the other."""

    def __init__(self, frames: int, words: int) -> None:
        os.set_blocking(frames, False)
        self._frames = frames
        self._words = words

    def frame(self, data: bytes) -> bool:
        """Write a frame whole, as a pipe does up to 4 kB; False where it is full."""
        try:
            os.write(self._frames, data)
        except BlockingIOError:
            return False
        return True

    def say(self, words: Words) -> None:
        """Write one line."""
        os.write(self._words, json.dumps(words).encode() + b"\n")


def serve(job: Job, open_them: Callable[[Job, Callable[[], int]], Cells]) -> int:
    """Read what the job says until nobody listens; return the exit status."""
    # What a library prints must not fall among the frames.
    frames = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    pipes = Pipes(frames, sys.stderr.fileno())
    ticker = StdinTicker()
    try:
        cells = open_them(job, ticker.now_ns)
        try:
            pump(KINDS[job.driver], cells, Outlet(pipes.frame, pipes.say), ticker)
        finally:
            cells.close()
    except PinsFaultError as fault:
        with contextlib.suppress(BrokenPipeError):
            pipes.say({"fault": str(fault), "reason": fault.reason.value})
        return 1
    except BrokenPipeError:
        return 0
    pipes.say({"over": 1})
    return 0


def main() -> int:
    """Do the job of the command line."""
    refused = hurry(SYSTEM)
    if refused:
        sys.stderr.write(json.dumps({"priority": refused}) + "\n")
        sys.stderr.flush()
    return serve(Job.from_text(sys.argv[1]), open_cells)


if __name__ == "__main__":
    sys.exit(main())
