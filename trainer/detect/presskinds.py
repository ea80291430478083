"""Clean and helped presses: how likely each kind makes an excess of the ankle moment.

Both are mixtures of normal densities, but for a factor that they share. They are worked out for
many candidates of the clean presses' variance at once: all terms as one array where the candidates
are averaged, one term after the other where each is kept.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

TAIL: Final = (0.05, 3.0)
"""Share of clean presses with a larger spread, and by how much: feet that were moved."""

HELPED_NM: Final = ((1.5, 0.7, 0.34), (3.0, 1.3, 0.38), (6.0, 2.5, 0.22), (12.0, 5.0, 0.06))
"""Mean, spread and share of what a calf adds: broad, from half a newton metre to ten. Standing on
one forefoot takes ten times as much."""

_CLEAN: Final = 2
"""Terms of a clean press; those of a helped one follow."""

# Of every term: its mean, its share, and its variance from that of clean presses.
_MEAN_NM: Final = np.array([0.0, 0.0, *(mean for mean, _, _ in HELPED_NM)])[:, np.newaxis]
_SHARE: Final = np.array([1 - TAIL[0], TAIL[0], *(share for _, _, share in HELPED_NM)])[:, None]
_FACTOR: Final = np.array([1.0, TAIL[1] ** 2, *(1.0 for _ in HELPED_NM)])[:, np.newaxis]
_ADDED: Final = np.array([0.0, 0.0, *(wide**2 for _, wide, _ in HELPED_NM)])[:, np.newaxis]

_TINY: Final = float(np.finfo(np.float64).tiny)
"""Far out both densities vanish together: the ratio of the larger tails decides."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Helped against clean for presses of known variances, averaged over their candidates."""

    sharp: FloatArray
    """(n, term, k) -1/2 over the variance"""
    height: FloatArray
    """(n, term, k) height of the density, times the candidate's weight"""

    def logs(self, excess_nm: FloatArray) -> FloatArray:
        """Return (n,) logs of the odds of a helped press against a clean one, by the excess."""
        away = excess_nm[:, np.newaxis, np.newaxis] - _MEAN_NM
        away *= away
        density = away * self.sharp
        np.exp(density, out=density)
        density *= self.height
        count, terms, candidates = density.shape
        flat = density.reshape(count, terms * candidates)
        kinds = np.add.reduceat(flat, (0, _CLEAN * candidates), axis=1)
        kinds += _TINY
        result: FloatArray = np.log(kinds[:, 1] / kinds[:, 0])
        return result


def odds_of(variances: FloatArray, weights: FloatArray) -> Odds:
    """Return the odds for (n, k) candidates of each press's variance, weighted by (k,)."""
    spread2 = _FACTOR * variances[:, np.newaxis] + _ADDED
    return Odds(-0.5 / spread2, _SHARE * weights / np.sqrt(spread2))


def log_likelihoods(excess_nm: FloatArray, variances: FloatArray, helped: FloatArray) -> FloatArray:
    """Return (n, r, k) logs of how likely (n, r) excesses are under (n, k) variances.

    `helped` has the (n,) probabilities that the presses were helped.
    """
    share = helped[:, np.newaxis, np.newaxis]
    spread2 = variances[:, np.newaxis]
    clean = (1 - share) / np.sqrt(spread2)
    excess = excess_nm[..., np.newaxis]
    far = np.exp(excess * excess * (-0.5 / TAIL[1] ** 2 / spread2))
    # Three times as near is the ninth power: a tenth of an exponential, and less where that is 0.
    near = far * far
    near *= near
    near *= near
    near *= far
    near *= _SHARE[0, 0] * clean
    far *= _SHARE[1, 0] / TAIL[1] * clean
    near += far
    for mean_nm, wide_nm, part in HELPED_NM:
        wide2 = spread2 + wide_nm**2
        away = excess - mean_nm
        term = np.multiply(away * away, -0.5 / wide2, out=far)
        np.exp(term, out=term)
        term *= part * share / np.sqrt(wide2)
        near += term
    near += _TINY
    result: FloatArray = np.log(near, out=near)
    return result
