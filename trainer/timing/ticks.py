"""Frames of a node to places on a time line: counters unwrapped, losses found, jitter smoothed.

Rules:
- A frame seen before, byte for byte, is a duplicate: a radio library that subscribes twice
  delivers each notification twice (hbldh/bleak#2002), and a node may resend its ring.
- A frame that was overtaken is left out: its number and its clock both lie a little behind the
  newest. What overtook it has told its samples as lost, and time does not run backwards.
- The device clock is unwrapped by the shorter way round; across a longer silence the host's
  arrival times say how often it wrapped, unless the frame numbers are consecutive.
- Where the next frame should begin follows from the samples counted so far. A clock that is late
  by whole periods tells of samples lost between the frames. What remains is jitter of reading the
  converter, whose own oscillator is steady: it is smoothed by a second-order loop, so a stamp
  is a sample count fitted to the device clock, and the period is measured, never assumed.
- A clock that is early by more than one and a half periods, or ahead of the host by more than
  five minutes, has been set anew: its stamps start again at zero.
"""

from typing import Final, NamedTuple

from trainer.core.packets import CountsPacket

MAX_JUMP: Final = 5
"""Periods between samples that still are a loss; more are a gap."""

_WRAP_US: Final = 1 << 32
_SEQS: Final = 1 << 16
_RECENT: Final = 256
"""Frames remembered against duplicates: the 2 to 5 s that a node's ring holds, and more."""
_OVERTAKEN_US: Final = 10_000_000
"""Twice what a node's ring holds: an older frame comes from another clock."""
_AHEAD_US: Final = 300e6
"""No node's ring and no stalled host explains device time this far ahead of arrival."""
_OTHER_RATE: Final = 0.02
"""A change of the measured period beyond this is another rate, not drift of an oscillator."""
_PHASE_GAIN: Final = 1 / 8
_PERIOD_GAIN: Final = 1 / 128
"""Half the square of the phase gain: about critically damped."""


class Place(NamedTuple):
    """Where the samples of a frame lie."""

    first_s: float
    """Stamp of the first sample, middle of its conversion, on the device's clock."""
    period_s: float
    jump: int
    """Periods since the last sample before; 1 = nothing lost, 0 = a gap or a new clock."""
    dropped: int
    """Frames that were generated and never came."""


class TickTrack:
    """The time line of one stream of counts."""

    def __init__(self, delay_periods: float) -> None:
        self._delay_periods = delay_periods
        self._recent: list[tuple[int, int, bytes] | None] = [None] * _RECENT
        self._frame: CountsPacket | None = None
        self._clock_us = 0
        """Device time of the last frame since the clock's first."""
        self._start_us = 0.0
        """The same, smoothed."""
        self._count = 0
        self._period_us = 0.0
        self._frames = 0
        """Frames in the run, as far as the gain of the loop needs to know."""
        self._last_s = 0.0
        self._skipped = 0
        """Frames missing by their numbers."""
        self._told = 0
        """Frames that the node says it dropped."""
        self._missing = 0
        """Frames reported."""
        self.origin_us: int | None = None
        """Device clock, modulo 2^32, at which the stamps are zero; None before the first frame."""

    @property
    def period_s(self) -> float | None:
        """Return the measured sample period in seconds; None before the first frame."""
        return self._period_us * 1e-6 if self._period_us else None

    def place(self, frame: CountsPacket) -> Place | None:
        """Return where the samples lie.

        None for a frame that is a duplicate, was overtaken, or has no period.
        """
        mark = (frame.seq, frame.tick_us, frame.counts.tobytes())
        slot = frame.seq % _RECENT
        period_us = frame.period_us16 / 16 or self._period_us
        if self._recent[slot] == mark or not period_us:
            return None
        self._recent[slot] = mark
        before = self._frame
        if before is not None and _is_overtaken(before, frame):
            return None
        self._frame = frame
        count = frame.counts.shape[0]
        if before is None:
            self.origin_us = frame.tick_us
            return self._begin(0, period_us, 0, count)
        steps = (frame.seq - before.seq) % _SEQS
        elapsed_us = _elapsed_us(before, frame, steps)
        if abs(period_us - self._period_us) <= _OTHER_RATE * self._period_us:
            period_us = self._period_us
        due_us = self._start_us + self._count * period_us
        late = (self._clock_us + elapsed_us - due_us) / period_us
        if elapsed_us <= 0 or late < -1.5:  # noqa: PLR2004 - see the rules above
            self.origin_us = frame.tick_us
            return self._begin(0, period_us, 0, count)
        dropped = 0
        # Of consecutive frames none is missing, unless as many are as the numbers count up to.
        if steps != 1 or late >= MAX_JUMP or frame.dropped_total != before.dropped_total:
            dropped = self._dropped(before, frame, steps, elapsed_us / period_us)
        if late >= MAX_JUMP - 0.5:
            return self._begin(self._clock_us + elapsed_us, period_us, dropped, count)
        self._clock_us += elapsed_us
        return self._follow(due_us, period_us, dropped, count)

    def _begin(self, clock_us: int, period_us: float, dropped: int, count: int) -> Place:
        self._clock_us = clock_us
        self._start_us = float(clock_us)
        self._frames = 1
        return self._put(period_us, 0, dropped, count)

    def _follow(self, due_us: float, period_us: float, dropped: int, count: int) -> Place:
        late = (self._clock_us - due_us) / period_us
        lost = max(0, round(late))
        jitter_us = (late - lost) * period_us
        self._frames += 1
        # At first the mean of all frames: one late reading must not set the phase for seconds.
        gain = max(_PHASE_GAIN, 1 / self._frames)
        self._start_us = due_us + lost * period_us + gain * jitter_us
        period_us += _PERIOD_GAIN * jitter_us / (self._count + lost)
        return self._put(period_us, lost + 1, dropped, count)

    def _put(self, period_us: float, jump: int, dropped: int, count: int) -> Place:
        period_s = period_us * 1e-6
        first_s = self._start_us * 1e-6 - self._delay_periods * period_s
        if jump and first_s <= self._last_s:
            # The frame before claimed a longer period than this one: stamps rise all the same.
            first_s = self._last_s + period_s / 16
        self._period_us = period_us
        self._count = count
        self._last_s = first_s + (count - 1) * period_s
        return Place(first_s, period_s, jump, dropped)

    def _dropped(
        self, before: CountsPacket, frame: CountsPacket, steps: int, periods: float
    ) -> int:
        """Return the frames newly known to be missing; none where the numbers started again.

        The node's own count comes with frames that were made after the loss and before it was
        seen: what the numbers have shown already is not counted once more.
        """
        frames = periods / before.counts.shape[0]
        steps += _SEQS * max(0, round((frames - steps) / _SEQS))
        told = (frame.dropped_total - before.dropped_total) % _SEQS
        # A frame holds a sample at least, so more cannot have been generated in that time.
        if max(steps - 1, told) > periods + 1:
            return 0
        self._skipped += steps - 1
        self._told += told
        before_known, self._missing = self._missing, max(self._skipped, self._told, self._missing)
        return self._missing - before_known


def _is_overtaken(newest: CountsPacket, frame: CountsPacket) -> bool:
    """Return whether a frame was generated shortly before the newest one and comes after it."""
    behind = (newest.seq - frame.seq) % _SEQS
    return (
        0 < behind <= _RECENT and 0 < (newest.tick_us - frame.tick_us) % _WRAP_US <= _OVERTAKEN_US
    )


def _elapsed_us(before: CountsPacket, frame: CountsPacket, steps: int) -> int:
    """Return the device time between the frames' first samples; not positive on a new clock."""
    elapsed_us = (frame.tick_us - before.tick_us) % _WRAP_US
    if elapsed_us >= _WRAP_US // 2:
        elapsed_us -= _WRAP_US
    if steps == 1:
        return elapsed_us
    silent_us = (frame.arrival_s - before.arrival_s) * 1e6
    elapsed_us += _WRAP_US * max(0, round((silent_us - elapsed_us) / _WRAP_US))
    return elapsed_us if elapsed_us <= silent_us + _AHEAD_US else -1
