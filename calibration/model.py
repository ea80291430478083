"""The calibration of a pad: counts to newtons, cell by cell, with cross-talk."""

from dataclasses import dataclass

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

    def matrix(self) -> npt.NDArray[np.float64]:
        """Return the (cell, channel) matrix in newtons per count."""
        return np.array(self.matrix_n_per_count, dtype=np.float64)

    def zero(self) -> npt.NDArray[np.float64]:
        """Return the (channel,) counts of the unloaded cells."""
        return np.array(self.zero_counts, dtype=np.float64)

    def to_newton(self, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return (n, cell) newtons from (n, channel) counts."""
        return np.asarray((counts - self.zero()) @ self.matrix().T)


def identity(channels: tuple[str, ...], n_per_unit: float = 1.0) -> Calibration:
    """Return the calibration of a stream that already delivers a force in some unit."""
    count = len(channels)
    rows = tuple(
        tuple(n_per_unit if row == column else 0.0 for column in range(count))
        for row in range(count)
    )
    return Calibration(channels, (0.0,) * count, rows, full_scale_counts=0, label="in units")
