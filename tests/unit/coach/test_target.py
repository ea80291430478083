"""The target band: from the maximum, else from the first three reps."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import EXERCISE
from trainer.coach.target import LEAST_N, aim


def test_the_band_lies_around_its_share_of_the_maximum() -> None:
    target = aim(EXERCISE, 100.0, [1.0, 1.0, 1.0])
    assert target is not None
    assert target.middle_n == pytest.approx(40.0)
    assert (target.low_n, target.high_n) == pytest.approx((32.0, 48.0))
    assert not target.is_estimated


def test_without_a_maximum_the_median_of_the_first_three_reps_stands_in() -> None:
    target = aim(EXERCISE, None, [30.0, 90.0, 50.0, 1000.0])
    assert target is not None
    assert target.middle_n == pytest.approx(20.0)
    assert target.is_estimated


def test_before_three_reps_there_is_no_target() -> None:
    assert aim(EXERCISE, None, [30.0, 90.0]) is None


def test_an_estimated_band_is_not_too_low_to_be_felt_and_never_beyond_half_of_firm() -> None:
    low = replace(EXERCISE, target_pct_mvc=10.0)
    found = aim(low, None, [34.0, 35.0, 33.0])
    assert found is not None
    assert found.middle_n == pytest.approx(LEAST_N)
    weak = aim(low, None, [8.0, 8.0, 8.0])
    assert weak is not None
    assert weak.middle_n == pytest.approx(4.0)
    known = aim(low, 34.0, [])
    assert known is not None
    assert known.middle_n == pytest.approx(3.4)
