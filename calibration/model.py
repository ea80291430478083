"""The calibration of a pad: counts to newtons, cell by cell, with cross-talk."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Calibration:
    """F = matrix (counts - zero): newtons from raw counts."""

    channels: tuple[str, ...]
    zero_counts: tuple[float, ...]
    matrix_n_per_count: tuple[tuple[float, ...], ...]
    """Row: cell in newtons; column: converter channel in counts."""
    full_scale_counts: int = 0x7FFFFF
    """Largest count of the converter; a sample there is saturated."""
    label: str = "uncalibrated"
    uncertainty_pct: float | None = None
    """Standard uncertainty of a force in per cent of it; None where it is not known."""

    def matrix(self) -> npt.NDArray[np.float64]:
        """Return the (cell, channel) matrix in newtons per count."""
        return np.array(self.matrix_n_per_count, dtype=np.float64)

    def zero(self) -> npt.NDArray[np.float64]:
        """Return the (channel,) counts of the unloaded cells."""
        return np.array(self.zero_counts, dtype=np.float64)

    def to_newton(self, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return (n, cell) newtons from (n, channel) counts."""
        return np.asarray((counts - self.zero()) @ self.matrix().T)

    def for_channels(self, channels: tuple[str, ...]) -> "Calibration | None":
        """Return the calibration with its cells in this order; None where one is not known.

        A cell may be left out only if it disturbs none of the others: without its counts its share
        of their force cannot be taken off.
        """
        if not set(channels) <= set(self.channels):
            return None
        kept = [self.channels.index(name) for name in channels]
        left = [column for column in range(len(self.channels)) if column not in kept]
        if any(self.matrix_n_per_count[row][column] for row in kept for column in left):
            return None
        return replace(
            self,
            channels=channels,
            zero_counts=tuple(self.zero_counts[column] for column in kept),
            matrix_n_per_count=tuple(
                tuple(self.matrix_n_per_count[row][column] for column in kept) for row in kept
            ),
        )


def identity(channels: tuple[str, ...], n_per_unit: float = 1.0) -> Calibration:
    """Return the calibration of a stream that already delivers a force in some unit."""
    count = len(channels)
    rows = tuple(
        tuple(n_per_unit if row == column else 0.0 for column in range(count))
        for row in range(count)
    )
    return Calibration(channels, (0.0,) * count, rows, full_scale_counts=0, label="in units")
