"""Sequences under a share of body weight: beats in their planes, counted under their load."""

from dataclasses import replace

import pytest

from tests.unit.coach.circuits import COOLDOWN, WARM_UP, plan
from tests.unit.coach.test_circuit import Doer
from trainer.coach.agenda import Item
from trainer.coach.programme import Drill, Led, Sensor, Sides, Step
from trainer.core.commands import Next, Pause
from trainer.core.cues import LoadAsked, Side
from trainer.core.diary.training import EndedBy
from trainer.core.events import LoadSeen
from trainer.core.snapshot import Phase

PLANES = ("press", "spread", "close", "roll")
DRILL = Drill("seq", "Sequence", "Shift.", Led.SEQUENCE, Sensor.BALL, is_hard=True, beats=PLANES)
STEP = Step("seq", duration_s=20.0, sides=Sides.LEFT, target_pct_bw=40.0)
WEIGHT_N = 700.0


def at_sequence(weight_n: float | None = WEIGHT_N) -> Doer:
    base = plan(WARM_UP, Step("curl", reps=1), COOLDOWN)
    twice = [Item(number, 1, STEP, DRILL, Side.LEFT, number - 1) for number in (2, 3)]
    agenda = (base.agenda[0], *twice, replace(base.agenda[-1], number=4))
    made = plan(WARM_UP, COOLDOWN, agenda=agenda, weight_n=weight_n)
    return Doer(made).begin().reach(Phase.WORK)


def bear(doer: Doer, load_n: float, seconds: float) -> None:
    for _ in range(round(seconds / 0.25)):
        doer.wait(0.25)
        doer.feel(LoadSeen(doer.at_s, load_n))


def test_the_band_is_a_share_of_body_weight_and_each_beat_names_its_plane() -> None:
    doer = at_sequence()
    asked = doer.last(LoadAsked)
    assert (asked.low_n, asked.high_n) == pytest.approx((224.0, 336.0))
    assert doer.view().load_band_n == pytest.approx((224.0, 336.0))
    bear(doer, 500.0, 1.0)
    assert "224 to 336 N" in doer.view().message
    doer = at_sequence()
    words: list[str] = []
    for _ in range(8):
        assert doer.view().plane == doer.view().cue
        words.append(doer.view().cue)
        bear(doer, 280.0, 2.5)
    assert words == ["PRESS", "SPREAD", "CLOSE", "ROLL"] * 2
    assert doer.ended(2) is EndedBy.DONE


def test_a_beat_counts_under_the_load_that_was_asked_for_alone() -> None:
    doer = at_sequence()
    bear(doer, 280.0, 7.5)
    bear(doer, 180.0, 5.0)
    assert "More weight" in doer.view().message
    bear(doer, 400.0, 2.5)
    assert "Less weight" in doer.view().message
    assert (doer.view().rep, doer.view().reps) == (3, 8)
    bear(doer, 300.0, 5.0)
    log = doer.coach.logs[2]
    assert (log.counted_reps, log.asked_reps, log.target_pct_bw) == (5, 8, 40.0)
    assert log.target_n == pytest.approx(280.0)
    assert log.load_n == pytest.approx(280.0)


def test_without_a_weight_no_load_is_asked_for_and_how_to_note_it_is_said() -> None:
    doer = at_sequence(None)
    assert "footspring log weight" in doer.view().message
    assert doer.last(LoadAsked).high_n is None
    bear(doer, 500.0, 10.0)
    assert "footspring log weight" in doer.view().message
    bear(doer, 0.0, 10.0)
    assert doer.coach.logs[2].counted_reps == 4
    assert doer.coach.logs[2].target_n is None


def test_a_pause_begins_the_set_anew() -> None:
    doer = at_sequence()
    bear(doer, 280.0, 5.0)
    doer.do(Pause())
    doer.wait(20.0)
    doer.do(Next())
    doer.reach(Phase.WORK)
    assert doer.view().rep == 0
    bear(doer, 280.0, 20.0)
    assert doer.coach.logs[2].counted_reps == 8


def test_the_rest_still_shows_how_many_beats_were_counted() -> None:
    doer = at_sequence()
    bear(doer, 280.0, 12.5)
    bear(doer, 100.0, 7.5)
    assert doer.view().phase is Phase.REST
    assert (doer.view().rep, doer.view().reps) == (5, 8)
