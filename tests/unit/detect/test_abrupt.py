"""A quarter lost within two reps."""

import numpy as np
import pytest

from tests.unit.detect.repsets import fall_from
from trainer.detect.abrupt import lost_share

STEADY = [40.0, 41.0, 39.0, 40.5, 40.0, 39.5, 40.0]


def lost(*newest_n: float, before: list[float] = STEADY) -> float | None:
    return lost_share(np.array([*before, *newest_n]))


def test_a_third_lost_is_told_with_the_second_low_rep() -> None:
    assert lost(27.0) is None
    assert lost(27.0, 26.0) == pytest.approx(1 - 26.5 / 40.0)


def test_less_than_a_quarter_is_no_sudden_loss() -> None:
    assert lost(31.0, 31.5) is None


def test_one_low_rep_alone_is_none() -> None:
    assert lost(15.0, 41.0) is None


def test_of_reps_that_scatter_more_a_larger_loss_is_asked() -> None:
    wild = [40.0, 45.0, 36.0, 38.0, 46.0, 41.0, 37.0]
    assert lost(27.0, 26.0, before=wild) is None
    assert lost(10.0, 10.0, before=wild) is not None


def test_two_levels_in_turn_are_told_once_at_most() -> None:
    blocks = [*[40.0] * 5, *[24.0] * 5] * 4
    told = [count for count in range(len(blocks)) if lost_share(np.array(blocks[:count]))]
    assert told in ([], [7], [8], [7, 8])


def test_a_steady_fall_of_five_per_cent_a_rep_is_not_sudden() -> None:
    fall = 40 * (1 - 0.05 * fall_from(15, 30))
    assert all(lost_share(fall[:count]) is None for count in range(31))


@pytest.mark.parametrize("count", range(6))
def test_of_fewer_than_six_reps_nothing_is_said(count: int) -> None:
    assert lost_share(np.array([40.0, 40.0, 40.0, 40.0, 10.0, 10.0])[6 - count :]) is None


def test_the_sixth_rep_may_be_the_second_low_one() -> None:
    assert lost_share(np.array([40.0, 40.0, 40.0, 40.0, 10.0, 10.0])) == pytest.approx(0.75)
