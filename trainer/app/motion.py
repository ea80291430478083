"""Motion: inertial packets to the tilt of foot or board, on the clock of the force."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from trainer.app.incoming import Incoming
from trainer.core.attitude import AttitudeBlock
from trainer.core.events import Event
from trainer.core.packets import CountsPacket, Packet, Stream, StreamInfo
from trainer.core.pad import ImuMounting
from trainer.detect.tilt import TiltTrack
from trainer.signal.attitude import AttitudeFilter
from trainer.timing.assemble import Assembled, Assembler
from trainer.timing.beside import ClocksBeside

_TICKS: Final = 1 << 32
"""The device clock counts microseconds modulo this."""


class Motion:
    """The inertial stream's own way from packet to angle."""

    def __init__(
        self, info: StreamInfo, mounting: ImuMounting, force: StreamInfo | None = None
    ) -> None:
        is_apart = force is not None and force.clock != info.clock
        self._clocks = ClocksBeside(info.stream, Stream.FORCE) if is_apart else None
        self._incoming = Incoming(info)
        self._mounting = mounting
        self._filter: AttitudeFilter | None = None
        self._waiting: list[Packet] = []
        self.events: list[Event] = []
        """What was lost, in order."""
        self.track = TiltTrack(keep_s=math.inf)
        """The tilt up to now."""

    @property
    def assembler(self) -> Assembler:
        """Return the timing stage, for its counts."""
        return self._incoming.assembler

    @property
    def is_apart(self) -> bool:
        """Return whether the force has another clock: then packets must come one by one.

        What is known of the clocks changes with each of them.
        """
        return self._clocks is not None

    def push(
        self, packets: Sequence[Packet], beside: Assembler | None = None
    ) -> tuple[AttitudeBlock, ...]:
        """Return the attitude that follows; `beside` is the force's timing, whose clock counts."""
        if self._clocks is not None:
            self._clocks.push(packets)
        picked = [*self._waiting, *self._incoming.pick(packets)]
        self._waiting = []
        if beside is not None and beside.origin_us is None and _has_ticks(picked):
            # The device's clock says when they were taken; of the force it is not known yet.
            self._waiting = picked
            return ()
        rate_hz = self._incoming.design_rate_hz(picked)
        assembled = self._incoming.push(picked)
        return self._process(assembled, rate_hz, self._shift_s(beside))

    def finish(self, beside: Assembler | None = None) -> tuple[AttitudeBlock, ...]:
        """Return what the end of the stream lets go."""
        rate_hz = self._incoming.design_rate_hz(())
        return self._process(self.assembler.finish(), rate_hz, self._shift_s(beside))

    def _process(
        self, assembled: Assembled, rate_hz: float | None, shift_s: float
    ) -> tuple[AttitudeBlock, ...]:
        self.events += assembled.events
        if rate_hz is None:
            # A single sample has no rate: it cannot be filtered.
            return ()
        if self._filter is None:
            self._filter = AttitudeFilter(self._mounting, rate_hz)
        made: list[AttitudeBlock] = []
        for block in assembled.blocks:
            attitude = self._filter.push(replace(block, time_s=block.time_s + shift_s))
            self.track.push(attitude)
            made.append(attitude)
        return tuple(made)

    def _shift_s(self, beside: Assembler | None) -> float:
        """Return by how much the force's stamps are ahead: both count from their first frame."""
        if self._clocks is not None and beside is not None:
            return self._clocks.shift_s(self.assembler, beside) or 0.0
        ours = self.assembler.origin_us
        theirs = None if beside is None else beside.origin_us
        if ours is None or theirs is None:
            return 0.0
        apart_us = (ours - theirs) % _TICKS
        return (apart_us - _TICKS if apart_us >= _TICKS // 2 else apart_us) * 1e-6


def _has_ticks(packets: Sequence[Packet]) -> bool:
    return any(isinstance(packet, CountsPacket) for packet in packets)
