"""Incoming: the packets of one stream as blocks, and the rate that its filters are designed for."""

from collections.abc import Sequence

from trainer.core.packets import ClockPacket, CountsPacket, Packet, StreamInfo
from trainer.timing.assemble import Assembled, Assembler


class Incoming:
    """One stream of a source; packets of other streams are left out."""

    def __init__(self, info: StreamInfo) -> None:
        self.info = info
        self.assembler = Assembler(info)
        """The timing stage, for its counts."""
        self._design_rate_hz: float | None = None

    def pick(self, packets: Sequence[Packet]) -> list[Packet]:
        """Return the packets of the stream that hold samples."""
        return [
            packet
            for packet in packets
            if packet.stream is self.info.stream and not isinstance(packet, ClockPacket)
        ]

    def push(self, picked: Sequence[Packet]) -> Assembled:
        """Return what follows from the next packets of the stream."""
        return self.assembler.push(picked)

    def design_rate_hz(self, picked: Sequence[Packet]) -> float | None:
        """Return the rate that filters are designed for, as soon as it is known.

        It comes from the first packet alone: a later fit would depend on how packets are batched.
        """
        if self._design_rate_hz is None:
            self._design_rate_hz = self._first_rate_hz(picked)
        return self._design_rate_hz

    def _first_rate_hz(self, picked: Sequence[Packet]) -> float | None:
        for packet in picked:
            if isinstance(packet, CountsPacket):
                return 16e6 / packet.period_us16
        if self.info.period_s is not None:
            return 1 / self.info.period_s
        return self.assembler.rate_hz
