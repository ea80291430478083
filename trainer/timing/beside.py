"""Two clocks side by side: what one node's stamps are on the other's clock.

Both are laid beside the host's clock (nodeclock.py). How far they are apart is taken over at once,
then follows slowly, so that stamps keep rising while the clocks become better known.
"""

from collections.abc import Sequence
from typing import Final

from trainer.core.packets import ClockPacket, CountsPacket, Packet, Stream
from trainer.timing.assemble import Assembler
from trainer.timing.nodeclock import NodeClock

_FOLLOW: Final = 0.1
"""Seconds by which the shift may change in a second: stamps rise at nine tenths at least."""
_SET_S: Final = 1.0
"""A shift that is this much off is of another clock and taken over at once."""


class ClocksBeside:
    """The shift from the stamps of one stream to those of another; packets come in their order."""

    def __init__(self, ours: Stream, theirs: Stream) -> None:
        self._clocks = {ours: NodeClock(), theirs: NodeClock()}
        self._ours = self._clocks[ours]
        self._theirs = self._clocks[theirs]
        self._shift_s: float | None = None
        self._at_s = 0.0

    def push(self, packets: Sequence[Packet]) -> None:
        """Take in what tells of the clocks."""
        for packet in packets:
            if isinstance(packet, CountsPacket | ClockPacket) and packet.stream in self._clocks:
                self._clocks[packet.stream].push(packet)

    def shift_s(self, ours: Assembler, theirs: Assembler) -> float | None:
        """Return what to add to our newest stamps; None while a clock is not known."""
        found_s = self._found_s(ours, theirs)
        at_s = ours.newest_s
        if found_s is None or at_s is None:
            return self._shift_s
        before_s = self._shift_s
        if before_s is not None and abs(found_s - before_s) < _SET_S:
            most_s = _FOLLOW * max(0.0, at_s - self._at_s)
            found_s = before_s + min(max(found_s - before_s, -most_s), most_s)
        self._shift_s, self._at_s = found_s, at_s
        return found_s

    def _found_s(self, ours: Assembler, theirs: Assembler) -> float | None:
        """Return the shift as the clocks are known now."""
        our = _host_s(self._ours, ours)
        their = _host_s(self._theirs, theirs)
        if our is None or their is None:
            return None
        # Both newest stamps are of about now: the drift over what lies between them is nothing.
        return (their[0] - our[0]) + (our[1] - their[1])


def _host_s(clock: NodeClock, assembler: Assembler) -> tuple[float, float] | None:
    """Return the newest stamp, and the host's time of it."""
    stamp_s, origin_us = assembler.newest_s, assembler.origin_us
    if stamp_s is None or origin_us is None:
        return None
    host_s = clock.host_s(origin_us + round(stamp_s * 1e6))
    return None if host_s is None else (stamp_s, host_s)
