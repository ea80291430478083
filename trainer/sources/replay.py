"""A recording as a source: the same packets again, in their own time, faster, or at once."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.cues import Cue
from trainer.core.errors import SourceError, SourceFault
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import ClockPacket, CountsPacket, Packet, Stream, StreamInfo, UnitPacket
from trainer.core.ports import Clock
from trainer.recording.recording import Recording

LONGEST_WAIT_S: Final = 5.0
"""A longer silence in the recording is cut to this: half of what stops a session as stale."""

PIECE_S: Final = 0.05
"""A file's samples are handed on in pieces this long: three frames of a 60 fps picture."""

BATCH_S: Final = 1.0
"""Stream time handed on at once where nobody watches."""

_SHORTEST_WAIT_S: Final = 1e-6
"""Nobody sees less, and no clock steps in less."""

_WRAP_US: Final = 2**32

Sleep = Callable[[float], Awaitable[None]]


class ReplaySource:
    """Yield a recording's packets at `speed` times their pace; None is as fast as possible."""

    def __init__(
        self,
        recording: Recording,
        *,
        speed: float | None,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        if speed is not None and speed <= 0.0:
            raise ValueError(f"speed is {speed:g}; give one above 0, or None for no waiting.")
        self._recording = recording
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        piece_s = BATCH_S if speed is None else PIECE_S
        self._packets, self._due_s = _schedule(recording, piece_s)
        self._next = 0
        self._started_s = 0.0
        self._is_open = False

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the streams of the recording."""
        return self._recording.streams

    @property
    def is_replay(self) -> bool:
        """Return True: the recording leads."""
        return True

    @property
    def is_simulated(self) -> bool:
        """Return whether the recording was made with the simulated pad."""
        header = self._recording.header
        return header is not None and header.is_simulated

    @property
    def vitals(self) -> Vitals:
        """Return nothing: there is no link that could be bad."""
        return NO_VITALS

    async def open(self) -> None:
        """Start the replay's time; raises SourceError for a recording without force or motion."""
        if not self._packets:
            raise SourceError(
                f"{self._recording.path}: holds no sample of a force or motion sensor, so there "
                "is nothing to replay. Choose another recording.",
                SourceFault.NOT_FOUND,
            )
        self._started_s = self._clock.monotonic_s()
        self._is_open = True

    async def read(self) -> Sequence[Packet]:
        """Return the packets that are due, waiting for the first; empty at the end."""
        if not self._is_open or self._next == len(self._packets):
            return ()
        if self._speed is None:
            await self._sleep(0)
            until_s = self._due_s[self._next] + BATCH_S
        else:
            until_s = await self._wait(self._due_s[self._next], self._speed)
        first = self._next
        self._next = max(first + 1, int(np.searchsorted(self._due_s, until_s)))
        return self._packets[first : self._next]

    def hear(self, cue: Cue) -> None:
        """Ignore the cue: what was recorded stays as it is."""

    async def close(self) -> None:
        """End the replay."""
        self._is_open = False

    async def _wait(self, due_s: float, speed: float) -> float:
        """Return a moment just after the replay's time, once that has reached `due_s`."""
        while True:
            elapsed_s = (self._clock.monotonic_s() - self._started_s) * speed
            left_s = (due_s - elapsed_s) / speed
            # Also where nothing is left to wait for, so that the loop's other tasks get their turn.
            await self._sleep(max(0.0, left_s))
            if left_s < _SHORTEST_WAIT_S:
                return math.nextafter(max(elapsed_s, due_s), math.inf)


def _schedule(recording: Recording, piece_s: float) -> tuple[tuple[Packet, ...], FloatArray]:
    """Return the packets in the order of their delivery and (n,) seconds at which each is due."""
    if recording.header is not None:
        packets = tuple(packet for packet in recording.packets if _rows(packet))
        return packets, _due_s(packets)
    # The streams of a file hold the same rows: sorted by time, they come side by side.
    pieces = [
        entry
        for packet in recording.packets
        if isinstance(packet, UnitPacket)
        for entry in _cut(packet, piece_s)
    ]
    pieces.sort(key=lambda entry: entry[0])
    return tuple(packet for _, packet in pieces), np.array([due_s for due_s, _ in pieces])


def _due_s(packets: Sequence[Packet]) -> FloatArray:
    """Return (n,) seconds by the devices' own clocks: arrivals tell nothing of a fast session."""
    last: dict[Stream, float] = {}
    elapsed_s: dict[Stream, float] = {}
    due_s = np.zeros(len(packets))
    for index, packet in enumerate(packets):
        if isinstance(packet, ClockPacket):
            due_s[index] = due_s[index - 1] if index else 0.0
            continue
        stamp = _stamp(packet)
        if packet.stream not in last:
            # A sensor that joins late starts where the replay is.
            elapsed_s[packet.stream] = due_s[index - 1] if index else 0.0
            last[packet.stream] = stamp
        step_s = _step_s(packet, stamp - last[packet.stream])
        elapsed_s[packet.stream] += min(max(step_s, 0.0), LONGEST_WAIT_S)
        last[packet.stream] = stamp
        due_s[index] = max(elapsed_s[packet.stream], due_s[index - 1] if index else 0.0)
    return due_s


def _rows(packet: Packet) -> int:
    if isinstance(packet, ClockPacket):
        return 1
    return len(packet.counts if isinstance(packet, CountsPacket) else packet.values)


def _stamp(packet: CountsPacket | UnitPacket) -> float:
    if isinstance(packet, CountsPacket):
        return packet.tick_us
    return float(packet.time_s[-1])


def _step_s(packet: Packet, step: float) -> float:
    if isinstance(packet, CountsPacket):
        # The counter wraps after 71.6 min; what looks like half of that came out of order.
        return ((step + _WRAP_US / 2) % _WRAP_US - _WRAP_US / 2) / 1e6
    return step


def _cut(packet: UnitPacket, piece_s: float) -> list[tuple[float, Packet]]:
    """Return pieces of about `piece_s`, each due at its last sample."""
    elapsed_s = _elapsed_s(packet.time_s)
    edges = np.flatnonzero(np.diff(np.floor(elapsed_s / piece_s))) + 1
    bounds = [0, *edges.tolist(), len(elapsed_s)]
    return [
        (
            float(elapsed_s[last - 1]),
            UnitPacket(
                stream=packet.stream,
                time_s=packet.time_s[first:last],
                values=packet.values[first:last],
                arrival_s=float(elapsed_s[last - 1]),
            ),
        )
        for first, last in pairwise(bounds)
    ]


def _elapsed_s(stamps_s: FloatArray) -> FloatArray:
    """Return (n,) seconds since the first stamp: a step back is none, a long gap a short wait."""
    steps_s = np.clip(np.diff(stamps_s, prepend=stamps_s[:1]), 0.0, LONGEST_WAIT_S)
    return np.asarray(np.cumsum(steps_s))
