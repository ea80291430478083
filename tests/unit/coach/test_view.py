"""The view: a snapshot that is new only where something changed."""

import pytest

from tests.unit.coach.person import EXERCISE, Person, at_work, make_session
from trainer.coach.conductor import Coach
from trainer.core.commands import Next
from trainer.core.cues import Side
from trainer.core.snapshot import Phase


def test_the_plan_is_shown_before_anything_is_done() -> None:
    view = Coach(make_session(sets=3, reps=20)).view()
    assert (view.exercise, view.athlete, view.side) == ("Toe curl", "Ann", Side.LEFT)
    assert (view.set_number, view.sets, view.rep, view.reps) == (0, 3, 0, 20)


def test_the_same_snapshot_is_returned_while_nothing_changed() -> None:
    person = at_work()
    before = person.view()
    person.wait(1.0)
    assert person.view() is before
    person.start_press()
    assert person.view() is not before


def test_a_running_time_makes_a_new_snapshot() -> None:
    person = Person(Coach(make_session()))
    person.do(Next())
    before = person.view()
    assert person.view() is before
    person.wait(0.1)
    assert person.view().left_s < before.left_s


def test_the_length_of_a_hold_grows_while_it_is_on() -> None:
    person = at_work()
    person.start_press()
    before = person.view()
    person.wait(0.5)
    assert person.view().hold_s - before.hold_s == pytest.approx(0.5)


def test_set_and_rep_speak_of_the_set_that_is_done_until_the_next_countdown() -> None:
    person = at_work(sets=2, reps=2)
    person.do_reps([20.0, 20.0])
    view = person.view()
    assert (view.phase, view.set_number, view.rep) == (Phase.REST, 1, 2)
    person.do(Next())
    view = person.view()
    assert (view.phase, view.set_number, view.rep) == (Phase.COUNTDOWN, 2, 0)


def test_every_cue_is_one_word_in_capitals_or_a_digit() -> None:
    person = Person(Coach(make_session(sets=2, reps=1)))
    person.do(Next())
    words = set()
    while person.view().phase is not Phase.DONE:
        words.add(person.view().cue)
        if person.view().phase is Phase.CHECK:
            person.press(0.8)
        elif person.view().phase is Phase.MVC_PRESS:
            person.press(4.2)
        elif person.view().phase is Phase.WORK:
            person.press()
        person.wait(0.25)
    assert all(word.isupper() or word.isdigit() for word in words)
    assert all(len(word.split()) == 1 for word in words)
    assert {"TARE", "PRESS", "READY", "MAX", "REST", "3", "2", "1"} <= words


def test_an_older_time_changes_nothing() -> None:
    person = at_work()
    before = person.view()
    assert person.conductor.advance(-5.0) == ()
    assert person.conductor.advance(person.at_s - 1.0) == ()
    assert person.view() is before
    person.wait(5.1)
    assert "No press is felt" in person.view().message


def test_the_goal_is_the_exercises_own() -> None:
    assert at_work().view().hold_goal_s == EXERCISE.hold_s


def test_the_force_belongs_in_the_band_from_the_cue_to_press_until_the_cue_to_let_go() -> None:
    person = at_work()
    assert person.view().is_press_asked
    person.start_press()
    assert person.view().is_press_asked
    person.wait(EXERCISE.hold_s + 0.1)
    assert person.view().cue == EXERCISE.words.relax
    assert not person.view().is_press_asked


@pytest.mark.parametrize("phase", [Phase.READY, Phase.TARE, Phase.CHECK, Phase.COUNTDOWN])
def test_outside_of_a_set_no_force_belongs_in_a_band(phase: Phase) -> None:
    person = Person(Coach(make_session()))
    person.go_to(phase)
    assert not person.view().is_press_asked
