"""Evidence for a fall: invariances, a closed form, robustness."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.arrays import FloatArray
from trainer.detect.changepoint import (
    GRADUAL,
    LONGEST,
    NOISE_FLOOR,
    SHAPES,
    fall_evidence,
    group_reps,
    group_size,
    log_sum,
    tame_outliers,
)


def scatter(count: int, seed: int = 1, size: float = 0.05) -> FloatArray:
    """Return a series without a fall."""
    return -1 + size * np.random.default_rng(seed).normal(size=count)


@given(seed=st.integers(0, 1000), level=st.floats(-5, 5), scale=st.floats(0.5, 20))
def test_neither_level_nor_scale_changes_the_evidence(
    seed: int, level: float, scale: float
) -> None:
    # Scatter far above the floor, which alone has a scale.
    series = scatter(30, seed, 10.0)
    np.testing.assert_allclose(
        fall_evidence(level + scale * series), fall_evidence(series), atol=0.02
    )


def test_the_evidence_is_strongest_where_the_fall_begins() -> None:
    series = scatter(40)
    series[24:] += 0.03 * np.arange(1, 17)
    # The first figure is for the second rep.
    assert abs(int(log_sum(fall_evidence(series)).argmax()) + 1 - 24) <= 1
    assert log_sum(fall_evidence(series)).max() > 10


def test_a_rise_is_evidence_against_a_fall() -> None:
    series = scatter(40)
    series[24:] -= 0.03 * np.arange(1, 17)
    assert log_sum(fall_evidence(series)).max() < 0


def test_averaged_over_sets_without_a_fall_the_factor_is_one() -> None:
    # That is what makes its sum pass h with a probability of 1 / h at most.
    factors = [np.exp(log_sum(fall_evidence(scatter(24, seed), GRADUAL))) for seed in range(400)]
    assert np.mean(factors, axis=0).mean() == pytest.approx(0.9, abs=0.3)


def test_a_step_is_told_from_a_slow_fall() -> None:
    step, slow = scatter(40), scatter(40)
    step[20:] += 0.4
    slow[20:] += 0.4 * np.arange(1, 21) / 20
    for series, sudden in ((step, True), (slow, False)):
        logs = fall_evidence(series)
        best = SHAPES[int(logs.max(axis=1).argmax())]
        assert (best.length in {1, 2}) is sudden


def test_equal_reps_prove_nothing() -> None:
    assert log_sum(fall_evidence(np.full(40, -1.0))).max() < 0


@pytest.mark.parametrize("count", [2, 3, 64, 65, LONGEST])
def test_a_series_of_any_length_up_to_the_longest_gives_finite_figures(count: int) -> None:
    logs = fall_evidence(scatter(count))
    assert logs.shape == (len(SHAPES), count - 1)
    assert np.isfinite(logs).all()
    steep = -np.linspace(1, 0, count)
    assert np.isfinite(fall_evidence(steep)).all()


def test_levels_in_turn_are_scatter_and_no_fall() -> None:
    series = scatter(41, size=0.02)
    series[::2] += 0.4
    assert log_sum(fall_evidence(series)).max() < math.log(3)


def test_a_lone_low_rep_is_pulled_back_and_the_others_stay() -> None:
    series = scatter(30)
    low = series.copy()
    low[12] += 0.5
    tamed = tame_outliers(low)
    assert tamed[12] < series[12] + 0.3
    assert np.abs(np.delete(tamed, 12) - np.delete(low, 12)).max() < 0.02


def test_a_step_is_not_tamed_away() -> None:
    series = scatter(30)
    series[15:] += 0.5
    assert tame_outliers(series)[15:].mean() > -0.53


def test_few_reps_are_left_as_they_are() -> None:
    series = np.array([-1.0, -0.2, -1.0, -1.0])
    assert tame_outliers(series) is series


def test_reps_all_alike_keep_a_floor_of_scatter() -> None:
    series = np.full(20, -1.0)
    series[7] += 2 * NOISE_FLOOR
    np.testing.assert_array_equal(tame_outliers(series), series)


def test_a_long_series_is_averaged_in_groups_up_to_its_end() -> None:
    series = np.arange(300.0)
    assert group_size(300) == 3
    grouped = group_reps(series)
    assert len(grouped) == 100
    assert grouped[-1] == 298.0
    assert group_reps(series[:LONGEST]) is not None
    assert group_size(LONGEST) == 1
    assert len(group_reps(np.arange(257.0))) == 85
