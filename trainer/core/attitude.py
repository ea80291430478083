"""Attitude: how the foot or the board is tilted, and how fast it turns."""

from dataclasses import dataclass

from trainer.core.arrays import FlagArray, FloatArray


@dataclass(frozen=True, slots=True)
class AttitudeBlock:
    """A run of inertial samples turned into angles; a heel that rises pitches up."""

    first_index: int
    time_s: FloatArray
    """(n,) stamps on the recording's own clock, strictly rising."""
    pitch_deg: FloatArray
    """(n,) from the first second of rest; heel up is positive."""
    roll_deg: FloatArray
    """(n,) from the first second of rest; the left edge up is positive."""
    turn_dps: FloatArray
    """(n, 3) angular rates about forward, left, up, rest bias removed."""
    accel_ms2: FloatArray
    """(n, 3) specific force along forward, left, up."""
    quality: FlagArray
    """(n,)"""
    starts_run: bool = False
