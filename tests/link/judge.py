"""Judges what the product makes of a node's packets by the truth that the virtual chips keep."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.link.scene import COUNTED
from tests.virtual.footparts import Chip
from trainer.core.block import Quality
from trainer.core.events import Event
from trainer.core.packets import Packet, StreamInfo, UnitPacket
from trainer.timing.assemble import Assembler
from trainer.timing.nodeclock import NodeClock


@dataclass
class Verdict:
    """What became of one stream."""

    numbers: list[int] = field(default_factory=list)
    """Numbers of the samples received, unwrapped, in the order of the product's stamps."""
    errors_s: list[float] = field(default_factory=list)
    """Host time that the product gives a sample, less the true one."""
    events: list[Event] = field(default_factory=list)
    lost_samples: int = 0
    gaps: int = 0

    @property
    def is_complete(self) -> bool:
        """Return whether every sample from the first to the last is there exactly once."""
        return self.numbers == list(range(self.numbers[0], self.numbers[-1] + 1))

    def p99_s(self, share: float = 0.99) -> float:
        """Return the error in seconds that this share of the samples keeps below."""
        return float(np.quantile(np.abs(self.errors_s), share))


def judge(packets: Sequence[Packet], info: StreamInfo, chip: Chip) -> Verdict:
    """Return the verdict on a stream; packets are those of one node, in the order of arrival.

    Each sample is given its host time by what had arrived up to its own packet.
    """
    clock, assembler, verdict = NodeClock(), Assembler(info), Verdict()
    span = COUNTED[info.stream]
    last = 0
    for packet in packets:
        assert not isinstance(packet, UnitPacket)
        clock.push(packet)
        made = assembler.push([packet])
        verdict.events += made.events
        for block in made.blocks:
            is_real = (block.quality & Quality.HELD) == 0
            for count, at_s in zip(block.data[is_real, 0], block.time_s[is_real], strict=True):
                last += (int(count) - last) % span
                verdict.numbers.append(last)
                found_s = _host_s(clock, assembler, info, float(at_s))
                verdict.errors_s.append(found_s - chip.taken_s(last))
    verdict.lost_samples, verdict.gaps = assembler.lost_samples, assembler.gaps
    return verdict


def _host_s(clock: NodeClock, assembler: Assembler, info: StreamInfo, at_s: float) -> float:
    assert assembler.origin_us is not None
    assert assembler.rate_hz is not None
    ready_s = at_s + info.delay_periods / assembler.rate_hz
    found_s = clock.host_s(assembler.origin_us + round(ready_s * 1e6))
    assert found_s is not None
    return found_s
