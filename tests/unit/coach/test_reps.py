"""The rules of a rep, and what is said of one."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import EXERCISE, make_hold
from trainer.coach.reps import MOST_LOST_SHARE, REJECTED, judge, praise
from trainer.coach.target import Target
from trainer.core.cues import RejectReason
from trainer.core.hold import Hold

BAND = Target(low_n=16.0, middle_n=20.0, high_n=24.0, is_estimated=False)


def why(hold: Hold, void: RejectReason | None = None) -> RejectReason | None:
    """Judge at 100 samples a second."""
    return judge(hold, EXERCISE, 100.0, void)


def test_a_hold_counts_from_the_shortest_length_on() -> None:
    assert why(make_hold(0.0, EXERCISE.min_hold_s)) is None
    assert why(make_hold(0.0, EXERCISE.min_hold_s - 0.001)) is RejectReason.TOO_SHORT


def test_an_unfinished_hold_was_cut_off() -> None:
    assert why(replace(make_hold(0.0, 2.0), is_finished=False)) is RejectReason.CUT_OFF


def test_a_saturated_hold_is_an_overload_however_short() -> None:
    assert why(replace(make_hold(0.0, 0.2), is_saturated=True)) is RejectReason.SATURATED


def test_a_hold_may_lose_a_fifth_of_its_samples_and_no_more() -> None:
    most = round(2.0 * 100.0 * MOST_LOST_SHARE)
    assert why(replace(make_hold(0.0, 2.0), lost_samples=most)) is None
    more = replace(make_hold(0.0, 2.0), lost_samples=most + 1)
    assert why(more) is RejectReason.LOST_SAMPLES


def test_what_happened_during_a_hold_voids_it() -> None:
    assert why(make_hold(0.0, 2.0), RejectReason.CUT_OFF) is RejectReason.CUT_OFF


def test_every_reason_has_a_sentence() -> None:
    assert set(REJECTED) == set(RejectReason)


@pytest.mark.parametrize(
    ("plateau_n", "said"), [(15.9, "stronger"), (16.0, "good"), (24.0, "good"), (24.1, "softer")]
)
def test_praise_follows_the_band(plateau_n: float, said: str) -> None:
    assert said in praise(4, make_hold(0.0, 2.0, plateau_n), BAND, is_estimating=False)


def test_without_a_band_there_is_nothing_to_be_beside_of() -> None:
    hold = make_hold(0.0, 2.0)
    assert "until the target is known" in praise(1, hold, None, is_estimating=True)
    assert "good" in praise(1, hold, None, is_estimating=False)
