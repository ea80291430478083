"""Which candidates are holds, by themselves and beside the recording's others."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.unit.detect.traces import make_hold
from trainer.core.hold import Hold
from trainer.detect.verdict import Candidate, Spreads, is_hold, judge, typical_plateau_n

QUIET = Spreads(least_n=0.8, level_n=0.1, rise_n=0.1)
SWAYING = Spreads(least_n=5.0, level_n=1.0, rise_n=0.5)


def sharp(hold: Hold) -> Candidate:
    """Return a candidate that rises and falls at once."""
    return Candidate(hold, edge_n=hold.plateau_n)


def slow(hold: Hold) -> Candidate:
    """Return a candidate that rises as slowly as sway does."""
    return Candidate(hold, edge_n=0.1)


def found(holds: Iterable[Hold], spreads: Spreads = QUIET) -> tuple[Hold, ...]:
    """Return which of these are holds if all of them have sharp edges."""
    return judge([sharp(hold) for hold in holds], spreads)


def test_without_holds_nothing_is_typical() -> None:
    assert typical_plateau_n([]) == 0.0
    assert judge([], QUIET) == ()


def test_the_typical_plateau_is_the_median_of_the_strong_ones() -> None:
    holds = [make_hold(plateau) for plateau in (2.0, 3.0, 30.0, 40.0, 50.0, 52.0)]
    assert typical_plateau_n(holds) == 45.0


def test_one_stamp_on_the_pad_hides_no_holds() -> None:
    holds = [make_hold(plateau) for plateau in (20.0, 22.0, 24.0, 900.0)]
    assert found(holds) == tuple(holds)


def test_two_holds_are_measured_by_the_stronger() -> None:
    weak, strong = make_hold(3.0), make_hold(40.0)
    assert found([weak, strong]) == (strong,)


@pytest.mark.parametrize(("share", "is_one"), [(0.09, False), (0.11, True)])
def test_a_hold_needs_a_tenth_of_the_typical_force(share: float, *, is_one: bool) -> None:
    assert is_hold(sharp(make_hold(40.0 * share, duration_s=1.0)), 40.0) is is_one


@pytest.mark.parametrize(
    ("duration_s", "share", "is_one"),
    [(0.1, 0.31, True), (0.1, 0.29, False), (0.2, 0.16, True), (0.2, 0.14, False)],
)
def test_a_short_hold_needs_more_force(duration_s: float, share: float, *, is_one: bool) -> None:
    assert is_hold(sharp(make_hold(40.0 * share, duration_s=duration_s)), 40.0) is is_one


@pytest.mark.parametrize("duration_s", [0.11, 0.3, 20.0])
def test_other_holds_never_ask_for_a_duration(duration_s: float) -> None:
    short = make_hold(40.0, duration_s=duration_s)
    others = [make_hold(40.0, duration_s=5.0)] * 5
    assert short in found([short, *others])


def test_a_slow_rise_needs_more_than_the_usual_sway() -> None:
    weak, clear = make_hold(5.5), make_hold(40.0)
    assert judge([slow(weak), sharp(clear)], SWAYING) == (clear,)
    assert judge([sharp(weak), sharp(clear)], SWAYING) == (weak, clear)
    strong = make_hold(6.5)
    assert judge([slow(strong), sharp(clear)], SWAYING) == (strong, clear)


def test_sharp_edges_make_a_hold_of_no_sway() -> None:
    within, clear = make_hold(3.4), make_hold(30.0)
    assert judge([sharp(within), sharp(clear)], SWAYING) == (clear,)


@pytest.mark.parametrize(
    ("candidate", "is_one"),
    [
        (sharp(make_hold(7.5)), True),
        (sharp(make_hold(6.5)), False),
        (slow(make_hold(7.5)), False),
        (slow(make_hold(12.5)), True),
        (sharp(make_hold(20.0, duration_s=0.15)), False),
        (sharp(make_hold(30.0, duration_s=0.15)), True),
    ],
)
def test_where_nothing_is_clear_there_is_no_hold(candidate: Candidate, *, is_one: bool) -> None:
    assert (judge([candidate], SWAYING) == (candidate.hold,)) is is_one


@pytest.mark.parametrize(
    ("candidate", "is_one"),
    [(sharp(make_hold(4.0)), True), (slow(make_hold(8.0)), False), (slow(make_hold(13.0)), True)],
)
def test_what_rises_as_slowly_as_sway_teaches_what_sway_is(
    candidate: Candidate, *, is_one: bool
) -> None:
    assert SWAYING.is_press(candidate) is is_one


@pytest.mark.parametrize(
    ("count", "step_s", "ratio", "is_one"),
    [(6, 1.0, 1.0, True), (5, 1.0, 1.0, False), (6, 8.0, 1.0, False), (6, 1.0, 1.2, False)],
)
def test_weak_taps_are_holds_where_many_come_alike(
    count: int, step_s: float, ratio: float, *, is_one: bool
) -> None:
    taps = [
        make_hold(8.0 * ratio**number, duration_s=0.15, start_s=step_s * number)
        for number in range(count)
    ]
    assert found(taps, SWAYING) == (tuple(taps) if is_one else ())


def test_a_hold_that_was_cut_off_soon_need_not_be_stronger_for_that() -> None:
    short = make_hold(40.0 * 0.15, duration_s=0.15)
    assert not is_hold(sharp(short), 40.0)
    assert is_hold(sharp(replace(short, is_finished=False)), 40.0)
