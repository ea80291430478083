"""How readings of one load scatter from cycle to cycle: a fixed part and a growing one."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration.budget import FloatArray
from calibration.series import Series

_ROUNDS: Final = 4
"""Of weighting by what the round before found; the figures stand still after three (measured)."""

_TINY_N2: Final = 1e-12
"""Variance of a microNewton: keeps weights finite where readings are equal to the last digit."""


@dataclass(frozen=True, slots=True)
class Scatter:
    """Variance of a reading: noise_n2 + share2 * force^2."""

    noise_n2: float
    share2: float
    dof: float
    shape: FloatArray
    """(cell, cell) covariance in units of the loaded cell's own variance."""

    def variance_n2(self, force_n: FloatArray) -> FloatArray:
        """Return the (n,) variance of single readings."""
        return np.asarray(self.noise_n2 + self.share2 * force_n**2 + _TINY_N2)


def find_scatter(series: Series, residual_n: FloatArray) -> Scatter:
    """Return the scatter of (n, cell) residuals about the mean of their load and direction."""
    away, count = np.zeros_like(residual_n), np.ones(len(residual_n))
    for group in series.groups:
        rows = list(group)
        away[rows] = residual_n[rows] - residual_n[rows].mean(axis=0)
        count[rows] = len(rows)
    used = count > 1
    # Differences from a mean of m have (m - 1) / m of the variance.
    away, force_n = (
        away[used] * np.sqrt(count[used] / (count[used] - 1))[:, None],
        series.force_n[used],
    )
    dof = float(used.sum()) - sum(len(group) > 1 for group in series.groups)
    noise_n2, share2 = _parts(away[:, series.cell] ** 2, force_n**2)
    found = Scatter(noise_n2, share2, dof, np.eye(0))
    shape = (away.T / found.variance_n2(force_n)) @ away
    own = float(shape[series.cell, series.cell])
    if own <= 0:
        shape, own = np.zeros_like(shape), 1.0
        shape[series.cell, series.cell] = 1.0
    return Scatter(noise_n2, share2, dof, shape / own)


def _parts(square_n2: FloatArray, force_n2: FloatArray) -> tuple[float, float]:
    """Return (noise, share), neither below zero, whose sum fits the squares best."""
    noise, share = float(square_n2.mean()), 0.0
    for _ in range(_ROUNDS):
        # A squared normal value scatters by its own variance.
        weight = 1 / (noise + share * force_n2 + _TINY_N2) ** 2
        total, first, second = weight.sum(), weight @ force_n2, weight @ force_n2**2
        flat, steep = weight @ square_n2, weight @ (square_n2 * force_n2)
        spread = total * second - first**2
        both = ((flat * second - steep * first), (total * steep - first * flat))
        if spread > 0 and min(both) >= 0:
            noise, share = float(both[0] / spread), float(both[1] / spread)
        elif both[0] < 0:
            noise, share = 0.0, float(steep / second)
        else:
            noise, share = float(flat / total), 0.0
    return noise, share
