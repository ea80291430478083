"""The grid of a converter's samples."""

import random

from footnode.pacer import Pacer
from hypothesis import given
from hypothesis import strategies as st


def test_the_period_is_the_nominal_one_before_the_first_sample() -> None:
    assert Pacer(800).period_us16 == 12_500 * 16


def test_a_steady_converter_is_measured_to_the_microsecond() -> None:
    pacer = Pacer(800)
    missed = [pacer.push(i * 10_752) for i in range(400)]
    assert not any(missed)
    assert abs(pacer.period_us16 - 10_752 * 16) <= 16


@given(st.integers(10_000, 14_500), st.integers(0, 2**32))
def test_polling_misses_nothing_and_moves_no_stamp_by_much(period_us: int, seed: int) -> None:
    # A millisecond is what a turn of the loop takes at its longest, the radio aside.
    chance = random.Random(seed)  # noqa: S311 - no secret
    pacer = Pacer(800)
    for i in range(200):
        assert pacer.push(i * period_us + chance.choice((0, chance.randrange(1000), 999))) == 0
        if i > 4:
            assert -2000 < pacer.stamp_us - i * period_us < 1000
    assert abs(pacer.period_us16 / 16 - period_us) < 0.01 * period_us


def test_one_late_reading_changes_neither_stamp_nor_period() -> None:
    pacer = Pacer(800)
    for i in range(200):
        pacer.push(i * 12_500)
    before_us16 = pacer.period_us16
    assert pacer.push(200 * 12_500 + 9000) == 0
    assert abs(pacer.stamp_us - 200 * 12_500) < 600
    assert pacer.push(201 * 12_500) == 0
    assert pacer.stamp_us == 201 * 12_500
    assert abs(pacer.period_us16 - before_us16) <= 2


def test_conversions_that_were_overwritten_are_counted_however_late_the_next_is_read() -> None:
    pacer = Pacer(800)
    for i in range(200):
        pacer.push(i * 12_500)
    assert pacer.push(203 * 12_500 + 6000) == 3
    assert pacer.push(204 * 12_500) == 0


def test_a_rate_ten_times_slower_is_learnt_after_four_steps() -> None:
    pacer = Pacer(800)
    missed = [pacer.push(i * 100_000) for i in range(10)]
    assert missed == [0, 7, 7, 7, 0, 0, 0, 0, 0, 0]
    assert pacer.period_us16 == 100_000 * 16


def test_a_rate_four_times_faster_is_learnt_after_four_steps() -> None:
    pacer = Pacer(800)
    missed = [pacer.push(i * 3125) for i in range(20)]
    assert not any(missed)
    assert pacer.period_us16 == 3125 * 16


def test_a_new_grid_keeps_the_period() -> None:
    pacer = Pacer(800)
    for i in range(200):
        pacer.push(i * 11_000)
    pacer.restart()
    assert pacer.push(9_000_000) == 0
    assert pacer.stamp_us == 9_000_000
    assert abs(pacer.period_us16 - 11_000 * 16) <= 32
