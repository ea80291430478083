"""How long circuits last: sets by how they are led, feet in turn, changes, rests, and the cap."""

from dataclasses import replace

import pytest

from tests.unit.coach.circuits import DRILLS
from tests.unit.coach.person import EXERCISE
from tests.unit.coach.programmes import foundation
from trainer.coach.agenda import make_agenda
from trainer.coach.length import (
    CHANGE_S,
    READY_S,
    beyond_cap,
    block_min,
    circuit_min,
    is_too_long,
    left_min,
    set_s,
    slots,
    step_mins,
)
from trainer.coach.programme import Circuit, Drill, Led, Sides, Step, Tempo
from trainer.coach.setline import parse_set
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind

SHIPPED = foundation().drills
ON_PAD_S = CHANGE_S + READY_S


def circuit(*lines: str, kind: SessionKind = SessionKind.TRAINING) -> Circuit:
    return Circuit("c", "C", kind, tuple(map(parse_set, lines)))


def before(*lines: str) -> list[float]:
    return [slot.before_s for slot in slots(circuit(*lines), SHIPPED)]


def test_zeroing_and_countdown_are_those_of_the_shipped_exercise() -> None:
    assert EXERCISE.tare_s + EXERCISE.countdown_s == READY_S


def test_three_sets_of_twenty_curls_of_both_feet_take_five_minutes_and_the_changes() -> None:
    (minutes,) = step_mins(circuit("3x20 toe_curl tempo 1-0.5-1 rest 45s each foot"), SHIPPED)
    # 6 x 50 s; between them 11 s to change, to be zeroed and to be counted down.
    assert minutes == pytest.approx((6 * 50 + 5 * 11) / 60)


def test_the_baseline_goes_over_the_cap_and_may() -> None:
    found = foundation().circuits["baseline"]
    work = [m for m, step in zip(step_mins(found, SHIPPED), found.steps, strict=True)
            if step.block is Block.WORK]  # fmt: skip
    assert work == pytest.approx([366 / 60, 6 * (16.1 + 11) / 60, 2 * (31 + 11) / 60])
    assert circuit_min(found, SHIPPED) > 15
    assert not is_too_long(found, SHIPPED, 15.0)
    assert is_too_long(replace(found, kind=SessionKind.TRAINING), SHIPPED, 15.0)


def test_one_rep_more_than_the_cap_is_too_long() -> None:
    found = circuit("1x12 toe_curl @40% tempo 1-0.5-1 left")
    minutes = circuit_min(found, SHIPPED)
    assert minutes == pytest.approx(0.5)
    assert not is_too_long(found, SHIPPED, minutes)
    more = circuit("1x13 toe_curl @40% tempo 1-0.5-1 left")
    assert is_too_long(more, SHIPPED, minutes)


def test_one_foot_rests_while_the_other_works() -> None:
    found = slots(circuit("2x20 toe_curl tempo 1-0.5-1 rest 45s each foot"), SHIPPED)
    assert [(s.item.nth, s.item.side) for s in found] == [
        (1, Side.LEFT),
        (1, Side.RIGHT),
        (2, Side.LEFT),
        (2, Side.RIGHT),
    ]
    assert [s.before_s for s in found] == [0, 11, 11, 11]
    assert found[0].set_s == 50


def test_what_the_other_set_leaves_of_the_rest_is_waited_for_zeroing_taken_in() -> None:
    # From the end of one set of a foot to its next: the other foot's change and set, then 14 s.
    assert before("2x4 toe_curl tempo 1-0.5-1 rest 35s") == [0, 11, 14, 11]


def test_one_foot_alone_waits_for_its_whole_rest() -> None:
    assert before("3x10s short_foot rest 40s left") == [0, 40, 40]
    assert slots(circuit("1x10s calf_raise both"), SHIPPED)[0].item.side is None


def test_what_the_clock_leads_needs_no_change_and_no_countdown() -> None:
    assert before("2x10s short_foot rest 0s", "1x10s calf_raise both") == [0, 0, 0, 0, 0]


def test_the_pad_is_come_onto_after_what_the_clock_led_also_with_both_feet() -> None:
    press = "2x4 toe_curl tempo 1-0.5-1 rest 0s both"
    assert before("1x10s short_foot left", press) == [0, ON_PAD_S + 1, READY_S]


@pytest.mark.parametrize(
    ("led", "step", "lasts_s"),
    [
        (Led.CLOCK, Step("x", reps=4, hold_s=5.0), 20.0),
        (Led.BALANCE, Step("x", duration_s=30.0), 35.0),
        (Led.TAPS, Step("x", duration_s=30.0), 31.0),
        (Led.RHYTHM, Step("x", duration_s=20.0), 7.5 * 2.5 + 1),
        (Led.PULSE, Step("x", duration_s=20.0), 20.0 + 1.1),
        (Led.HOLD, Step("x", duration_s=15.0), 15.0 + 1.1),
        (Led.HOLD, Step("x", reps=2, tempo=Tempo(1.0, 5.0, 1.0)), 2 * 6.6 + 1 + 0.5),
        (Led.HOLD, Step("x", reps=2, hold_s=4.0), 2 * 4.6 + 1 + 0.5),
        (Led.REPS, Step("x", reps=8, tempo=Tempo(0.3, 0.5, 2.0)), 8 * 2.8),
        (Led.REPS, Step("x", reps=8, tempo=Tempo(1.0, 0.5, 0.2)), 8 * 2.5),
        (Led.REPS, Step("x", duration_s=20.0), 20.0 + 1.25),
        (Led.REACT, Step("x", reps=4), 4 * (1.5 + 0.6 + 1.0 + 1.5)),
    ],
)
def test_a_set_lasts_as_it_is_led(led: Led, step: Step, lasts_s: float) -> None:
    assert set_s(step, Drill("x", "X", "", led)) == pytest.approx(lasts_s)


def test_the_time_left_falls_by_each_set_to_nothing() -> None:
    found = foundation().circuits["standard"]
    sets = slots(found, SHIPPED)
    left = [left_min(found, SHIPPED, done) for done in range(len(sets) + 1)]
    assert left[0] == circuit_min(found, SHIPPED) == pytest.approx(sum(step_mins(found, SHIPPED)))
    assert left[-1] == 0
    for done, slot in enumerate(sets):
        assert left[done] - left[done + 1] == pytest.approx(slot.slot_s / 60)
    assert sum(block_min(found, SHIPPED).values()) == pytest.approx(left[0])


def test_an_empty_circuit_takes_no_time_and_an_unknown_exercise_some() -> None:
    empty = circuit()
    assert (circuit_min(empty, {}), left_min(empty, {}, 0)) == (0, 0)
    nothing = Circuit("c", "C", SessionKind.TRAINING, (Step("x", sets=0, reps=5),))
    assert circuit_min(nothing, {}) == 0
    assert circuit_min(circuit("1x10 nothing_known left"), {}) > 0


WARM_UP = "1x60s mobility both as warm-up"
CALM = "1x30s breath both as cooldown"
CURLS = "2x4 curl @40% tempo 1-0.5-1 rest 0s each foot"


def left_out(lasted_s: float, cap_s: float, done: int = 1) -> list[int]:
    found = make_agenda(circuit(WARM_UP, CURLS, CALM), DRILLS)
    return [item.number for item in beyond_cap(found[done:], lasted_s, cap_s)]


def test_nothing_is_left_out_while_both_feet_and_the_cooldown_fit() -> None:
    # Both feet: 12 + 10 + 11 + 10, and 15 to spare; cooldown 30.
    assert left_out(60.0, 60.0 + 43 + 15 + 30) == []


def test_both_feet_are_left_out_where_one_alone_would_fit() -> None:
    assert left_out(60.0, 60.0 + 42 + 15 + 30) == [2, 3, 4, 5]
    assert left_out(60.0, 60.0 + 42 + 15 + 30, done=3) == [4, 5]


def test_a_second_foot_that_no_longer_fits_is_left_out_too() -> None:
    assert left_out(60.0, 60.0 + 22 + 30, done=2) == []
    assert left_out(60.0, 60.0 + 21 + 30, done=2) == [3, 4, 5]


def test_warm_up_and_cooldown_are_never_left_out() -> None:
    assert left_out(900.0, 60.0, done=0) == []
    assert left_out(900.0, 60.0, done=5) == []


def test_a_shorter_set_may_follow_one_that_is_left_out() -> None:
    steps = (WARM_UP, "1x30 curl @40% tempo 1-0.5-1 left", "1x5s balance left", CALM)
    found = make_agenda(circuit(*steps), DRILLS)
    dropped = beyond_cap(found[1:], 60.0, 60.0 + 10 + 30)
    assert [item.drill.id for item in dropped] == ["curl"]
    assert [item.side for item in dropped] == [Side(Sides.LEFT.value)]
