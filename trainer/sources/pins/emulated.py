"""Pins and SPI buses with emulated chips at their ends, in real time or in one that is moved.

Drivers run on them unchanged. Virtual time passes with every operation, as on a Pi; pauses of the
process are put in at random, before and after each edge, each reading and each time stamp.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Protocol

from trainer.sources.pins.emulator import Hx711Chip

LANE_BITS: Final = 32


class Time(Protocol):
    """Where the emulated world has its time from."""

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        ...

    def pass_ns(self, cost_ns: int, place: str) -> int:
        """Return the time after an operation of that cost."""
        ...


@dataclass(frozen=True, slots=True)
class Pauses:
    """How the process is interrupted."""

    chance: float = 0.0
    """Probability at each operation."""
    shortest_ns: int = 20_000
    longest_ns: int = 60_000_000


class VirtualTime:
    """Time that passes by being spent."""

    def __init__(self, rng: Random, pauses: Pauses | None = None, stamp_ns: int = 400) -> None:
        self._rng = rng
        self._pauses = pauses or Pauses()
        self._stamp_ns = stamp_ns
        self._at_ns = 1_000_000_000
        self.paused: Counter[str] = Counter()
        """Pauses so far, by where the process was."""
        self.waits = 0
        self._left = self._draw()

    def now_ns(self) -> int:
        """Return the time, of which the question itself takes some, before and after."""
        self.pass_ns(self._stamp_ns, "in a time stamp")
        now_ns = self._at_ns
        self.pass_ns(0, "in a time stamp")
        return now_ns

    def pass_ns(self, cost_ns: int, place: str) -> int:
        """Let an operation, and now and then a pause, pass."""
        self._at_ns += cost_ns
        self._left -= 1
        if not self._left:
            self._pause(place)
        return self._at_ns

    def wait_until(self, due_ns: float) -> None:
        """Sleep, too long as real sleeps are."""
        self.waits += 1
        self._at_ns = max(self._at_ns, int(due_ns)) + int(self._rng.expovariate(1 / 60_000))
        self.pass_ns(0, "asleep")

    def pause_after(self, operations: int, pause_ns: int) -> None:
        """Let one pause come after so many operations from now."""
        self._pauses = Pauses(0.0, pause_ns, pause_ns)
        self._left = operations

    def _draw(self) -> int:
        """Return after how many operations the next pause comes; drawing for each costs more."""
        chance = self._pauses.chance
        return 1 + int(self._rng.expovariate(chance)) if chance else -1

    def _pause(self, place: str) -> None:
        self.paused[place] += 1
        pauses = self._pauses
        ratio = pauses.longest_ns / max(1, pauses.shortest_ns)
        self._at_ns += int(pauses.shortest_ns * ratio ** self._rng.random())
        self._left = self._draw()


class RealTime:
    """The machine's own time; operations cost what they cost."""

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        return time.monotonic_ns()

    def pass_ns(self, cost_ns: int, place: str) -> int:  # noqa: ARG002 - what virtual time needs
        """Return now."""
        return time.monotonic_ns()


class EmulatedClock:
    """The shared clock pin of some chips."""

    COST_NS: Final = 1_500
    """Each half of an operation on a pin."""

    def __init__(
        self, chips: Sequence[Hx711Chip], time_: Time, operation_ns: int = COST_NS
    ) -> None:
        self.cost_ns = operation_ns
        self._chips = chips
        self._time = time_
        self._level = 0
        self.place = "before the first edge"
        self.writes = 0

    @property
    def value(self) -> int:
        """Return the level."""
        return self._level

    @value.setter
    def value(self, level: int) -> None:
        now_ns = self._time.pass_ns(self.cost_ns, self.place)
        self.writes += 1
        self._level = level = int(level)
        for chip in self._chips:
            chip.set_clock(level, now_ns)
        self.place = "clock high" if level else "clock low"
        self._time.pass_ns(self.cost_ns, self.place)


class EmulatedData:
    """The data pins of some chips, read at once: chip i in bit 32 i."""

    def __init__(self, chips: Sequence[Hx711Chip], time_: Time, clock: EmulatedClock) -> None:
        self._chips = chips
        self._time = time_
        self._clock = clock
        self.reads = 0

    @property
    def value(self) -> int:
        """Return the levels."""
        self.reads += 1
        now_ns = self._time.pass_ns(self._clock.cost_ns, self._clock.place)
        levels = 0
        for place, chip in enumerate(self._chips):
            levels |= chip.level(now_ns) << LANE_BITS * place
        self._time.pass_ns(self._clock.cost_ns, self._clock.place)
        return levels


class EmulatedSpi:
    """An SPI bus with one chip: its hardware keeps the clock, whatever the process does."""

    BIT_NS: Final = 1_000
    CALL_NS: Final = 5_000

    def __init__(self, chip: Hx711Chip, time_: Time) -> None:
        self._chip = chip
        self._time = time_
        self.bytes = 0
        """Transferred so far."""
        self.is_open = True

    def exchange(self, out: bytes) -> bytes:
        """Return what comes back while the bytes go out."""
        chip = self._chip
        at_ns = self._time.pass_ns(self.CALL_NS, "before a transfer")
        self.bytes += len(out)
        received = bytearray()
        for sent in out:
            byte = 0
            for bit in range(7, -1, -1):
                chip.set_clock(sent >> bit & 1, at_ns)
                at_ns += self.BIT_NS
                byte = byte << 1 | chip.level(at_ns - self.BIT_NS // 2)
            received.append(byte)
        self._time.pass_ns(len(out) * 8 * self.BIT_NS + self.CALL_NS, "after a transfer")
        return bytes(received)

    def close(self) -> None:
        """Let go of the bus."""
        self.is_open = False
