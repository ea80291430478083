"""The tare that follows rest."""

import math

import numpy as np
import pytest

from trainer.core.settings import DetectionSettings
from trainer.detect.cells import Cells, cells_of
from trainer.detect.rest import CLIMB_S, SINK_S, RestLevel
from trainer.detect.thresholds import GRID, Thresholds

RATE_HZ = 80.0


def make_rest(level_n: float = 10.0) -> RestLevel:
    """Return a level that has started."""
    rest = RestLevel(Thresholds(DetectionSettings(floor_n=1.0), RATE_HZ, None), RATE_HZ)
    rest.start(np.array([level_n / 2, level_n]))
    return rest


def follow(rest: RestLevel, mean_n: float, cells: int = 1, half_range_n: float = 0.01) -> None:
    """Let the level see cells of rest."""
    for _ in range(cells):
        rest.follow(cell(mean_n, half_range_n), 0, 1)


def cell(mean_n: float, half_range_n: float) -> Cells:
    """Return one cell: samples about a mean, of a first cell and of the detected force."""
    force = mean_n + half_range_n * np.tile([1.0, -1.0], GRID // 2)
    return cells_of(np.column_stack([force / 2, force]))


def unrest(rest: RestLevel, cells: int) -> None:
    """Let it see cells that lie 2 N below 10 N, and what reaches as far."""
    for _ in range(cells):
        rest.follow(cell(8.0, 1.0), 0, 1)
        rest.level_n = 10.0


def level_after(rest: RestLevel) -> tuple[float, float]:
    """Return both levels."""
    assert rest.levels_n is not None
    return float(rest.levels_n[0]), float(rest.levels_n[1])


def test_before_the_start_there_is_no_level() -> None:
    rest = RestLevel(Thresholds(DetectionSettings(), RATE_HZ, None), RATE_HZ)
    assert rest.levels_n is None


def test_the_level_climbs_with_its_time_constant_and_every_cell_alike() -> None:
    rest = make_rest()
    follow(rest, 10.2)
    share = 1 - math.exp(-GRID / (CLIMB_S * RATE_HZ))
    assert level_after(rest) == pytest.approx((5.0 + 0.1 * share, 10.0 + 0.2 * share))
    assert rest.level_n == level_after(rest)[1]


def test_the_level_sinks_faster_than_it_climbs() -> None:
    rest = make_rest()
    follow(rest, 8.0)
    share = 1 - math.exp(-GRID / (SINK_S * RATE_HZ))
    assert level_after(rest) == pytest.approx((5.0 - 1.0 * share, 10.0 - 2.0 * share))


def test_a_slow_press_does_not_lift_the_level() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=100)
    for step in range(1, 10):
        follow(rest, 10.0 + 0.12 * step, half_range_n=0.12)
    assert rest.level_n < 10.1


def test_a_level_that_shifted_by_less_than_a_press_is_taken_where_it_lies_flat() -> None:
    rest = make_rest()
    follow(rest, 10.5, cells=40)
    assert rest.level_n == pytest.approx(10.5, abs=0.1)


def test_flat_is_what_varies_no_more_than_rest_for_half_a_second() -> None:
    rest = make_rest()
    assert rest.flat_samples == 40
    follow(rest, 10.0, cells=4)
    assert not rest.is_flat()
    follow(rest, 10.0)
    assert rest.is_flat()
    rest.note_range(11.4, 11.6)
    assert not rest.is_flat()
    follow(rest, 10.0, half_range_n=0.4)
    assert not rest.is_flat()


def test_what_stands_out_is_not_followed() -> None:
    rest = make_rest()
    cells = cells_of(np.repeat([10.1, 10.2, 14.0, 10.0], GRID)[:, None])
    aways_n = rest.follow(cells, 0, 4)
    assert aways_n == pytest.approx([0.1, 0.2], abs=0.01)
    assert rest.level_n < 10.1


def test_the_levels_are_the_same_whether_they_are_asked_for_seldom_or_often() -> None:
    random = np.random.default_rng(1)
    often, seldom = make_rest(), make_rest()
    for count in (1, 3, 200):
        force = 10.0 + random.normal(0, 0.1, GRID * count)
        cells = cells_of(np.column_stack([force / 2, force]))
        seldom.follow(cells, 0, count)
        for index in range(count):
            often.follow(cells, index, index + 1)
            assert often.levels_n is not None
    assert level_after(seldom) == pytest.approx(level_after(often), rel=1e-12)
    assert seldom.level_n == often.level_n


def test_a_tare_forgets_what_was_flat() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=5)
    rest.retare(np.array([3.0, 6.0]))
    assert level_after(rest) == (3.0, 6.0)
    rest.note_range(6.0, 6.0)
    assert not rest.is_flat()


def test_rest_right_after_a_hold_teaches_no_spread() -> None:
    limits = Thresholds(DetectionSettings(floor_n=1.0), RATE_HZ, None)
    rest = RestLevel(limits, RATE_HZ)
    rest.start(np.array([10.0]))
    rest.wait_for_quiet()
    unrest(rest, cells=9)
    assert limits.least_n == pytest.approx(1.0)
    unrest(rest, cells=60)
    assert limits.least_n > 3.0


def test_unrest_that_always_looks_like_a_hold_just_ended_is_learned_in_the_end() -> None:
    limits = Thresholds(DetectionSettings(floor_n=1.0), RATE_HZ, None)
    rest = RestLevel(limits, RATE_HZ)
    rest.start(np.array([10.0]))
    for _ in range(100):
        rest.wait_for_quiet()
        unrest(rest, cells=10)
    assert limits.least_n > 3.0


def test_the_level_is_remembered_that_a_pull_left() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=140)
    follow(rest, -10.0, cells=15)
    assert rest.level_n < 0.0
    assert rest.was_pulled_from(10.0)
    assert not rest.was_pulled_from(30.0)
    rest.retare(np.array([5.0, 10.0]))
    follow(rest, -10.0)
    assert rest.was_pulled_from(10.0)


def test_a_level_is_forgotten_after_ten_seconds() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=140)
    follow(rest, -10.0, cells=101)
    assert not rest.was_pulled_from(10.0)


def test_a_level_that_was_kept_for_a_moment_only_is_not_remembered() -> None:
    rest = make_rest()
    rest.retare(np.array([5.0, 10.0]))
    follow(rest, 10.0, cells=5)
    follow(rest, -10.0, cells=5)
    assert not rest.was_pulled_from(10.0)


def test_a_level_that_a_recording_begins_with_may_be_a_hold_and_is_remembered_late() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=90)
    follow(rest, -10.0, cells=5)
    assert not rest.was_pulled_from(10.0)


def test_what_a_foot_was_lifted_from_is_forgotten_once_a_hold_was_settled() -> None:
    rest = lifted(40.0)
    rest.forget_pull()
    assert rest.return_n == 0.0
    assert not rest.was_pulled_from(50.0)


def lifted(depth_n: float) -> RestLevel:
    """Return rest of a foot that lay at 50 N and was lifted for 20 s."""
    rest = make_rest(50.0)
    follow(rest, 50.0, cells=140)
    follow(rest, 50.0 - depth_n, cells=200)
    return rest


@pytest.mark.parametrize(("back_n", "is_back"), [(50.0, True), (44.0, True), (35.0, False)])
def test_a_foot_that_was_lifted_comes_back_to_where_it_was(back_n: float, *, is_back: bool) -> None:
    rest = lifted(40.0)
    assert rest.return_n == pytest.approx(48.0, abs=1.0)
    for _ in range(8):
        rest.note_range(back_n - 1.0, back_n + 1.0)
    assert rest.has_come_back() is is_back


def test_toes_that_were_lifted_a_little_are_no_lifted_foot() -> None:
    rest = lifted(2.0)
    assert rest.return_n == 0.0
    for _ in range(8):
        rest.note_range(50.0, 50.0)
    assert not rest.has_come_back()


def test_a_foot_that_was_lifted_for_more_than_a_minute_is_forgotten() -> None:
    rest = lifted(40.0)
    for _ in range(600):
        rest.note_range(10.0, 10.0)
    assert rest.return_n == 0.0


def test_a_foot_is_not_back_before_half_a_second() -> None:
    rest = lifted(40.0)
    rest.retare(np.array([5.0, 10.0]))
    for _ in range(3):
        rest.note_range(50.0, 50.0)
    assert not rest.has_come_back()


def test_sway_is_no_pull() -> None:
    rest = make_rest()
    follow(rest, 10.0, cells=140)
    follow(rest, 8.5, cells=5)
    assert not rest.was_pulled_from(10.0)
