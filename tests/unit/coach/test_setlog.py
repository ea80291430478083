"""What the note of a set says of it."""

import pytest

from tests.unit.coach.circuits import COOLDOWN, CURLS, TEMPO, WARM_UP, plan
from tests.unit.coach.person import make_hold
from tests.unit.coach.test_circuit import Doer, at_curls
from trainer.coach.programme import Sides, Step
from trainer.core.commands import SkipSet
from trainer.core.cues import RejectReason, RepRejected, SetEnded, SetStarted, TapsAsked
from trainer.core.diary.training import SetLog
from trainer.core.events import PulseSeen, SqueezeSeen, TapSeen, TapsMeasured
from trainer.core.snapshot import Phase


def test_a_set_says_where_in_which_recording_it_stands() -> None:
    doer = Doer(plan(WARM_UP, CURLS, COOLDOWN, recording="S2")).begin().reach(Phase.WORK)
    for _ in range(3):
        doer.rep()
    log = doer.coach.logs[2]
    assert log.recording == "S2"
    assert log.session_id == "S1"
    assert (log.start_s, log.end_s) == (doer.last(SetStarted).at_s, doer.last(SetEnded).at_s)


def test_a_set_left_out_stands_in_no_recording() -> None:
    doer = at_curls()
    doer.do(SkipSet())
    doer.do(SkipSet())
    assert (doer.coach.logs[3].recording, doer.coach.logs[3].start_s) == ("", None)


def at_set(step: Step) -> Doer:
    return Doer(plan(WARM_UP, step, COOLDOWN, luck=(0.1,))).begin().reach(Phase.WORK)


def noted(doer: Doer) -> SetLog:
    return doer.coach.logs[2]


def test_reaction_is_the_time_from_cues_that_could_not_be_foreseen() -> None:
    doer = at_set(Step("react", reps=4, sides=Sides.LEFT, tempo=TEMPO))
    for after_s in (0.9, 0.3, 0.35, 0.05):
        while doer.view().cue != "NOW":
            doer.wait(0.01)
        doer.wait(after_s)
        doer.press(0.8, 36.0)
    assert noted(doer).reaction_s == pytest.approx(0.325, abs=0.015)


def test_a_press_before_the_cue_to_react_to_counts_not_and_has_no_reaction_time() -> None:
    doer = at_set(Step("react", reps=3, sides=Sides.LEFT, tempo=TEMPO))
    doer.wait(0.3)
    doer.press(0.8, 36.0)
    assert doer.view().cue == "WAIT"
    doer.press(0.8, 36.0)
    assert doer.last(RepRejected).reason is RejectReason.EARLY
    assert "wait for the cue" in doer.view().message
    assert doer.view().rep == 1
    while doer.view().cue != "NOW":
        doer.wait(0.01)
    doer.wait(0.3)
    doer.press(0.8, 36.0)
    assert doer.view().rep == 2


def test_presses_at_a_tempo_have_no_reaction_time_and_their_steepest_rise_is_kept() -> None:
    doer = at_curls()
    for _ in range(3):
        doer.rep()
    assert noted(doer).reaction_s is None
    assert (noted(doer).rise_n_s, noted(doer).cv_pct) == (100.0, 3.0)


def test_the_longest_hold_is_weighed_as_a_squeeze() -> None:
    doer = at_set(Step("squeeze", reps=2, hold_s=6.0, sides=Sides.LEFT, target_pct_mvc=30.0))
    for length_s, decay_pct in ((5.0, 3.0), (7.0, 9.0)):
        while doer.view().cue != "PRESS":
            doer.wait(0.05)
        start_s = doer.at_s
        doer.feel(SqueezeSeen(start_s + length_s, start_s, length_s - 1.0, decay_pct))
        doer.press(length_s, 27.0)
    assert (noted(doer).decay_pct, noted(doer).in_band_s) == (9.0, 6.0)


def test_pulses_count_by_their_turns_and_their_beat_is_scored() -> None:
    doer = at_set(Step("pulse", reps=4, sides=Sides.LEFT, tempo=TEMPO, target_pct_mvc=20.0))
    start_s = doer.start_press()
    for gap_s in (0.2, 1.0, 1.1, 0.9):
        doer.wait(gap_s)
        doer.feel(PulseSeen(doer.at_s))
    assert (doer.view().rep, doer.view().reps) == (4, 4)
    doer.wait(0.5)
    doer.end_press(make_hold(start_s, doer.at_s - start_s, 18.0))
    assert noted(doer).counted_reps == 4
    assert noted(doer).beat_error_s == pytest.approx(0.1, abs=0.01)


def test_a_rhythm_is_scored_by_its_intervals_whatever_the_lag() -> None:
    doer = at_set(Step("rhythm", reps=5, sides=Sides.LEFT, tempo=TEMPO, target_pct_mvc=20.0))
    while doer.view().phase is Phase.WORK:
        if doer.view().cue == "PRESS":
            doer.press(0.4, 18.0)
        doer.wait(0.05)
    assert noted(doer).beat_error_s is not None
    assert noted(doer).beat_error_s == pytest.approx(0.0, abs=0.06)


def test_taps_are_noted_as_they_were_summed_up() -> None:
    doer = at_curls(Step("taps", duration_s=10.0, sides=Sides.LEFT))
    asked = doer.last(TapsAsked)
    doer.feel(TapSeen(asked.at_s + 1.0), TapsMeasured(asked.at_s + 10.0, 23, 7.5, 12.0))
    doer.wait(11.1)
    log = noted(doer)
    assert (log.taps, log.counted_reps, log.tap_cv_pct, log.tap_slowing_pct) == (23, 23, 7.5, 12.0)
