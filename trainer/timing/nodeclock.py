"""A node's clock in host seconds, bounded from both sides: by what arrives and by what is asked.

A sample cannot arrive before it was taken, so the least late of the samples bound the node's clock
from one side (clockfit.py: the line through them follows the drift). A question cannot be seen
before it was asked, so the best of the answers bounds it from the other. Truth lies between the
two lines; they are as far apart as the shortest way there and the shortest way back together take,
and the middle is wrong by half the difference of these two at most.

Only what came before a packet is used for it, packet by packet, so that a replay finds the same.
"""

from collections import deque
from typing import Final

from trainer.core.packets import ClockPacket, CountsPacket
from trainer.timing.clockfit import ClockFit

_WRAP_US: Final = 1 << 32
_KEPT: Final = 64
"""Answers remembered: they reach over the time that the line of the arrivals is laid under."""
_RESENT_US: Final = 10_000_000
"""What a node sends again after a lost link is not older: twice what its ring holds."""
_LONGEST_WAY_S: Final = 0.5
"""A question that was longer under way tells nothing; also the step of a clock that was set."""


class NodeClock:
    """The clock of one node; ticks are those of its frames, microseconds modulo 2^32."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._fit = ClockFit()
        self._asked: deque[tuple[float, float]] = deque(maxlen=_KEPT)
        """(device_s, host_s) no later than that"""
        self._newest_us: int | None = None
        self._arrival_s = 0.0

    @property
    def skew_ppm(self) -> float:
        """Return how much faster host seconds pass than the node's, parts per million."""
        return self._fit.skew_ppm

    @property
    def width_s(self) -> float | None:
        """Return how far the two bounds are apart; None before the first answer.

        The clock is wrong by half of it at most, and by far less where both ways are alike.
        """
        gaps = [
            host_s - asked_s
            for device_s, asked_s in self._asked
            if (host_s := self._fit.host_s(device_s)) is not None
        ]
        return max(0.0, min(gaps)) if gaps else None

    def push(self, packet: CountsPacket | ClockPacket) -> None:
        """Take in a frame, or an answer, in the order of their arrival."""
        if isinstance(packet, ClockPacket):
            sent_s = self._follow(packet.sent_us, packet.arrival_s)
            waited_s = (packet.sent_us - packet.received_us) * 1e-6
            if packet.arrival_s - packet.asked_s - waited_s < _LONGEST_WAY_S:
                self._asked.append((sent_s - waited_s, packet.asked_s))
            return
        last_us = packet.tick_us + (len(packet.counts) - 1) * packet.period_us16 // 16
        self._follow(last_us, packet.arrival_s)

    def host_s(self, tick_us: int) -> float | None:
        """Return the host's monotonic seconds of a tick near the newest; None before the first."""
        if self._newest_us is None:
            return None
        at_s = self._fit.host_s(self._near(tick_us) * 1e-6)
        return None if at_s is None else at_s - (self.width_s or 0.0) / 2

    def _near(self, tick_us: int) -> int:
        """Return a tick unwrapped, the shorter way from the newest."""
        newest_us = self._newest_us or 0
        step_us = (tick_us - newest_us) % _WRAP_US
        return newest_us + (step_us - _WRAP_US if step_us >= _WRAP_US // 2 else step_us)

    def _follow(self, tick_us: int, arrival_s: float) -> float:
        """Return device seconds that do not wrap; the newest tell of the clock."""
        tick_us %= _WRAP_US
        newest_us = self._newest_us
        if newest_us is not None:
            near_us = self._near(tick_us)
            silent_us = (arrival_s - self._arrival_s) * 1e6
            # After a silence of more than half an hour the shorter way is the wrong one.
            near_us += _WRAP_US * max(0, round((silent_us - near_us + newest_us) / _WRAP_US))
            due_s = self._fit.host_s(near_us * 1e-6)
            is_set = due_s is not None and arrival_s < due_s - _LONGEST_WAY_S
            if not is_set and newest_us - _RESENT_US <= near_us <= newest_us:
                return near_us * 1e-6
            if is_set or near_us < newest_us:
                self.reset()
            else:
                tick_us = near_us
        self._newest_us, self._arrival_s = tick_us, arrival_s
        self._fit.push(tick_us * 1e-6, arrival_s)
        return tick_us * 1e-6
