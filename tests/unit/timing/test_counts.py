"""Frames of raw counts: stamps from the node's ticks, losses from ticks and frame numbers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np
import pytest

from trainer.core.block import Block, Quality
from trainer.core.events import Event, FramesDropped, GapFound, SamplesLost
from trainer.core.packets import CountsPacket, Status, Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.timing.assemble import Assembled, Assembler

SameEvents: TypeAlias = Callable[[Sequence[Event], Sequence[Event]], None]

INFO: Final = StreamInfo(Stream.FORCE, ("hallux", "heel"), Unit.COUNTS)
PERIOD_S: Final = 0.0125
HOUR_S: Final = 3600.0


def test_samples_are_stamped_in_the_middle_of_their_conversion() -> None:
    block = only(Assembler(replace(INFO, delay_periods=2.0)).push(frames(3)))
    assert block.time_s == pytest.approx((np.arange(24) - 2) * PERIOD_S, abs=1e-9)
    assert block.data.dtype == np.float64
    assert block.data.tolist() == [[i, -i] for i in range(24)]
    assert block.quality.tolist() == [0] * 24
    assert (block.first_index, block.starts_run) == (0, True)


def test_the_index_goes_on_from_push_to_push() -> None:
    assembler = Assembler(INFO)
    blocks = [only(assembler.push([frame])) for frame in frames(3)]
    assert [b.first_index for b in blocks] == [0, 8, 16]
    assert [b.starts_run for b in blocks] == [True, False, False]
    assert assembler.samples == 24
    assert assembler.duration_s == pytest.approx(23 * PERIOD_S)


def test_nothing_in_gives_nothing_out() -> None:
    assembler = Assembler(INFO)
    assert assembler.rate_hz is None
    assert assembler.duration_s == 0.0
    assert assembler.push([]) == Assembled()
    empty = replace(frames(1)[0], counts=np.zeros((0, 2), np.int32))
    assert assembler.push([empty]) == Assembled()
    assert assembler.finish() == Assembled()


def test_the_rate_is_measured_where_the_node_is_one_percent_wrong() -> None:
    sent = [replace(f, period_us16=202_000) for f in frames(400)]
    assembler = Assembler(INFO)
    time_s = only(assembler.push(sent)).time_s
    assert assembler.rate_hz == pytest.approx(1 / PERIOD_S, rel=1e-6)
    assert time_s[-800:] == pytest.approx(np.arange(2400, 3200) * PERIOD_S, abs=1e-6)
    assert (np.diff(time_s) > 0.9 * PERIOD_S).all()


def test_a_clock_read_in_steps_of_five_milliseconds_is_smoothed() -> None:
    period_s = 1 / 92.7
    sent = [
        replace(f, tick_us=int(8 * k * period_s * 200) * 5000, period_us16=round(16e6 * period_s))
        for k, f in enumerate(frames(400))
    ]
    time_s = only(Assembler(INFO).push(sent)).time_s
    assert (np.diff(time_s) > 0.5 * period_s).all()
    # The raw ticks lie off an even grid by a standard deviation of 1.44 ms.
    assert (time_s - period_s * np.arange(3200))[400:].std() < 0.3e-3


def test_a_first_tick_read_late_is_forgotten_within_eight_frames() -> None:
    sent = [replace(f, tick_us=f.tick_us + 4000) for f in frames(9)]
    sent[0] = replace(sent[0], tick_us=8000)
    time_s = only(Assembler(INFO).push(sent)).time_s
    # The zero lies at the late tick, so the true stamps are 4 ms below the counted ones.
    assert time_s[-8:] + 0.004 == pytest.approx(np.arange(64, 72) * PERIOD_S, abs=0.6e-3)


def test_a_new_rate_is_taken_up_at_once_and_stamps_still_rise() -> None:
    nominal, measured = frames(1)[0], frames(2)[1]
    nominal = replace(nominal, period_us16=16 * 15_000)
    assembled = Assembler(INFO).push([nominal, measured])
    time_s = only(assembled).time_s
    assert (np.diff(time_s) > 0).all()
    assert np.diff(time_s)[8:] == pytest.approx(PERIOD_S)
    assert assembled.events == ()


@pytest.mark.parametrize("start_tick", [2**32 - 50_000, 2**32 - 1])
def test_the_wrap_of_clock_and_frame_number_leaves_no_trace(start_tick: int) -> None:
    sent = [
        replace(f, seq=(f.seq + 65_533) % 2**16, tick_us=(f.tick_us + start_tick) % 2**32)
        for f in frames(6)
    ]
    assembled = Assembler(INFO).push(sent)
    assert only(assembled).time_s == pytest.approx(np.arange(48) * PERIOD_S, abs=1e-9)
    assert assembled.events == ()


@pytest.mark.parametrize("silence_s", [600.0, HOUR_S, 2 * HOUR_S, 5 * HOUR_S])
def test_a_silence_of_hours_is_a_gap_of_its_own_length(
    same_events: SameEvents, silence_s: float
) -> None:
    missing = round(silence_s / (8 * PERIOD_S))
    assembler = Assembler(INFO)
    sent = [frame_at(k) for k in (0, 1, missing + 2, missing + 3)]
    assembled = assembler.push(sent)
    end_s = (2 + missing) * 8 * PERIOD_S
    same_events(
        assembled.events,
        [FramesDropped(end_s, missing), GapFound(15 * PERIOD_S, end_s)],
    )
    assert assembler.gaps == 1
    assert assembler.duration_s == pytest.approx(end_s + 15 * PERIOD_S)


def test_a_late_arrival_after_a_stalled_host_adds_no_wrap_of_the_clock() -> None:
    first, second = frames(2)
    assembled = Assembler(INFO).push([first, replace(second, arrival_s=2 * HOUR_S)])
    assert only(assembled).time_s == pytest.approx(np.arange(16) * PERIOD_S, abs=1e-9)


def test_frames_delivered_twice_count_once() -> None:
    sent = frames(6)
    doubled = [frame for frame in sent for _ in range(2)] + sent[2:]
    assembler = Assembler(INFO)
    assembled = assembler.push(doubled)
    assert only(assembled).data.tolist() == [[i, -i] for i in range(48)]
    assert assembled.events == ()
    assert assembler.samples == 48
    assert assembler.push(sent) == Assembled()


@pytest.mark.parametrize("late_by", [1, 3, 16])
def test_a_frame_that_was_overtaken_is_left_out_and_time_does_not_run_backwards(
    late_by: int,
) -> None:
    sent = frames(40)
    sent.insert(10 + late_by, sent.pop(10))
    assembler = Assembler(INFO)
    found = [assembler.push([frame]) for frame in sent]
    times = np.concatenate([block.time_s for done in found for block in done.blocks])
    assert (np.diff(times) > 0).all()
    assert times[-1] == pytest.approx(319 * PERIOD_S, abs=1e-6)
    assert assembler.samples == 312


def test_a_lost_frame_of_four_samples_is_held_flagged_and_counted(same_events: SameEvents) -> None:
    assembler = Assembler(INFO)
    assembled = assembler.push(without(frames(3, count=4), 1, 1))
    block = only(assembled)
    assert block.time_s == pytest.approx(np.arange(12) * PERIOD_S, abs=1e-9)
    assert block.data[:, 0].tolist() == [0, 1, 2, 3, 3, 3, 3, 3, 8, 9, 10, 11]
    assert block.quality.tolist() == [0] * 4 + [Quality.HELD] * 4 + [0] * 4
    same_events(
        assembled.events,
        [FramesDropped(8 * PERIOD_S, 1), SamplesLost(4 * PERIOD_S, 4)],
    )
    assert (assembler.lost_samples, assembler.samples, assembler.gaps) == (4, 8, 0)


def test_a_lost_frame_of_five_samples_is_a_gap(same_events: SameEvents) -> None:
    assembled = Assembler(INFO).push(without(frames(3, count=5), 1, 1))
    assert len(assembled.blocks) == 2
    before, after = assembled.blocks
    assert (before.first_index, after.first_index) == (0, 5)
    assert (before.starts_run, after.starts_run) == (True, True)
    assert after.time_s == pytest.approx(np.arange(10, 15) * PERIOD_S, abs=1e-9)
    same_events(
        assembled.events,
        [FramesDropped(10 * PERIOD_S, 1), GapFound(4 * PERIOD_S, 10 * PERIOD_S)],
    )


def test_a_gap_at_the_start_of_a_push_gives_one_block() -> None:
    first, _, third = frames(3)
    assembler = Assembler(INFO)
    assembler.push([first])
    block = only(assembler.push([third]))
    assert (block.first_index, block.starts_run) == (8, True)


def test_a_conversion_that_the_node_missed_is_seen_by_the_clock_alone(
    same_events: SameEvents,
) -> None:
    first, second = frames(2)
    late = replace(second, tick_us=second.tick_us + 12_500)
    assembled = Assembler(INFO).push([first, late])
    same_events(assembled.events, [SamplesLost(8 * PERIOD_S, 1)])


def test_frames_that_the_node_dropped_before_numbering_are_reported(
    same_events: SameEvents,
) -> None:
    first, second = frames(2)
    assembled = Assembler(INFO).push([first, replace(second, dropped_total=3)])
    same_events(assembled.events, [FramesDropped(8 * PERIOD_S, 3)])
    assert only(assembled).time_s == pytest.approx(np.arange(16) * PERIOD_S, abs=1e-9)


@pytest.mark.parametrize(("was_tick_us", "is_tick_us"), [(90_000_000, 0), (3_000_000_000, 99)])
def test_a_node_that_restarts_begins_a_new_clock_at_zero(
    same_events: SameEvents, was_tick_us: int, is_tick_us: int
) -> None:
    before = [replace(f, tick_us=f.tick_us + was_tick_us, dropped_total=7) for f in frames(2)]
    after = [replace(f, tick_us=f.tick_us + is_tick_us, arrival_s=2.0) for f in frames(2)]
    assembler = Assembler(INFO)
    assembled = assembler.push(before + after)
    same_events(assembled.events, [GapFound(15 * PERIOD_S, 0.0)])
    assert [b.time_s.tolist() for b in assembled.blocks] == [
        pytest.approx((np.arange(16) * PERIOD_S).tolist(), abs=1e-9)
    ] * 2
    assert assembler.duration_s == pytest.approx(30 * PERIOD_S)


def test_a_restarted_node_that_repeats_its_numbers_and_ticks_is_no_duplicate(
    same_events: SameEvents,
) -> None:
    before = frames(2)
    after = [replace(f, counts=f.counts + 1) for f in before]
    assembled = Assembler(INFO).push(before + after)
    same_events(assembled.events, [GapFound(15 * PERIOD_S, 0.0)])


def test_a_clock_that_stands_still_is_a_new_one(same_events: SameEvents) -> None:
    first, second = frames(2, count=1)
    assembled = Assembler(INFO).push([first, replace(second, tick_us=first.tick_us)])
    same_events(assembled.events, [GapFound(0.0, 0.0)])


def test_a_clock_that_falls_into_the_frame_before_is_a_new_one(same_events: SameEvents) -> None:
    first, second = frames(2)
    early = replace(second, tick_us=second.tick_us - 2 * 12_500)
    assembled = Assembler(INFO).push([first, early])
    same_events(assembled.events, [GapFound(7 * PERIOD_S, 0.0)])


def test_frame_numbers_that_start_again_on_a_running_clock_drop_nothing() -> None:
    first, second = frames(2)
    assembled = Assembler(INFO).push([replace(first, seq=700), replace(second, seq=0)])
    assert assembled.events == ()


def test_a_saturated_frame_marks_its_samples() -> None:
    first, second = frames(2)
    hot = Status.SATURATED | Status.LOW_BATTERY
    sent = [replace(first, status=Status.LOW_BATTERY), replace(second, status=hot)]
    block = only(Assembler(INFO).push(sent))
    assert block.quality.tolist() == [0] * 8 + [Quality.SATURATED] * 8


def test_frames_wait_for_the_node_to_measure_its_period() -> None:
    first, second, third = frames(3)
    assembler = Assembler(INFO)
    assert assembler.push([replace(first, period_us16=0)]) == Assembled()
    block = only(assembler.push([second, replace(third, period_us16=0)]))
    assert block.time_s == pytest.approx(np.arange(16) * PERIOD_S, abs=1e-9)


def test_other_streams_are_passed_over_and_other_widths_counted() -> None:
    assembler = Assembler(INFO)
    (frame,) = frames(1)
    wide = replace(frame, counts=np.zeros((8, 4), np.int32))
    narrow = UnitPacket(Stream.FORCE, np.zeros(1), np.zeros((1, 1)), 0.0)
    assert assembler.push([replace(frame, stream=Stream.IMU), wide, narrow]) == Assembled()
    assert assembler.foreign_packets == 2
    assert assembler.push([frame]).blocks


def test_a_frame_longer_than_any_of_the_air_is_stamped_too() -> None:
    block = only(Assembler(INFO).push(frames(2, count=600)))
    assert block.time_s == pytest.approx(np.arange(1200) * PERIOD_S, abs=1e-9)


def test_reset_begins_anew() -> None:
    assembler = Assembler(INFO)
    first = assembler.push(frames(3))
    assembler.reset()
    assert (assembler.samples, assembler.rate_hz) == (0, None)
    assert only(assembler.push(frames(3))).time_s.tolist() == only(first).time_s.tolist()


def frames(number: int, *, count: int = 8) -> list[CountsPacket]:
    """Return the first frames of a perfect node; row i counts (i, -i)."""
    return [frame_at(k, count) for k in range(number)]


def frame_at(number: int, count: int = 8) -> CountsPacket:
    row = np.arange(number * count, (number + 1) * count, dtype=np.int32)
    start_s = number * count * PERIOD_S
    return CountsPacket(
        Stream.FORCE,
        number % 2**16,
        round(start_s * 1e6) % 2**32,
        round(16e6 * PERIOD_S),
        0,
        Status.OK,
        np.stack((row, -row), axis=1),
        start_s,
    )


def without(sent: list[CountsPacket], first: int, number: int) -> list[CountsPacket]:
    return sent[:first] + sent[first + number :]


def only(assembled: Assembled) -> Block:
    assert len(assembled.blocks) == 1
    return assembled.blocks[0]
