"""A fake engine: shows what it is told to, and can hang."""

from dataclasses import replace

import numpy as np

from tests.unit.dashboard.scenes import SNAPSHOTS
from trainer.core.clock import ManualClock
from trainer.core.commands import Command
from trainer.core.ring import Ring
from trainer.core.snapshot import Snapshot

RATE_HZ = 80.0
WINDOW_S = 20.0
CHANNELS = ("hallux", "toes", "ball", "heel", "total")


class FakeEngine:
    """An engine that shows what it is told to and remembers what it was asked."""

    def __init__(self, clock: ManualClock, channels: tuple[str, ...] = CHANNELS) -> None:
        self.clock = clock
        self.ring = Ring(channels, int(RATE_HZ * WINDOW_S))
        self.snapshot = SNAPSHOTS["ready"]
        self.rate_hz = RATE_HZ
        self.is_finished = False
        self.is_hung = False
        self.is_broken = False
        self.sent: list[Command] = []
        self.pain_stops = 0
        self.ends = 0
        self.leaves = 0
        self.presses: list[bool] = []
        self.denials = 0
        self.stop_asked_s: float | None = None
        self._beat_s = 0.0
        self._random = np.random.default_rng(1)

    @property
    def heartbeat_s(self) -> float:
        """Return now, or when it hung."""
        if not self.is_hung:
            self._beat_s = self.clock.monotonic_s()
        return self._beat_s

    def send(self, command: Command) -> None:
        """Remember a command, unless it breaks."""
        if self.is_broken:
            raise RuntimeError(command)
        self.sent.append(command)

    def pain_stop(self) -> None:
        """Stop, unless it hangs or breaks."""
        if self.is_broken:
            raise RuntimeError
        self.pain_stops += 1
        if not self.is_hung:
            self.show(replace(SNAPSHOTS["stopped"], athlete=self.snapshot.athlete))

    def press_button(self, *, is_held: bool = False) -> None:
        """Remember the contact."""
        self.presses.append(is_held)

    def deny_pain(self) -> None:
        """Remember the answer."""
        self.denials += 1

    def end(self) -> None:
        """Remember that an end was asked."""
        self.ends += 1

    def leave(self) -> None:
        """Remember that it was left."""
        self.leaves += 1

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot."""
        self.snapshot = replace(snapshot, seq=self.snapshot.seq + 1)

    def feed(self, columns: int, height_n: float = 26.0) -> None:
        """Push presses of two seconds every four, with noise."""
        at_s = (self.ring.head + np.arange(columns)) / RATE_HZ
        press = np.clip(np.sin(2 * np.pi * at_s / 4), 0, None) ** 0.3
        cells = len(self.ring.channels) - 1
        shares = np.array([0.6, 0.4, 0.25, -0.08, 0.1, 0.1])[:cells]
        force = press[:, None] * shares * height_n
        force += self._random.normal(0.0, 0.15, force.shape)
        total = force[:, : min(2, cells)].sum(axis=1, keepdims=True)
        self.ring.push(np.hstack([force, total]))
