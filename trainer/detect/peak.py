"""The peak of a hold: its highest force, without what noise adds to the highest of many samples.

The largest of a hundred noisy samples lies two and a half standard deviations too high, while
tremor belongs to the force. So the samples are smoothed by a parabola through SMOOTH_S, and as much
of what that takes away is put back as is more than noise (a Wiener gain from the middle half). What
noise is left widens the middle half's spread by a known factor; the peak's height above its mean is
narrowed by it.
"""

import math
from functools import lru_cache
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

SMOOTH_S: Final = 0.06
"""Half a period of tremor: a parabola follows it."""

NEGLIGIBLE: Final = 0.001
"""Noise below this share of the highest sample moves it by a quarter of a per cent at most."""

MOST_SIGMAS: Final = 3.0
"""Noise lifts the highest of 200 normal samples by 2.75 standard deviations: never take off more
than this, so that a short true peak stays."""

SPREADS: Final = 3.0
"""A peak further from the middle half's mean than this is a peak of its own."""


def peak_of(force_n: FloatArray, middle_n: FloatArray, fast_n: float, period_s: float) -> float:
    """Return the peak in newtons of (n,) samples of a hold; `fast_n` is their noise."""
    highest_n = float(force_n.max())
    reach = max(2, round(SMOOTH_S / period_s / 2))
    if fast_n < NEGLIGIBLE * highest_n or len(middle_n) <= 4 * reach:
        return highest_n
    weights, taken = _parabola(reach)
    smooth = np.convolve(force_n, weights, mode="valid")
    inner = force_n[reach:-reach]
    # Rise and fall are left out of the gain: there the parabola takes away force.
    centre_n = np.convolve(middle_n, weights, mode="valid")
    beside_n = middle_n[reach:-reach] - centre_n
    gain = 1 - _share(taken * fast_n**2, float(beside_n.dot(beside_n)) / len(beside_n))
    kept = smooth + gain * (inner - smooth)
    noise2 = fast_n**2 * (1 - taken * (1 - gain * gain))
    centre_n += gain * beside_n
    spread2 = _spread2(centre_n)
    height_n = min(float(kept.max() - centre_n.sum() / len(centre_n)), SPREADS * math.sqrt(spread2))
    lowered_n = float(kept.max()) - height_n * (1 - math.sqrt(1 - _share(noise2, spread2)))
    return max(lowered_n, highest_n - MOST_SIGMAS * fast_n)


def _share(noise2: float, whole2: float) -> float:
    """Return noise's share of a variance, from 0 to 1."""
    return min(1.0, noise2 / whole2) if whole2 > 0 else 1.0


def _spread2(force_n: FloatArray) -> float:
    """Return the variance of (n,) newtons about a line."""
    position = np.arange(len(force_n)) - (len(force_n) - 1) / 2
    centred = force_n - force_n.sum() / len(force_n)
    along = float(position.dot(centred))
    rest2 = float(centred.dot(centred) - along * along / position.dot(position))
    # Of a force that lies on the line, rounding leaves less than nothing.
    return max(0.0, rest2) / len(force_n)


@lru_cache(maxsize=8)
def _parabola(reach: int) -> tuple[FloatArray, float]:
    """Return the weights of a parabola's centre and the share of white noise that it takes off.

    Through 2 reach + 1 samples; the share is one less the middle weight (Savitzky and Golay 1964).
    """
    offset = np.arange(-reach, reach + 1)
    span = (2 * reach - 1) * (2 * reach + 1) * (2 * reach + 3)
    weights = 3 * (3 * reach * (reach + 1) - 1 - 5 * offset**2) / span
    return weights, 1 - float(weights[reach])
