"""The one place that uses adafruit_hx711: its `read_fast`, with what it lacks on a Pi.

As shipped (1.1.2) the package cannot read on a Pi; tests/unit/sources/test_pins_adafruit.py holds
each reason, so that a release that mends one is noticed. Its bit loop is sound and is what we use.
What it asks of `microcontroller` is put in its place, in that module alone: a delay that spins,
for a sleep takes 78 us where the chip powers down after 60 (measured), and interrupts that are
left alone, for no program on Linux may stop them; `GuardedClock` measures what they did instead,
and reads each bit once more where the loop reads it only once.
"""

import os
from collections.abc import Callable
from typing import Final, cast

from trainer.sources.pins.cells import ClockLine, Levels

PULSES: Final = 25
"""Channel A, gain 128."""
HIGH_LIMIT_NS: Final = 50_000
"""The chip powers down after 60 us of clock high (data sheet); the rest is for the clocks."""

ReadFast = Callable[[ClockLine, Levels, int], int]


class Shim:
    """What `read_fast` asks of a microcontroller."""

    def __init__(self, now_ns: Callable[[], int]) -> None:
        self._now_ns = now_ns

    def delay_us(self, delay_us: int) -> None:
        """Spin: the phases of the clock may last from 0.2 to 50 us (data sheet)."""
        end_ns = self._now_ns() + 1000 * delay_us
        while self._now_ns() < end_ns:
            pass

    def disable_interrupts(self) -> None:
        """Do nothing: Linux has no such thing for programs."""

    def enable_interrupts(self) -> None:
        """Do nothing, as above."""


def load_read_fast(now_ns: Callable[[], int]) -> ReadFast:
    """Return the package's bit loop, made to work here."""
    # Only its pins need a board, and we bring our own.
    os.environ.setdefault("BLINKA_OS_AGNOSTIC", "1")
    from adafruit_hx711 import hx711  # noqa: PLC0415 - after the line above

    setattr(hx711, "microcontroller", Shim(now_ns))  # noqa: B010 - the type checkers know a module there
    return cast("ReadFast", hx711.read_fast)


class GuardedClock:
    """A clock pin that knows its longest high phase, measured from before it to after it.

    After each fall it reads the data lines again: a bit stands from 0.1 us after the rise of one
    pulse to that of the next (data sheet), so `again` differs from what was read in the pulses
    where a line is disturbed.
    """

    def __init__(self, line: ClockLine, data: Levels, now_ns: Callable[[], int]) -> None:
        self._line = line
        self._data = data
        self._now_ns = now_ns
        self._rise_ns = 0
        self._level = 0
        self.longest_ns = 0
        """Since `begin`."""
        self.again = 0
        """What the lines gave after each pulse since `begin`, put together as `read_fast` does."""

    @property
    def value(self) -> int:
        """Return the level that was set last."""
        return self._level

    @value.setter
    def value(self, level: int) -> None:
        self._level = level
        if level:
            self._rise_ns = self._now_ns()
            self._line.value = 1
            return
        self._line.value = 0
        # `read_fast` begins with a fall that had no rise.
        if self._rise_ns:
            self.longest_ns = max(self.longest_ns, self._now_ns() - self._rise_ns)
            self._rise_ns = 0
            self.again = self.again << 1 | self._data.value

    def begin(self) -> None:
        """Forget what was measured and read: a reading begins."""
        self.longest_ns = 0
        self.again = 0
