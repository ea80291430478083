"""An HX711 that answers clock edges, in virtual or real time, with the faults that real ones show.

It behaves as the data sheet has it: DOUT falls when a conversion is ready; each rising edge shifts
out one of 24 bits, first the highest; 25, 26 or 27 pulses choose the channel of the next one;
60 us of clock high power it down, and four conversions settle after that. What the data sheet
leaves open (a conversion that ends while the one before is shifted out) it does in both ways that
users report: the rest of the bits are ones, or they are those of the new conversion.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

POWER_DOWN_NS: Final = 60_000
SETTLING: Final = 4
PULSES: Final = 25
HIGHEST: Final = 0x7FFFFF
LOWEST: Final = -0x800000
_BITS: Final = 24
_MASK: Final = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Habits:
    """How one chip behaves."""

    rate_hz: float = 88.0
    """'80 Hz' boards run at 67 to 93 Hz."""
    jitter: float = 0.0005
    """Standard deviation of a period, as a part of it."""
    is_mixing: bool = False
    """Whether a conversion that ends in a reading gives its own bits; else ones."""
    is_loud: bool = False
    """Whether conversions that have not settled are told; else DOUT stays high."""
    stuck: int | None = None
    """Level of a data line that the chip does not drive."""
    glitch: float = 0.0
    """Probability that a bit is read wrong once."""


class Hx711Chip:
    """One chip; `code` gives the count of each conversion by its number."""

    def __init__(self, habits: Habits, code: Callable[[int], int], rng: Random) -> None:
        self.habits = habits
        self.power_downs = 0
        self.readings = 0
        self.truth: int | None = None
        """The settled count that was shifted out last, whole; None where there was none."""
        self.ready_ns = 0.0
        """When its newest conversion ended."""
        self._code = code
        self._rng = rng
        self._period_ns = 1e9 / habits.rate_hz
        self._next_ns = rng.random() * self._period_ns
        self._number = 0
        self._unsettled = SETTLING
        self._is_fresh = False
        self._word = 0
        self._newest: int | None = None
        self._pulses = 0
        self._is_spoilt = False
        self._clock = 0
        self._rise_ns = 0
        self._is_down = False
        self._started = False

    def set_clock(self, level: int, now_ns: int) -> None:
        """Take an edge of the clock line, or none."""
        self.pass_time(now_ns)
        if level == self._clock:
            return
        self._clock = level
        if level:
            self._rise_ns = now_ns
            self._pulse()
        elif self._is_down:
            self._is_down = False
            self._restart(now_ns)

    def level(self, now_ns: int) -> int:
        """Return the level of DOUT."""
        self.pass_time(now_ns)
        if self.habits.stuck is not None:
            return self.habits.stuck
        level = self._true_level()
        if self.habits.glitch and self._rng.random() < self.habits.glitch:
            return 1 - level
        return level

    def pass_time(self, now_ns: int) -> None:
        """Let conversions end and the power go, up to that time."""
        if not self._started:
            self._started = True
            self._next_ns += now_ns
        if self._clock and not self._is_down and now_ns - self._rise_ns > POWER_DOWN_NS:
            # Up to then it went on converting.
            self._convert(self._rise_ns + POWER_DOWN_NS)
            self._is_down = True
            self._is_spoilt = True
            self.power_downs += 1
        if not self._is_down and now_ns >= self._next_ns:
            self._convert(now_ns)

    def _true_level(self) -> int:
        if self._is_down:
            return 1
        if self._pulses == 0:
            return 0 if self._is_fresh else 1
        if self._pulses > _BITS:
            return 1
        return self._word >> (_BITS - self._pulses) & 1

    def _pulse(self) -> None:
        if self._is_down or (self._pulses == 0 and not self._is_fresh):
            return
        if self._pulses == 0:
            self._is_spoilt = self._unsettled > 0
            self._is_fresh = False
        self._pulses += 1
        if self._pulses == PULSES:
            self.readings += 1
            self.truth = None if self._is_spoilt else self._newest

    def _restart(self, now_ns: int) -> None:
        self._pulses = 0
        self._is_fresh = False
        self._unsettled = SETTLING
        self.truth = None
        self._next_ns = now_ns + self._period_ns

    def _convert(self, now_ns: int) -> None:
        while self._next_ns <= now_ns:
            self.ready_ns = self._next_ns
            self._next_ns += self._period_ns * (1.0 + self._rng.gauss(0.0, self.habits.jitter))
            self._number += 1
            self._unsettled = max(0, self._unsettled - 1)
            self._end_conversion()

    def _end_conversion(self) -> None:
        is_whole = self._pulses >= PULSES
        count = max(LOWEST, min(HIGHEST, self._code(self._number)))
        if self._unsettled:
            # Halfway from one weight to the next: a wrong value.
            count = -count // 2 - 1
        if 0 < self._pulses < PULSES:
            self._is_spoilt = True
            rest = _MASK >> self._pulses
            self._word = self._word & ~rest | (count & rest if self.habits.is_mixing else rest)
            return
        if is_whole or not self._pulses:
            if self._pulses > PULSES:
                # Another channel: what comes next must settle.
                self._unsettled = SETTLING
            self._pulses = 0
            self._word = count & _MASK
            self._newest = count
            self._is_fresh = not self._unsettled or self.habits.is_loud
