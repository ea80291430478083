"""What was asked for when."""

import pytest

from tests.unit.detect.traces import make_hold
from trainer.detect.aims import Aims, is_other_aim


def test_what_was_asked_for_last_holds() -> None:
    aims = Aims()
    for at_s, force_n in ((2.0, 30.0), (3.0, 30.0), (8.0, 4.0), (12.0, None)):
        aims.tell(at_s, force_n)
    assert [aims.at(time_s) for time_s in (1.9, 2.0, 7.9, 8.0, 13.0)] == [
        None, 30.0, 30.0, 4.0, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before_n", "now_n", "is_other"),
    [
        (None, None, False),
        (None, 14.0, True),
        (14.0, None, True),
        (30.0, 32.9, False),
        (30.0, 33.1, True),
        (30.0, 26.9, True),
    ],
)
def test_aims_a_tenth_apart_are_the_same(
    before_n: float | None, now_n: float | None, is_other: bool
) -> None:
    assert is_other_aim(before_n, now_n) is is_other


def test_the_reps_of_a_ramp_and_of_an_estimate_are_left_out() -> None:
    aims = Aims()
    for at_s, force_n in ((0.0, 15.0), (10.0, 22.0), (20.0, 30.0), (30.0, 31.0)):
        aims.tell(at_s, force_n)
    holds = [make_hold(20.0, start_s=start_s) for start_s in (1.0, 11.0, 21.0, 31.0, 41.0)]
    assert aims.other_before(holds) == 2
    assert aims.other_before(holds[2:]) == 0
    assert Aims().other_before(holds) == 0
    assert Aims().other_before([]) == 0
