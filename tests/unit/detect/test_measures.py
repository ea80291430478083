"""The measures of a hold against closed forms."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.traces import excursion_of, stamps, trapezoid
from trainer.core.arrays import FloatArray
from trainer.core.block import Quality
from trainer.core.hold import Hold
from trainer.detect.excursion import Excursion
from trainer.detect.measures import FEWEST_FOR_CV, measure_hold
from trainer.detect.segment import find_spans

TIME = stamps(6.0, 240.0)
PRESS = trapezoid(TIME, 2.0, 4.0, 40.0, 0.2)


def measured(excursion: Excursion, cells: tuple[str, ...] = ("force",)) -> Hold:
    """Return the measures of the only hold."""
    (span,) = find_spans(excursion, 1.0)
    return measure_hold(excursion, span, cells)


def with_band(excursion: Excursion, band_n: FloatArray) -> Excursion:
    """Return the excursion with a tremor band."""
    return replace(excursion, stretch=replace(excursion.stretch, band_n=band_n))


def test_a_trapezoid_upon_rest() -> None:
    hold = measured(excursion_of(TIME, 7.0 + PRESS))
    assert (hold.start_s, hold.end_s) == pytest.approx((2.0, 4.0))
    assert hold.duration_s == pytest.approx(2.0)
    assert hold.peak_n == pytest.approx(40.0)
    assert hold.plateau_n == pytest.approx(40.0)
    # Between its crossings a trapezoid misses two triangles of a quarter ramp each.
    assert hold.impulse_n_s == pytest.approx(40.0 * 2.0 - 2 * 0.5 * 0.1 * 20.0, rel=1e-6)
    assert hold.mean_n == pytest.approx(hold.impulse_n_s / 2.0)
    assert hold.rest_n == pytest.approx(7.0)
    assert hold.best_half_second_n == pytest.approx(40.0)
    assert hold.cv_pct == pytest.approx(0.0, abs=1e-9)
    assert (hold.is_finished, hold.is_saturated, hold.lost_samples) == (True, False, 0)


def test_force_develops_from_where_the_rise_leaves_a_tenth_of_the_plateau() -> None:
    # A rise of 40 N in 0.4 s: 100 N/s all along the 200 ms.
    hold = measured(excursion_of(TIME, trapezoid(TIME, 2.0, 4.0, 40.0, 0.4)))
    assert hold.rfd_n_s == pytest.approx(100.0)
    # Faster than 200 ms: the plateau less its tenth, over 200 ms.
    fast = measured(excursion_of(TIME, trapezoid(TIME, 2.0, 4.0, 40.0, 0.1)))
    assert fast.rfd_n_s == pytest.approx(0.9 * 40.0 / 0.2)


def test_a_rise_that_was_not_seen_or_a_hold_shorter_than_the_window_has_no_rate() -> None:
    part = TIME > 3.0
    cut = measured(excursion_of(TIME[part], PRESS[part], cut=(True, False)))
    assert cut.rfd_n_s is None
    short = measured(excursion_of(TIME, trapezoid(TIME, 2.0, 2.12, 40.0, 0.1)))
    assert short.rfd_n_s is None
    assert short.best_half_second_n is None


def test_variation_is_taken_after_a_linear_detrend_with_two_degrees_of_freedom_less() -> None:
    wave = 2.0 * np.sin(2 * np.pi * 6.0 * TIME)
    slope = -3.0 * (TIME - 3.0)
    hold = measured(excursion_of(TIME, PRESS + (wave + slope) * (PRESS > 0)))
    assert hold.cv_pct == pytest.approx(100 * 2.0 / math.sqrt(2) / 40.0, rel=0.03)


def test_a_hold_of_few_samples_has_no_variation() -> None:
    time = stamps(3.0, 80.0)
    short = measured(excursion_of(time, trapezoid(time, 1.0, 1.15, 40.0, 0.05)))
    assert short.cv_pct is None
    assert FEWEST_FOR_CV == 8


def test_the_best_half_second_is_the_best_one() -> None:
    bump = trapezoid(TIME, 3.0, 3.5, 10.0, 0.002)
    hold = measured(excursion_of(TIME, PRESS + bump))
    assert hold.best_half_second_n == pytest.approx(50.0, abs=0.1)
    assert hold.plateau_n == pytest.approx(40.0, abs=10.0)


def test_tremor_is_the_root_mean_square_of_the_middle_half() -> None:
    middle = (TIME > 2.6) & (TIME < 3.4)
    band = np.where(middle, 0.5 * np.sin(2 * np.pi * 8 * TIME), 9.0)
    hold = measured(with_band(excursion_of(TIME, PRESS), np.where(PRESS < 39, 9.0, band)))
    assert hold.tremor_n is not None
    inside = (hold.start_s + 0.5 <= TIME) & (hold.end_s - 0.5 >= TIME)
    assert hold.tremor_n == pytest.approx(math.sqrt(np.mean(band[inside] ** 2)), rel=0.05)


def test_each_cell_is_measured_from_its_own_rest() -> None:
    toes, heel = PRESS, 20.0 - 0.1 * PRESS
    cells = np.column_stack([toes, np.full(len(TIME), 3.0), heel])
    excursion = excursion_of(TIME, cells)
    stretch = excursion.stretch
    stretch.cells_n[:, -1] = toes
    hold = measured(excursion, ("toes", "ball", "heel"))
    assert hold.heel_change_n == pytest.approx(-4.0)
    assert hold.trunk_push_n == pytest.approx(36.0)


def test_a_single_cell_knows_no_heel_and_no_trunk() -> None:
    hold = measured(excursion_of(TIME, PRESS))
    assert (hold.heel_change_n, hold.trunk_push_n) == (None, None)


def test_cells_of_a_hold_cut_on_both_sides_are_measured_from_the_tracked_levels() -> None:
    part = (TIME > 2.4) & (TIME < 3.6)
    cells = np.column_stack([PRESS[part], np.full(part.sum(), 8.0)])
    excursion = excursion_of(TIME[part], cells, cut=(True, True), level_n=5.0)
    hold = measured(excursion, ("toes", "heel"))
    assert hold.heel_change_n == pytest.approx(3.0)


def test_flags_inside_the_hold_are_told_and_those_outside_are_not() -> None:
    excursion = excursion_of(TIME, PRESS)
    quality = excursion.stretch.quality
    quality[700:703] = Quality.HELD
    quality[10] = Quality.HELD | Quality.SATURATED
    assert (measured(excursion).lost_samples, measured(excursion).is_saturated) == (3, False)
    quality[705] = Quality.SATURATED
    assert measured(excursion).is_saturated


def test_the_decrement_is_what_the_last_fifth_of_the_middle_half_lacks() -> None:
    slope = -4.0 * (TIME - 3.0)
    hold = measured(excursion_of(TIME, PRESS + slope * (PRESS > 0)))
    # The middles of the outer fifths lie 0.8 s apart in a middle half of one second.
    assert hold.decrement_pct == pytest.approx(100 * (1 - (40 - 1.6) / (40 + 1.6)), rel=0.03)


def test_a_hold_of_few_samples_has_no_decrement() -> None:
    time = stamps(3.0, 80.0)
    assert (
        measured(excursion_of(time, trapezoid(time, 1.0, 1.15, 40.0, 0.05))).decrement_pct is None
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_peak_is_never_below_the_plateau(seed: int) -> None:
    rng = np.random.default_rng(seed)
    # A top of two levels with strong noise: the median may be one of the higher ones.
    top = PRESS * np.where((TIME > 2.4) & (TIME < 3.1), 0.96, 1.0)
    hold = measured(excursion_of(TIME, top + rng.normal(0, 1.5, len(TIME))))
    assert hold.peak_n >= hold.plateau_n
