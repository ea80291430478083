"""A track: what moved in quiet stance, on an even grid of time."""

from dataclasses import dataclass

from trainer.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class EvenTrack:
    """One unbroken stretch, low-passed without delay; empty where none is long enough."""

    time_s: FloatArray
    """(n,) seconds in equal steps"""
    values: FloatArray
    """(n, column)"""

    @property
    def duration_s(self) -> float:
        """Return the seconds from the first sample to the last."""
        return float(self.time_s[-1] - self.time_s[0]) if len(self.time_s) else 0.0
