"""The calibration of a pad: counts to newtons, cell by cell, with cross-talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from calibration.budget import Budget, Term, budget_from_table, tupled

TWICE: Final = 2.0
"""Coverage factor where no more than a standard uncertainty is known (GUM 6.2.2)."""


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
    budget: Budget | None = None
    """What the uncertainty is made of; None for gains from elsewhere."""
    made_at: str | None = None
    """When it was made, ISO 8601 with its offset; None where it is not known."""

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
            budget=self.budget.for_cells(kept) if self.budget else None,
        )

    def expanded_n(
        self, force_n: npt.ArrayLike, away_k: float | None = None
    ) -> npt.NDArray[np.float64] | None:
        """Return (cell,) U of each cell in newtons, for 95 %, at (cell,) forces; None if unknown.

        `away_k` is how far the temperature lies from the calibration's, where it is known.
        """
        single = [self.expanded_sum_n(force_n, (name,), away_k) for name in self.channels]
        known = [found for found in single if found is not None]
        return np.array(known) if len(known) == len(single) else None

    def expanded_sum_n(
        self, force_n: npt.ArrayLike, cells: Sequence[str], away_k: float | None = None
    ) -> float | None:
        """Return U of the sum of some cells, in newtons, for 95 %, at (cell,) forces of all."""
        force, shares = self._vectors(force_n, cells)
        if self.budget is not None:
            return self.budget.expanded_n(force, shares, away_k)
        if self.uncertainty_pct is None:
            return None
        # Nothing is known of how cells go together: in full is the safe side.
        return TWICE * self.uncertainty_pct / 100 * float(np.abs(force) @ shares)

    def terms(
        self, force_n: npt.ArrayLike, cells: Sequence[str], away_k: float | None = None
    ) -> tuple[Term, ...]:
        """Return the lines of the budget of the sum of some cells; none where it has no budget."""
        force, shares = self._vectors(force_n, cells)
        return () if self.budget is None else self.budget.terms(force, shares, away_k)

    def is_extrapolated(self, force_n: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Return (..., cell) whether (..., cell) forces lie outside of what was calibrated."""
        force = np.asarray(force_n, dtype=np.float64)
        if self.budget is None:
            return np.zeros(force.shape, dtype=np.bool_)
        return self.budget.is_extrapolated(force)

    def _vectors(
        self, force_n: npt.ArrayLike, cells: Sequence[str]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        shares = np.zeros(len(self.channels))
        shares[[self.channels.index(name) for name in cells]] = 1.0
        return np.asarray(force_n, dtype=np.float64), shares


def from_table(table: Mapping[str, object]) -> Calibration:
    """Return a calibration from its fields as JSON knows them. Raises TypeError for others."""
    fields = {name: cast("Any", tupled(value)) for name, value in table.items()}
    if fields.get("budget") is not None:
        fields["budget"] = budget_from_table(fields["budget"])
    return Calibration(**fields)


def identity(channels: tuple[str, ...], n_per_unit: float = 1.0) -> Calibration:
    """Return the calibration of a stream that already delivers a force in some unit."""
    count = len(channels)
    rows = tuple(
        tuple(n_per_unit if row == column else 0.0 for column in range(count))
        for row in range(count)
    )
    return Calibration(channels, (0.0,) * count, rows, full_scale_counts=0, label="in units")
