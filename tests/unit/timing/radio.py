"""A radio in numbers: what is ready at any time arrives at the next moment of sending."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.core.packets import ClockPacket, CountsPacket, Status, Stream

WRAP = 2**32
RATE_HZ = 95.0
FRAME = 5
PINGS_S = 0.2618


@dataclass(frozen=True, slots=True)
class Radio:
    """A node whose clock is off and drifts, behind a link that sends every `interval_s`."""

    stream: Stream = Stream.FORCE
    interval_s: float = 0.03
    skew_ppm: float = 40.0
    offset_s: float = 5000.0
    phase_s: float = 0.011
    channels: int = 1

    def tick_us(self, host_s: float) -> int:
        """Return the node's clock, not wrapped, at a host time."""
        return round((host_s * (1 + self.skew_ppm * 1e-6) + self.offset_s) * 1e6)

    def arrival_s(self, ready_s: float) -> float:
        """Return when something that is ready then arrives."""
        moments = np.ceil((ready_s - self.phase_s) / self.interval_s)
        return float(self.phase_s + moments * self.interval_s + 0.0005)

    def frames(self, until_s: float) -> Iterator[tuple[CountsPacket, float]]:
        """Yield each frame and the host time at which its first sample was taken."""
        period_s = 1 / RATE_HZ
        for number in range(int(until_s / (FRAME * period_s))):
            first_s = number * FRAME * period_s
            ready_s = first_s + (FRAME - 1) * period_s + 0.001
            yield (
                CountsPacket(
                    self.stream,
                    number % 2**16,
                    self.tick_us(first_s) % WRAP,
                    round(16e6 * period_s),
                    0,
                    Status.OK,
                    np.full((FRAME, self.channels), number, np.int32),
                    self.arrival_s(ready_s),
                ),
                first_s,
            )

    def packets(self, until_s: float) -> list[CountsPacket | ClockPacket]:
        """Return frames and answers."""
        return [*(frame for frame, _ in self.frames(until_s)), *self.answers(until_s)]

    def answers(self, until_s: float, every_s: float = PINGS_S) -> Iterator[ClockPacket]:
        """Yield an answer to each question asked."""
        for number in range(int(until_s / every_s)):
            asked_s = number * every_s
            seen_s = self.arrival_s(asked_s) + 0.001
            sent_s = seen_s + 0.0005
            yield ClockPacket(
                self.stream,
                asked_s,
                self.tick_us(seen_s),
                self.tick_us(sent_s),
                self.arrival_s(sent_s),
            )
