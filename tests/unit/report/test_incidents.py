"""Incidents from events."""

from collections.abc import Callable

from trainer.core.events import (
    Event,
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
from trainer.core.hold import Hold
from trainer.report.incidents import Incident, IncidentKind, find_incidents


def test_close_losses_are_one_row_and_none_is_forgotten() -> None:
    events = [SamplesLost(at_s, 1) for at_s in range(0, 60, 2)] + [SamplesLost(90.0, 4)]
    assert find_incidents(events) == (
        Incident(IncidentKind.LOST, 0, 58, 30),
        Incident(IncidentKind.LOST, 90.0, 90.0, 4),
    )


def test_each_gap_keeps_its_own_row() -> None:
    found = find_incidents([GapFound(1.0, 2.0), GapFound(3.0, 4.0)])
    assert [(i.start_s, i.end_s) for i in found] == [(1.0, 2.0), (3.0, 4.0)]


def test_other_kinds_between_do_not_break_a_run() -> None:
    found = find_incidents(
        [SamplesLost(1.0, 1), SaturationSeen(1.5, "hallux"), SamplesLost(2.0, 1)]
    )
    assert found == (
        Incident(IncidentKind.LOST, 1.0, 2.0, 2),
        Incident(IncidentKind.OVERLOAD, 1.5, 1.5, 1),
    )


def test_losses_after_a_clock_that_stepped_back_start_a_new_row() -> None:
    found = find_incidents([SamplesRejected(50.0, 1), SamplesRejected(2.0, 1)])
    assert [(i.start_s, i.end_s) for i in found] == [(2.0, 2.0), (50.0, 50.0)]


def test_dropped_frames_are_counted() -> None:
    found = find_incidents([FramesDropped(1.0, 50), FramesDropped(2.0, 6)])
    assert found == (Incident(IncidentKind.DROPPED, 1.0, 2.0, 56),)


def test_holds_are_no_incidents(hold_of: Callable[..., Hold]) -> None:
    events: list[Event] = [
        HoldStarted(1.0, 0.9),
        HoldReleased(1.0),
        HoldSettled(3.0, hold_of()),
        HoldWithdrawn(1.0),
    ]
    assert find_incidents(events) == ()
