"""The target band: from the maximum, else from the first three reps."""

import pytest

from tests.unit.coach.person import EXERCISE
from trainer.coach.target import aim


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
