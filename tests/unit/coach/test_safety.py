"""Stops, stale data, overload: whatever touches safety fails towards stopping."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import EXERCISE, Person, at_work, make_hold, make_session
from trainer.coach.conductor import Coach
from trainer.coach.plan import Feet
from trainer.core.commands import ChangeSide, EndSession, Next, Retare, SkipMvc, Undo
from trainer.core.cues import (
    CheckAsked,
    MaxPressAsked,
    PressAsked,
    RejectReason,
    RepCounted,
    RepRejected,
    SessionEnded,
    SessionStopped,
    Side,
    StopExplained,
    StopReason,
    TareAsked,
)
from trainer.core.events import (
    FramesDropped,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    SamplesLost,
    SamplesRejected,
    SaturationSeen,
)
from trainer.core.snapshot import Phase


def in_phase(phase: Phase) -> Person:
    """Return a person in any phase that a coach knows."""
    person = Person(Coach(make_session(Feet.BOTH, sets=1, reps=1)))
    if phase in {Phase.MVC_PRESS, Phase.MVC_REST}:
        person.go_to_presses()
        if phase is Phase.MVC_REST:
            person.press(4.2)
    elif phase is Phase.MVC_READY:
        person.do(Next())
        person.wait(EXERCISE.tare_s)
        person.do(Next())
    elif phase is Phase.REST:
        person.go_to(Phase.WORK)
        person.press()
    elif phase is Phase.DONE:
        person.do(EndSession())
    else:
        person.go_to(phase)
    assert person.view().phase is phase
    return person


CIRCUIT = {Phase.READINESS, Phase.CLOCK, Phase.PAUSED}
LIVE = [p for p in Phase if p not in {Phase.FOLLOW, Phase.DONE, Phase.STOPPED} | CIRCUIT]


@pytest.mark.parametrize("phase", LIVE)
@pytest.mark.parametrize("reason", StopReason)
def test_a_stop_works_from_every_phase_and_is_final(phase: Phase, reason: StopReason) -> None:
    person = in_phase(phase)
    cues = person.conductor.stop(reason, person.at_s)
    assert cues == (SessionStopped(person.at_s, reason),)
    assert person.conductor.is_over
    assert person.view().phase is Phase.STOPPED
    assert person.view().cue == "STOPPED"
    assert person.view().stop_reason == reason.value
    assert person.view().message
    person.cues.clear()
    before = person.view()
    person.do(Next(), SkipMvc(), Undo(), Retare(), ChangeSide(Side.RIGHT), EndSession())
    at_s = person.at_s
    person.feel(HoldStarted(at_s, at_s), HoldReleased(at_s), HoldWithdrawn(at_s))
    person.feel(HoldSettled(at_s, make_hold(0.0, 2.0)), SaturationSeen(at_s, "toes"))
    person.cues += person.conductor.stale(True, at_s)
    person.cues += person.conductor.stop(StopReason.ENGINE, at_s)
    person.wait(100.0)
    assert person.cues == []
    assert person.view() == before
    result = person.conductor.result()
    assert (result.is_over, result.is_complete, result.stop_reason) == (True, False, reason)


def test_a_stop_does_not_wait_for_what_was_due() -> None:
    person = in_phase(Phase.COUNTDOWN)
    cues = person.conductor.stop(StopReason.PAIN, person.at_s + 100.0)
    assert cues == (SessionStopped(person.at_s + 100.0, StopReason.PAIN),)


def test_a_stop_with_an_old_time_stops_now() -> None:
    person = in_phase(Phase.WORK)
    assert person.conductor.stop(StopReason.PAIN, 0.0)[0].at_s == person.at_s


def test_a_stop_shows_no_hold_any_more_and_leaves_the_set_open() -> None:
    person = in_phase(Phase.WORK)
    person.start_press()
    person.conductor.stop(StopReason.PAIN, person.at_s)
    assert person.view().hold_s == 0.0
    assert person.conductor.result().sets[0].end_s is None


def test_a_session_that_is_done_is_not_stopped() -> None:
    person = in_phase(Phase.DONE)
    assert person.conductor.stop(StopReason.PAIN, person.at_s) == ()
    assert person.view().phase is Phase.DONE


@pytest.mark.parametrize("phase", LIVE)
def test_a_session_may_be_ended_from_every_phase(phase: Phase) -> None:
    person = in_phase(phase)
    person.cues += person.conductor.finish(person.at_s)
    assert person.view().phase is Phase.DONE
    assert not person.last(SessionEnded).is_complete
    assert person.conductor.finish(person.at_s) == ()


def test_while_data_are_stale_the_screen_says_so_and_the_set_stands_still() -> None:
    person = at_work()
    person.wait(1.0)
    person.cues.clear()
    person.cues += person.conductor.stale(True, person.at_s)
    person.cues += person.conductor.stale(True, person.at_s)
    assert person.view().cue == "WAIT"
    assert person.view().message.startswith("No data from the pad")
    person.wait(60.0)
    assert person.cues == []
    person.cues += person.conductor.stale(False, person.at_s)
    person.cues += person.conductor.stale(False, person.at_s)
    assert person.view().cue == "RELAX"
    assert person.cues == []
    person.wait(EXERCISE.relax_s)
    assert [cue.rep for cue in person.heard(PressAsked)] == [1]


def test_no_hold_counts_that_has_a_part_in_stale_time() -> None:
    person = at_work()
    start_s = person.start_press()
    person.conductor.stale(True, person.at_s)
    assert person.view().hold_s == 0.0
    person.wait(2.0)
    person.conductor.stale(False, person.at_s)
    person.end_press(make_hold(start_s, 2.1))
    assert person.last(RepRejected).reason is RejectReason.CUT_OFF
    person.wait(EXERCISE.relax_s)
    person.press()
    assert person.view().rep == 1


def test_a_hold_in_progress_is_void_even_where_its_end_lies_before_the_silence_was_noticed() -> (
    None
):
    person = at_work()
    start_s = person.start_press()
    person.wait(1.5)
    person.conductor.stale(True, person.at_s)
    person.conductor.stale(False, person.at_s)
    person.end_press(make_hold(start_s, 1.0))
    assert person.heard(RepCounted) == []


def test_what_settles_while_data_are_stale_does_not_count() -> None:
    person = at_work()
    start_s = person.start_press()
    person.wait(1.5)
    person.feel(HoldReleased(person.at_s))
    person.conductor.stale(True, person.at_s)
    person.feel(HoldStarted(person.at_s, person.at_s), HoldReleased(person.at_s))
    person.feel(HoldSettled(person.at_s, make_hold(start_s, 1.5)))
    assert person.last(RepRejected).reason is RejectReason.CUT_OFF
    assert person.view().rep == 0


def test_a_hold_that_began_in_the_silence_does_not_count() -> None:
    person = at_work()
    person.conductor.stale(True, person.at_s)
    person.wait(2.0)
    start_s = person.at_s - 0.5
    person.conductor.stale(False, person.at_s)
    person.wait(1.0)
    person.feel(HoldSettled(person.at_s, make_hold(start_s, 1.2)))
    assert person.last(RepRejected).reason is RejectReason.CUT_OFF


@pytest.mark.parametrize(
    ("phase", "kind"), [(Phase.TARE, TareAsked), (Phase.MVC_PRESS, MaxPressAsked)]
)
def test_a_tare_and_a_maximal_press_are_done_again_after_stale_data(
    phase: Phase, kind: type[TareAsked | MaxPressAsked]
) -> None:
    person = in_phase(phase)
    person.conductor.stale(True, person.at_s)
    person.feel(HoldSettled(person.at_s, make_hold(person.at_s - 4.5, 4.5)))
    person.wait(20.0)
    person.cues += person.conductor.stale(False, person.at_s)
    person.do(Next())
    assert len(person.heard(kind)) == 2
    assert person.view().phase is phase
    assert person.view().mvc_trial == (1 if phase is Phase.MVC_PRESS else 0)


def test_a_rest_goes_on_where_it_stood() -> None:
    person = in_phase(Phase.REST)
    left_s = person.view().left_s
    person.conductor.stale(True, person.at_s)
    person.wait(30.0)
    assert person.view().left_s == pytest.approx(left_s)
    person.conductor.stale(False, person.at_s)
    assert person.view().left_s == pytest.approx(left_s)


def test_a_command_during_stale_data_starts_no_clock() -> None:
    person = in_phase(Phase.REST)
    person.conductor.stale(True, person.at_s)
    person.do(Next())
    person.wait(30.0)
    assert person.view().phase is Phase.TARE
    person.conductor.stale(False, person.at_s)
    assert person.view().left_s == EXERCISE.tare_s


def test_an_overload_voids_the_hold_it_happens_in_and_says_so() -> None:
    person = at_work()
    start_s = person.start_press()
    person.wait(0.5)
    person.feel(SaturationSeen(person.at_s, "heel"))
    assert "overloaded" in person.view().message
    person.wait(1.0)
    person.end_press(make_hold(start_s, 1.6))
    assert person.last(RepRejected).reason is RejectReason.SATURATED
    person.wait(EXERCISE.relax_s)
    person.press()
    assert person.view().rep == 1


def test_an_overload_before_a_hold_leaves_it_alone() -> None:
    person = at_work()
    person.feel(SaturationSeen(person.at_s, "heel"))
    person.wait(0.5)
    person.press()
    assert person.view().rep == 1


@pytest.mark.parametrize("phase", [Phase.CHECK, Phase.MVC_PRESS, Phase.WORK])
def test_an_overload_of_two_seconds_stops_the_session(phase: Phase) -> None:
    person = in_phase(phase)
    for _ in range(20):
        person.feel(SaturationSeen(person.at_s, "toes"))
        person.wait(0.1)
        assert person.view().phase is not Phase.STOPPED
    person.wait(0.05)
    person.feel(SaturationSeen(person.at_s, "toes"))
    assert person.view().phase is Phase.STOPPED
    assert person.last(SessionStopped).reason is StopReason.SATURATED


def test_an_overload_is_timed_on_the_clock_that_it_is_seen_on() -> None:
    person = at_work()
    person.wait(20.0)
    person.feel(SaturationSeen(person.at_s, "toes"), GapFound(person.at_s, 1.0))
    person.at_s = 1.0
    for _ in range(22):
        person.feel(SaturationSeen(person.at_s, "toes"))
        person.wait(0.1)
    assert person.view().phase is Phase.STOPPED


def test_short_overloads_far_apart_do_not_stop() -> None:
    person = at_work()
    for _ in range(5):
        person.feel(SaturationSeen(person.at_s, "toes"))
        person.wait(1.1)
    assert person.view().phase is Phase.WORK


def test_stepping_about_between_presses_stops_nothing() -> None:
    person = in_phase(Phase.REST)
    for _ in range(40):
        person.feel(SaturationSeen(person.at_s, "heel"))
        person.wait(0.1)
    assert person.view().phase is Phase.REST
    assert "Change feet" in person.view().message


def test_losses_and_glitches_by_themselves_say_nothing() -> None:
    person = at_work()
    person.cues.clear()
    before = person.view()
    at_s = person.at_s
    person.feel(SamplesLost(at_s, 2), SamplesRejected(at_s, 1), FramesDropped(at_s, 3))
    assert person.cues == []
    assert person.view() is before


def test_a_clock_that_steps_back_leaves_every_timer_its_time() -> None:
    person = in_phase(Phase.REST)
    person.wait(5.0)
    left_s = person.view().left_s
    person.feel(GapFound(person.at_s, 3.0))
    person.at_s = 3.0
    assert person.view().left_s == pytest.approx(left_s)
    person.wait(left_s + 0.1)
    assert person.view().phase is Phase.TARE


def test_a_clock_that_steps_back_in_a_hold_or_in_silence_leaves_their_age() -> None:
    person = at_work()
    start_s = person.start_press()
    person.feel(SaturationSeen(person.at_s, "heel"))
    person.feel(GapFound(person.at_s, 1.0))
    assert person.view().hold_s == pytest.approx(0.1)
    person.conductor.stale(True, 1.0)
    person.feel(GapFound(1.0, 0.5))
    person.at_s = 0.5
    person.feel(HoldSettled(0.5, replace(make_hold(start_s, 0.1), is_finished=False)))
    person.conductor.stale(False, 5.0)
    person.at_s = 5.0
    person.wait(EXERCISE.relax_s)
    assert person.last(PressAsked).at_s == pytest.approx(6.0)
    person.press()
    assert person.view().rep == 1


def test_a_forward_gap_moves_no_clock() -> None:
    person = in_phase(Phase.CHECK)
    person.feel(GapFound(person.at_s, person.at_s + 2.0))
    person.wait(15.1)
    assert len(person.heard(CheckAsked)) == 2


@pytest.mark.parametrize(
    ("is_pain", "reason"), [(True, StopReason.PAIN), (False, StopReason.INTERRUPTED)]
)
def test_a_stop_by_the_foot_button_is_explained_once(is_pain: bool, reason: StopReason) -> None:
    person = in_phase(Phase.WORK)
    conductor, at_s = person.conductor, person.at_s
    conductor.stop(StopReason.BUTTON, at_s)
    assert conductor.is_pain_asked
    assert person.view().is_pain_asked
    assert "Was it pain?" in person.view().message
    assert conductor.explain(is_pain=is_pain, at_s=0.0) == (StopExplained(at_s, reason),)
    assert conductor.explain(is_pain=not is_pain, at_s=at_s) == ()
    assert (person.view().stop_reason, person.view().is_pain_asked) == (reason.value, False)
    assert "Was it pain?" not in person.view().message
    assert conductor.phase is Phase.STOPPED


@pytest.mark.parametrize(
    "reason", [None, *(reason for reason in StopReason if reason is not StopReason.BUTTON)]
)
def test_no_other_stop_is_explained_by_anybody(reason: StopReason | None) -> None:
    person = in_phase(Phase.WORK)
    if reason is not None:
        person.conductor.stop(reason, person.at_s)
    before = person.view()
    assert person.conductor.explain(is_pain=False, at_s=person.at_s) == ()
    assert person.view() == before
