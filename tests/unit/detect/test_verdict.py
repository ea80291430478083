"""Which candidates are holds beside the recording's others."""

import pytest

from tests.unit.detect.traces import make_hold
from trainer.detect.verdict import is_hold, judge, typical_plateau_n


def test_without_holds_nothing_is_typical() -> None:
    assert typical_plateau_n([]) == 0.0
    assert judge([], 1.0) == ()


def test_the_typical_plateau_is_the_median_of_the_strong_ones() -> None:
    holds = [make_hold(plateau) for plateau in (2.0, 3.0, 30.0, 40.0, 50.0, 52.0)]
    assert typical_plateau_n(holds) == 45.0


def test_one_stamp_on_the_pad_hides_no_holds() -> None:
    holds = [make_hold(plateau) for plateau in (20.0, 22.0, 24.0, 900.0)]
    assert judge(holds, 0.8) == tuple(holds)


def test_two_holds_are_measured_by_the_stronger() -> None:
    weak, strong = make_hold(3.0), make_hold(40.0)
    assert judge([weak, strong], 0.8) == (strong,)


@pytest.mark.parametrize(("share", "is_one"), [(0.09, False), (0.11, True)])
def test_a_hold_needs_a_tenth_of_the_typical_force(share: float, *, is_one: bool) -> None:
    assert is_hold(make_hold(40.0 * share, duration_s=1.0), 40.0) is is_one


@pytest.mark.parametrize(
    ("duration_s", "share", "is_one"),
    [(0.1, 0.31, True), (0.1, 0.29, False), (0.2, 0.16, True), (0.2, 0.14, False)],
)
def test_a_short_hold_needs_more_force(duration_s: float, share: float, *, is_one: bool) -> None:
    assert is_hold(make_hold(40.0 * share, duration_s=duration_s), 40.0) is is_one


@pytest.mark.parametrize("duration_s", [0.11, 0.3, 20.0])
def test_other_holds_never_ask_for_a_duration(duration_s: float) -> None:
    short = make_hold(40.0, duration_s=duration_s)
    others = [make_hold(40.0, duration_s=5.0)] * 5
    assert short in judge([short, *others], 0.8)


def test_what_stands_out_of_no_more_than_the_usual_sway_is_no_hold() -> None:
    early, late = make_hold(2.0), make_hold(5.0)
    assert judge([early, late], 4.0) == (late,)
