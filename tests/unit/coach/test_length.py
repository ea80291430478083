"""How long circuits last: the arithmetic of the first sessions, feet in turn, moves and rests."""

from dataclasses import replace

import pytest

from tests.unit.coach.programmes import foundation
from trainer.coach.length import (
    block_min,
    circuit_min,
    is_too_long,
    left_min,
    set_s,
    slots,
    step_min,
)
from trainer.coach.programme import Circuit, Sides, Step
from trainer.coach.setline import parse_set
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind


def circuit(*lines: str) -> Circuit:
    return Circuit("c", "C", SessionKind.TRAINING, tuple(map(parse_set, lines)))


def test_the_baseline_takes_fifteen_minutes_as_reckoned_by_hand() -> None:
    found = foundation().circuits["baseline"]
    work = [step for step in found.steps if step.block is Block.WORK]
    # 6 x 50 s; 6 x (15 s + 10 s to move the dome); 2 x 30 s.
    assert [step_min(step) for step in work] == pytest.approx([5.0, 2.5, 1.0])
    assert [step.exercise for step in work] == ["toe_curl", "arch_squeeze", "foot_taps"]
    assert block_min(found) == pytest.approx(
        {Block.WARM_UP: 5.0, Block.WORK: 8.5, Block.COOLDOWN: 1.5}
    )
    assert circuit_min(found) == pytest.approx(15.0)


def test_fifteen_minutes_are_not_too_long_and_one_rep_more_is() -> None:
    found = replace(foundation().circuits["baseline"], kind=SessionKind.TRAINING)
    assert not is_too_long(found, 15.0)
    more = tuple(replace(s, reps=s.reps + 1) if s.reps == 20 else s for s in found.steps)
    assert is_too_long(replace(found, steps=more), 15.0)
    assert not is_too_long(replace(found, steps=more, kind=SessionKind.BASELINE), 15.0)


def test_one_foot_rests_while_the_other_works() -> None:
    step = parse_set("2x20 toe_curl tempo 1-0.5-1 rest 45s each foot")
    assert set_s(step) == 50
    found = slots(Circuit("c", "C", SessionKind.TRAINING, (step,)))
    assert [(s.number, s.side) for s in found] == [
        (1, Side.LEFT),
        (1, Side.RIGHT),
        (2, Side.LEFT),
        (2, Side.RIGHT),
    ]
    assert [s.before_s for s in found] == [0, 0, 0, 0]


def test_what_the_other_set_leaves_of_the_rest_is_waited_for() -> None:
    found = slots(circuit("2x10s short_foot rest 40s"))
    assert [s.before_s for s in found] == [0, 15, 15, 15]
    # From the end of one set of a foot to its next: 15 + 10 + 15.
    assert sum(s.slot_s for s in found[1:3]) - found[2].set_s == 40


def test_one_foot_alone_waits_for_its_whole_rest() -> None:
    found = slots(circuit("3x10s short_foot rest 40s left"))
    assert [(s.side, s.before_s) for s in found] == [
        (Side.LEFT, 0),
        (Side.LEFT, 40),
        (Side.LEFT, 40),
    ]
    assert slots(circuit("1x10s calf_raise both"))[0].side is None


def test_a_device_is_moved_before_each_set_and_a_longer_rest_takes_that_in() -> None:
    plain, moved, rested = (
        slots(circuit(f"2x15s arch_squeeze {words}"))
        for words in ("rest 0s", "rest 0s with arch_dome", "rest 55s with arch_dome")
    )
    assert [s.before_s for s in plain] == [0, 0, 0, 0]
    assert [s.before_s for s in moved] == [10, 10, 10, 10]
    assert [s.before_s for s in rested] == [10, 20, 20, 20]


def test_the_hold_of_a_rep_takes_the_place_of_the_tempos() -> None:
    assert set_s(Step("x", reps=4, hold_s=5)) == 4 * 7
    assert set_s(Step("x", duration_s=30, reps=0, hold_s=5)) == 30


def test_the_time_left_falls_by_each_set_to_nothing() -> None:
    found = foundation().circuits["standard"]
    sets = slots(found)
    left = [left_min(found, done) for done in range(len(sets) + 1)]
    assert left[0] == circuit_min(found)
    assert left[-1] == 0
    for done, slot in enumerate(sets):
        assert left[done] - left[done + 1] == pytest.approx(slot.slot_s / 60)


def test_an_empty_circuit_takes_no_time() -> None:
    empty = circuit()
    assert (circuit_min(empty), left_min(empty, 0)) == (0, 0)
    assert step_min(Step("x", sets=0, reps=5, sides=Sides.RIGHT)) == 0
