"""Starts the process at the pins, and ends it."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

from trainer.sources.pins.job import Job

COMMAND: Final = (sys.executable, "-m", "trainer.sources.pins.worker")
END_S: Final = 1.0
"""To end by itself; it notices within its next sleep, a few milliseconds."""


class Worker(Protocol):
    """What reads the pins for us."""

    @property
    def frames(self) -> asyncio.StreamReader:
        """Return where the frames come."""
        ...

    @property
    def words(self) -> asyncio.StreamReader:
        """Return where the lines come."""
        ...

    async def end(self) -> int:
        """Let it end; return its exit status. Safe to call twice."""
        ...


Starter = Callable[[Job], Awaitable[Worker]]


class ProcessWorker:
    """A process of its own, so that nothing of ours makes the pins wait."""

    def __init__(self, process: Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self.frames = process.stdout
        self.words = process.stderr

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    async def end(self) -> int:
        """Close its input, which ends it; kill it where that does not help."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            return await asyncio.wait_for(self._process.wait(), END_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            return await self._process.wait()


async def start_worker(job: Job, command: Sequence[str] = COMMAND) -> Worker:
    """Return the running process."""
    # In a session of its own, so that Ctrl-C in the terminal reaches us alone.
    process = await asyncio.create_subprocess_exec(
        *command, job.to_text(), stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    return ProcessWorker(process)
