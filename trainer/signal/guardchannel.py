"""What the guard knows of one channel, sample by sample: rules in guard.py."""

from collections import deque
from typing import Final

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

LONGEST_HELD: Final = 5
"""A code that lasts longer is passed on: as long as a loss may be held, and a dead cell shows."""

LOWEST_POWER: Final = 8
"""Codes 2^k - 1 from this k on are suspect; smaller ones are within the noise of zero."""

GLITCH_CODES: Final = frozenset(
    {0.0, -1.0, *(2.0**k - 1 for k in range(LOWEST_POWER, 24)), -(2.0**23)}
)
"""Seen by users of the chip (bogde/HX711 83; gandalf15/HX711 39)."""


class GuardChannel:
    """What the guard remembers of one channel."""

    __slots__ = (
        "_low_high",
        "full",
        "held",
        "is_full",
        "last",
        "least",
        "limit",
        "ranges",
        "step",
    )

    def __init__(self, first: float, least: float, full: float) -> None:
        self.least = least
        self.full = full
        self.ranges: deque[float] = deque(maxlen=CELLS)
        self._low_high = (first, first)
        self.last = first
        self.step = 0.0
        self.limit = float("inf")
        """No jump is too far before the first cell has shown the noise."""
        self.held = 0
        self.is_full = False

    def pass_clean(self, values: list[float], phase: int) -> int:
        """Take in samples as far as none of a cell's can be suspect; return how many.

        `phase` is the place of the first one in its cell.
        """
        if self.held:
            return 0
        before = last = self.last
        limit, full = self.limit, self.full
        cell_low, cell_high = self._low_high
        start, count = 0, len(values)
        while start < count:
            stop = start + GRID - phase
            part = values[start:stop]
            low, high = min(part), max(part)
            if high >= full or -low >= full:
                break
            is_near = high - low <= limit and high - last <= limit and last - low <= limit
            if not is_near and not _has_short_steps(part, last, limit):
                break
            if low < cell_low:  # noqa: PLR1730 - here min() would cost three times as much
                cell_low = low
            if high > cell_high:  # noqa: PLR1730 - as above
                cell_high = high
            last = part[-1]
            start = stop
            if stop <= count:
                self._low_high, self.last = (cell_low, cell_high), last
                self.end_cell()
                cell_low = cell_high = last
                limit, phase = self.limit, 0
        taken = min(start, count)
        if taken:
            self.step = abs(last - (values[taken - 2] if taken > 1 else before))
            self.last = last
            self._low_high = (cell_low, cell_high)
        return taken

    def take(self, value: float) -> tuple[float, int]:
        """Take in one sample; return what stands for it, and how many glitches it shows."""
        size = abs(value - self.last)
        is_far = size > max(self.limit, TREND_JUMPS * self.step)
        is_full = abs(value) >= self.full
        is_code = value in GLITCH_CODES and self.full < float("inf") and not is_full
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
        self.ranges.append(high - low)
        self._low_high = (self.last, self.last)
        self.limit = max(self.least, NOISE_RANGES * min(self.ranges))

    def skip_to(self, ranges: list[float], last: float, step: float) -> None:
        """Take over the state at the end of whole cells that hold nothing suspect.

        `ranges` are those of the newest cells, at least one; `last` is the newest sample, `step`
        the size of the step to it.
        """
        self.ranges = deque(ranges, maxlen=CELLS)
        self.limit = max(self.least, NOISE_RANGES * min(self.ranges))
        self.last = last
        self.step = step
        self._low_high = (last, last)


def _has_short_steps(values: list[float], last: float, limit: float) -> bool:
    for value in values:
        if abs(value - last) > limit:
            return False
        last = value
    return True
