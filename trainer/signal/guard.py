"""Keep converter glitches and lone spikes out of the force, and mark saturation.

A sample that jumps too far is held for one sample. If the next one goes back, it was a glitch and is
counted; if the next one stays, it was a fast press, and only that one sample was held. Codes that an
HX711 sends when it is clocked late or powers down (0, -1, 2^k - 1, full scale) are held as long as
they last after a jump; full scale twice in a row is saturation. How far is too far follows
the noise on a grid of samples of absolute index, so the cutting of the signal changes nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.core.arrays import FlagArray, FloatArray
from trainer.core.block import Block, Quality
from trainer.core.events import Event, SamplesRejected, SaturationSeen

LEAST_JUMP_N: Final = 2.0
"""Below this a spike is no larger than a fidget and harms nothing."""

NOISE_JUMPS: Final = 12.0
"""In mean sample-to-sample differences; Gaussian noise passes 5 of them once in 10^7 samples."""

TREND_JUMPS: Final = 3.0
"""A step may be so many times the step before it: a rise accelerates, a spike does not announce
itself. The converter's filter spreads a true step over four conversions (data sheet)."""

GRID: Final = 8
"""Samples per update of the noise."""

FORGET: Final = 0.1
"""Weight of the newest grid step in the noise: about one second at 80 Hz."""

LOWEST_POWER: Final = 8
"""Codes 2^k - 1 from this k on are suspect; smaller ones are within the noise of zero."""

GLITCH_CODES: Final = frozenset({0, -1, *(2**k - 1 for k in range(LOWEST_POWER, 24)), -(2**23)})
"""Seen by users of the chip (bogde/HX711 83; gandalf15/HX711 39)."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A block without glitches, and what was found in it."""

    block: Block
    events: tuple[Event, ...]


class Guard:
    """Hold glitches; needs the calibration to know how far a newton is."""

    def __init__(self, calibration: Calibration) -> None:
        self._channels = calibration.channels
        gain = np.abs(np.diag(calibration.matrix()))
        self._least_jump = LEAST_JUMP_N / np.where(gain > 0, gain, 1.0)
        self._full_scale = calibration.full_scale_counts
        self.rejected_samples = 0
        """Glitches and spikes held so far."""
        self.reset()

    def reset(self) -> None:
        """Forget the signal; the counts stay."""
        self._last: FloatArray | None = None
        self._step = np.zeros(len(self._channels))
        self._noise = np.zeros(len(self._channels))
        self._cell_sum = np.zeros(len(self._channels))
        self._cell_count = 0
        self._held = np.zeros(len(self._channels), dtype=np.intp)
        self._is_full = np.zeros(len(self._channels), dtype=bool)
        self._was_saturated = False

    def push(self, block: Block) -> Guarded:
        """Return the block with glitches held and flagged, and what was found."""
        if len(block.time_s) == 0:
            return Guarded(block, ())
        if block.starts_run:
            self.reset()
        if self._last is None:
            self._last = block.data[0]
        steps = np.empty_like(block.data)
        np.subtract(block.data[0], self._last, out=steps[0])
        np.subtract(block.data[1:], block.data[:-1], out=steps[1:])
        sizes = np.abs(steps)
        if self._is_clean(block, sizes):
            self._follow(block.first_index, sizes)
            self._last = block.data[-1]
            self._step = sizes[-1]
            return Guarded(block, ())
        return self._repair(block)

    def _is_clean(self, block: Block, sizes: FloatArray) -> bool:
        """Return whether no sample can be suspect: then the block passes as it is."""
        limit = np.maximum(self._least_jump, NOISE_JUMPS * self._noise)
        if (sizes > limit).any() or self._held.any() or self._was_saturated:
            return False
        return not self._full_scale or bool(np.abs(block.data).max() < self._full_scale)

    def _follow(self, first_index: int, sizes: FloatArray) -> None:
        """Take clean step sizes into the noise, grid cell by grid cell."""
        position, count = 0, len(sizes)
        while position < count:
            stop = min(count, position + GRID - (first_index + position) % GRID)
            self._cell_sum = self._cell_sum + sizes[position:stop].sum(axis=0)
            self._cell_count += stop - position
            if (first_index + stop) % GRID == 0:
                self._end_cell()
            position = stop

    def _end_cell(self) -> None:
        if self._cell_count:
            mean = self._cell_sum / self._cell_count
            self._noise = self._noise + FORGET * (mean - self._noise)
        self._cell_sum = np.zeros_like(self._cell_sum)
        self._cell_count = 0

    def _repair(self, block: Block) -> Guarded:
        """Go through the samples one by one: rare, so plain."""
        data, quality = block.data.copy(), block.quality.copy()
        events: list[Event] = []
        for row in range(len(data)):
            rejected = self._take(data[row], quality, row)
            if rejected:
                self.rejected_samples += rejected
                events.append(SamplesRejected(float(block.time_s[row]), rejected))
            if (block.first_index + row + 1) % GRID == 0:
                self._end_cell()
            is_saturated = bool(self._is_full.any())
            if is_saturated and not self._was_saturated:
                channel = self._channels[int(np.argmax(self._is_full))]
                events.append(SaturationSeen(float(block.time_s[row]), channel))
            self._was_saturated = is_saturated
        repaired = Block(
            block.info, block.first_index, block.time_s, data, quality, block.starts_run
        )
        return Guarded(repaired, tuple(events))

    def _take(self, sample: FloatArray, quality: FlagArray, row: int) -> int:
        """Take in one (channel,) sample, hold it where it is suspect; return glitches found."""
        assert self._last is not None
        raw = sample.copy()
        sizes = np.abs(raw - self._last)
        allowed = np.maximum.reduce(
            [self._least_jump, NOISE_JUMPS * self._noise, TREND_JUMPS * self._step]
        )
        is_far = sizes > allowed
        is_full = np.abs(raw) >= self._full_scale if self._full_scale else np.zeros_like(is_far)
        is_code = np.array([value in GLITCH_CODES for value in raw]) & bool(self._full_scale)
        is_held = is_far & ((self._held == 0) | (is_code & ~is_full))
        # Held before, and now the force is back where it was: that was a glitch.
        rejected = int(self._held[~is_far].sum())
        sample[is_held] = self._last[is_held]
        if is_held.any():
            quality[row] |= Quality.REJECTED
        self._is_full = is_full & ~is_held
        if self._is_full.any():
            quality[row] |= Quality.SATURATED
        self._step = np.where(is_held, self._step, np.abs(sample - self._last))
        self._cell_sum = self._cell_sum + np.minimum(self._step, allowed)
        self._cell_count += 1
        self._held = np.where(is_held, self._held + 1, 0)
        self._last = sample.copy()
        return rejected
