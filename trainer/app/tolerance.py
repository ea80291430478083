"""Up to which difference two analyses of one recording are the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Up to which difference two figures are the same."""

    time_ms: float = 10.0
    """Of starts and ends: one sample at 93 Hz."""
    force_pct: float = 2.0
    """Of peaks and plateaus, and of the figures of taps, squeeze and sway."""
    force_n: float = 0.1
    """Forces closer than this are the same, whatever the per cent."""
    reps: float = 1.0
    """Of the onset of fatigue."""
