"""The simulated foot obeys its cues, late, early or not at all, and never before it heard."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.sources.guided import CALM, IDEAL, Script, Session, reps, run, with_habits
from trainer.core.cues import (
    CheckAsked,
    CountdownStarted,
    MaxPressAsked,
    PressAsked,
    RelaxAsked,
    RepCounted,
    RestStarted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetStarted,
    Side,
    StopReason,
    TareAsked,
)
from trainer.sources.sim.config import FatigueConfig, FootConfig, SimConfig
from trainer.sources.sim.stream import SimStream
from trainer.sources.sim.truth import Purpose


def test_without_cues_the_foot_rests() -> None:
    session = run(IDEAL, [], 20.0)
    assert session.truth.presses == ()
    assert np.ptp(session.toe_n) < 1e-3


def test_each_asked_press_is_pressed_to_its_target_and_released_when_told() -> None:
    session = run(IDEAL, reps(5), 22.0)
    presses = session.truth.presses
    assert len(presses) == 5
    for rep, press in enumerate(presses):
        asked_s = 1.0 + 4.0 * rep
        assert asked_s + 0.2 < press.start_s < asked_s + 1.2
        assert asked_s + 2.0 + 0.2 < press.end_s < asked_s + 2.0 + 1.0
        assert press.plateau_n == pytest.approx(40.0, rel=0.25)
        assert (press.purpose, press.set_number) == (Purpose.REP, 1)
        assert not press.is_compensated


def test_nothing_changes_before_a_cue_was_heard() -> None:
    cue = PressAsked(5.0, 1, 40.0, 1.5)
    told, untold = SimStream(SimConfig(seed=8)), SimStream(SimConfig(seed=8))
    while told.delivered_s < 5.0:
        told.next_frame()
        untold.next_frame()
    told.hear(cue)
    heard_s = told.delivered_s
    while told.due_s < heard_s + 0.2:
        told_frame, untold_frame = told.next_frame(), untold.next_frame()
        assert told_frame is not None
        assert untold_frame is not None
        np.testing.assert_array_equal(told_frame[0].counts, untold_frame[0].counts)
    later = [(told.next_frame(), untold.next_frame()) for _ in range(12)]
    assert any(
        a is not None and b is not None and (a[0].counts != b[0].counts).any() for a, b in later
    )


def test_without_a_target_the_foot_presses_its_usual_share() -> None:
    session = run(IDEAL, reps(6, target_n=None), 26.0)
    median_n = np.median([p.plateau_n for p in session.truth.presses])
    assert median_n == pytest.approx(0.4 * 92.0, rel=0.1)


def test_nobody_says_relax_and_the_foot_lets_go_by_itself() -> None:
    session = run(IDEAL, [(1.0, PressAsked(1.0, 1, 30.0, 2.0))], 16.0)
    (press,) = session.truth.presses
    assert press.is_finished
    assert press.end_s - press.start_s == pytest.approx(8.0, abs=1.0)


def test_maximal_presses_are_near_the_maximum_and_vary() -> None:
    script: Script = [
        (2.0 + 10 * k, MaxPressAsked(2.0 + 10 * k, Side.RIGHT, k + 1, 3, 4.0)) for k in range(3)
    ]
    presses = run(IDEAL, script, 34.0).truth.presses
    assert len(presses) == 3
    for press in presses:
        assert press.purpose is Purpose.MAX
        assert 0.8 * 98.0 < press.plateau_n <= 98.0
        assert 3.0 < press.end_s - press.start_s < 5.0
    assert len({round(p.plateau_n, 3) for p in presses}) > 1


def test_a_check_is_one_gentle_press() -> None:
    (press,) = run(IDEAL, [(1.0, CheckAsked(1.0))], 6.0).truth.presses
    assert press.purpose is Purpose.CHECK
    assert 6.0 < press.plateau_n < 25.0


def test_a_tare_is_quiet() -> None:
    restless = replace(
        IDEAL, unrest=replace(CALM, fidgets_per_min=120.0, fidget_n=5.0, shifts_per_min=60.0)
    )
    session = run(restless, [(2.0, TareAsked(2.0, 3.0))], 8.0)
    begun_s = [d.start_s for d in session.truth.disturbances]
    assert any(s < 2.0 for s in begun_s)
    assert any(s > 5.5 for s in begun_s)
    assert not [s for s in begun_s if 2.1 < s < 5.3]


def test_an_absent_foot_does_not_press() -> None:
    assert run(with_habits(absent=1.0), reps(3), 14.0).truth.presses == ()


def test_a_late_press_comes_more_than_half_a_second_later() -> None:
    presses = run(with_habits(late=1.0), reps(3), 14.0).truth.presses
    assert len(presses) == 3
    for rep, press in enumerate(presses):
        assert press.is_late
        assert press.start_s > 1.0 + 4.0 * rep + 0.8


def test_an_early_press_begins_before_its_cue_and_once_only() -> None:
    presses = run(with_habits(early=1.0), reps(6), 26.0).truth.presses
    assert len(presses) == 6
    early = [(rep, p) for rep, p in enumerate(presses) if p.is_early]
    # The first two cues teach the rhythm.
    assert [rep for rep, _ in early] == [2, 3, 4, 5]
    for rep, press in early:
        assert press.start_s < 1.0 + 4.0 * rep + 0.3


def test_a_press_foreseen_is_given_up_when_the_set_ends_before() -> None:
    script = [entry for entry in reps(4) if entry[0] < 8.0]
    script += [(8.0, SetEnded(8.0, 1, 2)), (8.0, RestStarted(8.0, 30.0, Side.LEFT))]
    assert len(run(with_habits(early=1.0), script, 14.0).truth.presses) == 2


def test_a_false_start_in_the_countdown_belongs_to_the_set() -> None:
    script: Script = [
        (1.0, CountdownStarted(1.0, 3.0)),
        *((at_s, cue) for at_s, cue in reps(1, start_s=4.0)),
    ]
    (press,) = run(with_habits(early=1.0), script, 9.0).truth.presses
    assert press.is_early
    assert press.set_number == 1
    assert press.end_s > 6.0


def test_a_weak_press_stays_far_below_its_target() -> None:
    presses = run(with_habits(weak=1.0), reps(3), 14.0).truth.presses
    assert len(presses) == 3
    assert all(p.is_weak and p.plateau_n < 20.0 for p in presses)


def test_a_short_press_lets_go_before_it_is_told() -> None:
    presses = run(with_habits(short=1.0), reps(3, hold_s=2.0), 14.0).truth.presses
    assert len(presses) == 3
    for rep, press in enumerate(presses):
        assert press.is_short
        assert press.end_s < 1.0 + 4.0 * rep + 2.5


def test_a_clean_press_loads_the_heel_and_a_calf_unloads_it() -> None:
    intrinsic = replace(IDEAL, foot=replace(IDEAL.foot, clean_ratio=0.0))
    clean = run(intrinsic, reps(1), 5.0)
    pushed = run(with_habits(intrinsic, compensated=1.0), reps(1), 5.0)
    (press,) = pushed.truth.presses
    assert press.is_compensated
    assert heel_change(clean) == pytest.approx(0.34 * clean.truth.presses[0].plateau_n, rel=0.1)
    assert heel_change(pushed) < 0.0


def test_a_set_declines_from_its_onset_and_a_rest_restores_it() -> None:
    tiring = FatigueConfig(probability=1.0, onset_share=(0.5, 0.5), decline_per_rep=0.05)
    foot = replace(IDEAL.foot, target_error=0.0)
    config = replace(IDEAL, foot=foot, fatigue=tiring)
    script: Script = [
        *reps(10),
        (42.0, RestStarted(42.0, 120.0, Side.LEFT)),
        *reps(3, start_s=170.0),
    ]
    truth = run(config, script, 183.0).truth
    first = truth.sets[0]
    assert (first.first_press, first.onset_press) == (1, 5)
    plateaus = [p.plateau_n for p in truth.presses]
    assert len(plateaus) == 13
    assert plateaus[:4] == pytest.approx([40.0] * 4, rel=1e-3)
    assert plateaus[4:10] == pytest.approx([40.0 * (1 - 0.05 * k) for k in range(1, 7)], rel=1e-3)
    assert plateaus[10] > 0.94 * 40.0
    assert [p.is_lowered for p in truth.presses[:10]] == [False] * 4 + [True] * 6


def test_the_other_foot_steps_on_in_the_rest_with_its_own_strength() -> None:
    foot = replace(IDEAL.foot, left_mvc_n=50.0, right_mvc_n=100.0, target_error=0.0)
    script: Script = [
        (1.0, SetStarted(1.0, Side.LEFT, 1, 2, 1)),
        (1.0, PressAsked(1.0, 1, None, 1.0)),
        (2.5, RelaxAsked(2.5)),
        (3.5, SetEnded(3.5, 1, 1)),
        (3.5, RestStarted(3.5, 10.0, Side.RIGHT)),
        (13.5, SetStarted(13.5, Side.RIGHT, 2, 2, 1)),
        (13.5, PressAsked(13.5, 1, None, 1.0)),
        (15.0, RelaxAsked(15.0)),
    ]
    session = run(replace(IDEAL, foot=foot), script, 17.0)
    left, right = session.truth.presses
    assert left.plateau_n == pytest.approx(20.0, rel=0.01)
    assert right.plateau_n == pytest.approx(40.0, rel=0.01)
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    kinds = [d.kind for d in session.truth.disturbances if d.kind.startswith("foot")]
    assert kinds == ["foot off", "foot on"]
    assert session.toe_n.min() == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(
    "cue", [SessionEnded(3.0, is_complete=True), SessionStopped(3.0, StopReason.PAIN)]
)
def test_at_the_end_the_foot_leaves_and_hears_no_more(
    cue: SessionEnded | SessionStopped,
) -> None:
    script: Script = [
        (1.0, PressAsked(1.0, 1, 40.0, 5.0)),
        (3.0, cue),
        (7.0, PressAsked(7.0, 1, 40.0, 1.0)),
    ]
    session = run(IDEAL, script, 10.0)
    assert len(session.truth.presses) == 1
    assert session.truth.presses[0].end_s < 4.2
    assert np.abs(session.force_n[-80:]).max() < 0.01


def test_a_press_asked_while_the_foot_changes_waits_for_the_foot() -> None:
    script: Script = [
        (1.0, SetStarted(1.0, Side.LEFT, 1, 2, 1)),
        (2.0, RestStarted(2.0, 1.0, Side.RIGHT)),
        (3.0, PressAsked(3.0, 1, 30.0, 1.0)),
    ]
    session = run(IDEAL, script, 10.0)
    (press,) = session.truth.presses
    on = next(d for d in session.truth.disturbances if d.kind == "foot on")
    assert press.start_s > on.end_s


def test_a_counted_rep_changes_nothing() -> None:
    counted = run(IDEAL, [*reps(1), (5.5, RepCounted(5.5, 1, 40.0))], 7.0)
    np.testing.assert_array_equal(counted.force_n, run(IDEAL, reps(1), 7.0).force_n)


def test_reading_the_truth_changes_nothing() -> None:
    read, unread = SimStream(SimConfig(seed=5)), SimStream(SimConfig(seed=5))
    for stream in (read, unread):
        stream.hear(PressAsked(0.0, 1, 40.0, 1.5))
    for _ in range(120):
        assert read.truth == read.truth
        first, second = read.next_frame(), unread.next_frame()
        assert first is not None
        assert second is not None
        np.testing.assert_array_equal(first[0].counts, second[0].counts)
    assert read.truth == unread.truth
    assert len(read.truth.presses) == 1


def test_each_press_leaves_the_rest_level_a_little_moved() -> None:
    session = run(replace(IDEAL, unrest=replace(CALM, resettle_n=1.0)), reps(5), 22.0)
    resettled = [d for d in session.truth.disturbances if d.kind == "resettle"]
    assert len(resettled) == 5
    moved_n = session.toe_n[-20:].mean() - session.toe_n[:20].mean()
    assert moved_n == pytest.approx(sum(d.toe_n for d in resettled), abs=1e-3)
    assert abs(moved_n) > 0.1


def test_forces_vary_around_the_plateau_by_wander_and_tremor() -> None:
    unsteady = FootConfig(wander_cv=(0.05, 0.05), tremor_ratio=(0.02, 0.02), droop=0.0)
    session = run(replace(IDEAL, foot=unsteady), [(1.0, PressAsked(1.0, 1, 40.0, 30.0))], 30.0)
    held_n = session.toe_n[int(5 * 92.9) :] - session.toe_n[:20].mean()
    assert held_n.std() / held_n.mean() == pytest.approx(0.054, rel=0.25)


def heel_change(session: Session) -> float:
    (press,) = session.truth.presses
    time_s = session.time_s
    held = (time_s > press.start_s + 0.5) & (time_s < press.end_s - 0.5)
    return float(np.median(session.force_n[held, 3]) - session.force_n[:20, 3].mean())
