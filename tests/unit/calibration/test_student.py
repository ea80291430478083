"""Student's t against scipy."""

import math

import pytest
from scipy.stats import t

from calibration.student import coverage_factor


@pytest.mark.parametrize("dof", [1, 1.3, 2, 2.7, 3, 5, 8.5, 12, 30, 99.9, 100, 1000, 1e6])
def test_the_factor_is_that_of_scipy(dof: float) -> None:
    assert coverage_factor(dof) == pytest.approx(float(t.ppf(0.975, dof)), rel=1e-8)


def test_with_limits_alone_it_is_that_of_a_normal_variable() -> None:
    assert coverage_factor(math.inf) == pytest.approx(1.959963984540054, abs=1e-14)


def test_it_falls_with_more_degrees_of_freedom() -> None:
    factors = [coverage_factor(1 + step / 10) for step in range(1200)]
    assert factors == sorted(factors, reverse=True)
