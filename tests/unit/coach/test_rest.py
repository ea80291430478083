"""The rest between sets, and the change of feet in it."""

import pytest

from tests.unit.coach.person import EXERCISE, Person, at_work, make_session
from trainer.coach.conductor import Coach
from trainer.coach.plan import Feet
from trainer.core.commands import ChangeSide, Next, Retare, SkipMvc, Undo
from trainer.core.cues import CountdownStarted, RestStarted, SetStarted, Side, TareAsked
from trainer.core.snapshot import Phase


def at_rest(feet: Feet = Feet.LEFT) -> Person:
    person = at_work(feet=feet, sets=2, reps=1)
    person.do_reps([20.0])
    assert person.view().phase is Phase.REST
    return person


def test_the_rest_lasts_its_time_and_leads_to_the_same_foots_next_set() -> None:
    person = at_rest()
    rest = person.last(RestStarted)
    assert (rest.duration_s, rest.next_side) == (EXERCISE.rest_s, Side.LEFT)
    assert person.view().cue == "REST"
    assert "same foot" in person.view().message
    person.wait(EXERCISE.rest_s - 1.0)
    assert person.view().left_s == pytest.approx(1.0)
    person.wait(1.1)
    assert person.view().phase is Phase.COUNTDOWN
    assert person.last(CountdownStarted).at_s == pytest.approx(rest.at_s + EXERCISE.rest_s)
    assert person.view().message == "Set 2 of 2, left foot. Get ready."
    assert len(person.heard(TareAsked)) == 1


def test_next_ends_the_rest() -> None:
    person = at_rest()
    person.do(Next())
    assert person.view().phase is Phase.COUNTDOWN


def test_a_change_of_feet_is_announced_in_words_and_followed_by_a_tare() -> None:
    person = at_rest(Feet.BOTH)
    assert person.last(RestStarted).next_side is Side.RIGHT
    assert person.view().cue == "SWITCH"
    assert "put your right foot on the pad" in person.view().message
    assert person.view().side is Side.LEFT
    assert (person.view().set_number, person.view().sets) == (1, 4)
    person.do(Next())
    assert person.view().phase is Phase.TARE
    assert person.view().side is Side.RIGHT
    assert person.last(TareAsked).at_s == person.at_s
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.COUNTDOWN
    person.wait_for(Phase.WORK)
    assert person.last(SetStarted).side is Side.RIGHT


def test_another_foot_may_be_named_in_the_rest_and_taken_back() -> None:
    person = at_rest()
    person.do(ChangeSide(Side.LEFT))
    assert len(person.heard(RestStarted)) == 1
    person.wait(5.0)
    person.do(ChangeSide(Side.RIGHT))
    rest = person.last(RestStarted)
    assert rest.next_side is Side.RIGHT
    assert rest.duration_s == pytest.approx(EXERCISE.rest_s - 5.0)
    assert person.view().cue == "SWITCH"
    person.do(Undo())
    assert person.view().cue == "REST"
    assert person.view().rep == 1
    person.do(ChangeSide(Side.RIGHT), Next())
    assert person.view().phase is Phase.TARE
    assert [result.side for result in person.conductor.result().sets] == [Side.LEFT]


def test_skipping_in_the_rest_spares_the_other_foot_its_presses() -> None:
    person = Person(Coach(make_session(Feet.BOTH, sets=1, reps=1, mvc_n={Side.LEFT: 100.0})))
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.do(Next())
    person.wait_for(Phase.WORK)
    person.do_reps([20.0])
    person.do(SkipMvc(), Next())
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.COUNTDOWN


def test_zeroing_near_the_end_of_a_rest_leaves_it_time() -> None:
    person = at_rest()
    person.do(Retare())
    assert person.view().left_s == pytest.approx(EXERCISE.rest_s)
    person.wait(EXERCISE.rest_s - 0.5)
    person.do(Retare())
    assert person.view().left_s == EXERCISE.tare_s
    assert person.view().phase is Phase.REST


def test_what_is_pressed_in_the_rest_changes_nothing() -> None:
    person = at_rest()
    left_s = person.view().left_s
    person.press()
    assert person.view().phase is Phase.REST
    assert person.view().left_s == pytest.approx(left_s - 2.1)
