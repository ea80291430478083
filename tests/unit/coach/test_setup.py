"""Ready, tare and the press-here check."""

from tests.unit.coach.person import EXERCISE, Person, make_hold, make_session
from trainer.coach.conductor import Coach
from trainer.core.commands import Next, Retare, SkipMvc
from trainer.core.cues import CheckAsked, Side, TareAsked
from trainer.core.events import HoldReleased, HoldSettled, HoldStarted, HoldWithdrawn
from trainer.core.snapshot import Phase


def ann() -> Person:
    return Person(Coach(make_session()))


def at_tare() -> Person:
    person = ann()
    person.do(Next())
    return person


def at_check() -> Person:
    person = at_tare()
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.CHECK
    return person


def test_at_first_the_screen_says_whose_and_which_foot_is_meant_and_nothing_runs() -> None:
    person = ann()
    assert person.view().phase is Phase.READY
    assert person.view().cue == "READY"
    assert "Ann: put your left foot on the pad" in person.view().message
    assert "The pad cannot know whose foot, or which, stands on it" in person.view().message
    person.wait(1000.0)
    assert person.view().phase is Phase.READY
    assert person.cues == []


def test_a_nameless_athlete_is_you() -> None:
    plan = make_session()
    coach = Coach(type(plan)(plan.exercise, "", plan.sides, plan.reps))
    assert coach.view().message.startswith("You: put")


def test_skipping_the_maximal_presses_beforehand_is_acknowledged() -> None:
    person = ann()
    person.do(SkipMvc())
    assert person.view().phase is Phase.READY
    assert "No maximal presses" in person.view().message


def test_next_asks_for_a_quiet_foot_and_then_for_a_gentle_press() -> None:
    person = at_tare()
    assert person.last(TareAsked) == TareAsked(0.0, EXERCISE.tare_s)
    assert person.view().cue == "TARE"
    assert "left foot" in person.view().message
    person.wait(0.5)
    assert person.view().left_s == EXERCISE.tare_s - 0.5
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.CHECK
    assert person.view().cue == "PRESS"
    assert person.last(CheckAsked).at_s == EXERCISE.tare_s


def test_next_does_not_cut_a_tare_short() -> None:
    person = at_tare()
    person.do(Next())
    assert person.view().phase is Phase.TARE


def test_a_press_during_the_tare_begins_it_anew_once_it_is_over() -> None:
    person = at_tare()
    person.wait(1.0)
    person.feel(HoldStarted(1.0, 0.9))
    assert "completely soft" in person.view().message
    person.wait(4.0)
    assert person.view().phase is Phase.TARE
    person.feel(HoldReleased(5.0))
    assert [cue.at_s for cue in person.heard(TareAsked)] == [0.0, 5.0]
    person.feel(HoldSettled(5.3, make_hold(1.0, 4.0)))
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.CHECK
    assert len(person.heard(TareAsked)) == 2


def test_a_lamp_that_was_wrong_begins_the_tare_anew_too() -> None:
    person = at_tare()
    person.feel(HoldStarted(1.0, 0.9), HoldWithdrawn(1.5))
    assert [cue.at_s for cue in person.heard(TareAsked)] == [0.0, 1.5]


def test_a_hold_that_a_gap_settles_during_the_tare_begins_it_anew() -> None:
    person = at_tare()
    person.feel(HoldStarted(1.0, 0.9), HoldSettled(1.5, make_hold(1.0, 0.4)))
    assert [cue.at_s for cue in person.heard(TareAsked)] == [0.0, 1.5]


def test_the_end_of_a_press_from_before_the_tare_changes_nothing() -> None:
    person = ann()
    person.feel(HoldStarted(0.0, -0.1))
    person.do(Next())
    person.feel(HoldReleased(0.5), HoldSettled(0.8, make_hold(0.0, 0.5)))
    assert len(person.heard(TareAsked)) == 1


def test_a_press_that_never_ends_is_how_the_foot_stands_and_is_set_to_zero() -> None:
    person = at_tare()
    person.feel(HoldStarted(1.0, 0.9))
    person.wait(11.0)
    assert [cue.at_s for cue in person.heard(TareAsked)] == [0.0, 11.0]
    person.wait(EXERCISE.tare_s)
    assert person.view().phase is Phase.CHECK


def test_the_lamp_passes_the_check() -> None:
    person = at_check()
    person.start_press()
    assert person.view().phase is Phase.MVC_READY


def test_a_press_too_gentle_for_the_lamp_passes_the_check_when_it_settles() -> None:
    person = at_check()
    person.wait(2.0)
    person.feel(HoldSettled(person.at_s, make_hold(person.at_s - 1.0, 0.7)))
    assert person.view().phase is Phase.MVC_READY


def test_a_press_from_before_the_check_does_not_pass_it() -> None:
    person = at_check()
    person.feel(HoldSettled(person.at_s, make_hold(person.at_s - 2.0, 1.0)))
    assert person.view().phase is Phase.CHECK


def test_after_15_seconds_of_nothing_the_check_says_so_and_next_goes_on() -> None:
    person = at_check()
    person.wait(14.9)
    assert "Press here" in person.view().message
    person.wait(0.2)
    assert "Nothing is felt" in person.view().message
    assert len(person.heard(CheckAsked)) == 2
    person.do(Next())
    assert person.view().phase is Phase.MVC_READY


def test_without_maximal_presses_the_check_leads_to_the_countdown() -> None:
    person = at_check()
    person.do(SkipMvc())
    assert person.view().phase is Phase.CHECK
    person.start_press()
    assert person.view().phase is Phase.COUNTDOWN


def test_a_known_maximum_needs_no_presses_and_gives_a_target() -> None:
    person = Person(Coach(make_session(mvc_n={Side.LEFT: 100.0})))
    assert person.view().mvc_n == 100.0
    assert person.view().target_low_n == 32.0
    assert not person.view().is_target_estimated
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.start_press()
    assert person.view().phase is Phase.COUNTDOWN


def test_zeroing_again_asks_for_a_tare_where_one_stands() -> None:
    person = ann()
    person.do(Retare())
    assert person.heard(TareAsked) == [TareAsked(0.0, EXERCISE.tare_s)]
    assert person.view().phase is Phase.READY
    person.do(Next())
    person.wait(1.0)
    person.do(Retare())
    assert person.view().left_s == EXERCISE.tare_s
