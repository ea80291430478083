"""Which strokes are taps: each rule by itself, on strokes made by hand."""

import pytest

from trainer.detect.strokes import Stroke, StrokeFinder
from trainer.detect.tapseries import Scene, find_taps

LEAST = 1.5


def stroke(at_s: float, high: float = 20.0, low: float = 0.0, slope: float = 400.0) -> Stroke:
    return Stroke(at_s, low, high, slope)


def taps_of(strokes: list[Stroke], noise: float = 0.0, last_low: float = 0.0) -> list[float]:
    cells = [0.25 * cell for cell in range(80)]
    return find_taps(Scene(strokes, cells, [noise] * len(cells), last_low), LEAST)


def even(count: int = 12, step_s: float = 0.25) -> list[Stroke]:
    return [stroke(step_s * number) for number in range(count)]


def test_even_strokes_are_all_taps() -> None:
    assert len(taps_of(even())) == 12


def test_without_strokes_there_are_no_taps() -> None:
    assert taps_of([]) == []


def test_a_low_second_contact_is_a_bounce_and_a_tall_one_a_fast_tap() -> None:
    steps = even(12, 0.2)
    bounced = sorted([*steps, stroke(1.11, high=8.0)], key=lambda one: one.at_s)
    assert len(taps_of(bounced)) == 12
    doubled = sorted([*steps, stroke(1.11)], key=lambda one: one.at_s)
    assert len(taps_of(doubled)) == 13


def test_where_every_tap_bounces_none_counts_twice() -> None:
    bounced = [s for one in even(12, 0.3) for s in (one, stroke(one.at_s + 0.1, high=9.0))]
    assert len(taps_of(bounced)) == 12


def test_two_humps_of_one_tap_are_one_and_two_taps_return_to_the_level() -> None:
    humps = [s for one in even(8, 0.5) for s in (one, stroke(one.at_s + 0.2, high=19.0, low=13.0))]
    assert len(taps_of(humps)) == 8
    apart = [s for one in even(8, 0.5) for s in (one, stroke(one.at_s + 0.2, high=19.0, low=9.0))]
    assert len(taps_of(apart)) == 16


def test_a_level_that_moves_joins_no_taps() -> None:
    climbing = [stroke(0.25 * k, high=20.0 + 15 * k, low=15.0 * k) for k in range(12)]
    assert len(taps_of(climbing, last_low=180.0)) == 12


def test_low_strokes_between_tall_ones_and_slow_ones_are_none() -> None:
    small = sorted([*even(8, 0.5), stroke(1.25, high=3.0)], key=lambda one: one.at_s)
    assert len(taps_of(small)) == 8
    slow = [stroke(0.5 * k, slope=80.0) for k in range(8)]
    assert taps_of(slow) == []


def test_one_stamp_hides_no_taps() -> None:
    stamped = [*even(6, 0.5), stroke(3.0, high=400.0, slope=8000.0), *even(14, 0.5)[7:]]
    assert len(taps_of(stamped)) == 14


def test_what_does_not_stand_out_of_the_noise_is_none() -> None:
    assert len(taps_of(even(), noise=1.9)) == 12
    assert taps_of(even(), noise=2.1) == []


@pytest.mark.parametrize(
    "times_s",
    [(0.0, 0.5, 1.0), (0.0, 2.6, 5.2, 7.8), (0.0, 0.3, 1.5, 1.75, 3.9, 4.1, 6.3, 6.5)],
    ids=["too few", "too far apart", "without a rhythm"],
)
def test_what_is_no_series_is_none(times_s: tuple[float, ...]) -> None:
    assert taps_of([stroke(at_s) for at_s in times_s]) == []


def test_tremor_is_no_tapping() -> None:
    assert taps_of(even(40, 0.11)) == []


def test_a_stroke_passes_its_middle_where_the_line_between_samples_does() -> None:
    finder = StrokeFinder(100.0, 1.0)
    found = [finder.push(0.01 * k, value) for k, value in enumerate((5.0, 4.0, 4.2, 9.0, 8.5, 2.0))]
    assert found[:5] == [None] * 5
    one = found[5]
    assert one is not None
    assert (one.low, one.high) == (4.0, 9.0)
    assert one.at_s == pytest.approx(0.02 + 0.01 * 2.3 / 4.8)
    assert one.slope == pytest.approx(250.0)


def test_a_stroke_under_way_is_told_at_the_end() -> None:
    finder = StrokeFinder(100.0, 1.0)
    assert finder.finish() is None
    for k in range(600):
        # So slow that its begin is out of memory.
        finder.push(0.01 * k, 0.05 * k)
    found = finder.finish()
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0, 29.95))
    assert found.slope == pytest.approx(5.0)
