"""A take: the samples of one stream over one step of the examination, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FlagArray, FloatArray
from trainer.core.block import Block, Quality
from trainer.core.packets import ClockPacket, CountsPacket, Packet, StreamInfo, UnitPacket
from trainer.timing.assemble import Assembler


@dataclass(frozen=True, slots=True)
class Take:
    """What arrived of a stream; samples held in place of lost ones are left out."""

    info: StreamInfo
    time_s: FloatArray
    """(n,) seconds on the stream's own clock"""
    data: FloatArray
    """(n, channel) in the unit of the stream"""
    packets: tuple[CountsPacket | UnitPacket, ...]
    received: int
    lost: int
    gaps: int

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the names of the channels."""
        return self.info.channels


def take(info: StreamInfo, packets: Sequence[Packet]) -> Take:
    """Return what the packets hold of a stream."""
    own = tuple(
        packet
        for packet in packets
        if packet.stream is info.stream and not isinstance(packet, ClockPacket)
    )
    assembler = Assembler(info)
    blocks = [*assembler.push(own).blocks, *assembler.finish().blocks]
    time_s, data, quality = _joined(blocks, len(info.channels))
    good = (quality & Quality.HELD == 0) & np.isfinite(data).all(axis=1)
    return Take(
        info,
        time_s[good],
        data[good],
        own,
        assembler.samples,
        assembler.lost_samples,
        assembler.gaps,
    )


def _joined(blocks: Sequence[Block], channels: int) -> tuple[FloatArray, FloatArray, FlagArray]:
    if not blocks:
        return np.empty(0), np.empty((0, channels)), np.empty(0, np.uint8)
    return (
        np.concatenate([block.time_s for block in blocks]),
        np.concatenate([block.data for block in blocks]),
        np.concatenate([block.quality for block in blocks]),
    )
