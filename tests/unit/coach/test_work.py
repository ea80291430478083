"""The work of a set: cues, counting, rejecting."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import EXERCISE, Flaws, Person, at_work, make_hold, make_session
from trainer.coach.conductor import Coach
from trainer.core.commands import EndSession, Next, Retare, Undo
from trainer.core.cues import (
    CountdownStarted,
    Cue,
    PressAsked,
    RejectReason,
    RelaxAsked,
    RepCounted,
    RepRejected,
    RepTakenBack,
    SessionEnded,
    SetEnded,
    SetStarted,
    Side,
    TareAsked,
)
from trainer.core.events import (
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
)
from trainer.core.snapshot import Phase


def kinds(cues: list[Cue]) -> list[type[Cue]]:
    return [type(cue) for cue in cues]


def test_a_set_begins_after_the_countdown_with_the_first_request() -> None:
    person = Person(Coach(make_session()))
    person.go_to(Phase.COUNTDOWN)
    begun_s = person.last(CountdownStarted).at_s
    assert EXERCISE.how in person.view().message
    assert "left foot" in person.view().message
    words = []
    while person.view().phase is Phase.COUNTDOWN:
        words.append(person.view().cue)
        person.wait(0.25)
    assert list(dict.fromkeys(words)) == ["3", "2", "1"]
    at_s = begun_s + EXERCISE.countdown_s
    assert person.last(SetStarted) == SetStarted(at_s, Side.LEFT, 1, 2, 3)
    assert person.last(PressAsked) == PressAsked(at_s, 1, None, EXERCISE.hold_s)
    assert person.view().cue == "PRESS"


def test_next_cuts_no_countdown_short() -> None:
    person = Person(Coach(make_session()))
    person.go_to(Phase.COUNTDOWN)
    person.do(Next())
    assert person.view().phase is Phase.COUNTDOWN


def test_a_rep_is_pressed_held_released_counted_and_followed_by_the_next_request() -> None:
    person = at_work()
    person.cues.clear()
    person.wait(0.3)
    start_s = person.start_press()
    assert person.view().cue == "HOLD"
    assert person.view().hold_goal_s == EXERCISE.hold_s
    assert person.view().hold_s == pytest.approx(0.1)
    person.wait(EXERCISE.hold_s)
    assert person.view().cue == "RELAX"
    person.end_press(make_hold(start_s, EXERCISE.hold_s + 0.1))
    assert person.view().hold_s == 0.0
    assert person.view().rep == 1
    released_s = person.at_s - 0.3
    person.wait(EXERCISE.relax_s)
    assert kinds(person.cues) == [RelaxAsked, RepCounted, PressAsked]
    assert person.last(RelaxAsked).at_s == pytest.approx(start_s + EXERCISE.hold_s)
    assert person.last(RepCounted).rep == 1
    assert person.last(PressAsked).rep == 2
    assert person.last(PressAsked).at_s == pytest.approx(released_s + EXERCISE.relax_s)


def test_an_early_release_is_counted_if_long_enough_and_the_next_request_follows() -> None:
    person = at_work()
    person.press(0.5)
    person.wait(EXERCISE.relax_s)
    assert person.heard(RelaxAsked) == []
    assert [cue.rep for cue in person.heard(PressAsked)] == [1, 2]


def test_an_early_press_in_the_pause_is_a_rep_without_a_request() -> None:
    person = at_work()
    person.press()
    person.wait(0.2)
    person.press()
    assert [cue.rep for cue in person.heard(RepCounted)] == [1, 2]
    assert [cue.rep for cue in person.heard(PressAsked)] == [1]


def test_without_a_press_the_cue_stays_and_is_said_again_after_5_seconds() -> None:
    person = at_work()
    person.wait(4.9)
    assert "No press is felt" not in person.view().message
    person.wait(0.2)
    assert "No press is felt" in person.view().message
    assert person.view().cue == "PRESS"
    assert [cue.rep for cue in person.heard(PressAsked)] == [1, 1]


def test_a_press_that_goes_on_is_told_to_let_go_again() -> None:
    person = at_work()
    start_s = person.start_press()
    person.wait(EXERCISE.hold_s + 5.0)
    assert len(person.heard(RelaxAsked)) == 2
    assert "completely soft" in person.view().message
    person.end_press(make_hold(start_s, 6.6))
    assert person.view().rep == 1


def test_a_press_that_never_ends_is_how_the_foot_stands_and_is_zeroed() -> None:
    person = at_work()
    person.start_press()
    person.wait(EXERCISE.hold_s + 10.0)
    zeroed = person.last(TareAsked)
    assert person.view().cue == "RELAX"
    assert len(person.heard(RelaxAsked)) == 2
    hold = replace(make_hold(zeroed.at_s - 11.5, 13.0), is_finished=False)
    person.feel(HoldSettled(zeroed.at_s + 2.0, hold))
    assert person.last(RepRejected).reason is RejectReason.CUT_OFF
    person.wait(EXERCISE.tare_s)
    assert person.view().cue == "PRESS"
    person.press()
    assert person.view().rep == 1


def test_a_press_from_before_the_set_that_never_ends_is_zeroed_too() -> None:
    person = Person(Coach(make_session()))
    person.go_to(Phase.COUNTDOWN)
    person.start_press()
    person.wait_for(Phase.WORK)
    person.wait(5.1)
    assert len(person.heard(TareAsked)) == 2
    assert "being set to zero" in person.view().message


def test_a_late_lamp_lets_go_at_once_and_not_in_the_past() -> None:
    person = at_work()
    at_s = person.at_s + 2.0
    person.feel(HoldStarted(at_s, at_s - EXERCISE.hold_s - 0.2))
    person.cues += person.conductor.advance(at_s + 0.01)
    assert person.last(RelaxAsked).at_s == at_s


def test_a_lamp_that_was_wrong_lets_the_request_stand() -> None:
    person = at_work()
    person.start_press()
    person.feel(HoldWithdrawn(person.at_s))
    assert person.view().cue == "PRESS"
    person.wait(0.5)
    assert len(person.heard(PressAsked)) == 1


def test_a_wrong_lamp_that_was_told_to_let_go_is_asked_again() -> None:
    person = at_work()
    person.start_press()
    person.wait(EXERCISE.hold_s)
    person.feel(HoldWithdrawn(person.at_s))
    assert person.view().cue == "RELAX"
    person.wait(EXERCISE.relax_s)
    assert [cue.rep for cue in person.heard(PressAsked)] == [1, 1]


def test_a_press_too_weak_for_the_lamp_still_counts_when_it_settles() -> None:
    person = at_work()
    person.wait(2.0)
    person.feel(HoldSettled(person.at_s, make_hold(person.at_s - 1.5, 1.2, 4.0)))
    assert person.view().rep == 1
    assert person.view().cue == "RELAX"
    person.wait(EXERCISE.relax_s)
    assert person.last(PressAsked).rep == 2


@pytest.mark.parametrize(
    ("length_s", "flaws", "reason"),
    [
        (0.3, {}, RejectReason.TOO_SHORT),
        (1.8, {"is_saturated": True}, RejectReason.SATURATED),
        (1.8, {"lost_samples": 40}, RejectReason.LOST_SAMPLES),
    ],
)
def test_a_hold_that_does_not_count_says_why_and_the_same_rep_is_asked_again(
    length_s: float, flaws: Flaws, reason: RejectReason
) -> None:
    person = at_work()
    person.press(length_s, **flaws)
    assert person.last(RepRejected).reason is reason
    assert person.view().rep == 0
    assert person.view().message
    person.wait(EXERCISE.relax_s)
    assert [cue.rep for cue in person.heard(PressAsked)] == [1, 1]
    rep = person.conductor.result().sets[0].reps[0]
    assert (rep.is_counted, rep.reject_reason, rep.is_taken_back) == (False, reason, False)


def test_while_the_rate_is_unknown_losses_weigh_the_most() -> None:
    person = at_work()
    person.conductor.know_rate(10.0)
    person.press(lost_samples=4)
    assert person.last(RepRejected).reason is RejectReason.LOST_SAMPLES


def test_a_gap_cuts_the_hold_off() -> None:
    person = at_work()
    start_s = person.start_press()
    at_s = person.at_s
    hold = replace(make_hold(start_s, 0.1), is_finished=False)
    person.feel(GapFound(at_s, at_s + 3.0), HoldSettled(at_s + 3.0, hold))
    assert person.last(RepRejected) == RepRejected(at_s, RejectReason.CUT_OFF)
    person.at_s += 3.0
    person.wait(EXERCISE.relax_s)
    assert [cue.rep for cue in person.heard(PressAsked)] == [1, 1]


def test_a_hold_begun_before_the_set_is_no_rep() -> None:
    person = Person(Coach(make_session()))
    person.go_to(Phase.COUNTDOWN)
    person.wait(EXERCISE.countdown_s - 0.5)
    start_s = person.start_press()
    person.wait(1.0)
    assert person.view().phase is Phase.WORK
    person.end_press(make_hold(start_s, 1.1))
    assert person.view().rep == 0
    assert "began before the set" in person.view().message
    assert person.view().cue == "PRESS"
    assert person.heard(RepRejected) == []


def test_a_hold_that_settles_in_the_rest_is_no_rep() -> None:
    person = at_work(reps=1)
    person.press()
    assert person.view().phase is Phase.REST
    person.press()
    assert len(person.heard(RepCounted)) == 1


def test_the_set_ends_with_its_last_rep_and_the_session_with_its_last_set() -> None:
    person = at_work(sets=2, reps=2)
    person.do_reps([20.0, 20.0])
    assert person.last(SetEnded).set_number == 1
    assert person.last(SetEnded).reps == 2
    person.do(Next())
    person.wait_for(Phase.WORK)
    person.cues.clear()
    person.do_reps([20.0, 20.0])
    assert person.view().phase is Phase.DONE
    assert person.view().cue == "DONE"
    assert person.view().message == "All done: 4 reps counted."
    assert kinds(person.cues)[-3:] == [RepCounted, SetEnded, SessionEnded]
    assert person.last(SessionEnded).is_complete


def test_the_first_three_reps_set_an_estimated_target_that_then_stands() -> None:
    person = at_work(reps=5)
    assert "first 3 reps" in person.view().message
    person.do_reps([50.0, 90.0])
    assert person.view().target_low_n is None
    assert "until the target is known" in person.view().message
    person.do_reps([60.0])
    assert person.view().target_low_n == pytest.approx(0.8 * 24.0)
    assert person.view().target_high_n == pytest.approx(1.2 * 24.0)
    assert person.view().is_target_estimated
    assert "the target is known now" in person.view().message
    assert person.view().mvc_n is None
    person.wait(EXERCISE.relax_s)
    assert person.last(PressAsked).target_n == pytest.approx(24.0)
    person.do_reps([200.0])
    assert "softer" in person.view().message
    assert person.view().target_low_n == pytest.approx(0.8 * 24.0)


def test_reps_beside_the_band_count_and_say_what_to_do() -> None:
    person = at_work(mvc_n={Side.LEFT: 100.0}, reps=4)
    assert "into the band" in person.view().message
    person.do_reps([10.0])
    assert "stronger" in person.view().message
    person.do_reps([80.0])
    assert "softer" in person.view().message
    person.do_reps([40.0])
    assert "good" in person.view().message
    assert person.view().rep == 3


def test_undo_takes_the_last_counted_rep_back_and_the_estimate_with_it() -> None:
    person = at_work(reps=5)
    assert not person.view().can_undo
    person.do(Undo())
    person.do_reps([50.0, 50.0, 50.0])
    person.press(0.2)
    assert person.view().can_undo
    person.do(Undo())
    assert person.last(RepTakenBack).rep == 3
    assert person.view().rep == 2
    assert person.view().target_low_n is None
    reps = person.conductor.result().sets[0].reps
    assert [rep.is_counted for rep in reps] == [True, True, False, False]
    assert [rep.is_taken_back for rep in reps] == [False, False, True, False]
    person.do_reps([50.0])
    assert person.last(RepCounted).rep == 3


def test_the_last_rep_of_a_set_may_be_taken_back_in_the_rest() -> None:
    person = at_work(reps=1)
    person.press()
    assert person.view().phase is Phase.REST
    person.do(Undo(), Undo())
    assert person.view().rep == 0
    assert not person.view().can_undo
    assert person.conductor.result().sets[0].counted == ()


def test_ending_early_closes_the_set_and_keeps_it() -> None:
    person = at_work()
    person.press()
    person.do(EndSession())
    assert person.view().phase is Phase.DONE
    assert kinds(person.cues)[-2:] == [SetEnded, SessionEnded]
    assert person.last(SetEnded).reps == 1
    assert not person.last(SessionEnded).is_complete
    assert person.view().message == "Ended early: 1 rep counted, and all of it is kept."


def test_zeroing_during_a_set_pauses_it_and_voids_what_is_pressed() -> None:
    person = at_work()
    start_s = person.start_press()
    person.do(Retare())
    assert person.last(TareAsked).duration_s == EXERCISE.tare_s
    assert person.view().cue == "RELAX"
    person.wait(1.0)
    person.end_press(make_hold(start_s, 1.1))
    assert person.last(RepRejected).reason is RejectReason.CUT_OFF
    person.wait(EXERCISE.tare_s)
    assert len(person.heard(PressAsked)) == 2
    person.press()
    assert person.view().rep == 1


def test_a_dip_in_a_hold_times_it_anew() -> None:
    person = at_work()
    start_s = person.start_press()
    person.wait(1.0)
    dip_s = person.at_s
    person.feel(HoldReleased(dip_s), HoldStarted(dip_s + 0.05, dip_s + 0.05))
    assert person.view().cue == "HOLD"
    person.wait(1.0)
    assert person.heard(RelaxAsked) == []
    person.end_press(make_hold(start_s, 2.1))
    assert person.view().rep == 1
