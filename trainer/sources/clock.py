"""No sensor at all: time that goes on, for a session that the clock alone leads.

A session's time is its samples' time. Zeros of no force carry it; nobody reads a measurement in
them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import numpy as np

from trainer.core.cues import Cue
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import Packet, Stream, StreamInfo, UnitPacket
from trainer.core.ports import Clock
from trainer.core.units import Unit

PERIOD_S: Final = 0.05
PIECE_SAMPLES: Final = 2
"""A tenth of a second at a time: a screen that counts down shows no finer step."""
BATCH_SAMPLES: Final = 20
"""A second at once where nobody watches."""

Sleep = Callable[[float], Awaitable[None]]


class ClockSource:
    """Deliver time at `speed` times its pace, without an end; None is as fast as it is read."""

    def __init__(self, *, speed: float | None, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        if speed is not None and speed <= 0.0:
            raise ValueError(f"speed is {speed:g}; give one above 0, or None for no waiting.")
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        self._samples = 0
        self._started_s = 0.0
        self._is_open = False

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the one stream, of a force that nothing measures."""
        return (StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, PERIOD_S),)

    @property
    def is_replay(self) -> bool:
        """Return False: the coach leads."""
        return False

    @property
    def is_simulated(self) -> bool:
        """Return False: who trains is real, only not measured."""
        return False

    @property
    def vitals(self) -> Vitals:
        """Return nothing: there is no link that could be bad."""
        return NO_VITALS

    async def open(self) -> None:
        """Start the time."""
        self._samples = 0
        self._started_s = self._clock.monotonic_s()
        self._is_open = True

    async def read(self) -> Sequence[Packet]:
        """Return the next piece of time once it is over; empty after `close`."""
        if not self._is_open:
            return ()
        count = BATCH_SAMPLES if self._speed is None else PIECE_SAMPLES
        index = np.arange(self._samples + 1, self._samples + count + 1, dtype=np.float64)
        time_s = np.asarray(PERIOD_S * index)
        self._samples += count
        # At another speed arrivals are stretched with the time, as those of the simulated pad.
        over_s = PERIOD_S * self._samples
        await self._wait(over_s)
        return (UnitPacket(Stream.FORCE, time_s, np.zeros((count, 1)), self._started_s + over_s),)

    def hear(self, cue: Cue) -> None:
        """Ignore the cue: nothing is there that could obey."""

    async def close(self) -> None:
        """End the time."""
        self._is_open = False

    async def _wait(self, until_s: float) -> None:
        left_s = 0.0
        if self._speed is not None:
            left_s = until_s / self._speed - (self._clock.monotonic_s() - self._started_s)
        # Also where nothing is left to wait for, so that the loop's other tasks get their turn.
        await self._sleep(max(0.0, left_s))
