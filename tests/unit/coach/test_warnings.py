"""What the coach says of a calf that helps and of a foot that tires."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import LATENCY_S, Person, at_work, make_hold, make_session
from trainer.coach.conductor import Follower
from trainer.core.commands import Next
from trainer.core.cues import RepCounted, SetEnded, Side
from trainer.core.events import CompensationSeen, FatigueSeen, HoldSettled, HoldStarted
from trainer.core.findings import Compensation, Witness
from trainer.core.snapshot import Phase

MVC_N = {Side.LEFT: 50.0}


def help_with_calf(person: Person) -> None:
    person.feel(CompensationSeen(person.at_s, Witness.MOMENT, 2.5))


def test_a_calf_that_helps_is_told_until_the_press_is_over() -> None:
    person = at_work(mvc_n=MVC_N)
    start_s = person.start_press()
    help_with_calf(person)
    view = person.view()
    assert view.is_compensating
    assert view.cue == "HEEL DOWN"
    assert "heel down" in view.message
    assert view.is_press_asked
    person.end_press(make_hold(start_s, LATENCY_S))
    assert not person.view().is_compensating
    assert person.view().cue != "HEEL DOWN"


def test_relax_goes_before_heel_down() -> None:
    person = at_work(mvc_n=MVC_N)
    person.start_press()
    help_with_calf(person)
    person.wait(2.0)
    assert person.view().cue == "RELAX"


def test_a_compensated_rep_counts_and_is_marked() -> None:
    person = at_work(mvc_n=MVC_N)
    start_s = person.start_press()
    person.wait(1.5)
    hold = replace(make_hold(start_s, 1.6), compensation=Compensation(is_compensated=True))
    person.end_press(hold)
    assert person.last(RepCounted).is_compensated
    assert "the calf helped" in person.view().message


@pytest.mark.parametrize("is_compensated", [False, None])
def test_a_rep_without_the_calf_or_with_no_witness_is_not_marked(
    is_compensated: bool | None,
) -> None:
    person = at_work(mvc_n=MVC_N)
    start_s = person.start_press()
    person.wait(1.5)
    judged = Compensation(is_compensated=is_compensated)
    person.end_press(replace(make_hold(start_s, 1.6), compensation=judged))
    assert not person.last(RepCounted).is_compensated
    assert "calf" not in person.view().message


def test_a_calf_without_a_press_says_nothing() -> None:
    person = at_work(mvc_n=MVC_N)
    help_with_calf(person)
    assert not person.view().is_compensating


def test_before_the_set_neither_calf_nor_fatigue_is_of_any_weight() -> None:
    person = at_work(mvc_n=MVC_N)
    person.do_reps([20.0, 20.0, 20.0])
    assert person.view().phase is Phase.REST
    person.feel(HoldStarted(person.at_s, person.at_s))
    help_with_calf(person)
    person.feel(FatigueSeen(person.at_s, 20.0, is_abrupt=False))
    assert not person.view().is_compensating
    assert person.view().decline_pct is None


def test_stale_data_warn_of_nothing() -> None:
    person = at_work(mvc_n=MVC_N)
    person.start_press()
    person.cues += person.conductor.stale(True, person.at_s)
    help_with_calf(person)
    assert not person.view().is_compensating


def test_a_tiring_foot_is_told_and_may_end_its_set_with_next() -> None:
    person = at_work(mvc_n=MVC_N)
    person.do_reps([20.0])
    person.do(Next())
    assert person.view().phase is Phase.WORK
    person.feel(FatigueSeen(person.at_s, 14.2, is_abrupt=False))
    assert "14 % below" in person.view().message
    assert person.view().decline_pct == 14.2
    person.do(Next())
    assert person.last(SetEnded).reps == 1
    assert person.view().phase is Phase.REST
    assert person.view().decline_pct is None


def test_the_next_set_begins_untired() -> None:
    person = at_work(mvc_n=MVC_N)
    person.feel(FatigueSeen(person.at_s, 14.2, is_abrupt=False))
    person.do(Next())
    person.wait_for(Phase.WORK)
    assert person.view().decline_pct is None
    person.do(Next())
    assert person.view().phase is Phase.WORK


def test_a_replay_shows_both() -> None:
    person = Person(Follower(make_session()))
    start_s = person.start_press()
    help_with_calf(person)
    assert person.view().cue == "HEEL DOWN"
    hold = replace(make_hold(start_s, 1.0), compensation=Compensation(is_compensated=True))
    person.feel(HoldSettled(person.at_s, hold))
    assert person.last(RepCounted).is_compensated
    person.feel(FatigueSeen(person.at_s, 30.0, is_abrupt=True))
    assert person.view().decline_pct == 30.0
