"""Faults of converter, node and link, each at its own random times, counted as they happen."""

from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import CountArray
from trainer.sources.sim.config import FaultRates
from trainer.sources.sim.pad import FULL_SCALE, LOWEST
from trainer.sources.sim.truth import FaultCounts

NEVER = 2**62
GLITCH_CODES = (*(2**k - 1 for k in range(8, 24)), 0, -1, FULL_SCALE, LOWEST)
"""Codes of a late or broken read: clocked while the converter was not ready, or powered down."""
LONGEST_LOSS_PERIODS = 5
"""A longer jump between samples counts as a gap."""


@dataclass(slots=True)
class _Tally:
    samples: int = 0
    lost_frames: int = 0
    lost_samples: int = 0
    gaps: int = 0
    duplicates: int = 0
    glitches: int = 0
    spikes: int = 0
    saturated: int = 0


class Occasions:
    """Random indices at which something happens, with a fixed chance per index."""

    def __init__(self, chance: float, rng: np.random.Generator) -> None:
        self._chance = chance
        self._rng = rng
        self._next = self._after(0)

    def within(self, first: int, count: int) -> list[int]:
        """Return the indices of the run at which it happens; runs must not step back."""
        found: list[int] = []
        while self._next < first + count:
            if self._next >= first:
                found.append(self._next)
            self._next = self._after(self._next)
        return found

    def _after(self, index: int) -> int:
        return index + int(self._rng.geometric(self._chance)) if self._chance > 0.0 else NEVER


class Faults:
    """Decides per frame what goes wrong; the first frame always arrives whole."""

    def __init__(self, rates: FaultRates, frames_per_s: float, rng: np.random.Generator) -> None:
        self._rng = rng
        self._frames_per_s = frames_per_s
        self._missed = Occasions(rates.missed_per_frame, rng)
        self._lost = Occasions(rates.lost_per_frame, rng)
        self._long = Occasions(rates.long_gap_per_frame, rng)
        self._twice = Occasions(rates.duplicate_per_frame, rng)
        self._glitch = Occasions(rates.glitch_per_sample, rng)
        self._spike = Occasions(rates.spike_per_sample, rng)
        self._lost_until = 0
        self._is_losing = False
        self._has_just_lost = False
        self._missing = 0
        self._next_sample = 0
        self._tally = _Tally()

    @property
    def counts(self) -> FaultCounts:
        """Return what has gone wrong so far."""
        tally = self._tally
        return FaultCounts(
            samples=tally.samples,
            lost_frames=tally.lost_frames,
            lost_samples=tally.lost_samples,
            gaps=tally.gaps,
            duplicates=tally.duplicates,
            glitches=tally.glitches,
            spikes=tally.spikes,
            saturated=tally.saturated,
        )

    @property
    def has_just_lost(self) -> bool:
        """Return whether the frame before the last one asked for was lost."""
        return self._has_just_lost

    def plan(self, frame: int, size: int) -> tuple[int, int]:
        """Return how many conversions are missed before the frame, and its own samples."""
        missed, self._missing = self._missing, 0
        if not self._missed.within(frame, 1):
            return missed, size
        self._missing = int(self._rng.integers(1, 4))
        return missed, int(self._rng.integers(1, size + 1))

    def is_lost(self, frame: int) -> bool:
        """Return whether the node drops the frame."""
        if self._long.within(frame, 1):
            length_s = 0.5 + 2.5 * self._rng.random()
            self._lost_until = frame + max(2, round(length_s * self._frames_per_s))
        is_lost = bool(self._lost.within(frame, 1)) or frame < self._lost_until
        self._has_just_lost, self._is_losing = self._is_losing, is_lost
        self._tally.lost_frames += is_lost
        return is_lost

    def is_doubled(self, frame: int) -> bool:
        """Return whether the frame arrives twice."""
        is_doubled = bool(self._twice.within(frame, 1))
        self._tally.duplicates += is_doubled
        return is_doubled

    def spoil(self, counts: CountArray, first: int) -> None:
        """Put glitches and spikes into the counts of a frame that will be delivered."""
        count = len(counts)
        for index in self._glitch.within(first, count):
            code = GLITCH_CODES[int(self._rng.integers(len(GLITCH_CODES)))]
            counts[index - first, int(self._rng.integers(4))] = code
            self._tally.glitches += 1
        for index in self._spike.within(first, count):
            cell = int(self._rng.integers(4))
            height = int(self._rng.integers(300_000, 3_000_000)) * int(self._rng.choice([-1, 1]))
            spiked = int(counts[index - first, cell]) + height
            counts[index - first, cell] = min(max(spiked, LOWEST), FULL_SCALE)
            self._tally.spikes += 1
            # The conversion after a spike comes one period late.
            self._missing = max(self._missing, 1)

    def deliver(self, first: int, count: int, saturated: int) -> None:
        """Count a delivered frame by the index of its first sample, and the jump before it."""
        missing = first - self._next_sample
        self._tally.lost_samples += missing
        self._tally.gaps += missing + 1 > LONGEST_LOSS_PERIODS
        self._tally.samples += count
        self._tally.saturated += saturated
        self._next_sample = first + count
