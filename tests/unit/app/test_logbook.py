"""What was said in a session, read back from its notes."""

from dataclasses import asdict

import pytest

from trainer.app.logbook import NotedRep, match_hold, read_logbook, recorded_cues
from trainer.core.commands import Next
from trainer.core.cues import (
    MaxPressAsked,
    MvcMeasured,
    PressAsked,
    RejectReason,
    RelaxAsked,
    RepCounted,
    RepRejected,
    RepTakenBack,
    SetStarted,
    Side,
    TareAsked,
)
from trainer.core.events import GapFound, HoldSettled
from trainer.core.hold import Hold
from trainer.detect.tempo import AskedRep
from trainer.recording.recording import Note


def hold(start_s: float, end_s: float) -> Hold:
    return Hold(
        start_s=start_s,
        end_s=end_s,
        peak_n=40.0,
        plateau_n=38.0,
        mean_n=36.0,
        cv_pct=2.0,
        rfd_n_s=100.0,
        impulse_n_s=50.0,
        best_half_second_n=38.0,
        tremor_n=0.1,
        heel_change_n=None,
        trunk_push_n=None,
        is_finished=True,
        is_saturated=False,
        lost_samples=0,
        rest_n=1.0,
    )


def notes(*said: object) -> list[Note]:
    return [Note(0.0, type(one).__name__, asdict(one)) for one in said]  # type: ignore[call-overload] # any dataclass


SET = SetStarted(10.0, Side.RIGHT, 1, 3, 20)


def test_a_rep_is_noted_with_the_hold_that_was_settled_before_it() -> None:
    said = (
        SET,
        PressAsked(10.0, 1, 37.5, 1.5),
        HoldSettled(13.0, hold(11.0, 12.5)),
        RepCounted(13.0, 1, 38.0),
        HoldSettled(16.0, hold(15.0, 15.2)),
        RepRejected(16.0, RejectReason.TOO_SHORT),
    )
    [noted] = read_logbook(notes(*said)).sets
    assert (noted.number, noted.side, noted.asked_reps, noted.target_n) == (1, "right", 20, 37.5)
    assert noted.reps == [
        NotedRep(1, 11.0, 12.5, is_counted=True, reject_reason=None),
        NotedRep(2, 15.0, 15.2, is_counted=False, reject_reason=RejectReason.TOO_SHORT),
    ]


def test_a_rep_taken_back_is_the_last_counted_one() -> None:
    said = (
        SET,
        HoldSettled(13.0, hold(11.0, 12.5)),
        RepCounted(13.0, 1, 38.0),
        HoldSettled(16.0, hold(15.0, 15.2)),
        RepRejected(16.0, RejectReason.TOO_SHORT),
        RepTakenBack(17.0, 1),
        RepTakenBack(18.0, 0),
    )
    [noted] = read_logbook(notes(*said)).sets
    assert [rep.is_counted for rep in noted.reps] == [False, False]
    assert noted.reps[0].reject_reason is None


def test_maxima_and_tares_are_read_back() -> None:
    said = notes(TareAsked(1.0, 2.0), MvcMeasured(30.0, Side.LEFT, 92.0), TareAsked(40.0, 2.0))
    assert read_logbook(said).mvcs == [("left", 92.0, 30.0)]
    assert recorded_cues(said) == (TareAsked(1.0, 2.0), TareAsked(40.0, 2.0))


def test_which_foot_stood_there_is_read_back() -> None:
    told = (MaxPressAsked(3.0, Side.RIGHT, 1, 3, 4.0), SetStarted(50.0, Side.LEFT, 2, 6, 20))
    assert recorded_cues(notes(*told, RelaxAsked(60.0))) == told


def test_notes_that_tell_nothing_of_sets_are_passed_over() -> None:
    said = notes(Next(), GapFound(1.0, 2.0), RepCounted(1.0, 1, 5.0), RepTakenBack(1.0, 1))
    book = read_logbook([*said, Note(0.0, "Unknown", {"x": 1})])
    assert book.sets == []
    assert book.mvcs == []


@pytest.mark.parametrize(
    ("start_s", "end_s", "expected"), [(2.0, 3.0, 0), (3.9, 5.0, 1), (10.0, 11.0, None)]
)
def test_a_noted_rep_is_the_recomputed_hold_that_it_shares_most_with(
    start_s: float, end_s: float, expected: int | None
) -> None:
    holds = [hold(1.9, 4.0), hold(4.1, 6.0)]
    found = match_hold(NotedRep(1, start_s, end_s, is_counted=True), holds)
    assert found == (None if expected is None else holds[expected])


def test_the_cues_of_a_set_are_read_back() -> None:
    said = notes(
        SetStarted(1.0, Side.LEFT, 1, 1, 2),
        PressAsked(2.0, 1, None, 1.5),
        RelaxAsked(3.9),
        PressAsked(5.0, 2, 20.0, 1.5),
    )
    [noted] = read_logbook(said).sets
    assert noted.asked == [AskedRep(2.0, 1.5, 3.9), AskedRep(5.0, 1.5)]
    assert noted.target_n == 20.0
