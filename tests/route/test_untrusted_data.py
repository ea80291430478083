"""Data that cannot be trusted never count: overload, gaps, and a program that was held up."""

import signal
from dataclasses import replace

import pytest

from tests.route.kills import wait_for_part
from tests.route.rig import Home, Played, differences, overlap_s, play, wait_until
from trainer.coach.results import RepResult
from trainer.core.cues import RejectReason, StopReason
from trainer.core.hold import Hold
from trainer.core.snapshot import Phase
from trainer.sources.sim.config import FaultRates, SimConfig


def with_faults(seed: int, **rates: float) -> SimConfig:
    """Return a simulated pad that fails in one way."""
    return SimConfig(seed=seed, faults=replace(FaultRates(), **rates))


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_rep_that_was_overloaded_does_not_count(seed: int) -> None:
    played = play(with_faults(seed, overload_per_min=6.0), reps=8)
    saturated = [hold for hold in played.holds if hold.is_saturated]
    assert played.sim.truth.faults.saturated > 0
    assert not any(hold.is_saturated for hold in counted(played))
    assert len(saturated) > 0 or played.session.snapshot.stop_reason == StopReason.SATURATED


def test_an_overload_that_comes_again_and_again_stops_the_session() -> None:
    played = play(with_faults(1, overload_per_min=60.0), reps=20)
    assert played.session.snapshot.phase is Phase.STOPPED
    assert played.session.snapshot.stop_reason == StopReason.SATURATED


@pytest.mark.parametrize("seed", range(1, 5))
def test_no_rep_counts_across_a_gap(seed: int) -> None:
    played = play(with_faults(seed, long_gap_per_frame=0.004), reps=8)
    gaps = played.pipeline.gaps
    assert len(gaps) >= 2
    for hold in counted(played):
        assert hold.is_finished
        assert not any(hold.start_s <= gap.start_s < hold.end_s for gap in gaps)
    reasons = {rep.reject_reason for done in sets(played) for rep in done if not rep.is_counted}
    assert reasons <= {RejectReason.CUT_OFF, RejectReason.LOST_SAMPLES, RejectReason.TOO_SHORT}


@pytest.mark.parametrize("seed", range(1, 4))
def test_frames_that_are_lost_or_come_twice_invent_no_rep(seed: int) -> None:
    played = play(with_faults(seed, lost_per_frame=0.02, duplicate_per_frame=0.05), reps=6)
    assert played.pipeline.assembler.lost_samples > 0
    assert len(counted(played)) == 6
    for hold in counted(played):
        assert sum(overlap_s(hold, press) > 0 for press in played.presses) == 1


def test_a_program_that_was_held_up_goes_on_as_if_nothing_had_been(home: Home) -> None:
    order = ("run", "--skip-mvc", "--sets", "1", "--reps", "3", "--speed")
    running = home.start(*order, "8")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 5_000)
    running.send_signal(signal.SIGSTOP)
    with pytest.raises(AssertionError):
        wait_until(lambda: False, within_s=1.5)
    running.send_signal(signal.SIGCONT)
    said = home.end(running)
    assert said.status == 0
    assert "NO DATA" not in said.out.upper()
    smooth = Home(home.root / "smooth")
    assert smooth.say(*order, "max").status == 0
    found = [at.say("analyse", at.recordings[0], "--json").found["holds"] for at in (home, smooth)]
    assert [*differences(*found)] == []


def counted(played: Played) -> list[Hold]:
    """Return the holds of the counted reps."""
    return [rep.hold for done in sets(played) for rep in done if rep.is_counted]


def sets(played: Played) -> list[tuple[RepResult, ...]]:
    """Return the reps of every set, counted or not."""
    return [done.reps for done in played.session.coach.result().sets]
