"""Measures of a press, against presses drawn from straight lines."""

import numpy as np
import pytest

from tests.unit.progress.presses import times_s, trapezoid
from trainer.progress.measure import (
    best_mean_n,
    rise_time_s,
    smoothness_pct,
    steepest_n_s,
    tracking_pct,
)


def test_a_straight_rise_of_a_second_takes_eight_tenths_from_10_to_90_percent() -> None:
    time_s = times_s(5)
    force_n = trapezoid(time_s, from_s=1.003, up_s=1, hold_s=1, down_s=0.5, force_n=40)
    assert rise_time_s(time_s, force_n, 40) == pytest.approx(0.8, abs=1e-6)


def test_a_press_that_was_on_already_has_no_rise_time() -> None:
    time_s = times_s(3)
    assert rise_time_s(time_s, np.full(len(time_s), 40.0), 40) is None
    force_n = trapezoid(time_s, from_s=-0.5, up_s=1, hold_s=1, down_s=0.5, force_n=40)
    assert rise_time_s(time_s, force_n, 40) is None


def test_steepest_rise_and_release_are_the_slopes_of_the_straight_lines() -> None:
    time_s = times_s(6)
    force_n = trapezoid(time_s, from_s=1, up_s=0.5, hold_s=1, down_s=2, force_n=60)
    steepest = steepest_n_s(time_s, force_n)
    assert steepest is not None
    assert steepest[0] == pytest.approx(-30)
    assert steepest[1] == pytest.approx(120)


def test_a_slow_release_is_told_from_a_drop() -> None:
    time_s = times_s(6)
    slow, drop = (
        steepest_n_s(
            time_s, trapezoid(time_s, from_s=1, up_s=1, hold_s=1, down_s=down_s, force_n=60)
        )
        for down_s in (2.0, 0.1)
    )
    assert slow is not None
    assert drop is not None
    assert drop[0] == pytest.approx(20 * slow[0])


def test_three_samples_have_no_slope() -> None:
    assert steepest_n_s(times_s(0.02), np.array([0.0, 1.0, 2.0])) is None


@pytest.mark.parametrize("up_s", [0.05, 0.3, 1.0])
def test_one_rise_and_one_fall_are_a_hundred_percent_smooth_however_quick(up_s: float) -> None:
    time_s = times_s(5)
    force_n = trapezoid(time_s, from_s=1, up_s=up_s, hold_s=0.5, down_s=up_s, force_n=40)
    assert smoothness_pct(time_s, force_n) == pytest.approx(100, abs=1e-6)


def test_letting_go_by_half_and_pressing_again_is_two_thirds_smooth() -> None:
    # Net: 1 up and 1 down; the path is 1 up, 1/2 down, 1/2 up, 1 down.
    time_s = times_s(10)
    points_s = [1.0, 2, 3, 4, 5, 6, 7, 8]
    force_n = 40 * np.interp(time_s, points_s, [0, 1, 1, 0.5, 0.5, 1, 1, 0])
    assert smoothness_pct(time_s, force_n) == pytest.approx(100 * 2 / 3, abs=1)


def test_tremor_is_no_want_of_smoothness() -> None:
    time_s = times_s(5)
    force_n = trapezoid(time_s, from_s=1, up_s=1, hold_s=1, down_s=1, force_n=40)
    tremor_n = 0.8 * np.sin(2 * np.pi * 9 * time_s) * (force_n > 0)
    raw_path_n = np.abs(np.diff(force_n + tremor_n)).sum()
    assert 100 * 80 / raw_path_n < 75  # of the unfiltered curve
    found = smoothness_pct(time_s, force_n + tremor_n)
    assert found is not None
    assert found > 95


def test_a_glimpse_of_a_press_has_no_smoothness() -> None:
    assert smoothness_pct(times_s(0.1), np.ones(11)) is None
    assert smoothness_pct(times_s(3), np.zeros(301)) is None


def test_the_trace_itself_has_no_error_and_half_of_it_that_of_the_missing_half() -> None:
    time_s = times_s(6)
    trace = ((1.0, 0.0), (2.0, 30.0), (4.0, 30.0), (5.0, 0.0))
    wanted_n = trapezoid(time_s, from_s=1, up_s=1, hold_s=2, down_s=1, force_n=30)
    assert tracking_pct(time_s, wanted_n, trace) == pytest.approx(0, abs=1e-9)
    # RMS of half a trapezoid: two ramps of a second (1/3 each) and two seconds of 1, over four.
    share = 50 * np.sqrt((1 / 3 + 2 + 1 / 3) / 4)
    assert tracking_pct(time_s, wanted_n / 2, trace) == pytest.approx(share, rel=2e-3)


def test_what_lies_before_and_after_the_trace_is_no_error() -> None:
    time_s = times_s(6)
    trace = ((2.0, 30.0), (4.0, 30.0))
    force_n = np.where((time_s >= 2) & (time_s <= 4), 30.0, 0.0)
    assert tracking_pct(time_s, force_n, trace) == pytest.approx(0)


def test_a_trace_of_which_a_tenth_was_not_seen_has_no_error() -> None:
    time_s = times_s(3)
    assert tracking_pct(time_s, np.full(len(time_s), 30.0), ((0.0, 30.0), (4.0, 30.0))) is None
    assert tracking_pct(time_s, np.ones(len(time_s)), ((0.0, 0.0), (3.0, 0.0))) is None


def test_the_best_half_second_of_a_ramp_is_its_last() -> None:
    time_s = times_s(2)
    assert best_mean_n(time_s, 10 * time_s) == pytest.approx(17.5)
    assert best_mean_n(times_s(0.3), np.ones(31)) is None
