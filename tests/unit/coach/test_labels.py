"""Athlete and foot: changed, and changed back."""

import pytest

from tests.unit.coach.person import EXERCISE, Person, at_work, make_session
from trainer.coach.conductor import Coach
from trainer.coach.labels import Labels
from trainer.coach.plan import Feet
from trainer.core.commands import ChangeAthlete, ChangeSide, Next, SkipMvc, Undo
from trainer.core.cues import SetStarted, Side
from trainer.core.snapshot import Phase

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def test_athlete_and_foot_are_changed_and_taken_back_in_turn() -> None:
    person = Person(Coach(make_session(mvc_n={LEFT: 100.0})))
    assert not person.view().can_undo
    person.do(ChangeAthlete("Bo"), ChangeSide(RIGHT))
    assert (person.view().athlete, person.view().side) == ("Bo", RIGHT)
    assert "Bo: put your right foot" in person.view().message
    assert person.view().mvc_n is None
    person.do(Undo())
    assert (person.view().athlete, person.view().side) == ("Bo", LEFT)
    person.do(Undo())
    assert (person.view().athlete, person.view().side) == ("Ann", LEFT)
    assert person.view().mvc_n == 100.0
    assert not person.view().can_undo


def test_naming_what_is_so_already_is_no_change() -> None:
    person = Person(Coach(make_session()))
    person.do(ChangeAthlete("Ann"), ChangeSide(LEFT))
    assert not person.view().can_undo


def test_changing_the_starting_foot_of_both_turns_the_whole_order_round() -> None:
    person = Person(Coach(make_session(Feet.BOTH, sets=2, reps=1)))
    person.do(ChangeSide(RIGHT))
    person.go_to(Phase.WORK)
    while person.view().phase is not Phase.DONE:
        if person.view().phase is Phase.WORK:
            person.press()
        else:
            person.wait(0.5)
    assert [cue.side for cue in person.heard(SetStarted)] == [RIGHT, LEFT, RIGHT, LEFT]


@pytest.mark.parametrize("phase", [Phase.TARE, Phase.CHECK, Phase.MVC_READY])
def test_the_foot_on_the_pad_may_be_renamed_until_it_is_measured(phase: Phase) -> None:
    person = Person(Coach(make_session()))
    person.do(Next())
    if phase is not Phase.TARE:
        person.wait(EXERCISE.tare_s)
    if phase is Phase.MVC_READY:
        person.do(Next())
    assert person.view().phase is phase
    person.do(ChangeSide(RIGHT))
    assert person.view().side is RIGHT
    assert "right foot" in person.view().message
    person.do(Undo())
    assert person.view().side is LEFT
    assert "left foot" in person.view().message


def test_a_renamed_foot_needs_no_second_tare() -> None:
    person = Person(Coach(make_session(sets=2, reps=1)))
    person.do(SkipMvc())
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.do(ChangeSide(RIGHT), Next())
    person.wait_for(Phase.WORK)
    person.press()
    assert person.view().phase is Phase.REST
    assert person.view().cue == "REST"


def test_during_a_set_names_stand() -> None:
    person = at_work()
    person.do(ChangeSide(RIGHT), ChangeAthlete("Bo"))
    assert (person.view().athlete, person.view().side) == ("Ann", LEFT)


def test_what_was_measured_under_a_name_keeps_it() -> None:
    person = Person(Coach(make_session()))
    person.do(ChangeSide(RIGHT))
    person.go_to(Phase.COUNTDOWN)
    assert not person.view().can_undo
    person.do(Undo())
    assert person.view().side is RIGHT


def test_after_the_last_set_no_foot_is_named() -> None:
    labels = Labels(make_session(Feet.LEFT, sets=1))
    assert not labels.name_side(RIGHT, 1)
    assert not labels.can_undo
