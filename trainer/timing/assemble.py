"""The assembler: packets of one stream in, blocks on an unbroken index out, losses reported.

What comes out does not depend on how the packets were cut or gathered: the rules of ticks.py
(frames with a device clock) and of stamps.py (samples with a stamp each) look at the samples
alone. One push gives one block, more only where a gap or a new clock lies between.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.block import Block
from trainer.core.events import Event
from trainer.core.packets import ClockPacket, CountsPacket, Packet, StreamInfo, UnitPacket
from trainer.timing.counts import CountsReader
from trainer.timing.runs import Rows, RunBuilder
from trainer.timing.stamps import StampReader


@dataclass(frozen=True, slots=True)
class Assembled:
    """What a push gave: blocks and events, each in the order of the samples.

    SamplesLost is stamped with the first held sample, FramesDropped with the first one received.
    """

    blocks: tuple[Block, ...] = ()
    events: tuple[Event, ...] = ()


_NOTHING = Assembled()


class Assembler:
    """Packets of one stream to blocks; packets of other streams and empty ones are passed over.

    So are answers of a clock, which nodeclock.py reads. A frame with another number of channels
    than the stream is counted in `foreign_packets`.
    """

    def __init__(self, info: StreamInfo) -> None:
        self._info = info
        self._channels = len(info.channels)
        self.reset()

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._counts = CountsReader(self._info)
        self._stamps = StampReader(self._info)
        self._runs = RunBuilder(self._info)
        self.foreign_packets = 0
        """Packets of this stream with another number of channels, which nothing can be made of."""

    @property
    def rate_hz(self) -> float | None:
        """Return the measured sample rate; None until it is known."""
        period_s = self._counts.period_s or self._stamps.period_s
        return 1 / period_s if period_s else None

    @property
    def origin_us(self) -> int | None:
        """Return the device clock, modulo 2^32, at which the stamps are zero.

        None before the first frame, and for streams that bring their own stamps.
        """
        return self._counts.origin_us

    @property
    def newest_s(self) -> float | None:
        """Return the newest stamp; None before the first block."""
        return self._runs.newest_s

    @property
    def samples(self) -> int:
        """Return the samples received, for stamped ones those with a finite detected force."""
        return self._counts.samples + self._stamps.samples

    @property
    def lost_samples(self) -> int:
        """Return the samples that were lost and are held."""
        return self._runs.lost_samples

    @property
    def gaps(self) -> int:
        """Return the gaps, new clocks among them."""
        return self._runs.gaps

    @property
    def duration_s(self) -> float:
        """Return the seconds from the first stamp to the last, gaps included, clocks summed."""
        return self._runs.duration_s

    def push(self, packets: Sequence[Packet]) -> Assembled:
        """Return the blocks and events of the packets, which are all of one kind."""
        frames: list[CountsPacket] = []
        stamped: list[UnitPacket] = []
        for packet in packets:
            if packet.stream is not self._info.stream or isinstance(packet, ClockPacket):
                continue
            if isinstance(packet, CountsPacket):
                if self._fits(packet.counts.shape):
                    frames.append(packet)
            elif self._fits(packet.values.shape):
                stamped.append(packet)
        if frames:
            return self._build(self._counts.read(frames))
        return self._build(self._stamps.read(stamped)) if stamped else _NOTHING

    def finish(self) -> Assembled:
        """Return what is still withheld at the end of the stream; `reset` before the next one."""
        return self._build(self._stamps.finish())

    def _build(self, rows: Rows | None) -> Assembled:
        return _NOTHING if rows is None else Assembled(*self._runs.push(rows))

    def _fits(self, shape: tuple[int, ...]) -> bool:
        if shape[1] != self._channels:
            self.foreign_packets += 1
            return False
        return shape[0] > 0
