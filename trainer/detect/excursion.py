"""An excursion: the samples in which the force stood out of rest, with some rest around it."""

from dataclasses import dataclass

from trainer.core.arrays import FlagArray, FloatArray


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples of one run, cut from the history."""

    first_index: int
    time_s: FloatArray
    """(n,) strictly rising"""
    cells_n: FloatArray
    """(n, cell + 1), the detected force last"""
    band_n: FloatArray
    """(n,) 4-12 Hz band of the detected force"""
    quality: FlagArray
    """(n,)"""


@dataclass(frozen=True, slots=True)
class Excursion:
    """A stretch, and which part of it is the excursion proper."""

    stretch: Stretch
    first: int
    """Position of the first sample of the excursion proper."""
    stop: int
    """Position after its last sample."""
    levels_n: FloatArray
    """(cell + 1,) rest levels as they were tracked, for a hold without rest on either side."""
    is_cut_before: bool
    """A gap or the start of the recording lies before the stretch."""
    is_cut_after: bool
    """A gap or the end of the recording lies after it."""

    @property
    def time_s(self) -> FloatArray:
        """Return the (n,) stamps in seconds."""
        return self.stretch.time_s

    @property
    def force_n(self) -> FloatArray:
        """Return the (n,) detected force in newtons."""
        return self.stretch.cells_n[:, -1]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of an excursion that may hold a hold; positions count the stretch's samples."""

    first: int
    stop: int
    reach_first: int
    """Rest is looked for from here ..."""
    reach_stop: int
    """... up to but not including here."""
