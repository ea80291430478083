"""The line through the plateaus, against closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import linregress, t

from trainer.report.decline import fit_decline


def test_the_slope_and_its_interval_are_those_of_scipy() -> None:
    rng = np.random.default_rng(5)
    reps = list(range(1, 21))
    plateau_n = [20 - 0.2 * rep + float(rng.normal(0, 0.6)) for rep in reps]
    line = fit_decline(reps, plateau_n)
    assert line is not None
    other = linregress(reps, plateau_n)
    half = float(t.ppf(0.975, 18)) * float(other.stderr)
    assert line.slope_n == pytest.approx(float(other.slope), rel=1e-12)
    assert line.slope_half_n == pytest.approx(half, rel=1e-9)
    assert line.first_n == pytest.approx(float(other.intercept + other.slope), rel=1e-12)


def test_percent_is_of_the_line_at_the_first_rep() -> None:
    line = fit_decline([1, 2, 3, 4], [20.0, 19.0, 18.0, 17.0])
    assert line is not None
    assert line.pct == pytest.approx(-5.0)
    assert line.is_distinct


def test_a_line_starts_where_the_first_counted_rep_is() -> None:
    line = fit_decline([3, 4, 5], [20.0, 19.0, 18.0])
    assert line is not None
    assert line.first_n == pytest.approx(20.0)
    assert line.line_n(np.array([5.0]))[0] == pytest.approx(18.0)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_reps_give_no_line(count: int) -> None:
    assert fit_decline(list(range(1, count + 1)), [20.0] * count) is None


def test_no_force_at_the_start_gives_no_line() -> None:
    assert fit_decline([1, 2, 3], [-1.0, 0.0, 1.0]) is None


@settings(max_examples=50)
@given(st.floats(0.1, 200.0), st.integers(3, 40))
def test_equal_plateaus_are_never_a_change(plateau_n: float, count: int) -> None:
    line = fit_decline(list(range(1, count + 1)), [plateau_n] * count)
    assert line is not None
    assert not line.is_distinct


def test_pure_noise_is_called_a_change_in_one_set_of_twenty() -> None:
    rng = np.random.default_rng(11)
    reps = list(range(1, 21))
    called = 0
    for _ in range(1000):
        line = fit_decline(reps, [float(n) for n in rng.normal(20, 1, 20)])
        called += line is not None and line.is_distinct
    assert 30 <= called <= 75


def test_the_band_is_narrowest_at_the_mean_rep() -> None:
    line = fit_decline([1, 2, 3, 4, 5], [20.0, 19.5, 19.8, 18.9, 19.1])
    assert line is not None
    half_n = line.half_width_n(np.array([1.0, 3.0, 5.0]))
    assert half_n[1] < half_n[0] == pytest.approx(half_n[2])
