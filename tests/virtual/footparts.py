"""The parts of a virtual foot node: clock and converters whose truth is known, battery, light."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

SOFT_HZ: Final = 0.7
"""Of the own signal: a slow press."""
READY_LATE_S: Final = (0.00005, 0.0003, 0.0001, 0.00045)
"""How long after a conversion the node looks, in turn: it polls every half millisecond."""


@dataclass
class DeviceClock:
    """The node's clock: starts where it is told, runs fast or slow."""

    now_s: Callable[[], float]
    skew_ppm: float = 0.0
    start_us: int = 0
    boot_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.boot_s = self.now_s()

    def now_us(self) -> int:
        """Return the device time, which does not wrap."""
        return self.at_us(self.now_s())

    def at_us(self, host_s: float) -> int:
        """Return the device time at a host time."""
        passed_us = (host_s - self.boot_s) * (1e6 + self.skew_ppm)
        return self.start_us + int(passed_us)


class Chip:
    """A converter that makes one sample after the other while it is awake.

    Each sample's first channel is its own number, so that a sample that arrives can be asked when
    it was really taken; the other channels are a slow wave.
    """

    def __init__(
        self, rate_hz: float, channels: int, bits: int, now_s: Callable[[], float]
    ) -> None:
        self.rate_10s = round(rate_hz * 10)
        self._rate_hz = rate_hz
        self._channels = channels
        self._span = 1 << (bits - 1)
        self._now_s = now_s
        self._woken_s: list[float] = []
        self._first: list[int] = []
        """Number of the first sample after each waking."""
        self._read = -1
        """Number of the newest sample that was read."""
        self.is_awake = False
        self.felt: Callable[[int], list[int]] | None = None
        """What the cells feel at a sample, in place of the own number and the wave."""
        self.is_stuck = False
        """Makes no more samples, as with a broken wire."""

    def wake(self) -> None:
        """Begin to convert."""
        self._woken_s.append(self._now_s())
        self._first.append(self._read + 1)
        self.is_awake = True

    def sleep(self) -> None:
        """Stop converting."""
        self.is_awake = False

    def is_ready(self) -> bool:
        """Return whether a sample waits."""
        return self.is_awake and not self.is_stuck and self._newest() > self._read

    def read(self, into: list[int]) -> int:
        """Put the newest sample into the list; older ones that were not read are lost."""
        self._read = self._newest()
        into[:] = self.sample(self._read)
        return 0

    def next_s(self) -> float:
        """Return when the node will find the next sample, host time."""
        return self.taken_s(self._read + 1) + READY_LATE_S[self._read % len(READY_LATE_S)]

    def sample(self, number: int) -> list[int]:
        """Return the counts of a sample."""
        if self.felt is not None:
            return self.felt(number)
        wave = 0.4 * self._span * math.sin(2 * math.pi * SOFT_HZ * number / self._rate_hz)
        counts = [int(wave) + 7 * channel for channel in range(self._channels)]
        counts[0] = number % self._span
        return counts

    def taken_s(self, number: int) -> float:
        """Return the host time at which a sample was ready."""
        spell = len(self._first) - 1
        while spell and self._first[spell] > number:
            spell -= 1
        return self._woken_s[spell] + (number - self._first[spell] + 1) / self._rate_hz

    @property
    def wakings(self) -> int:
        """Return how often it was woken."""
        return len(self._woken_s)

    @property
    def newest(self) -> int:
        """Return the number of the newest sample that was read; -1 before the first."""
        return self._read

    def _newest(self) -> int:
        passed = (self._now_s() - self._woken_s[-1]) * self._rate_hz
        return self._first[-1] + int(passed + 1e-9) - 1


class Converter(Chip):
    """The converter of the force cells."""

    def __init__(self, rate_hz: float, cells: Sequence[int], now_s: Callable[[], float]) -> None:
        super().__init__(rate_hz, len(cells), 24, now_s)
        self.cells = list(cells)


@dataclass
class Battery:
    """A battery that shows what it is told to."""

    shown_mv: int = 3900

    def millivolts(self) -> int:
        """Return its voltage."""
        return self.shown_mv


@dataclass
class Light:
    """A light that remembers what it shows."""

    state: int = -1

    def show(self, state: int) -> None:
        """Show a state."""
        self.state = state


@dataclass
class Memory:
    """What outlives a reboot."""

    name: str = ""

    def load(self) -> str:
        """Return the name that was saved."""
        return self.name

    def save(self, name: str) -> None:
        """Keep a name."""
        self.name = name
