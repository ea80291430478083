"""The maximal presses."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import EXERCISE, Flaws, Person, make_hold, make_session
from trainer.coach.conductor import Coach
from trainer.coach.plan import Feet
from trainer.core.commands import ChangeSide, EndSession, Next, Retare, SkipMvc, Undo
from trainer.core.cues import (
    CountdownStarted,
    MaxPressAsked,
    MvcMeasured,
    RelaxAsked,
    RestStarted,
    Side,
    TareAsked,
)
from trainer.core.events import (
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    SaturationSeen,
)
from trainer.core.snapshot import Phase

MVC = EXERCISE.mvc
LONG_S = 4.2


def at_press() -> Person:
    person = Person(Coach(make_session()))
    person.go_to_presses()
    return person


def test_a_foot_gets_ready_while_the_last_seconds_are_counted() -> None:
    person = Person(Coach(make_session()))
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.do(Next())
    assert person.view().phase is Phase.MVC_READY
    assert person.view().cue == "READY"
    assert "3 presses with your left foot" in person.view().message
    assert (person.view().mvc_trial, person.view().mvc_trials) == (1, 3)
    words = []
    while person.view().phase is Phase.MVC_READY:
        words.append(person.view().cue)
        person.wait(0.5)
    assert list(dict.fromkeys(words)) == ["READY", "3", "2", "1"]
    asked = person.last(MaxPressAsked)
    assert asked.at_s == pytest.approx(EXERCISE.tare_s + MVC.ready_s)
    assert (asked.side, asked.trial, asked.trials) == (Side.LEFT, 1, 3)


def test_three_presses_far_apart_give_the_best_half_second_as_maximum() -> None:
    person = at_press()
    for force_n in (80.0, 100.0, 90.0):
        assert person.view().cue == "MAX"
        assert person.view().mvc_n is None
        person.wait(0.4)
        person.press(LONG_S, force_n)
        assert person.view().phase is Phase.MVC_REST
        assert person.last(RestStarted).duration_s == MVC.pause_s
        person.wait(MVC.pause_s)
    assert [cue.trial for cue in person.heard(MaxPressAsked)] == [1, 2, 3]
    first, second, third = (cue.at_s for cue in person.heard(MaxPressAsked))
    assert min(second - first, third - second) > 30.0
    assert person.view().mvc_n == 100.0
    assert person.view().target_low_n == pytest.approx(32.0)
    assert person.view().phase is Phase.COUNTDOWN
    measured = person.last(MvcMeasured)
    assert (measured.side, measured.mvc_n) == (Side.LEFT, 100.0)
    result = person.conductor.result().mvcs
    assert len(result) == 1
    assert (result[0].side, result[0].force_n) == (Side.LEFT, 100.0)
    assert [press.plateau_n for press in result[0].presses] == [80.0, 100.0, 90.0]
    assert result[0].at_s == result[0].presses[1].start_s


def test_the_cue_to_let_go_comes_after_the_length_of_the_press() -> None:
    person = at_press()
    start_s = person.start_press()
    assert person.view().hold_goal_s == MVC.press_s
    assert person.view().left_s == pytest.approx(MVC.press_s - 0.1)
    person.wait(MVC.press_s)
    assert person.view().cue == "RELAX"
    assert person.view().left_s == 0.0
    assert person.last(RelaxAsked).at_s == pytest.approx(start_s + MVC.press_s)
    person.end_press(make_hold(start_s, MVC.press_s + 0.1))
    assert person.view().phase is Phase.MVC_REST


def test_a_press_that_never_ends_is_how_the_foot_stands_and_is_zeroed_and_repeated() -> None:
    person = at_press()
    person.start_press()
    person.wait(MVC.press_s + 4.8)
    assert len(person.heard(TareAsked)) == 1
    person.wait(0.2)
    assert len(person.heard(TareAsked)) == 2
    assert person.view().phase is Phase.MVC_REST
    assert person.view().mvc_trial == 1
    assert "still feels a press" in person.view().message


def test_where_nothing_is_felt_the_press_is_asked_for_again() -> None:
    person = at_press()
    assert person.view().left_s == MVC.press_s
    person.wait(5.1)
    assert "No press was felt" in person.view().message
    assert [cue.trial for cue in person.heard(MaxPressAsked)] == [1, 1]
    person.press(LONG_S)
    assert person.view().phase is Phase.MVC_REST
    assert person.view().mvc_trial == 2


def test_a_lamp_that_was_wrong_is_no_press() -> None:
    person = at_press()
    at_s = person.at_s
    person.feel(HoldStarted(at_s + 0.5, at_s + 0.4), HoldWithdrawn(at_s + 1.0))
    assert person.view().phase is Phase.MVC_PRESS
    assert person.view().cue == "MAX"
    person.wait(6.1)
    assert len(person.heard(MaxPressAsked)) == 2


def test_a_twitch_is_no_press() -> None:
    person = at_press()
    person.press(0.3)
    assert person.view().phase is Phase.MVC_PRESS


def test_a_release_that_never_settles_is_asked_for_again() -> None:
    person = at_press()
    person.start_press()
    person.feel(HoldReleased(person.at_s))
    assert person.view().cue == "RELAX"
    person.wait(5.1)
    assert person.view().cue == "MAX"
    assert len(person.heard(MaxPressAsked)) == 2


@pytest.mark.parametrize(
    ("length_s", "flaws", "said"),
    [
        (2.0, {}, "too short"),
        (LONG_S, {"is_finished": False}, "broke off"),
        (LONG_S, {"is_saturated": True}, "overloaded"),
        (LONG_S, {"lost_samples": 100}, "were lost"),
    ],
)
def test_a_spoilt_press_is_repeated_after_the_pause(
    length_s: float, flaws: Flaws, said: str
) -> None:
    person = at_press()
    person.press(length_s, **flaws)
    assert person.view().phase is Phase.MVC_REST
    assert said in person.view().message
    assert person.view().mvc_trial == 1
    person.wait(MVC.pause_s)
    assert [cue.trial for cue in person.heard(MaxPressAsked)] == [1, 1]


def test_an_overload_on_any_cell_spoils_the_press() -> None:
    person = at_press()
    start_s = person.start_press()
    person.wait(1.0)
    person.feel(SaturationSeen(person.at_s, "heel"))
    assert "overloaded" in person.view().message
    person.wait(3.0)
    person.end_press(make_hold(start_s, 4.0))
    assert person.view().phase is Phase.MVC_REST
    assert person.view().mvc_trial == 1


def test_a_press_begun_early_counts_for_its_part_after_the_request() -> None:
    person = Person(Coach(make_session()))
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.do(Next())
    person.wait(MVC.ready_s - 0.5)
    start_s = person.start_press()
    person.wait(0.4)
    assert person.view().phase is Phase.MVC_PRESS
    person.wait(MVC.min_press_s + 0.1)
    person.end_press(make_hold(start_s, MVC.min_press_s + 0.6))
    assert person.view().phase is Phase.MVC_REST
    assert person.view().mvc_trial == 2


def test_a_press_from_before_the_request_is_none() -> None:
    person = at_press()
    person.feel(HoldSettled(person.at_s + 0.2, make_hold(person.at_s - 4.5, 4.4)))
    assert person.view().phase is Phase.MVC_PRESS


def test_a_dip_in_a_press_gives_it_its_time_again() -> None:
    person = at_press()
    start_s = person.start_press()
    person.wait(1.0)
    dip_s = person.at_s
    person.feel(HoldReleased(dip_s), HoldStarted(dip_s + 0.05, dip_s + 0.05))
    assert person.view().cue == "MAX"
    person.wait(MVC.press_s + 0.1)
    assert person.last(RelaxAsked).at_s == pytest.approx(dip_s + 0.05 + MVC.press_s)
    person.end_press(make_hold(start_s, 5.1))
    assert person.view().mvc_trial == 2


def test_the_pause_counts_its_last_seconds_before_another_press_only() -> None:
    person = at_press()
    person.press(LONG_S)
    person.wait(MVC.pause_s - 1.5)
    assert person.view().cue == "2"
    for _ in range(2):
        person.wait_for(Phase.MVC_PRESS)
        person.press(LONG_S)
    assert "first set comes next" in person.view().message
    person.wait(MVC.pause_s - 1.5)
    assert person.view().cue == "REST"


def test_next_ends_the_pause() -> None:
    person = at_press()
    person.press(LONG_S)
    assert "press 2 of 3 comes next" in person.view().message
    person.do(Next())
    assert person.view().phase is Phase.MVC_PRESS
    person.do(Next())
    assert person.view().phase is Phase.MVC_PRESS


@pytest.mark.parametrize("phase", [Phase.MVC_READY, Phase.MVC_PRESS, Phase.MVC_REST])
def test_the_presses_may_be_skipped_at_any_moment(phase: Phase) -> None:
    person = Person(Coach(make_session()))
    person.do(Next())
    person.wait(EXERCISE.tare_s)
    person.do(Next())
    if phase is not Phase.MVC_READY:
        person.do(Next())
    if phase is Phase.MVC_REST:
        person.press(LONG_S)
    assert person.view().phase is phase
    person.do(SkipMvc())
    assert person.view().phase is Phase.COUNTDOWN
    assert person.view().target_low_n is None
    assert person.view().mvc_n is None
    assert person.conductor.result().mvcs == ()


def test_a_maximum_once_measured_survives_skipping_the_last_pause() -> None:
    person = at_press()
    for _ in range(3):
        person.wait_for(Phase.MVC_PRESS)
        person.press(LONG_S, 50.0)
    person.do(SkipMvc())
    assert person.view().phase is Phase.COUNTDOWN
    assert person.view().mvc_n == 50.0


def test_the_cells_are_not_set_to_zero_during_a_press_but_in_the_pause() -> None:
    person = at_press()
    person.do(Retare())
    assert len(person.heard(TareAsked)) == 1
    person.press(LONG_S)
    person.wait(MVC.pause_s - 0.5)
    person.do(Retare())
    assert len(person.heard(TareAsked)) == 2
    assert person.view().left_s == EXERCISE.tare_s


def test_presses_made_under_the_wrong_name_follow_the_foots_new_name() -> None:
    person = at_press()
    person.press(LONG_S, 50.0)
    person.do(ChangeSide(Side.RIGHT))
    assert "right foot" in person.view().message
    for _ in range(2):
        person.wait_for(Phase.MVC_PRESS)
        person.press(LONG_S, 50.0)
    assert person.heard(MvcMeasured) == []
    person.do(ChangeSide(Side.LEFT))
    assert person.view().mvc_n == 50.0
    person.do(Undo(), Next())
    assert person.last(MvcMeasured) == MvcMeasured(person.at_s, Side.RIGHT, 50.0)
    assert [mvc.side for mvc in person.conductor.result().mvcs] == [Side.RIGHT]


def test_with_both_feet_the_other_foot_presses_right_before_its_own_first_set() -> None:
    person = Person(Coach(make_session(Feet.BOTH, sets=2, reps=1)))
    person.go_to_presses()
    order: list[tuple[str, Side]] = []
    while person.view().phase is not Phase.DONE:
        phase = person.view().phase
        if not order or order[-1][0] != phase:
            order.append((phase.value, person.view().side))
        if phase is Phase.MVC_PRESS:
            person.press(LONG_S, 60.0)
        elif phase is Phase.WORK:
            person.do_reps([20.0])
        else:
            person.wait(0.5)
    found = [(name, side) for name, side in order if name in {"tare", "mvc ready", "work"}]
    left, right = Side.LEFT, Side.RIGHT
    assert found == [
        ("work", left),
        ("tare", right),
        ("mvc ready", right),
        ("work", right),
        ("tare", left),
        ("work", left),
        ("tare", right),
        ("work", right),
    ]
    assert [mvc.side for mvc in person.conductor.result().mvcs] == [left, right]
    assert [cue.trial for cue in person.heard(MaxPressAsked)] == [1, 2, 3, 1, 2, 3]
    assert len(person.heard(CountdownStarted)) == 4


def test_ending_in_the_last_pause_keeps_the_maximum() -> None:
    person = at_press()
    for _ in range(3):
        person.wait_for(Phase.MVC_PRESS)
        person.press(LONG_S, 50.0)
    person.do(EndSession())
    assert len(person.heard(MvcMeasured)) == 1
    assert len(person.conductor.result().mvcs) == 1


def test_an_unfinished_twitch_means_that_data_broke_off() -> None:
    person = at_press()
    hold = replace(make_hold(person.at_s, 0.2), is_finished=False)
    person.feel(HoldStarted(person.at_s + 0.1, person.at_s), HoldSettled(person.at_s + 0.3, hold))
    assert person.view().phase is Phase.MVC_REST
