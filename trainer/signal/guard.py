"""Keep converter glitches and lone spikes out of the force, and mark saturation.

Rules, per channel and sample by sample:
- A sample that jumps too far is held for one sample. If the next one is back, it was a glitch and
  is counted; if the next one stays, it was a fast press, and only that one sample was held.
- A code that an HX711 sends when it is clocked late or powers down (0, -1, 2^k - 1, lowest),
  reached by such a jump, is held for up to LONGEST_HELD samples.
- Full scale twice in a row is saturation: it is passed on and marked.
How far is too far follows the quietest of the last cells of GRID samples of absolute index, so the
cutting of the signal changes nothing.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from calibration import Calibration
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, Quality
from trainer.core.events import Event, SamplesRejected, SaturationSeen

LEAST_JUMP_N: Final = 2.0
"""Below this a spike is no larger than a fidget and harms nothing."""

NOISE_RANGES: Final = 5.0
"""In ranges of a quiet cell: 8 Gaussian samples span 2.85 standard deviations (Tippett 1925), the
quietest of five cells about 1.9 of them. Of 180,000 samples of noise of 0.5-10 N it rejects 2-4."""

TREND_JUMPS: Final = 3.0
"""A step may be so many times the step before it: a rise accelerates, a spike does not announce
itself. The converter's filter spreads a true step over four conversions (data sheet)."""

GRID: Final = 8
"""Samples per cell."""

CELLS: Final = 5
"""Half a second at 80 Hz: longer than most rises, so that one of the cells is quiet."""

TELL_S: Final = 0.5
"""An overload that lasts is told of again: whoever stops a session for it must know it does."""

LONGEST_HELD: Final = 5
"""A code that lasts longer is passed on: as long as a loss may be held, and a dead cell shows."""

LOWEST_POWER: Final = 8
"""Codes 2^k - 1 from this k on are suspect; smaller ones are within the noise of zero."""

GLITCH_CODES: Final = frozenset(
    {0.0, -1.0, *(2.0**k - 1 for k in range(LOWEST_POWER, 24)), -(2.0**23)}
)
"""Seen by users of the chip (bogde/HX711 83; gandalf15/HX711 39)."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A block without glitches, and what was found in it."""

    block: Block
    events: tuple[Event, ...]


class Guard:
    """Hold glitches; needs the calibration to know how far a newton is."""

    def __init__(self, calibration: Calibration) -> None:
        self._names = calibration.channels
        gains = [abs(float(gain)) for gain in calibration.matrix().diagonal()]
        self._least_jumps = [LEAST_JUMP_N / gain if gain > 0 else LEAST_JUMP_N for gain in gains]
        self._full_scale = float(calibration.full_scale_counts or float("inf"))
        self.rejected_samples = 0
        """Glitches and spikes held so far."""
        self.reset()

    def reset(self) -> None:
        """Forget the signal; the count stays."""
        self._channels: list[_Channel] = []
        self._was_saturated = False
        self._told_s = 0.0

    def push(self, block: Block) -> Guarded:
        """Return the block with glitches held and flagged, and what was found."""
        count = len(block.time_s)
        if count == 0:
            return Guarded(block, ())
        columns: list[list[float]] = block.data.T.tolist()
        if block.starts_run or not self._channels:
            self._start(columns)
        repair = _Repair(block)
        start = 0
        while start < count:
            stop = min(count, start + GRID - (block.first_index + start) % GRID)
            is_end = (block.first_index + stop) % GRID == 0
            for index, channel in enumerate(self._channels):
                values = columns[index][start:stop]
                if not channel.pass_clean(values):
                    repair.take(channel, values, start, index)
                if is_end:
                    channel.end_cell()
            start = stop
        if repair.data is None:
            self._was_saturated = False
            return Guarded(block, ())
        return Guarded(repair.block(), self._report(repair))

    def _start(self, columns: list[list[float]]) -> None:
        self.reset()
        self._channels = [
            _Channel(column[0], least, self._full_scale)
            for column, least in zip(columns, self._least_jumps, strict=True)
        ]

    def _report(self, repair: "_Repair") -> tuple[Event, ...]:
        time_s = repair.source.time_s
        events: list[Event] = []
        for row in sorted({*repair.rejected, *repair.saturated}):
            at_s = float(time_s[row])
            if row in repair.rejected:
                self.rejected_samples += repair.rejected[row]
                events.append(SamplesRejected(at_s, repair.rejected[row]))
            if row in repair.saturated and self._is_news(row, repair, at_s):
                self._told_s = at_s
                events.append(SaturationSeen(at_s, self._names[repair.saturated[row]]))
        self._was_saturated = len(time_s) - 1 in repair.saturated
        return tuple(events)

    def _is_news(self, row: int, repair: "_Repair", at_s: float) -> bool:
        was_saturated = self._was_saturated if row == 0 else row - 1 in repair.saturated
        return not was_saturated or at_s - self._told_s >= TELL_S


class _Channel:
    """What the guard remembers of one channel."""

    __slots__ = (
        "_full",
        "_least",
        "_low_high",
        "_ranges",
        "held",
        "is_full",
        "last",
        "limit",
        "step",
    )

    def __init__(self, first: float, least: float, full: float) -> None:
        self._least = least
        self._full = full
        self._ranges: deque[float] = deque(maxlen=CELLS)
        self._low_high = (first, first)
        self.last = first
        self.step = 0.0
        self.limit = float("inf")
        """No jump is too far before the first cell has shown the noise."""
        self.held = 0
        self.is_full = False

    def pass_clean(self, values: list[float]) -> bool:
        """Take in samples among which none can be suspect; return False where one may be."""
        low, high = min(values), max(values)
        last, limit = self.last, self.limit
        is_near = high - low <= limit and high - last <= limit and last - low <= limit
        if not is_near and not self._has_short_steps(values):
            return False
        if self.held or high >= self._full or -low >= self._full:
            return False
        self.step = abs(values[-1] - (values[-2] if len(values) > 1 else last))
        self.last = values[-1]
        self._low_high = (min(low, self._low_high[0]), max(high, self._low_high[1]))
        return True

    def _has_short_steps(self, values: list[float]) -> bool:
        last, limit = self.last, self.limit
        for value in values:
            if abs(value - last) > limit:
                return False
            last = value
        return True

    def take(self, value: float) -> tuple[float, int]:
        """Take in one sample; return what stands for it, and how many glitches it shows."""
        size = abs(value - self.last)
        is_far = size > max(self.limit, TREND_JUMPS * self.step)
        is_full = abs(value) >= self._full
        is_code = value in GLITCH_CODES and self._full < float("inf") and not is_full
        if is_far and (self.held == 0 or (is_code and self.held < LONGEST_HELD)):
            self.held += 1
            self.is_full = False
            return self.last, 0
        rejected = 0 if is_far else self.held
        self.held = 0
        self.is_full = is_full
        self.step = size
        self.last = value
        self._low_high = (min(value, self._low_high[0]), max(value, self._low_high[1]))
        return value, rejected

    def end_cell(self) -> None:
        """Take the cell's range into the limit."""
        low, high = self._low_high
        self._ranges.append(high - low)
        self._low_high = (self.last, self.last)
        self.limit = max(self._least, NOISE_RANGES * min(self._ranges))


class _Repair:
    """A block that is being repaired, copied at the first suspect sample."""

    def __init__(self, source: Block) -> None:
        self.source = source
        self.data: FloatArray | None = None
        self.rejected: dict[int, int] = {}
        """Glitches by the row that showed them."""
        self.saturated: dict[int, int] = {}
        """First saturated channel by row."""

    def take(self, channel: _Channel, values: list[float], start: int, index: int) -> None:
        """Put one channel's samples from row `start` on through the rules."""
        if self.data is None:
            self.data = self.source.data.copy()
            self._quality = self.source.quality.copy()
        for row, value in enumerate(values, start):
            kept, rejected = channel.take(value)
            self.data[row, index] = kept
            if channel.held:
                self._quality[row] |= Quality.REJECTED
            if channel.is_full:
                self._quality[row] |= Quality.SATURATED
                self.saturated.setdefault(row, index)
            if rejected:
                self.rejected[row] = self.rejected.get(row, 0) + rejected

    def block(self) -> Block:
        """Return the repaired block."""
        assert self.data is not None
        source = self.source
        return Block(
            source.info,
            source.first_index,
            source.time_s,
            self.data,
            self._quality,
            source.starts_run,
        )
