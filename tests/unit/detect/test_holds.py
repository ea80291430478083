"""The detector from block to event, on recordings of one known shape at a time."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.unit.detect.traces import (
    REST_N,
    blocks_of,
    detect,
    feed,
    make_detector,
    noise,
    resting,
    settled,
    stamps,
    times_of,
    trapezoid,
)
from trainer.core.arrays import FloatArray
from trainer.core.events import (
    ContactEnded,
    ContactStarted,
    Event,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
)

TIME = stamps(30.0)
REST = resting(TIME)
THREE = trapezoid(TIME, 5, 6.5, 40) + trapezoid(TIME, 8, 9.5, 40) + trapezoid(TIME, 11, 12.5, 40)
THREE_TIMES = [(5.0, 6.5), (8.0, 9.5), (11.0, 12.5)]


PRESS = [ContactStarted, HoldStarted, ContactEnded, HoldReleased, HoldSettled]
"""What is told of one press."""


def kinds_of(events: list[Event]) -> list[type[Event]]:
    """Return what each event is."""
    return [type(event) for event in events]


def presses(*spans: tuple[float, float, float]) -> FloatArray:
    """Return (n,) newtons of presses given as start, end and plateau."""
    return sum((trapezoid(TIME, *span) for span in spans), np.zeros(len(TIME)))


def test_three_presses_are_three_holds_live_and_in_the_verdict() -> None:
    holds, events = detect(TIME, REST + THREE)
    assert times_of(holds) == THREE_TIMES
    assert settled(events) == list(holds)
    assert kinds_of(events) == PRESS * 3
    assert [hold.plateau_n for hold in holds] == pytest.approx([40.0] * 3, abs=0.1)
    assert [hold.rest_n for hold in holds] == pytest.approx([REST_N] * 3, abs=0.1)


def test_the_lamp_lights_within_the_rise_and_a_hold_is_settled_half_a_second_after_it() -> None:
    _, events = detect(TIME, REST + THREE)
    for event in events:
        match event:
            case HoldStarted(at_s, start_s):
                assert 0.0 <= at_s - start_s < 0.1
                assert min(abs(at_s - start) for start, _ in THREE_TIMES) < 0.1
            case HoldSettled(at_s, hold):
                assert 0.0 < at_s - hold.end_s < 0.5
            case HoldReleased(at_s):
                assert min(abs(at_s - end) for _, end in THREE_TIMES) < 0.1


def test_events_come_in_order_of_time() -> None:
    _, events = detect(TIME, REST + THREE)
    times = [event.at_s for event in events if not isinstance(event, GapFound)]
    assert len(times) == len(events) == 15
    assert all(a <= b for a, b in pairwise(times))


def test_every_event_carries_a_stamp_of_the_recordings_own_clock() -> None:
    time = 5000.0 + 1.01 * TIME
    holds, events = detect(time, REST + THREE)
    told = [event.at_s for event in events if not isinstance(event, GapFound)]
    assert len(told) == 15
    assert np.isin(told, time).all()
    assert holds[0].start_s == pytest.approx(5000.0 + 1.01 * 5.0, abs=0.005)


@pytest.mark.parametrize("scale", [0.1, 1.0, 1e6])
def test_no_fixed_force_decides(scale: float) -> None:
    holds, _ = detect(TIME, scale * (REST + THREE))
    assert times_of(holds) == THREE_TIMES
    assert holds[0].plateau_n == pytest.approx(40 * scale, rel=0.01)


def test_a_weak_press_beside_strong_ones_is_found_and_a_fidget_is_not() -> None:
    weak, fidget = trapezoid(TIME, 15, 16, 6.0), trapezoid(TIME, 20, 20.12, 4.0, 0.06)
    holds, _ = detect(TIME, REST + THREE + weak + fidget)
    assert times_of(holds) == [*THREE_TIMES, (15.0, 16.0)]


def test_a_short_press_as_strong_as_the_others_is_found() -> None:
    holds, _ = detect(TIME, REST + THREE + trapezoid(TIME, 15, 15.15, 40, 0.06))
    assert times_of(holds) == [*THREE_TIMES, (15.0, 15.15)]


def test_a_minute_hold_is_one_hold() -> None:
    time = stamps(80.0)
    wander = 1.0 + 0.03 * np.sin(2 * np.pi * 0.7 * time)
    holds, _ = detect(time, resting(time) + wander * trapezoid(time, 10, 70, 12))
    assert times_of(holds) == [(10.0, 70.0)]


def test_quick_taps_are_each_a_hold() -> None:
    starts = np.arange(3.0, 28.0, 0.4)
    taps = (trapezoid(TIME, start, start + 0.25, 30, 0.1) for start in starts)
    holds, _ = detect(TIME, sum(taps, REST))
    assert [hold.start_s for hold in holds] == pytest.approx(starts.tolist(), abs=0.005)


def test_a_dip_within_a_hold_lights_the_lamp_again_for_the_same_hold() -> None:
    impact, dip = trapezoid(TIME, 5.2, 5.25, 14.0, 0.02), trapezoid(TIME, 5.7, 5.76, 28.5, 0.02)
    holds, events = detect(TIME, REST + THREE + impact - dip)
    assert times_of(holds) == THREE_TIMES
    first, again = [event for event in events if isinstance(event, HoldStarted)][:2]
    assert again.start_s == first.start_s
    assert again.at_s > first.at_s


def test_a_press_that_starts_again_before_rest_is_told_apart() -> None:
    force = presses((5.0, 6.0, 40.0), (6.25, 7.5, 38.0))
    holds, events = detect(TIME, REST + force)
    assert [hold.start_s for hold in holds] == pytest.approx([5.0, 6.25], abs=0.01)
    assert [hold.end_s for hold in holds] == pytest.approx([6.0, 7.5], abs=0.01)
    assert kinds_of(events) == PRESS * 2


@pytest.mark.parametrize("plateau_n", [1.4, 40.0])
def test_two_presses_with_half_a_release_between_are_two_holds(plateau_n: float) -> None:
    force = trapezoid(TIME, 5, 7, plateau_n, 0.1) - trapezoid(TIME, 5.8, 6.1, 0.65 * plateau_n, 0.1)
    holds, _ = detect(TIME, REST + force)
    assert [hold.start_s for hold in holds] == pytest.approx([5.0, 6.1], abs=0.05)
    assert [hold.end_s for hold in holds] == pytest.approx([5.8, 7.0], abs=0.05)


def test_rest_that_rises_after_a_hold_is_taken_as_the_new_level() -> None:
    shift = np.where(TIME > 6.5, 6.0, 0.0)
    detector = make_detector()
    events = feed(detector, blocks_of(TIME, REST + shift + THREE))
    assert times_of(settled(events))[1:] == THREE_TIMES[1:]
    assert settled(events)[0].end_s == pytest.approx(6.5, abs=0.03)
    assert detector.levels_n == pytest.approx([REST_N + 6.0] * 2, abs=0.1)


def test_the_level_does_not_move_during_a_hold() -> None:
    detector = make_detector()
    levels: list[float] = []
    for block in blocks_of(TIME, REST + trapezoid(TIME, 5, 20, 12.0)):
        detector.push(block)
        if 5.2 < block.time_s[0] < 20.0:
            assert detector.levels_n is not None
            levels.append(float(detector.levels_n[-1]))
    assert max(levels) - min(levels) == 0.0
    assert levels[0] == pytest.approx(REST_N, abs=0.1)


def test_every_cell_has_its_own_level() -> None:
    toes = resting(TIME) + THREE
    heel = 12.0 + noise(TIME, seed=3)
    detector = make_detector()
    feed(detector, blocks_of(TIME, np.column_stack([toes, heel]), cells=("toes", "heel")))
    assert detector.levels_n == pytest.approx([30.0, 12.0, 42.0], abs=0.1)


def test_drift_and_creep_are_followed() -> None:
    drift = 20.0 * np.sqrt(TIME / 30.0)
    holds, _ = detect(TIME, REST + drift + THREE)
    assert times_of(holds) == THREE_TIMES


@pytest.mark.parametrize("shift_n", [4.0, 20.0, -20.0])
def test_after_a_shift_of_the_rest_level_holds_are_found_as_before(shift_n: float) -> None:
    shift = shift_n * np.interp(TIME, [13, 14], [0, 1])
    holds, events = detect(TIME, REST + THREE + shift + presses((20, 22, 40), (26, 27.5, 12)))
    assert times_of(holds) == [*THREE_TIMES, (20.0, 22.0), (26.0, 27.5)]
    assert times_of(settled(events)) == times_of(holds)


def test_a_step_onto_the_pad_is_no_hold_and_holds_after_it_are_told_while_they_happen() -> None:
    step = np.where(TIME < 2, -REST_N, 0.0)
    detector = make_detector()
    events = feed(detector, blocks_of(TIME, REST + step + THREE))
    assert times_of(settled(events)) == THREE_TIMES
    assert times_of(detector.verdict()) == THREE_TIMES


def test_a_foot_that_leaves_the_pad_and_comes_back_is_no_hold() -> None:
    away = np.where((TIME > 13.6) & (TIME < 18), -REST_N, 0.0)
    holds, _ = detect(TIME, REST + away + THREE + presses((20, 21, 40), (23, 24, 40)))
    assert times_of(holds) == [*THREE_TIMES, (20.0, 21.0), (23.0, 24.0)]


@pytest.mark.parametrize(("lift_s", "back_n"), [(13.2, 0.0), (12.45, 2.0), (13.2, 9.0)])
def test_a_foot_that_left_right_after_a_press_comes_back_as_rest(
    lift_s: float, back_n: float
) -> None:
    """At 12.45 s within the bump, at 13.2 s soon after it; then put down with another load."""
    time_s = stamps(90.0)
    rest = resting(time_s) + noise(time_s, 0.1, seed=4)
    rest[time_s > lift_s] -= REST_N
    rest[time_s > 25.0] += REST_N + back_n
    before = [(2.0, 4.0), (6.0, 8.0), (9.0, 11.0)]
    after = [(45.0 + 4 * k, 47.0 + 4 * k) for k in range(10)]
    force = rest + trapezoid(time_s, 12.3, 12.5, 1.2, 0.1) * (time_s < lift_s)
    for start_s, end_s in before + after:
        force = force + trapezoid(time_s, start_s, end_s, 12.0)
    found, _ = detect(time_s, force)
    assert [hold.start_s for hold in found] == pytest.approx(
        [a for a, _ in before + after], abs=0.1
    )


def test_pulling_is_no_hold() -> None:
    pulls = presses(*((start, start + 1.0, -20.0) for start in (13.0, 16.0, 19.0, 22.0)))
    holds, events = detect(TIME, REST + pulls + presses((26, 27, 15)))
    assert times_of(holds) == [(26.0, 27.0)]
    assert times_of(settled(events)) == [(26.0, 27.0)]


def test_a_bump_that_lit_the_lamp_and_was_no_hold_is_withdrawn() -> None:
    bump = trapezoid(TIME, 5, 5.06, 20.0, 0.03)
    holds, events = detect(TIME, REST + bump)
    assert holds == ()
    assert kinds_of(events) == [*PRESS[:-1], HoldWithdrawn]


def test_sway_and_fidgets_alone_are_no_holds_of_a_trained_detector() -> None:
    sway = 1.0 * np.sin(2 * np.pi * 0.23 * TIME) + 0.7 * np.sin(2 * np.pi * 0.61 * TIME + 1)
    time = np.concatenate([TIME, TIME + 30.0])
    force = np.concatenate([REST + sway, REST + sway])
    holds, _ = detect(time, force)
    assert holds == ()


def test_a_recording_that_starts_within_a_press_finds_the_next_ones() -> None:
    pressed = np.interp(TIME, [2.0, 2.2], [40.0, 0.0])
    holds, _ = detect(TIME, REST + pressed + presses((3, 4, 40), (6, 7, 40)))
    assert times_of(holds) == [(3.0, 4.0), (6.0, 7.0)]


@pytest.mark.parametrize("until_s", [1.0, 4.0, 9.0])
def test_a_recording_that_starts_within_a_hold_finds_the_next_ones_of_the_same_force(
    until_s: float,
) -> None:
    pressed = np.interp(TIME, [until_s, until_s + 0.2], [40.0, 0.0])
    starts = until_s + np.array([2.0, 5.0, 8.0])
    holds, _ = detect(TIME, REST + pressed + presses(*((s, s + 1.5, 40.0) for s in starts)))
    assert [hold.start_s for hold in holds] == pytest.approx(starts.tolist(), abs=0.02)


@pytest.mark.parametrize("cut_s", [5.7, 6.48, 6.55, 6.7])
def test_a_hold_that_the_end_of_the_recording_cuts_off_is_reported(cut_s: float) -> None:
    part = cut_s > TIME
    holds, events = detect(TIME[part], (REST + THREE)[part])
    (hold,) = holds
    assert settled(events) == [hold]
    assert hold.start_s == pytest.approx(5.0, abs=0.005)
    assert hold.is_finished is (cut_s > 6.5)
    if not hold.is_finished:
        assert hold.end_s == TIME[part][-1]
    assert hold.plateau_n == pytest.approx(40.0, abs=0.1)


@pytest.mark.parametrize("sizes", [(1,), (3, 5, 11), (7,), (500,), (2400,)])
def test_any_cutting_gives_the_same_events(sizes: tuple[int, ...]) -> None:
    expected = feed(make_detector(), blocks_of(TIME, REST + THREE))
    assert feed(make_detector(), blocks_of(TIME, REST + THREE, sizes)) == expected


def test_an_empty_block_changes_nothing() -> None:
    detector = make_detector()
    empty = blocks_of(TIME[:0], REST[:0])
    nothing = blocks_of(TIME, REST)[0]
    assert empty == []
    hollow = replace(
        nothing, time_s=TIME[:0], force_n=nothing.force_n[:0], quality=nothing.quality[:0]
    )
    assert detector.push(hollow) == ()
    assert detector.levels_n is None


def test_no_hold_crosses_a_gap_and_both_parts_are_told_as_cut_off() -> None:
    force = REST + THREE
    before, after = TIME < 5.7, TIME > 6.1
    detector = make_detector()
    events = feed(detector, blocks_of(TIME[before], force[before]))
    count = int(before.sum())
    events += feed(detector, blocks_of(TIME[after], force[after], first_index=count))
    events += detector.finish()
    first, second, *others = detector.verdict()
    assert (first.end_s, second.start_s) == (TIME[before][-1], TIME[after][0])
    assert not first.is_finished
    assert not second.is_finished
    assert times_of(others) == THREE_TIMES[1:]
    assert [hold.plateau_n for hold in (first, second)] == pytest.approx([40.0] * 2, abs=0.1)


def test_the_tare_stays_over_a_gap() -> None:
    detector = make_detector()
    before, after = TIME < 4.0, TIME > 5.2
    feed(detector, blocks_of(TIME[before], REST[before]))
    count = int(before.sum())
    feed(detector, blocks_of(TIME[after], (REST + THREE)[after], first_index=count))
    detector.finish()
    assert times_of(detector.verdict())[1:] == THREE_TIMES[1:]
    assert detector.verdict()[0].plateau_n == pytest.approx(40.0, abs=0.1)


def test_many_short_runs_break_nothing() -> None:
    force = REST + THREE
    detector = make_detector()
    for first in range(0, len(TIME), 5):
        part = slice(first, first + 3)
        feed(detector, blocks_of(TIME[part], force[part], first_index=first))
    assert detector.finish() == ()
    assert detector.levels_n is None


@pytest.mark.parametrize("force_n", [0.0, -5.0, 1e12])
def test_a_constant_force_is_rest(force_n: float) -> None:
    holds, events = detect(TIME, np.full(len(TIME), force_n))
    assert (holds, events) == ((), [])


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_a_recording_of_a_few_samples_holds_nothing(count: int) -> None:
    holds, events = detect(TIME[:count], (REST + THREE)[:count])
    assert (holds, events) == ((), [])


@pytest.mark.parametrize("rate_hz", [10.0, 80.0, 92.9, 240.0, 1000.0])
def test_the_rate_changes_no_hold(rate_hz: float) -> None:
    time = stamps(14.0, rate_hz)
    force = presses_at(time)
    holds, _ = detect(time, force, rate_hz)
    assert [hold.start_s for hold in holds] == pytest.approx([5.0, 8.0, 11.0], abs=0.02)
    assert [hold.end_s for hold in holds] == pytest.approx([6.5, 9.5, 12.5], abs=0.02)


def presses_at(time_s: FloatArray) -> FloatArray:
    """Return (n,) newtons of a resting foot that presses three times."""
    presses_n = (trapezoid(time_s, start, end, 40.0, 0.4) for start, end in THREE_TIMES)
    return sum(presses_n, resting(time_s))


def test_glitches_at_the_very_start_spoil_no_tare() -> None:
    force = REST + THREE
    force[:3] = 1e6
    holds, _ = detect(TIME, force)
    assert times_of(holds) == THREE_TIMES


def test_a_tare_asked_for_takes_the_next_samples_as_rest() -> None:
    detector = make_detector()
    moved = REST + np.where(TIME > 4, 3.0, 0.0)
    blocks = blocks_of(TIME, moved)
    feed(detector, blocks[:42])
    detector.retare()
    feed(detector, blocks[42:43])
    assert detector.levels_n == pytest.approx([REST_N + 3.0] * 2, abs=0.1)


def test_a_tare_asked_for_drops_the_press_that_never_ends() -> None:
    detector = make_detector()
    step = np.where(TIME > 2, 20.0, 0.0)
    blocks = blocks_of(TIME, REST + step + THREE)
    events = feed(detector, blocks[:30])
    detector.retare()
    events += feed(detector, blocks[30:])
    assert kinds_of(events)[:4] == [*PRESS[:3], HoldWithdrawn]
    assert times_of(detector.verdict()) == THREE_TIMES


def test_a_tare_asked_for_right_after_a_hold_settles_it_first() -> None:
    detector = make_detector()
    blocks = blocks_of(TIME, REST + THREE)
    events = feed(detector, blocks[:67])
    detector.retare()
    events += feed(detector, blocks[67:])
    assert times_of(settled(events)) == THREE_TIMES


def test_a_tare_before_any_sample_changes_nothing() -> None:
    detector = make_detector()
    detector.retare()
    feed(detector, blocks_of(TIME, REST + THREE))
    assert times_of(detector.verdict()) == THREE_TIMES


def test_a_reset_forgets_everything() -> None:
    detector = make_detector(mvc_n=100.0)
    blocks = blocks_of(TIME, REST + THREE)
    first = feed(detector, blocks)
    detector.reset()
    assert (detector.levels_n, detector.verdict(), detector.candidates) == (None, (), [])
    assert feed(detector, blocks) == first


def test_a_known_maximum_keeps_the_lamp_off_for_a_fidget() -> None:
    fidget = REST + trapezoid(TIME, 5, 5.3, 5.0)
    unknown = feed(make_detector(), blocks_of(TIME, fidget))
    known = feed(make_detector(mvc_n=200.0), blocks_of(TIME, fidget))
    assert HoldStarted in kinds_of(unknown)
    assert HoldStarted not in kinds_of(known)


def test_a_press_too_weak_for_the_lamp_is_settled_without_it() -> None:
    detector = make_detector(mvc_n=350.0)
    dip = trapezoid(TIME, 5.7, 5.76, 6.5, 0.02)
    force = REST + trapezoid(TIME, 5.0, 6.5, 9.2) - dip
    events = feed(detector, blocks_of(TIME, force))
    assert kinds_of(events) == [HoldSettled]
    assert times_of(settled(events)) == [(5.0, 6.5)]


def test_what_is_too_weak_beside_the_holds_is_kept_for_the_verdict_and_not_told() -> None:
    detector = make_detector()
    fidget = trapezoid(TIME, 15, 15.5, 3.0)
    events = feed(detector, blocks_of(TIME, REST + THREE + fidget))
    assert times_of(settled(events)) == THREE_TIMES
    assert times_of(detector.candidates) == [*THREE_TIMES, (15.0, 15.5)]


def test_what_the_recording_shows_to_be_a_fidget_is_live_at_first_and_no_hold_in_the_end() -> None:
    early = trapezoid(TIME, 2.5, 2.8, 2.5, 0.1)
    holds, events = detect(TIME, REST + early + THREE)
    assert times_of(settled(events))[0] == (2.5, 2.8)
    assert times_of(holds) == THREE_TIMES


def test_strong_sway_from_the_start_lights_the_lamp_once_or_twice_and_then_no_more() -> None:
    time = stamps(120.0)
    sway = 3.0 * np.sin(2 * np.pi * 0.31 * time) + 2.0 * np.sin(2 * np.pi * 0.83 * time + 1)
    holds, events = detect(time, resting(time) + sway)
    lit_s = [event.at_s for event in events if isinstance(event, HoldStarted)]
    assert holds == ()
    assert len(lit_s) <= 3
    assert all(at_s < 20.0 for at_s in lit_s)


def test_presses_that_are_cut_flat_are_holds() -> None:
    shaken = presses((14.0, 16.0, 45.0)) + noise(TIME, 0.5, seed=2)
    holds, _ = detect(TIME, np.minimum(REST + THREE + shaken, REST_N + 20.0))
    assert len(holds) == 4
    assert [hold.plateau_n for hold in holds] == pytest.approx([20.0] * 4, abs=0.3)


@pytest.mark.parametrize("release_s", [1.0, 2.0, 3.0])
def test_a_press_that_is_let_go_slowly_has_its_whole_plateau_and_its_end(release_s: float) -> None:
    time_s = stamps(9.0 + release_s)
    corners = [2.0, 2.3, 5.0, 5.0 + release_s]
    force_n = 25.0 * np.interp(time_s, corners, [0.0, 1.0, 1.0, 0.0]) + resting(time_s)
    (hold,), _ = detect(time_s, force_n)
    assert abs(hold.plateau_n - 25.0) < 0.5
    assert abs(hold.end_s - (5.0 + release_s / 2)) < 0.1


def test_a_level_that_goes_on_falling_after_a_press_does_not_keep_it_open() -> None:
    time_s = stamps(30.0)
    drop_n = np.interp(time_s, [6.0, 12.0], [0.0, -80.0])
    force_n = trapezoid(time_s, 2.0, 6.0, 60.0) + 40.0 + drop_n + resting(time_s)
    _, events = detect(time_s, force_n)
    first = next(event for event in events if isinstance(event, HoldSettled))
    assert first.at_s < 10.0
