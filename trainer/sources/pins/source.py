"""The pad on the Pi's own pins as a source; processes of their own read the converters."""

import asyncio
from collections.abc import Sequence
from typing import Final

from trainer.core.cues import Cue
from trainer.core.errors import SourceError, SourceFault
from trainer.core.link import Health, Vitals
from trainer.core.packets import IMU_AXES, Packet, Stream, StreamInfo
from trainer.core.ports import Clock
from trainer.core.units import Unit
from trainer.sources.inbox import Inbox
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.listener import Listener
from trainer.sources.pins.process import Starter, Worker, start_worker
from trainer.wire.footnode import HX711_DELAY_PERIODS

OPEN_S: Final = 10.0
"""To the first sample. A converter that is silent is told by its process within 2.5 s; a NAU7802
takes 1.6 s to wake, each."""


class PinsSource:
    """The cells of one pad, and its inertial sensor where there is one."""

    def __init__(
        self,
        jobs: Sequence[Job],
        cells: tuple[str, ...],
        clock: Clock,
        start: Starter = start_worker,
    ) -> None:
        self._jobs = tuple(jobs)
        self._cells = cells
        self._clock = clock
        self._start = start
        self._inbox = Inbox()
        self._workers: list[Worker] = []
        self._listeners: list[Listener] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the force stream, and that of the inertial sensor where there is one.

        All share one clock: the machine's own.
        """
        return tuple(self._stream(job) for job in self._jobs)

    @property
    def is_replay(self) -> bool:
        """Return False: the coach leads."""
        return False

    @property
    def is_simulated(self) -> bool:
        """Return False: what is on the pins is taken for real."""
        return False

    @property
    def vitals(self) -> Vitals:
        """Return how the converters are doing, and what was thrown away."""
        news = [listener.news for listener in self._listeners if listener.news]
        return Vitals(
            Health(about="; ".join(part for ear in self._listeners for part in _about(ear))),
            bad_bytes=sum(listener.bad_bytes for listener in self._listeners),
            news=news[0] if news else "",
        )

    async def open(self) -> None:
        """Start reading; returns with the first sample of all. Raises SourceError."""
        for job in self._jobs:
            worker = await self._start(job)
            self._workers.append(worker)
            self._listeners.append(Listener(job, worker, self._clock, self._inbox.put))
        self._tasks = [asyncio.create_task(ear.listen()) for ear in self._listeners]
        try:
            await asyncio.wait_for(self._first_samples(), OPEN_S)
        except TimeoutError as error:
            raise SourceError(
                f"--source pins: no sample within {OPEN_S:g} s. Check wiring and pins.toml.",
                SourceFault.NOT_FOUND,
            ) from error

    async def read(self) -> Sequence[Packet]:
        """Return what has come since the last call, at least one packet; empty at the end.

        Raises SourceError where the force is lost; without motion a session goes on. A wait that
        is cancelled loses nothing.
        """
        return await self._inbox.take(self._is_over)

    def hear(self, cue: Cue) -> None:
        """Ignore the cue."""

    async def close(self) -> None:
        """End the processes, and deliver no more."""
        self._inbox.close()
        workers, self._workers = self._workers, []
        await asyncio.gather(*(worker.end() for worker in workers))
        tasks, self._tasks = self._tasks, []
        await asyncio.gather(*tasks)

    def _stream(self, job: Job) -> StreamInfo:
        if job.driver is Driver.LSM6DS:
            return StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS)
        delay = 0.0 if job.driver is Driver.NAU7802 else HX711_DELAY_PERIODS
        return StreamInfo(Stream.FORCE, self._cells, Unit.COUNTS, delay_periods=delay)

    def _is_over(self) -> bool:
        force = self._listeners[:1]
        self._raise_error(force)
        return all(listener.is_done for listener in force)

    async def _first_samples(self) -> None:
        while not all(ear.has_streamed or ear.is_over for ear in self._listeners):
            self._raise_error(self._listeners)
            await self._inbox.change()

    @staticmethod
    def _raise_error(listeners: Sequence[Listener]) -> None:
        for listener in listeners:
            if listener.error is not None and listener.is_done:
                raise listener.error


def _about(listener: Listener) -> Sequence[str]:
    thrown = ", ".join(f"{reason} {count}" for reason, count in listener.doubts.items())
    counts = f"{listener.accepted} conversions taken"
    if thrown:
        counts = f"{counts}, not: {thrown}"
    return (counts, listener.priority) if listener.priority else (counts,)
