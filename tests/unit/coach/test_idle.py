"""A set in which nothing is seen: asked about once, then it ends, and the session goes on."""

from dataclasses import replace

import pytest

from tests.unit.coach.circuits import COOLDOWN, CURLS, WARM_UP, plan
from tests.unit.coach.person import EXERCISE
from tests.unit.coach.test_circuit import Doer, at_curls
from trainer.app.programmes import load_programme
from trainer.coach.agenda import make_agenda
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.programme import Programme
from trainer.core.commands import Next, Pause
from trainer.core.cues import MaxPressAsked, RejectReason, RepCounted, RepRejected, SetStarted
from trainer.core.diary.training import EndedBy, SessionKind
from trainer.core.snapshot import Phase

FOUNDATION: Programme = load_programme(None)
SHIPPED = sorted(FOUNDATION.circuits)
IDLE_S = 30.0


@pytest.mark.parametrize("circuit_id", SHIPPED)
@pytest.mark.parametrize("is_known", [True, False])
def test_on_a_silent_pad_every_shipped_circuit_ends_and_counts_nothing(
    circuit_id: str, is_known: bool
) -> None:
    circuit = FOUNDATION.circuits[circuit_id]
    agenda = make_agenda(circuit, FOUNDATION.drills)
    known = plan().known_mvc if is_known else ()
    doer = Doer(CircuitPlan(circuit, agenda, EXERCISE, "Ann", known_mvc=known))
    doer.step_s = 5.0
    doer.do(Next())
    most_s = 900.0 + sum(4 * IDLE_S + item.set_s + item.step.rest_s for item in agenda)
    while not doer.coach.is_over:
        doer.wait(5.0)
        assert doer.at_s < most_s, f"still in {doer.view().phase} of set {doer.view().set_number}"
    assert doer.heard(RepCounted) == []
    assert len(doer.coach.logs) == len(agenda)
    assert sum(log.counted_reps for log in doer.coach.logs.values()) == 0


def test_a_set_without_presses_asks_once_and_ends_as_nothing_seen() -> None:
    doer = at_curls()
    begun_s = doer.at_s
    doer.wait(IDLE_S + EXERCISE.hold_s + 5.0)
    assert doer.view().phase is Phase.WORK
    assert "SKIP" in doer.view().message
    doer.reach(Phase.REST, most_s=IDLE_S + 10.0)
    assert doer.ended(2) is EndedBy.IDLE
    assert doer.coach.logs[2].counted_reps == 0
    assert doer.at_s - begun_s < 2 * (IDLE_S + EXERCISE.hold_s) + 15.0
    doer.reach(Phase.WORK)
    assert doer.last(SetStarted).set_number == 3


def test_a_rep_begins_the_wait_anew_and_what_was_done_is_noted() -> None:
    doer = at_curls()
    doer.rep()
    doer.wait(IDLE_S + 4.0)
    doer.rep()
    doer.wait(IDLE_S + 4.0)
    assert doer.view().phase is Phase.WORK
    doer.reach(Phase.REST, most_s=IDLE_S + 20.0)
    assert doer.ended(2) is EndedBy.IDLE
    assert doer.coach.logs[2].counted_reps == 2


def test_presses_that_never_count_do_not_keep_a_set_for_ever() -> None:
    doer = at_curls()
    while doer.view().phase is Phase.WORK:
        if doer.view().cue == "PRESS":
            doer.press(0.1, 36.0)
        doer.wait(0.5)
        assert doer.at_s < 600
    assert {cue.reason for cue in doer.heard(RepRejected)} == {RejectReason.TOO_SHORT}
    assert doer.ended(2) is EndedBy.IDLE


def test_a_pause_and_silence_of_the_pad_are_no_waiting() -> None:
    doer = at_curls()
    doer.wait(IDLE_S)
    doer.do(Pause())
    doer.wait(100.0)
    doer.do(Next())
    doer.reach(Phase.WORK)
    doer.wait(IDLE_S)
    assert "SKIP" not in doer.view().message
    doer.coach.stale(True, doer.at_s)
    doer.at_s += 9.0
    doer.coach.stale(False, doer.at_s)
    doer.wait(IDLE_S)
    assert doer.view().phase is Phase.WORK


def test_a_foot_that_gives_no_maximum_goes_on_without_it_and_the_other_is_asked() -> None:
    test = plan(WARM_UP, CURLS, COOLDOWN, kind=SessionKind.STANDARD_SET)
    doer = Doer(replace(test, known_mvc=())).begin().reach(Phase.MVC_PRESS)
    doer.reach(Phase.WORK, most_s=60.0)
    asked = doer.heard(MaxPressAsked)
    assert {cue.side for cue in asked} == {"left"}
    doer.reach(Phase.MVC_PRESS, most_s=200.0)
    assert doer.last(MaxPressAsked).side == "right"
