"""A replay: the coach follows."""

from dataclasses import replace

import pytest

from tests.unit.coach.person import make_hold, make_session
from trainer.coach.conductor import Follower
from trainer.coach.follow import starts_new_set
from trainer.core.commands import (
    ChangeAthlete,
    ChangeSide,
    EndSession,
    Next,
    Retare,
    SkipMvc,
    Undo,
)
from trainer.core.cues import (
    Cue,
    RepCounted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetStarted,
    Side,
    StopReason,
)
from trainer.core.events import GapFound, HoldReleased, HoldSettled, HoldStarted, SaturationSeen
from trainer.core.hold import Hold
from trainer.core.snapshot import Phase


def follower(**changes: dict[Side, float]) -> Follower:
    return Follower(make_session(mvc_n=changes.get("mvc_n")))


def show(conductor: Follower, *holds: Hold) -> list[Cue]:
    return [
        cue
        for hold in holds
        for event in (
            HoldStarted(hold.start_s, hold.start_s),
            HoldReleased(hold.end_s),
            HoldSettled(hold.end_s + 0.3, hold),
        )
        for cue in conductor.push(event)
    ]


def test_every_hold_is_a_rep_however_short_cut_off_or_saturated() -> None:
    conductor = follower()
    holds = (
        make_hold(1.0, 0.5),
        replace(make_hold(2.0, 1.0), is_saturated=True, lost_samples=80),
        replace(make_hold(4.0, 1.0), is_finished=False),
    )
    cues = show(conductor, *holds, make_hold(6.0, 0.1))
    assert len(cues) == 5
    assert cues[:4] == [
        SetStarted(1.8, Side.LEFT, 1, 0, 0),
        RepCounted(1.8, 1, 20.0),
        RepCounted(3.3, 2, 20.0),
        RepCounted(5.0, 3, 20.0),
    ]
    assert [rep.hold for rep in conductor.result().sets[0].reps][:3] == list(holds)


def test_a_rest_of_more_than_10_seconds_begins_a_set() -> None:
    conductor = follower()
    first, second, third = make_hold(0.0, 2.0), make_hold(12.0, 2.0), make_hold(24.1, 2.0)
    cues = show(conductor, first, second, third)
    assert [type(cue) for cue in cues] == [
        SetStarted,
        RepCounted,
        RepCounted,
        SetEnded,
        SetStarted,
        RepCounted,
    ]
    sets = conductor.result().sets
    assert [(s.start_s, s.end_s, len(s.reps)) for s in sets] == [(0.0, 14.0, 2), (24.1, None, 1)]
    assert conductor.view().set_number == 2
    assert conductor.view().rep == 1


def test_a_set_begins_with_the_first_hold_and_not_where_a_clock_steps_back() -> None:
    hold = make_hold(100.0, 1.0)
    assert starts_new_set(None, hold)
    assert not starts_new_set(hold, make_hold(5.0, 1.0))


def test_the_session_ends_with_the_recording() -> None:
    conductor = follower()
    show(conductor, make_hold(0.0, 1.0))
    assert conductor.finish(9.0) == (SetEnded(9.0, 1, 1), SessionEnded(9.0, is_complete=True))
    assert conductor.view().phase is Phase.DONE
    assert conductor.result().is_complete
    assert conductor.result().sets[0].end_s == 1.0
    assert conductor.finish(9.0) == ()


def test_a_recording_without_holds_ends_too() -> None:
    assert follower().finish(9.0) == (SessionEnded(9.0, is_complete=True),)


def test_a_replay_asks_for_nothing_whatever_is_commanded() -> None:
    conductor = follower()
    assert conductor.view().phase is Phase.FOLLOW
    assert conductor.view().cue == "REPLAY"
    assert "nothing is asked of you" in conductor.view().message
    for command in (Next(), SkipMvc(), Retare(), Undo()):
        assert conductor.obey(command, 1.0) == ()
    assert conductor.advance(100.0) == ()
    assert conductor.push(SaturationSeen(101.0, "toes")) == ()
    assert conductor.push(SaturationSeen(104.0, "toes")) == ()
    assert conductor.view().phase is Phase.FOLLOW


def test_a_hold_on_the_recording_shows_as_one() -> None:
    conductor = follower()
    conductor.push(HoldStarted(1.0, 0.9))
    conductor.advance(1.5)
    assert conductor.view().cue == "HOLD"
    assert conductor.view().hold_s == pytest.approx(0.6)


def test_a_known_maximum_gives_the_band_and_reps_give_none() -> None:
    conductor = follower()
    show(conductor, *(make_hold(float(start_s), 1.0) for start_s in range(0, 10, 2)))
    conductor.obey(ChangeSide(Side.RIGHT), 10.0)
    assert conductor.view().target_low_n is None
    assert follower(mvc_n={Side.LEFT: 100.0}).view().target_low_n == 32.0


def test_whose_and_which_foot_was_recorded_may_be_said_at_any_time() -> None:
    conductor = follower()
    show(conductor, make_hold(0.0, 1.0))
    conductor.obey(ChangeSide(Side.RIGHT), 2.0)
    conductor.obey(ChangeAthlete("Bo"), 2.0)
    assert conductor.view().side is Side.RIGHT
    assert conductor.result().sets[0].side is Side.RIGHT
    assert conductor.result().athlete == "Bo"
    conductor.obey(Undo(), 2.0)
    conductor.obey(Undo(), 2.0)
    assert conductor.result().sets[0].side is Side.LEFT
    assert not conductor.view().can_undo


def test_stale_data_and_steps_of_the_clock_reject_nothing() -> None:
    conductor = follower()
    conductor.stale(True, 0.5)
    show(conductor, make_hold(1.0, 1.0))
    conductor.stale(False, 3.0)
    conductor.push(GapFound(3.0, 0.0))
    cues = show(conductor, make_hold(0.5, 1.0))
    assert cues == [RepCounted(1.8, 2, 20.0)]


def test_a_replay_may_be_ended_early_and_stopped() -> None:
    conductor = follower()
    show(conductor, make_hold(0.0, 1.0))
    assert conductor.obey(EndSession(), 5.0)[-1] == SessionEnded(5.0, is_complete=False)
    conductor = follower()
    assert conductor.stop(StopReason.PAIN, 5.0) == (SessionStopped(5.0, StopReason.PAIN),)
    assert conductor.view().phase is Phase.STOPPED


def test_a_hold_that_only_the_end_settles_is_counted_at_its_end() -> None:
    conductor = follower()
    cut = replace(make_hold(7.0, 2.0), is_finished=False)
    assert conductor.push(HoldSettled(9.0, cut))[-1] == RepCounted(9.0, 1, 20.0)


def test_the_band_is_judged_while_a_hold_is_on() -> None:
    conductor = follower()
    assert not conductor.view().is_press_asked
    conductor.push(HoldStarted(1.0, 0.9))
    assert conductor.view().is_press_asked
    conductor.push(HoldReleased(2.0))
    assert not conductor.view().is_press_asked
