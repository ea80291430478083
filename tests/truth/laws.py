"""How force rises, falls and wavers: laws of their own, none is taken from the simulated foot."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter
from scipy.special import gammainc

Samples: TypeAlias = npt.NDArray[np.float64]
Random: TypeAlias = np.random.Generator


def as_samples(values: npt.ArrayLike) -> Samples:
    """Return values as doubles."""
    return np.asarray(values, dtype=np.float64)


def _gamma(order: float, span: float) -> Callable[[Samples], Samples]:
    """Return a skewed rise: motor units that join one after the other."""
    return lambda u: as_samples(gammainc(order, span * u) / gammainc(order, span))


RISES: Final[tuple[Callable[[Samples], Samples], ...]] = (
    _gamma(2.0, 8.0),
    _gamma(4.0, 9.0),
    _gamma(7.0, 14.0),
    lambda u: (1 - np.exp(-4 * u)) / (1 - np.exp(-4.0)),
    lambda u: u,
    lambda u: u**2.5,
    lambda u: 0.25 * u + 0.75 * u**4,
)
"""From 0 to 1: three skewed, early (exponential approach), straight, late, late with a foot."""

FALLS: Final[tuple[Callable[[Samples], Samples], ...]] = (
    lambda u: (np.exp(-4 * u) - np.exp(-4.0)) / (1 - np.exp(-4.0)),
    lambda u: 1 - u,
    lambda u: 0.5 + 0.5 * np.cos(np.pi * u),
)
"""From 1 to 0: let go, straight, eased."""


def cosine_step(u: Samples) -> Samples:
    """Return a step from 0 to 1 as u goes from 0 to 1."""
    return as_samples(0.5 - 0.5 * np.cos(np.pi * np.clip(u, 0.0, 1.0)))


def red_noise(count: int, step_s: float, tau_s: float, random: Random) -> Samples:
    """Return (n,) AR(1) noise of standard deviation 1 and a time constant in seconds."""
    keep = float(np.exp(-step_s / tau_s))
    white = random.normal(size=count)
    if count:
        white[0] /= np.sqrt(1 - keep * keep)
    return as_samples(lfilter([np.sqrt(1 - keep * keep)], [1.0, -keep], white))


def tremor(count: int, step_s: float, at_hz: float, random: Random) -> Samples:
    """Return (n,) noise about one frequency, standard deviation near 1: an AR(2) resonance."""
    radius = float(np.exp(-np.pi * 1.5 * step_s))
    near, far = 2 * radius * float(np.cos(2 * np.pi * at_hz * step_s)), -radius * radius
    variance = (1 - far) / ((1 + far) * ((1 - far) ** 2 - near * near))
    noise = as_samples(lfilter([1.0], [1.0, -near, -far], random.normal(size=count + 400)))
    return noise[400:] / float(np.sqrt(variance))


def pink_noise(count: int, step_s: float, band_hz: tuple[float, float], random: Random) -> Samples:
    """Return (n,) noise with power 1/f in a band, standard deviation 1 over a long stretch."""
    # Drawn at ten samples per fastest cycle and interpolated: the band is slow, the grid is not.
    coarse_s = 1 / (10 * band_hz[1])
    size = max(8, int(count * step_s / coarse_s) + 4)
    frequency_hz = np.fft.rfftfreq(size, coarse_s)
    is_inside = (frequency_hz >= band_hz[0]) & (frequency_hz <= band_hz[1])
    weight = np.zeros(len(frequency_hz))
    weight[is_inside] = frequency_hz[is_inside] ** -0.5
    weight *= size / np.sqrt(4 * max(1e-12, float((weight**2).sum())))
    real, imaginary = random.normal(size=(2, len(weight)))
    noise = np.fft.irfft(weight * (real + 1j * imaginary), size)
    return as_samples(np.interp(np.arange(count) * step_s, np.arange(size) * coarse_s, noise))
