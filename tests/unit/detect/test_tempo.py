"""Timing against a guide, and among the holds themselves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.detect.traces import make_hold
from trainer.detect.tempo import AskedRep, cycle_variation, tempo_errors

GUIDE = tuple(AskedRep(10.0 + 3.0 * rep, 1.5, 11.5 + 3.0 * rep) for rep in range(4))


def test_errors_are_positive_where_the_person_is_late_or_holds_for_too_long() -> None:
    holds = [make_hold(40.0, 1.7, 10.2), make_hold(40.0, 1.3, 12.9)]
    first, second, *missed = tempo_errors(GUIDE, holds).reps
    assert first is not None
    assert second is not None
    assert (first.hold, second.hold) == (1, 2)
    assert first.onset_error_s == pytest.approx(0.2)
    assert first.length_error_s == pytest.approx(0.2)
    assert first.release_error_s == pytest.approx(0.4)
    assert second.onset_error_s == pytest.approx(-0.1)
    assert second.length_error_s == pytest.approx(-0.2)
    assert second.release_error_s == pytest.approx(-0.3)
    assert missed == [None, None]


def test_a_missed_rep_shifts_no_other() -> None:
    holds = [make_hold(40.0, 1.5, start_s) for start_s in (10.1, 16.1, 19.1)]
    numbers = [None if rep is None else rep.hold for rep in tempo_errors(GUIDE, holds).reps]
    assert numbers == [1, None, 2, 3]


def test_of_two_holds_after_one_cue_the_longer_is_the_rep() -> None:
    holds = [make_hold(40.0, 0.3, 10.1), make_hold(40.0, 1.4, 10.9), make_hold(40.0, 0.4, 12.4)]
    tempo = tempo_errors(GUIDE[:1], holds)
    assert [rep and rep.hold for rep in tempo.reps] == [2]
    assert tempo.extra_holds == (1, 3)


def test_holds_before_the_first_cue_or_long_after_the_last_are_extra() -> None:
    holds = [make_hold(40.0, 1.0, 5.0), make_hold(40.0, 1.0, 29.5)]
    tempo = tempo_errors(GUIDE, holds)
    assert tempo.reps == (None, None, None, None)
    assert tempo.extra_holds == (1, 2)


def test_a_hold_cut_off_has_an_onset_and_no_length() -> None:
    cut = replace(make_hold(40.0, 0.7, 10.1), is_finished=False)
    (rep,) = tempo_errors(GUIDE[:1], [cut]).reps
    assert rep is not None
    assert rep.onset_error_s == pytest.approx(0.1)
    assert (rep.length_error_s, rep.release_error_s) == (None, None)


def test_without_a_guide_only_the_cycle_is_told_and_no_hold_is_extra() -> None:
    holds = [make_hold(40.0, 1.0, start_s) for start_s in (0.0, 3.0, 5.0, 8.0)]
    tempo = tempo_errors((), holds)
    assert (tempo.reps, tempo.extra_holds) == ((), ())
    # Cycles of 3, 2 and 3 s.
    assert tempo.cycle_cv_pct == pytest.approx(100 * (1 / 3) ** 0.5 / (8 / 3))


def test_a_rest_between_sets_is_no_cycle_and_each_set_may_have_its_own_tempo() -> None:
    starts = [0.0, 2.0, 4.0, 6.0, 60.0, 63.0, 66.0, 69.0]
    assert cycle_variation([make_hold(40.0, 1.0, start_s) for start_s in starts]) == 0.0


@pytest.mark.parametrize("count", [0, 1, 3])
def test_of_fewer_than_three_cycles_nothing_is_said(count: int) -> None:
    assert cycle_variation([make_hold(40.0, 1.0, 3.0 * rep) for rep in range(count)]) is None


def test_three_sets_of_two_holds_say_nothing() -> None:
    holds = [make_hold(40.0, 1.0, 60.0 * number + at) for number in range(3) for at in (0.0, 3.0)]
    assert cycle_variation(holds) is None


@given(st.lists(st.floats(-0.4, 1.2), min_size=1, max_size=20))
def test_whoever_follows_every_cue_is_found_at_every_cue(errors: list[float]) -> None:
    asked = [AskedRep(3.0 * rep, 1.0) for rep in range(len(errors))]
    holds = [
        make_hold(40.0, 1.0, rep.at_s + error) for rep, error in zip(asked, errors, strict=True)
    ]
    tempo = tempo_errors(asked, holds)
    assert tempo.extra_holds == ()
    for rep, error in zip(tempo.reps, errors, strict=True):
        assert rep is not None
        assert rep.onset_error_s == pytest.approx(error)
