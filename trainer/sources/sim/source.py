"""The simulated pad as a source: it speaks the node's frame, at any speed."""

import asyncio
import math
from collections.abc import Sequence

from calibration import Calibration
from trainer.core.cues import Cue
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import IMU_AXES, Packet, Stream, StreamInfo
from trainer.core.ports import Clock
from trainer.core.units import Unit
from trainer.sources.sim.beat import DELAY_PERIODS
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.hand import Hand
from trainer.sources.sim.statics import CHANNELS
from trainer.sources.sim.stream import SimStream
from trainer.sources.sim.truth import Truth
from trainer.wire.frames import encode_packet, split_frames

TURNS = 32
"""Frames after which a source that does not wait lets other tasks of its loop run."""


class SimSource:
    """A runner's foot on a pad of four cells; `speed` None delivers as fast as it is read."""

    def __init__(
        self, config: SimConfig, *, speed: float | None, clock: Clock, hand: Hand | None = None
    ) -> None:
        if speed is not None and speed <= 0.0:
            raise ValueError(f"speed is {speed:g}; give one above 0, or None for no waiting.")
        self._config = config
        self._speed = speed
        self._clock = clock
        self._stream = SimStream(config, hand)
        self._origin_s: float | None = None
        self._arrival_s = 0.0
        self._frames = 0
        self._is_closed = False

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the force stream, and that of the inertial sensor where there is one."""
        force = StreamInfo(Stream.FORCE, CHANNELS, Unit.COUNTS, delay_periods=DELAY_PERIODS)
        if self._config.imu is None:
            return (force,)
        return (force, StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS))

    @property
    def is_replay(self) -> bool:
        """Return False: the coach leads."""
        return False

    @property
    def is_simulated(self) -> bool:
        """Return True: no real foot is behind the samples."""
        return True

    @property
    def calibration(self) -> Calibration:
        """Return the calibration of the simulated pad, free of error."""
        return self._stream.calibration

    @property
    def truth(self) -> Truth:
        """Return what really happened up to the last delivered sample; reading changes nothing."""
        return self._stream.truth

    @property
    def vitals(self) -> Vitals:
        """Return nothing: there is no link that could be bad."""
        return NO_VITALS

    async def open(self) -> None:
        """Let stream time begin now."""
        self._origin_s = self._clock.monotonic_s()

    async def read(self) -> Sequence[Packet]:
        """Return the frames of one notification; an empty sequence at the end.

        One of force, twice where it arrives twice, and those of the inertial sensor that are ready.
        """
        notification = await self.receive()
        if notification is None:
            return ()
        # At another speed than real time arrivals are stretched too: a replay of the recording then
        # keeps the pace of the foot, and device and host clock go together.
        return split_frames(notification, self._arrival_s).packets

    async def receive(self) -> bytes | None:
        """Return the bytes of the next notification, as the radio delivers them; None at the end.

        A wait that is cancelled loses nothing.
        """
        while not self._is_over():
            due_s = self._stream.due_s
            await self._wait_until(due_s)
            self._arrival_s = self._host_s(due_s)
            self._frames += 1
            made = self._stream.next_frame()
            data = b"" if made is None else encode_packet(made[0]) * made[1]
            data += b"".join(map(encode_packet, self._stream.imu_frames()))
            if data:
                return data
        return None

    def hear(self, cue: Cue) -> None:
        """Let the foot take notice of a cue."""
        self._stream.hear(cue)

    async def close(self) -> None:
        """Deliver no more."""
        self._is_closed = True

    def _is_over(self) -> bool:
        end_s = self._config.duration_s
        return self._is_closed or (end_s is not None and self._stream.delivered_s >= end_s)

    def _host_s(self, due_s: float) -> float:
        """Return the time of a host whose clock runs `speed` times as fast as ours."""
        origin_s = self._origin_s or 0.0
        if self._speed is None:
            return origin_s + due_s
        return origin_s + self._speed * (self._clock.monotonic_s() - origin_s)

    async def _wait_until(self, due_s: float) -> None:
        if self._origin_s is None:
            self._origin_s = self._clock.monotonic_s()
        speed = math.inf if self._speed is None else self._speed
        due_s = self._origin_s + due_s / speed
        left_s = due_s - self._clock.monotonic_s()
        if left_s <= 0.0 and self._frames % TURNS == 0:
            await asyncio.sleep(0)
        while left_s > 0.0:
            await asyncio.sleep(left_s)
            left_s = due_s - self._clock.monotonic_s()
