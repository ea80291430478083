"""A circuit from readiness to cooldown: warm-up, dose, fatigue, pain, pauses, logs."""

import math
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.unit.coach.circuits import COOLDOWN, CURLS, TEMPO, WARM_UP, plan
from tests.unit.coach.person import Person, at_work
from trainer.coach.circuit import CircuitCoach
from trainer.coach.circuitplan import WARM_UP_S, CircuitPlan
from trainer.coach.programme import Sides, Step
from trainer.core.commands import (
    Answer,
    Command,
    EndSession,
    Next,
    Pause,
    RateEase,
    RatePain,
    RateReadiness,
    SkipSet,
    SkipStep,
    Undo,
)
from trainer.core.cues import PressAsked, SetStarted, Side, StopReason, TapsAsked, TareAsked
from trainer.core.diary.training import Block, EndedBy, PainSite, SessionKind
from trainer.core.events import FatigueSeen, MarginSeen, TapSeen
from trainer.core.snapshot import Phase

LONG = Step("curl", sets=1, reps=15, sides=Sides.LEFT, target_pct_mvc=40.0)


class Doer(Person):
    """A person in a circuit."""

    def __init__(self, made: CircuitPlan) -> None:
        self.coach = CircuitCoach(made)
        super().__init__(self.coach)

    def begin(self) -> "Doer":
        self.do(Next())
        self.do(Next())
        return self

    def reach(self, phase: Phase, most_s: float = 900.0) -> "Doer":
        """Let time pass up to a phase; the press-here check is passed over."""
        end_s = self.at_s + most_s
        while self.view().phase is not phase:
            assert self.at_s < end_s, f"still in {self.view().phase}, not in {phase}"
            if self.view().phase is Phase.CHECK:
                self.do(Next())
            self.wait(0.5)
        return self

    def rep(self, force_n: float = 36.0) -> None:
        while self.view().cue != "PRESS":
            assert self.view().phase is Phase.WORK, self.view().phase
            self.wait(0.05)
        self.wait(0.3)
        self.press(1.4, force_n)

    def ended(self, number: int) -> EndedBy:
        return self.coach.logs[number].ended_by


def at_curls(*steps: Step, kind: SessionKind = SessionKind.TRAINING) -> Doer:
    made = plan(WARM_UP, *(steps or (CURLS,)), COOLDOWN, kind=kind)
    return Doer(made).begin().reach(Phase.WORK)


def test_a_whole_circuit_is_complete_and_each_set_is_noted_once() -> None:
    doer = Doer(plan()).begin()
    while not doer.coach.is_over:
        if doer.view().phase is Phase.WORK:
            doer.rep()
        elif doer.view().phase is Phase.CHECK:
            doer.do(Next())
        else:
            doer.wait(0.5)
    logs = doer.coach.logs
    assert list(logs) == [1, 2, 3, 4, 5, 6]
    assert [log.block for log in logs.values()] == [
        Block.WARM_UP,
        *[Block.WORK] * 4,
        Block.COOLDOWN,
    ]
    assert [logs[number].side for number in (2, 3, 4, 5)] == ["left", "right", "left", "right"]
    assert {log.counted_reps for log in logs.values() if log.is_measured} == {3}
    assert logs[2].device == "band"
    assert doer.coach.session_log().is_complete
    assert doer.coach.session_log().is_hard


def test_without_its_cooldown_a_session_is_not_complete() -> None:
    doer = at_curls()
    doer.do(SkipStep())
    doer.reach(Phase.CLOCK)
    assert doer.view().block == "cooldown"
    doer.do(SkipSet())
    assert doer.coach.is_over
    assert not doer.coach.session_log().is_complete
    assert doer.ended(6) is EndedBy.SKIPPED


def test_no_loaded_set_begins_before_five_minutes_of_warm_up_however_much_is_skipped() -> None:
    doer = Doer(plan()).begin()
    begun_s = doer.at_s
    doer.wait(10.0)
    doer.do(SkipSet())
    while doer.view().phase is not Phase.COUNTDOWN:
        doer.do(Next())
        if doer.view().phase is Phase.CLOCK:
            doer.do(SkipSet())
        doer.wait(1.0)
        assert doer.at_s < 1000
    assert doer.at_s - begun_s >= WARM_UP_S


def test_a_pause_warms_nobody_up() -> None:
    doer = Doer(plan()).begin()
    doer.wait(100.0)
    doer.do(Pause())
    doer.wait(400.0)
    assert doer.view().phase is Phase.PAUSED
    doer.do(Next())
    assert doer.view().left_s == pytest.approx(200.0)


@pytest.mark.parametrize("kind", [SessionKind.ACTIVATION, SessionKind.TRAVEL])
def test_activation_and_travel_need_no_warm_up(kind: SessionKind) -> None:
    doer = Doer(plan(CURLS, kind=kind)).begin()
    doer.reach(Phase.WORK, most_s=40.0)


def test_a_training_set_ends_before_its_onset_of_fatigue_with_the_margin_shown() -> None:
    doer = at_curls(LONG)
    for _ in range(9):
        doer.rep()
    assert doer.view().is_margin_watched
    assert doer.view().margin_pct is None
    doer.feel(MarginSeen(doer.at_s, 55.0))
    assert doer.view().margin_pct == 55.0
    assert doer.view().phase is Phase.WORK
    doer.feel(MarginSeen(doer.at_s, 25.0))
    assert doer.ended(2) is EndedBy.FATIGUE
    assert doer.coach.logs[2].onset_rep is None


def test_a_baseline_goes_on_into_fatigue_and_notes_its_onset() -> None:
    doer = at_curls(LONG, kind=SessionKind.BASELINE)
    for _ in range(9):
        doer.rep()
    doer.feel(MarginSeen(doer.at_s, 0.0), FatigueSeen(doer.at_s, 12.0, is_abrupt=False))
    assert doer.view().phase is Phase.WORK
    for _ in range(6):
        doer.rep()
    assert doer.ended(2) is EndedBy.DONE
    assert doer.coach.logs[2].onset_rep == 9


@pytest.mark.parametrize("kind", [SessionKind.TRAINING, SessionKind.BASELINE])
def test_a_sudden_loss_ends_any_set(kind: SessionKind) -> None:
    doer = at_curls(LONG, kind=kind)
    for _ in range(7):
        doer.rep()
    doer.feel(FatigueSeen(doer.at_s, 30.0, is_abrupt=True))
    assert doer.ended(2) is EndedBy.ABRUPT_LOSS


def test_the_first_reps_ramp_up_from_half_of_the_target_with_a_trace_to_follow() -> None:
    doer = at_curls(LONG)
    asked: list[float | None] = []
    for _ in range(5):
        while doer.view().cue != "PRESS":
            doer.wait(0.05)
        asked.append(doer.last(PressAsked).target_n)
        trace = doer.view().trace
        assert max(force_n for _, force_n in trace[:4]) == asked[-1]
        doer.rep()
    assert asked == pytest.approx([18.0, 24.12, 29.88, 36.0, 36.0])


def test_the_next_rep_is_seen_coming_with_its_own_force() -> None:
    doer = at_curls(LONG)
    for rep in range(LONG.reps):
        while doer.view().cue != "PRESS":
            doer.wait(0.05)
        course = doer.view().trace
        assert course[0][0] == pytest.approx(doer.last(PressAsked).at_s)
        is_last = rep + 1 == LONG.reps
        assert max(force_n for _, force_n in course[4:] or ((0.0, 0.0),)) == pytest.approx(
            0.0 if is_last else [24.12, 29.88, 36.0][min(rep, 2)]
        )
        doer.rep()
        if not is_last and doer.view().phase is Phase.WORK:
            next_s = doer.view().trace[-4][0]
            while doer.view().cue != "PRESS":
                doer.wait(0.05)
            assert doer.last(PressAsked).at_s == pytest.approx(next_s)


def test_while_data_are_stale_nobody_says_when_the_next_rep_comes() -> None:
    doer = at_curls(LONG)
    doer.rep()
    doer.coach.stale(True, doer.at_s)
    assert all(math.isfinite(at_s) for at_s, _ in doer.view().trace)


def test_a_test_is_not_ramped() -> None:
    doer = at_curls(LONG, kind=SessionKind.BASELINE)
    assert doer.last(PressAsked).target_n == pytest.approx(36.0)


def test_reps_keep_their_tempo_from_cue_to_cue() -> None:
    doer = at_curls(LONG)
    for _ in range(6):
        doer.rep()
    asked_s = [cue.at_s for cue in doer.heard(PressAsked)]
    assert max(b - a for a, b in pairwise(asked_s[1:])) < 3.0


def test_an_effort_above_six_after_two_of_many_reps_is_too_heavy() -> None:
    doer = at_curls(Step("curl", sets=2, reps=12, sides=Sides.LEFT, target_pct_mvc=40.0))
    doer.rep()
    doer.do(RateEase(2.0))
    assert doer.view().phase is Phase.WORK
    doer.rep()
    doer.do(RateEase(4.0))
    assert doer.view().phase is Phase.WORK
    doer.do(RateEase(3.0))
    assert doer.ended(2) is EndedBy.TOO_HEAVY
    doer.reach(Phase.WORK)
    assert doer.last(PressAsked).target_n == pytest.approx(0.9 * 36.0)


def in_phase(phase: Phase) -> Doer:
    doer = Doer(plan(WARM_UP, CURLS, COOLDOWN))
    if phase is Phase.READY:
        return doer
    doer.do(Next())
    if phase is Phase.READINESS:
        return doer
    doer.do(Next())
    if phase is Phase.PAUSED:
        doer.do(Pause())
        return doer
    if phase in {Phase.REST, Phase.TARE, Phase.CHECK}:
        while doer.view().phase is not phase:
            doer.wait(0.5)
        return doer
    return doer.reach(phase)


LIVE = sorted(
    set(Phase)
    - {Phase.FOLLOW, Phase.DONE, Phase.STOPPED, Phase.MVC_READY, Phase.MVC_PRESS, Phase.MVC_REST}
)


@pytest.mark.parametrize("phase", LIVE)
def test_a_pain_stop_leads_to_stopped_in_one_step_from_every_phase(phase: Phase) -> None:
    doer = in_phase(phase)
    doer.coach.stop(StopReason.PAIN, doer.at_s)
    assert doer.view().phase is Phase.STOPPED
    assert doer.coach.stop(StopReason.PAIN, doer.at_s) == ()


@pytest.mark.parametrize("phase", LIVE)
def test_sharp_pain_stops_from_every_phase(phase: Phase) -> None:
    doer = in_phase(phase)
    doer.do(RatePain(2.0, is_sharp=True))
    assert doer.view().phase is Phase.STOPPED
    assert doer.view().stop_reason == StopReason.PAIN.value


def test_sharp_pain_in_a_set_ends_it_by_pain_and_names_its_device() -> None:
    doer = at_curls()
    doer.rep()
    doer.do(RatePain(4.0, is_sharp=True))
    assert doer.ended(2) is EndedBy.PAIN
    assert doer.coach.logs[2].counted_reps == 1
    assert doer.coach.device == "band"


@pytest.mark.parametrize(
    ("pain", "site", "is_known", "stops", "share"),
    [
        (3.0, PainSite.NOT_SAID, False, False, 1.0),
        (4.0, PainSite.ACHILLES, False, False, 0.8),
        (4.0, PainSite.NOT_SAID, False, True, 1.0),
        (5.0, PainSite.NOT_SAID, True, False, 0.8),
        (5.5, PainSite.ACHILLES, True, True, 1.0),
    ],
)
def test_dull_pain_goes_on_dials_back_or_stops(
    pain: float, site: PainSite, is_known: bool, stops: bool, share: float
) -> None:
    doer = Doer(plan(has_known_pain=is_known)).begin().reach(Phase.WORK)
    for _ in range(3):
        doer.rep()
    doer.do(RatePain(pain, site=site))
    assert doer.coach.is_over is stops
    assert doer.coach.logs[2].pain == pain
    if not stops:
        doer.reach(Phase.WORK)
        assert doer.last(PressAsked).target_n == pytest.approx(38.0 * share)


def test_readiness_is_not_waited_for_and_a_tired_foot_gets_fewer_reps() -> None:
    idle = Doer(plan())
    idle.do(Next())
    idle.wait(20.5)
    assert idle.view().phase is Phase.CLOCK
    assert idle.coach.readiness is None
    tired = Doer(plan(WARM_UP, LONG, COOLDOWN))
    tired.do(Next(), Answer(1.0), Answer(2.0), Answer(8.0))
    assert tired.coach.readiness is not None
    assert tired.view().phase is Phase.CLOCK
    tired.reach(Phase.WORK)
    assert tired.last(SetStarted).reps == 12


def test_pain_of_more_than_five_before_the_session_stops_it() -> None:
    doer = Doer(plan())
    doer.do(Next(), RateReadiness(6.0, 0.0, 0.0))
    assert doer.view().phase is Phase.STOPPED


def test_a_set_is_rated_with_one_key_each_and_its_note_changes() -> None:
    doer = at_curls()
    for _ in range(3):
        doer.rep()
    assert doer.view().question == "ease"
    doer.do(Answer(7.0))
    assert doer.view().question == "pain"
    doer.do(Answer(1.0))
    assert doer.view().question == ""
    assert (doer.coach.logs[2].ease, doer.coach.logs[2].pain) == (7.0, 1.0)


def test_undo_takes_the_last_rep_out_of_the_note() -> None:
    doer = at_curls()
    for _ in range(3):
        doer.rep()
    doer.do(Undo())
    assert doer.coach.logs[2].counted_reps == 2


def test_a_pause_in_a_set_goes_on_with_its_reps_after_a_tare() -> None:
    doer = at_curls()
    doer.rep()
    tares = len(doer.heard(TareAsked))
    doer.do(Pause())
    doer.press(1.4, 36.0)
    doer.wait(30.0)
    doer.do(Next())
    assert doer.view().phase is Phase.TARE
    doer.reach(Phase.WORK)
    assert len(doer.heard(TareAsked)) == tares + 1
    assert doer.view().rep == 1
    doer.rep()
    doer.rep()
    assert doer.ended(2) is EndedBy.DONE
    assert doer.coach.logs[2].counted_reps == 3


def test_taps_are_counted_in_their_set_alone() -> None:
    taps = Step("taps", sets=2, duration_s=10.0, sides=Sides.LEFT)
    doer = at_curls(taps)
    asked = doer.last(TapsAsked)
    doer.feel(TapSeen(asked.at_s - 1.0), TapSeen(asked.at_s + 1.0), TapSeen(asked.at_s + 1.4))
    assert doer.view().rep == 2
    doer.wait(11.1)
    assert (doer.view().phase, doer.view().rep) == (Phase.REST, 2)
    doer.feel(TapSeen(doer.at_s))
    assert doer.coach.logs[2].counted_reps == 2


def test_reaction_cues_come_at_moments_handed_in() -> None:
    def asked_s(luck: float) -> float:
        react = Step("react", reps=4, sides=Sides.LEFT, tempo=TEMPO)
        made = plan(WARM_UP, react, COOLDOWN, luck=(luck,))
        doer = Doer(made).begin().reach(Phase.WORK)
        doer.wait(0.3)
        doer.press(1.0, 36.0)
        doer.wait(6.0)
        first, second = doer.heard(PressAsked)[:2]
        return second.at_s - first.at_s

    assert asked_s(1.0) - asked_s(0.0) == pytest.approx(3.0, abs=0.01)


def test_a_set_of_a_length_ends_with_it_however_few_reps_were_made() -> None:
    react = Step("react", duration_s=20.0, sides=Sides.LEFT, tempo=TEMPO)
    doer = Doer(plan(WARM_UP, react, COOLDOWN, luck=(1.0,))).begin().reach(Phase.WORK)
    begun_s = doer.at_s
    while doer.view().phase is Phase.WORK:
        if doer.view().cue == "NOW":
            doer.wait(0.3)
            doer.press(0.8, 36.0)
        else:
            doer.wait(0.1)
    assert 20.0 <= doer.at_s - begun_s < 25.0
    assert doer.ended(2) is EndedBy.DONE
    log = doer.coach.logs[2]
    assert 0 < log.counted_reps < doer.last(SetStarted).reps
    assert log.asked_reps == log.counted_reps


def test_a_session_goes_on_at_the_set_it_was_cut_off_at() -> None:
    before = at_curls()
    for _ in range(3):
        before.rep()
    before.reach(Phase.WORK)
    standing = before.coach.standing
    assert standing.number == 3
    made = plan(
        first=standing.number - 1,
        dose_share=standing.dose_share,
        warmed_s=standing.warmed_s,
        earlier=before.coach.logs,
    )
    after = Doer(made)
    after.do(Next())
    after.reach(Phase.WORK, most_s=40.0)
    assert after.last(SetStarted).set_number == 3
    assert after.view().side == "right"
    assert list(after.coach.logs) == [1, 2]


ENDS: list[tuple[Callable[[Doer], object], EndedBy]] = [
    (lambda doer: doer.do(EndSession()), EndedBy.ENDED),
    (lambda doer: doer.do(SkipSet()), EndedBy.SKIPPED),
    (lambda doer: doer.do(Pause(), EndSession()), EndedBy.ENDED),
    (lambda doer: doer.coach.stop(StopReason.STALE, doer.at_s), EndedBy.CUT_OFF),
]


@pytest.mark.parametrize(("end", "ended_by"), ENDS)
def test_a_set_that_was_begun_is_noted_whatever_ends_it(
    end: Callable[[Doer], object], ended_by: EndedBy
) -> None:
    doer = at_curls()
    doer.rep()
    end(doer)
    assert doer.ended(2) is ended_by
    assert doer.coach.logs[2].counted_reps == 1


@pytest.mark.parametrize("command", [Pause(), SkipSet(), Answer(3.0), RateEase(3.0)])
def test_a_session_of_one_exercise_knows_none_of_this(command: Command) -> None:
    person = at_work()
    before = person.view()
    person.do(command)
    assert person.view().phase is before.phase


@pytest.mark.parametrize("kind", [SessionKind.ACTIVATION, SessionKind.TRY_OUT])
def test_gentle_presses_without_a_maximum_are_not_measured_by_firm_ones(kind: SessionKind) -> None:
    step = Step("curl", reps=12, sides=Sides.LEFT, target_pct_mvc=10.0)
    doer = Doer(plan(step, kind=kind, known_mvc=())).begin().reach(Phase.WORK, most_s=60.0)
    is_gentle = kind is SessionKind.ACTIVATION
    assert ("lightly" in doer.view().message) is is_gentle
    for _ in range(4):
        doer.rep()
    assert (doer.view().target_low_n is None) is is_gentle


def test_without_a_maximum_it_is_said_that_the_band_is_estimated_and_the_cooldown_lies_below() -> (
    None
):
    work = Step("curl", sets=2, reps=4, sides=Sides.LEFT, target_pct_mvc=40.0)
    low = Step("squeeze", hold_s=5.0, sides=Sides.LEFT, target_pct_mvc=20.0, block=Block.COOLDOWN)
    doer = Doer(plan(WARM_UP, work, low, known_mvc=()))
    assert "run --circuit baseline" in doer.view().message
    doer.begin().reach(Phase.WORK)
    assert "No maximum is known" in doer.view().message
    for _ in range(4):
        doer.rep(40.0)
    doer.reach(Phase.WORK)
    assert "the band is estimated" in doer.view().message
    assert doer.view().target_high_n == pytest.approx(19.2)
    for _ in range(4):
        doer.rep(16.0)
    doer.reach(Phase.WORK)
    assert doer.view().block == "cooldown"
    assert doer.view().target_low_n == pytest.approx(6.4)
    assert doer.view().is_target_estimated


@pytest.mark.parametrize(("reps", "said"), [(2, "of all such sets"), (3, "The first 3 reps set")])
def test_a_set_of_fewer_than_three_reps_does_not_say_that_it_sets_the_band(
    reps: int, said: str
) -> None:
    few = Step("squeeze", sets=2, reps=reps, hold_s=2.0, sides=Sides.LEFT, target_pct_mvc=40.0)
    doer = Doer(plan(WARM_UP, few, COOLDOWN, known_mvc=())).begin().reach(Phase.WORK)
    assert said in doer.view().message


def test_where_the_maximum_is_known_nothing_is_said_of_it() -> None:
    assert "maximum" not in Doer(plan()).view().message


def test_a_new_user_is_told_of_a_press_beyond_the_cap() -> None:
    made = plan(WARM_UP, CURLS, COOLDOWN, most_n={Side.LEFT: 45.0})
    doer = Doer(made).begin().reach(Phase.WORK)
    doer.rep(36.0)
    assert "first weeks" not in doer.view().message
    doer.rep(44.0)
    assert "stay below 45 N" in doer.view().message


def test_a_rhythm_has_its_beats_in_the_trace_the_next_one_too() -> None:
    step = Step("rhythm", reps=3, sides=Sides.LEFT, tempo=TEMPO, target_pct_mvc=20.0)
    doer = at_curls(step)
    first, second = doer.last(PressAsked).at_s, doer.last(PressAsked).at_s + TEMPO.rep_s
    assert [at_s for at_s, force_n in doer.view().trace if not force_n][:1] == [first]
    assert [at_s for at_s, _ in doer.view().trace][4] == pytest.approx(second)
    doer.wait(2.5)
    assert len(doer.view().trace) == 4
