"""Listens to one process at the pins: frames to packets, lines to what is known of it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import Packet
from trainer.core.ports import Clock
from trainer.sources.pins.job import Job
from trainer.sources.pins.process import Worker
from trainer.wire import footwire
from trainer.wire.frames import split_frames

_CHUNK: Final = 65536
_LAST_LINES: Final = 3


class Listener:
    """One worker's frames and words; `take` is called with packets, and with none at the end."""

    def __init__(
        self, job: Job, worker: Worker, clock: Clock, take: Callable[[tuple[Packet, ...]], None]
    ) -> None:
        self._job = job
        self._worker = worker
        self._clock = clock
        self._take = take
        self._tail = b""
        self._stray: list[str] = []
        self.has_streamed = False
        self.is_over = False
        """Whether the worker is done, and all is well."""
        self.error: SourceError | None = None
        self.bad_bytes = 0
        self.accepted = 0
        self.doubts: dict[str, int] = {}
        self.news = ""
        self.priority = ""

    @property
    def is_done(self) -> bool:
        """Return whether nothing more will come."""
        return self.is_over or self.error is not None

    async def listen(self) -> None:
        """Listen to the end; what went wrong is left in `error`."""
        is_told, _ = await asyncio.gather(self._hear_words(), self._hear_frames())
        status = await self._worker.end()
        if self.error is None and not is_told:
            last = "; ".join(self._stray[-_LAST_LINES:]) or "it said nothing"
            self.error = SourceError(
                f"{' and '.join(self._job.names)}: the process that reads the pins ended with "
                f"status {status} ({last}). Start the session again; what was recorded is kept.",
                SourceFault.LOST,
            )
        self.is_over = self.error is None
        self._take(())

    async def _hear_frames(self) -> None:
        while data := await self._worker.frames.read(_CHUNK):
            self._tail += data
            whole = whole_bytes(self._tail)
            batch = split_frames(self._tail[:whole], self._clock.monotonic_s())
            self._tail = self._tail[whole:]
            self.bad_bytes += batch.bad_bytes
            if batch.packets:
                self.has_streamed = True
                self._take(batch.packets)

    async def _hear_words(self) -> bool:
        """Return whether the worker said that it is over."""
        is_over = False
        while line := await self._worker.words.readline():
            try:
                words = json.loads(line)
            except ValueError:
                self._stray.append(line.decode(errors="replace").strip())
                continue
            if isinstance(words, dict):
                is_over = is_over or "over" in words
                self._note(words)
        return is_over

    def _note(self, words: dict[str, Any]) -> None:
        self.accepted = words.get("accepted", self.accepted)
        self.doubts = words.get("doubts", self.doubts)
        self.news = words.get("news", self.news)
        self.priority = words.get("priority", self.priority)
        if "fault" in words:
            self.error = SourceError(words["fault"], SourceFault(words["reason"]))
            self.news = words["fault"]


def whole_bytes(data: bytes) -> int:
    """Return how many of the bytes need no further ones to be understood."""
    start = 0
    while len(data) - start >= footwire.HEADER_BYTES:
        length = footwire.frame_length(data, start)
        if start + length > len(data):
            break
        start += length or 1
    return start
