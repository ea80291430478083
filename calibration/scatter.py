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
    away_n: FloatArray
    """(m, cell) differences from the mean of their load and direction, of full variance."""
    force_n: FloatArray
    """(m,) under which."""

    def variance_n2(self, force_n: FloatArray) -> FloatArray:
        """Return the (n,) variance of single readings."""
        return np.asarray(self.noise_n2 + self.share2 * force_n**2 + _TINY_N2)

    def growing(self, own: int, noise_n2: FloatArray) -> FloatArray:
        """Return the (cell, cell) covariance per N^2 that goes with the force on cell `own`.

        The (cell,) noise is there without the force, and taken off.
        """
        weight = self.force_n**2 / self.variance_n2(self.force_n) ** 2
        beyond = (self.away_n.T * weight) @ self.away_n - weight.sum() * np.diag(noise_n2)
        values, vectors = np.linalg.eigh(beyond / (weight @ self.force_n**2))
        found = (vectors * np.maximum(values, 0.0)) @ vectors.T
        # The loaded cell's own figure is that of the fit of both parts.
        scale = np.ones(len(found))
        if found[own, own] > 0:
            scale[own] = np.sqrt(self.share2 / found[own, own])
        found = found * scale[:, None] * scale
        found[own, own] = self.share2
        return np.asarray(found)


def find_scatter(series: Series, residual_n: FloatArray) -> Scatter:
    """Return the scatter of (n, cell) residuals about the mean of their load and direction."""
    member = (series.group_mean > 0).astype(np.float64)
    away = residual_n - member.T @ (series.group_mean @ residual_n)
    count = member.T @ member.sum(axis=1)
    used = count > 1
    # Differences from a mean of m have (m - 1) / m of the variance.
    away, force_n = (
        away[used] * np.sqrt(count[used] / (count[used] - 1))[:, None],
        series.force_n[used],
    )
    dof = float(len(residual_n) - len(member))
    noise_n2, share2 = _parts(away[:, series.cell] ** 2, force_n**2)
    return Scatter(noise_n2, share2, dof, away, force_n)


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
