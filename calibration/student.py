"""Student's t: the factor that makes 95 per cent of a standard uncertainty."""

import math
from functools import lru_cache
from typing import Final

import numpy as np

LEVEL: Final = 0.95
"""Share of cases that an expanded uncertainty covers."""

_NORMAL: Final = 1.959963984540054
"""97.5 per cent point of the normal distribution."""

_MANY: Final = 100.0
"""Degrees of freedom from which the series is right to 1e-9."""

_ROUNDS: Final = 8
"""Newton doubles the right digits each time."""

_NODES, _SHARES = np.polynomial.legendre.leggauss(40)


@lru_cache(maxsize=1024)
def coverage_factor(dof: float) -> float:
    """Return k with 95 per cent of Student's t within +-k, for 1 or more degrees of freedom.

    With t = sqrt(dof) tan(a) the probability within +-t is a smooth integral of cos(a)^(dof - 1),
    which Gauss and Legendre's rule takes with 40 nodes; Newton's method inverts it, from the series
    of Abramowitz and Stegun 26.7.5. From 100 degrees on the series alone is used.
    """
    guess = _series(dof)
    if dof >= _MANY:
        return guess
    scale = math.exp(math.lgamma((dof + 1) / 2) - math.lgamma(dof / 2)) * 2 / math.sqrt(math.pi)
    angle = math.atan(guess / math.sqrt(dof))
    for _ in range(_ROUNDS):
        cosines = np.cos(angle / 2 * (_NODES + 1))
        within = scale * angle / 2 * float(_SHARES @ cosines ** (dof - 1))
        step = (within - LEVEL) / (scale * math.cos(angle) ** (dof - 1))
        angle -= step
    return math.sqrt(dof) * math.tan(angle)


def _series(dof: float) -> float:
    x = _NORMAL
    first = (x**3 + x) / 4
    second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    fourth = (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160
    return x + first / dof + second / dof**2 + third / dof**3 + fourth / dof**4
