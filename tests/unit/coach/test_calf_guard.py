"""Calf work has no calf guard: HEEL DOWN belongs to the work of the toes."""

from dataclasses import replace

import pytest

from tests.unit.coach.circuits import CURLS, DRILLS, WARM_UP, circuit, plan
from tests.unit.coach.person import LATENCY_S, make_hold
from tests.unit.coach.test_circuit import Doer
from trainer.coach.agenda import make_agenda
from trainer.coach.plan import Feet
from trainer.core.cues import RepCounted
from trainer.core.events import CompensationSeen
from trainer.core.findings import Compensation, Witness
from trainer.core.snapshot import Phase

HELPED = Compensation(is_compensated=True)


def at_set(*, is_guarded: bool) -> Doer:
    """Return a person in a measured set of calf raises without, or curls with the guard."""
    curl = DRILLS["curl"]
    raised = replace(curl, title="Calf raise", is_guarded=False)
    drills = {**DRILLS, "curl": curl if is_guarded else raised}
    agenda = make_agenda(circuit(WARM_UP, CURLS), drills, Feet.BOTH)
    return Doer(plan(WARM_UP, CURLS, agenda=agenda)).begin().reach(Phase.WORK)


def press_with_calf(doer: Doer) -> str:
    """Press at the cue while the calf helps; return the word of the hold."""
    while doer.view().cue != "PRESS":
        doer.wait(0.05)
    start_s = doer.start_press()
    doer.feel(CompensationSeen(doer.at_s, Witness.HEEL, 2.5))
    word = doer.view().cue
    doer.wait(1.4 - LATENCY_S)
    doer.end_press(replace(make_hold(start_s, 1.4, 36.0), compensation=HELPED))
    return word


@pytest.mark.parametrize("is_guarded", [True, False], ids=["curl", "calf raise"])
def test_heel_down_comes_in_a_curl_and_never_in_a_calf_raise(*, is_guarded: bool) -> None:
    doer = at_set(is_guarded=is_guarded)
    assert (press_with_calf(doer) == "HEEL DOWN") is is_guarded
    assert doer.last(RepCounted).is_compensated is is_guarded
    assert ("the calf helped" in doer.view().message) is is_guarded


def test_only_the_guarded_set_counts_reps_in_which_the_calf_helped() -> None:
    helped = []
    for is_guarded in (True, False):
        doer = at_set(is_guarded=is_guarded)
        for _ in range(3):
            press_with_calf(doer)
        helped.append(doer.coach.logs[2].compensated_reps)
    assert helped == [3, 0]
