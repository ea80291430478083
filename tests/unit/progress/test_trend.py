"""Weekly medians and the Theil-Sen trend say what they know, and how well."""

from datetime import date, timedelta

import numpy as np
import pytest

from trainer.progress.trend import Point, Trend, theil_sen, weekly_medians

MONDAY = date(2026, 3, 2)


def weekly(values: list[float]) -> list[Point]:
    """Return one value a week."""
    return [Point(MONDAY + timedelta(weeks=n), value) for n, value in enumerate(values)]


def test_the_trend_is_the_change_from_the_first_day_to_the_last() -> None:
    found = theil_sen(weekly([50.0 + 2.0 * n for n in range(9)]), 0.95)
    assert found is not None
    assert (found.days, found.count) == (56, 9)
    assert found.change == pytest.approx(16.0)
    assert (found.low, found.high) == pytest.approx((16.0, 16.0))


def test_three_values_are_no_trend() -> None:
    assert theil_sen(weekly([1.0, 2.0, 3.0])) is None
    assert theil_sen(weekly([1.0, 2.0, 3.0, 4.0])) is not None


def test_values_of_one_day_are_no_trend() -> None:
    assert theil_sen([Point(MONDAY, float(n)) for n in range(6)]) is None


def test_an_odd_value_moves_the_trend_little() -> None:
    found = theil_sen(weekly([50.0, 51.0, 52.0, 90.0, 54.0, 55.0]))
    assert found is not None
    assert found.change == pytest.approx(5.0, abs=1.0)


def test_the_80_percent_interval_holds_the_truth_in_about_80_of_100_series() -> None:
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(600):
        found = theil_sen(weekly([float(v) for v in rng.normal(0.0, 1.0, 8)]))
        assert found is not None
        held += found.low <= 0 <= found.high
    # Ranks are whole numbers: eight values cannot give 80 % to the point.
    assert 0.77 <= held / 600 <= 0.93


def test_a_small_change_whose_interval_holds_zero_is_below_the_own_error() -> None:
    assert Trend(2.0, -1.0, 4.0, 28, 5).is_below(5.0)
    assert not Trend(2.0, 0.5, 4.0, 28, 5).is_below(5.0)
    assert not Trend(6.0, -1.0, 9.0, 28, 5).is_below(5.0)


def test_a_week_begins_on_monday_and_has_its_median_with_its_error() -> None:
    days = [MONDAY + timedelta(days=n) for n in (6, 7, 0, 2, 4)]
    first, second = weekly_medians([Point(day, float(day.day)) for day in days], 2.0)
    assert (first.monday, first.median, first.count) == (MONDAY, 5.0, 4)
    assert first.u == pytest.approx(1.2533 * 2.0 / 2, abs=1e-3)
    assert (second.monday, second.count, second.u) == (MONDAY + timedelta(days=7), 1, 2.0)


def test_the_error_of_a_weekly_median_is_what_medians_vary_by() -> None:
    rng = np.random.default_rng(5)
    medians = np.median(rng.normal(0, 2.0, (4000, 3)), axis=1)
    (week,) = weekly_medians([Point(MONDAY, v) for v in (1.0, 2.0, 3.0)], 2.0)
    assert week.u == pytest.approx(float(medians.std()), rel=0.12)


def test_without_an_error_of_one_value_a_week_has_none() -> None:
    (week,) = weekly_medians([Point(MONDAY, 1.0)], None)
    assert week.u is None
