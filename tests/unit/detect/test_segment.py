"""Half-plateau crossings against closed forms."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.detect.traces import excursion_of, noise, stamps, trapezoid
from trainer.detect.segment import find_spans

TIME = stamps(6.0, 240.0)


def test_a_trapezoid_starts_and_ends_where_it_crosses_half_of_its_plateau() -> None:
    (span,) = find_spans(excursion_of(TIME, trapezoid(TIME, 2.013, 3.507, 40.0)), 1.0)
    assert span.start_s == pytest.approx(2.013, abs=1e-9)
    assert span.end_s == pytest.approx(3.507, abs=1e-9)
    assert span.plateau_n == pytest.approx(40.0)
    assert span.is_finished


@given(
    start_s=st.floats(1.2, 2.0),
    length_s=st.floats(0.6, 2.5),
    plateau_n=st.floats(2.0, 500.0),
    ramp_s=st.floats(0.05, 0.4),
    slope_n_s=st.floats(-0.2, 0.2),
)
def test_a_rest_level_that_moves_straight_moves_no_crossing(
    start_s: float, length_s: float, plateau_n: float, ramp_s: float, slope_n_s: float
) -> None:
    # From rest before it to rest after it less than what makes it a step (BALANCE).
    assume(abs(slope_n_s) * (length_s + ramp_s + 1.0) < 0.6)
    rest = 7.0 + slope_n_s * plateau_n * TIME
    press = trapezoid(TIME, start_s, start_s + length_s, plateau_n, ramp_s)
    (span,) = find_spans(excursion_of(TIME, rest + press), plateau_n / 10)
    # Rest is a median beside the feet, not at them: its slope shifts the level by a little.
    allowed_s = 0.002 + 0.5 * ramp_s * abs(slope_n_s)
    assert span.start_s == pytest.approx(start_s, abs=allowed_s)
    assert span.end_s == pytest.approx(start_s + length_s, abs=allowed_s)
    assert span.plateau_n == pytest.approx(plateau_n, rel=0.002 + 0.5 * abs(slope_n_s))


def test_scaling_the_force_scales_the_plateau_and_moves_no_time() -> None:
    force = trapezoid(TIME, 2.0, 3.1, 40.0) + noise(TIME, 0.3)
    (one,) = find_spans(excursion_of(TIME, force), 4.0)
    (ten,) = find_spans(excursion_of(TIME, 10 * force), 40.0)
    assert (ten.start_s, ten.end_s) == pytest.approx((one.start_s, one.end_s), abs=1e-9)
    assert ten.plateau_n == pytest.approx(10 * one.plateau_n)


def test_uneven_stamps_give_the_times_of_the_stamps() -> None:
    time = TIME + 0.4 / 240 * np.sin(np.arange(len(TIME)))
    (span,) = find_spans(excursion_of(time, trapezoid(time, 2.0, 3.1, 40.0)), 4.0)
    assert (span.start_s, span.end_s) == pytest.approx((2.0, 3.1), abs=1e-9)


def test_an_impact_before_the_press_is_no_press_and_moves_no_start() -> None:
    impact = trapezoid(TIME, 1.80, 1.85, 60.0, 0.02)
    (span,) = find_spans(excursion_of(TIME, trapezoid(TIME, 2.0, 3.0, 40.0) + impact), 4.0)
    assert span.start_s == pytest.approx(2.0, abs=0.002)
    assert span.plateau_n == pytest.approx(40.0, abs=0.1)


def test_an_impact_at_the_start_twice_as_high_does_not_raise_the_plateau() -> None:
    impact = trapezoid(TIME, 2.02, 2.07, 40.0, 0.02)
    (span,) = find_spans(excursion_of(TIME, trapezoid(TIME, 2.0, 3.0, 40.0) + impact), 4.0)
    assert span.plateau_n == pytest.approx(40.0, abs=0.1)


@pytest.mark.parametrize(("length_s", "found"), [(0.09, 0), (0.11, 1)])
def test_an_excursion_shorter_than_a_tenth_of_a_second_is_no_hold(
    length_s: float, found: int
) -> None:
    force = trapezoid(TIME, 2.0, 2.0 + length_s, 40.0, 0.02)
    assert len(find_spans(excursion_of(TIME, force), 4.0)) == found


def test_what_does_not_reach_the_least_force_is_no_hold() -> None:
    force = trapezoid(TIME, 2.0, 3.0, 4.0)
    assert find_spans(excursion_of(TIME, force), 4.1) == ()
    assert len(find_spans(excursion_of(TIME, force), 3.9)) == 1


def test_a_high_peak_without_a_plateau_is_judged_by_its_plateau() -> None:
    spike = trapezoid(TIME, 2.0, 2.03, 30.0, 0.02)
    assert find_spans(excursion_of(TIME, trapezoid(TIME, 2.0, 3.0, 3.0) + spike), 4.0) == ()


def test_a_dip_within_a_hold_that_stays_above_half_splits_nothing() -> None:
    dip = trapezoid(TIME, 2.6, 2.8, 16.0, 0.05)
    (span,) = find_spans(excursion_of(TIME, trapezoid(TIME, 2.0, 3.5, 40.0) - dip), 4.0)
    assert (span.start_s, span.end_s) == pytest.approx((2.0, 3.5), abs=0.002)


def test_two_presses_with_a_release_between_are_two_holds() -> None:
    force = trapezoid(TIME, 2.0, 2.5, 40.0, 0.1) + trapezoid(TIME, 2.7, 3.4, 30.0, 0.1)
    first, second = find_spans(excursion_of(TIME, force), 4.0)
    assert (first.start_s, first.end_s) == pytest.approx((2.0, 2.5), abs=0.002)
    assert (second.start_s, second.end_s) == pytest.approx((2.7, 3.4), abs=0.002)
    assert second.plateau_n == pytest.approx(30.0, abs=0.1)


@pytest.mark.parametrize(("depth_n", "found"), [(28.0, 1), (36.0, 2)])
def test_a_short_dip_ends_a_hold_only_when_it_is_deep(depth_n: float, found: int) -> None:
    dip = trapezoid(TIME, 2.60, 2.68, depth_n, 0.02)
    force = trapezoid(TIME, 2.0, 3.5, 40.0) - dip
    assert len(find_spans(excursion_of(TIME, force), 4.0)) == found


def test_a_dip_of_two_samples_is_noise_however_deep() -> None:
    force = trapezoid(TIME, 2.0, 3.5, 40.0)
    force[600:602] = -20.0
    (span,) = find_spans(excursion_of(TIME, force), 4.0)
    assert (span.start_s, span.end_s) == pytest.approx((2.0, 3.5), abs=0.002)


def test_a_dip_right_after_a_twitch_ends_the_twitch() -> None:
    twitch = trapezoid(TIME, 1.90, 1.95, 40.0, 0.02)
    (span,) = find_spans(excursion_of(TIME, trapezoid(TIME, 2.0, 3.0, 40.0, 0.02) + twitch), 4.0)
    assert span.start_s == pytest.approx(2.0, abs=0.002)


def test_a_step_that_stays_is_no_hold() -> None:
    step = np.interp(TIME, [2.0, 2.3], [0.0, 20.0])
    assert find_spans(excursion_of(TIME, step + noise(TIME, 0.05)), 1.0) == ()


def test_a_light_press_before_a_hold_is_part_of_it_and_no_rest() -> None:
    light = trapezoid(TIME, 1.5, 3.0, 6.0, 0.1)
    force = np.maximum(trapezoid(TIME, 2.3, 3.2, 40.0), light)
    (span,) = find_spans(excursion_of(TIME, force), 1.0)
    assert span.plateau_n == pytest.approx(40.0, abs=0.2)
    assert span.start_s == pytest.approx(2.3, abs=0.003)


def test_a_hold_upon_a_step_is_measured_from_the_step() -> None:
    force = np.interp(TIME, [1.0, 1.2], [0.0, 20.0]) + trapezoid(TIME, 2.5, 3.5, 50.0)
    (span,) = find_spans(excursion_of(TIME, force), 1.0)
    assert span.plateau_n == pytest.approx(50.0, abs=0.5)
    assert (span.start_s, span.end_s) == pytest.approx((2.5, 3.5), abs=0.003)


def test_a_hold_cut_at_its_end_ends_with_the_last_stamp() -> None:
    part = TIME < 2.8
    time = TIME[part]
    force = trapezoid(time, 2.0, 3.5, 40.0)
    (span,) = find_spans(excursion_of(time, force, cut=(False, True)), 4.0)
    assert span.end_s == time[-1]
    assert span.plateau_n == pytest.approx(40.0)
    assert not span.is_finished


def test_a_hold_cut_at_its_start_starts_with_the_first_stamp() -> None:
    part = TIME > 2.8
    time = TIME[part]
    force = 5.0 + trapezoid(time, 2.0, 3.5, 40.0)
    (span,) = find_spans(excursion_of(time, force, cut=(True, False)), 4.0)
    assert span.start_s == time[0]
    assert span.plateau_n == pytest.approx(40.0)
    assert not span.is_finished


def test_a_hold_cut_on_both_sides_stands_on_the_tracked_level() -> None:
    part = (TIME > 2.4) & (TIME < 3.0)
    time = TIME[part]
    force = 5.0 + trapezoid(time, 2.0, 3.5, 40.0)
    (span,) = find_spans(excursion_of(time, force, cut=(True, True), level_n=5.0), 4.0)
    assert (span.start_s, span.end_s) == (time[0], time[-1])
    assert span.plateau_n == pytest.approx(40.0)


def test_a_rise_that_a_gap_cut_into_takes_its_rest_from_after_the_hold() -> None:
    part = TIME > 1.99
    time = TIME[part]
    (span,) = find_spans(
        excursion_of(time, trapezoid(time, 2.0, 3.5, 40.0, 0.4), cut=(True, False)), 4.0
    )
    assert span.plateau_n == pytest.approx(40.0)
    assert span.start_s == pytest.approx(2.0, abs=0.005)


def test_a_fall_that_a_gap_cut_off_below_half_is_finished() -> None:
    part = TIME < 3.53
    time = TIME[part]
    (span,) = find_spans(
        excursion_of(time, trapezoid(time, 2.0, 3.5, 40.0), cut=(False, True)), 4.0
    )
    assert span.is_finished
    assert span.end_s == pytest.approx(3.5, abs=0.003)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_excursion_of_a_few_samples_holds_nothing_and_breaks_nothing(count: int) -> None:
    time = TIME[:count]
    assert find_spans(excursion_of(time, np.full(count, 9.0)), 1.0) == ()


def test_constant_and_huge_forces_hold_nothing_and_break_nothing() -> None:
    assert find_spans(excursion_of(TIME, np.zeros_like(TIME)), 0.5) == ()
    (span,) = find_spans(excursion_of(TIME, 1e9 * trapezoid(TIME, 2.0, 3.0, 40.0)), 0.5)
    assert span.plateau_n == pytest.approx(4e10)


@given(seed=st.integers(0, 10_000), size_n=st.floats(0.0, 50.0))
def test_any_noise_gives_finite_ordered_spans(seed: int, size_n: float) -> None:
    time = stamps(1.5)
    spans = find_spans(excursion_of(time, noise(time, size_n, seed)), 0.5)
    for span in spans:
        assert np.isfinite([span.start_s, span.end_s, span.plateau_n]).all()
        assert span.end_s - span.start_s >= 0.1
    starts = [span.start_s for span in spans]
    assert starts == sorted(starts)
    assert all(a.end_s <= b.start_s for a, b in pairwise(spans))
