"""A block: a run of samples on an unbroken index, the one value that flows through the stages."""

from dataclasses import dataclass
from enum import IntFlag

from trainer.core.arrays import FlagArray, FloatArray
from trainer.core.packets import StreamInfo


class Quality(IntFlag):
    """What is wrong with a sample; zero is a good one."""

    GOOD = 0
    HELD = 1
    """Lost on the way: the last value stands in for it."""
    SATURATED = 2
    """At the end of the converter's range: the true force is larger."""
    REJECTED = 4
    """A converter glitch or a lone impossible spike: the last value stands in for it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Samples of one stream; stages return new blocks and never edit one."""

    info: StreamInfo
    first_index: int
    """Absolute index of the first sample; held samples count, gaps do not."""
    time_s: FloatArray
    """(n,) stamps on the recording's own clock, middle of the conversion, strictly rising."""
    data: FloatArray
    """(n, channel)"""
    quality: FlagArray
    """(n,) Quality bits"""
    starts_run: bool = False
    """True at the start and after a gap: filters reset, no hold crosses it."""


@dataclass(frozen=True, slots=True)
class ForceBlock:
    """Calibrated force of every cell and, in the last column, of the detected sum.

    All four arrays are (n, cell + 1); the filtered ones are causal and delayed by their filter.
    """

    channels: tuple[str, ...]
    """Roles of the cells, without the sum."""
    first_index: int
    time_s: FloatArray
    force_n: FloatArray
    """Unfiltered, from the converter's zero: rest load included."""
    lowpass_n: FloatArray
    """Below 15 Hz, for the eye."""
    band_n: FloatArray
    """4-12 Hz: tremor."""
    slope_n_s: FloatArray
    """Backward difference of `lowpass_n`."""
    quality: FlagArray
    starts_run: bool = False
