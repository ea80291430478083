"""Rest beside a hold."""

import numpy as np
import pytest

from tests.unit.detect.traces import excursion_of, stamps, trapezoid
from trainer.core.arrays import FloatArray
from trainer.detect.baseline import Baseline, find_baseline, first_true, median_of, medians_of
from trainer.detect.excursion import Window

TIME = stamps(6.0, 100.0)
HOLD = trapezoid(TIME, 3.0, 4.0, 40.0)
FEET = (289, 411)
TOP = 300


def beside(force_n: FloatArray, *, cut: tuple[bool, bool] = (False, False)) -> Baseline:
    """Return rest beside the hold from 3 s to 4 s."""
    excursion = excursion_of(TIME, force_n, cut=cut)
    return find_baseline(excursion, Window(0, len(TIME), 0, len(TIME)), FEET, TOP, 40.0)


def test_flat_rest_is_taken_from_a_second_on_each_side() -> None:
    found = beside(HOLD + 5.0)
    assert found.before is not None
    assert found.after is not None
    assert TIME[found.before.stop - 1] - TIME[found.before.start] == pytest.approx(1.0, abs=0.02)
    assert TIME[found.after.stop - 1] - TIME[found.after.start] == pytest.approx(1.0, abs=0.02)
    assert found.line_n == pytest.approx(np.full(len(TIME), 5.0))
    assert found.tilt_n == pytest.approx(0.0)


def test_rest_that_moved_long_before_is_left_out() -> None:
    moved = np.where(TIME < 2.4, 30.0, 0.0)
    found = beside(HOLD + moved)
    assert found.before is not None
    assert TIME[found.before.start] == pytest.approx(2.4, abs=0.02)


def test_rest_is_the_line_between_both_sides() -> None:
    found = beside(HOLD + np.where(TIME > 3.5, 4.0, 0.0))
    line = found.line_n
    assert line[:290] == pytest.approx(0.0)
    assert line[411:] == pytest.approx(4.0)
    assert line[350] == pytest.approx(4.0 * (350 - 289) / (411 - 289))
    assert found.tilt_n == pytest.approx(4.0)


def test_another_press_close_before_is_no_rest() -> None:
    other = trapezoid(TIME, 2.0, 2.75, 40.0, 0.1)
    found = beside(HOLD + other)
    assert found.before is not None
    assert TIME[found.before.start] == pytest.approx(2.8, abs=0.03)
    assert found.line_n[0] == pytest.approx(0.0)


def test_an_impact_close_before_is_passed_over() -> None:
    found = beside(HOLD + trapezoid(TIME, 2.80, 2.84, 30.0, 0.01))
    assert found.line_n[0] == pytest.approx(0.0)


def test_a_light_press_before_is_no_rest() -> None:
    light = np.where((TIME > 1.6) & (TIME < 3.0), 6.0, 0.0)
    found = beside(np.maximum(HOLD, light))
    assert found.before is not None
    assert TIME[found.before.stop - 1] < 1.61
    assert found.line_n == pytest.approx(np.zeros(len(TIME)))


def test_a_step_before_is_rest_where_the_force_comes_back_to_it() -> None:
    step = np.where(TIME > 1.5, 20.0, 0.0)
    excursion = excursion_of(TIME, HOLD + step)
    whole = Window(0, len(TIME), 0, len(TIME))
    found = find_baseline(excursion, whole, (149, 411), TOP, 40.0)
    assert found.line_n[295] == pytest.approx(20.0)
    assert found.line_n[411] == pytest.approx(20.0)


def test_rest_that_differs_without_a_flat_stretch_stays_as_it_was_found() -> None:
    swing = 12.0 * (1 - np.cos(2 * np.pi * (TIME - 4.1) / 2.2)) / 2
    found = beside(HOLD + swing)
    assert found.before is not None
    assert found.before.stop == FEET[0] + 1


def test_a_side_that_a_gap_cut_off_takes_the_others_level() -> None:
    excursion = excursion_of(TIME, HOLD + 5.0, cut=(True, True), level_n=9.0)
    whole = Window(0, len(TIME), 0, len(TIME))
    last = len(TIME) - 1
    at_start = find_baseline(excursion, whole, (0, 411), TOP, 40.0)
    assert (at_start.before, at_start.line_n[0]) == (None, 5.0)
    at_end = find_baseline(excursion, whole, (289, last), TOP, 40.0)
    assert (at_end.after, at_end.line_n[-1]) == (None, 5.0)
    nowhere = find_baseline(excursion, whole, (0, last), TOP, 40.0)
    assert (nowhere.before, nowhere.after, nowhere.line_n[0]) == (None, None, 9.0)


def test_a_search_for_the_same_rest_ends_where_the_stretch_begins() -> None:
    light = np.where((TIME > 2.2) & (TIME < 3.0), 6.0, 0.0)
    excursion = excursion_of(TIME, np.maximum(HOLD, light))
    found = find_baseline(excursion, Window(200, 600, 200, 600), FEET, TOP, 40.0)
    assert found.line_n[0] == pytest.approx(6.0)


@pytest.mark.parametrize("count", [1, 2, 7, 8])
def test_medians_are_those_of_numpy(count: int) -> None:
    values = np.random.default_rng(count).normal(size=(count, 3))
    assert median_of(values[:, 0]) == pytest.approx(float(np.median(values[:, 0])))
    assert medians_of(values) == pytest.approx(np.median(values, axis=0))


def test_the_first_true_flag_or_their_number() -> None:
    assert first_true(np.array([False, True, True])) == 1
    assert first_true(np.array([False, False])) == 2
    assert first_true(np.array([True])) == 0
