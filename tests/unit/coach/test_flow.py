"""The flow: moves by the table and by nothing else."""

import math

import pytest

from tests.unit.coach.person import make_hold, make_session
from trainer.coach.flow import Flow
from trainer.coach.machine import TRANSITIONS, Trigger
from trainer.coach.part import Part
from trainer.core.cues import RejectReason
from trainer.core.snapshot import Phase


def flow_in(phase: Phase) -> Flow:
    """Return a flow whose phases do nothing."""
    flow = Flow(make_session(), phase)
    flow.parts = {each: Part(flow) for each in Phase}
    return flow


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("trigger", Trigger)
def test_a_trigger_that_means_nothing_changes_nothing(phase: Phase, trigger: Trigger) -> None:
    flow = flow_in(phase)
    flow.timer.start(0.0, 5.0)
    flow.move(trigger)
    is_legal = trigger in TRANSITIONS[phase]
    assert (flow.phase is phase) is not is_legal
    assert flow.timer.due_s == (math.inf if is_legal else 5.0)


def test_a_hold_is_void_that_touches_a_void_span() -> None:
    flow = flow_in(Phase.WORK)
    flow.void(10.0, 12.0, RejectReason.CUT_OFF)
    assert flow.void_reason(make_hold(8.0, 1.9)) is None
    assert flow.void_reason(make_hold(12.1, 1.0)) is None
    for start_s, length_s in ((8.0, 2.0), (8.0, 9.0), (11.0, 0.5), (12.0, 1.0)):
        assert flow.void_reason(make_hold(start_s, length_s)) is RejectReason.CUT_OFF


def test_void_spans_end_with_their_phase() -> None:
    flow = flow_in(Phase.WORK)
    flow.void(10.0, 12.0, RejectReason.CUT_OFF)
    flow.move(Trigger.SET_OVER)
    assert flow.void_reason(make_hold(11.0, 0.5)) is None
