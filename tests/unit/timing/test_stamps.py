"""Samples with a stamp each: losses, gaps, new clocks and doubled rows are read off the stamps."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pytest

from trainer.core.block import Block, Quality
from trainer.core.events import Event, GapFound, SamplesLost
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.timing.assemble import Assembled, Assembler

SameEvents: TypeAlias = Callable[[Sequence[Event], Sequence[Event]], None]

FORCE: Final = StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, period_s=0.01)
NAN: Final = float("nan")
FALL: Final = [-float(i) for i in range(80)]


def test_stamps_and_values_are_taken_as_such() -> None:
    assembler = Assembler(FORCE)
    block = only(assembler.push([packet([5.0, 5.009, 5.02], [1.0, 2.0, 3.0])]))
    assert block.time_s.tolist() == [5.0, 5.009, 5.02]
    assert block.data.tolist() == [[1.0], [2.0], [3.0]]
    assert block.quality.tolist() == [0, 0, 0]
    assert block.starts_run
    assert assembler.rate_hz == 100.0
    assert assembler.duration_s == pytest.approx(0.02)


def test_the_converters_delay_is_taken_off_where_the_stream_has_one() -> None:
    info = replace(FORCE, delay_periods=2.0)
    block = only(Assembler(info).push([packet([1.0, 1.01], [0.0, 0.0])]))
    assert block.time_s == pytest.approx([0.98, 0.99])


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
@pytest.mark.parametrize("is_row_there", [True, False])
def test_up_to_four_missing_rows_are_held(
    same_events: SameEvents, missing: int, *, is_row_there: bool
) -> None:
    at = [0, 1, *range(2 + missing, 5 + missing)]
    rows = range(5 + missing) if is_row_there else at
    values = [float(i) if i in at else NAN for i in rows]
    assembler = Assembler(FORCE)
    assembled = assembler.push([packet([0.01 * i for i in rows], values)])
    block = only(assembled)
    assert block.time_s == pytest.approx(0.01 * np.arange(5 + missing))
    assert block.data[:, 0].tolist() == [0, 1, *[1] * missing, *at[2:]]
    assert block.quality.tolist() == [0, 0, *[Quality.HELD] * missing, 0, 0, 0]
    same_events(assembled.events, [SamplesLost(0.02, missing)])
    assert (assembler.samples, assembler.lost_samples) == (5, missing)


@pytest.mark.parametrize("is_row_there", [True, False])
def test_five_missing_rows_are_a_gap(same_events: SameEvents, *, is_row_there: bool) -> None:
    at = [0, 1, 7, 8]
    rows = range(9) if is_row_there else at
    values = [float(i) if i in at else NAN for i in rows]
    assembler = Assembler(FORCE)
    assembled = assembler.push([packet([0.01 * i for i in rows], values)])
    before, after = assembled.blocks
    assert (before.data[:, 0].tolist(), after.data[:, 0].tolist()) == ([0, 1], [7, 8])
    assert (after.first_index, after.starts_run) == (2, True)
    same_events(assembled.events, [GapFound(0.01, 0.07)])
    assert (assembler.samples, assembler.lost_samples, assembler.gaps) == (4, 0, 1)


def test_missing_rows_at_the_end_are_neither_lost_nor_a_gap_until_a_sample_follows(
    same_events: SameEvents,
) -> None:
    assembler = Assembler(FORCE)
    assembled = assembler.push([packet([0.0, 0.01, 0.02, 0.03], [1.0, 2.0, NAN, NAN])])
    assert (only(assembled).time_s.tolist(), assembled.events) == ([0.0, 0.01], ())
    assert assembler.push([packet([0.04], [NAN])]) == Assembled()
    late = assembler.push([packet([0.05], [3.0])])
    assert only(late).first_index == 2
    same_events(late.events, [SamplesLost(0.02, 3)])


def test_rows_without_a_stamp_are_as_good_as_not_there(same_events: SameEvents) -> None:
    assembled = Assembler(FORCE).push([packet([0.0, NAN, 0.02], [1.0, 2.0, 3.0])])
    assert only(assembled).data[:, 0].tolist() == [1.0, 1.0, 3.0]
    same_events(assembled.events, [SamplesLost(0.01, 1)])


def test_a_clock_that_steps_back_starts_a_run_at_its_new_stamps(same_events: SameEvents) -> None:
    assembler = Assembler(FORCE)
    assembled = assembler.push(
        [packet([2e9, 2e9 + 0.01, 3.3, 3.31, 3.32], [1.0, 2.0, 3.0, 4.0, 5.0])]
    )
    before, after = assembled.blocks
    assert (before.time_s.tolist(), after.time_s.tolist()) == ([2e9, 2e9 + 0.01], [3.3, 3.31, 3.32])
    assert (after.first_index, after.starts_run) == (2, True)
    same_events(assembled.events, [GapFound(2e9 + 0.01, 3.3)])
    assert assembler.duration_s == pytest.approx(0.03, abs=1e-6)


def test_a_row_written_twice_is_left_out_and_counted_as_received() -> None:
    stamps = [0.0, 0.01, 0.01, 0.01 + 7e-9, 0.02, 0.0201, 0.03]
    assembler = Assembler(FORCE)
    assembled = assembler.push([packet(stamps, [1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0])])
    assert only(assembled).time_s.tolist() == [0.0, 0.01, 0.02, 0.03]
    assert only(assembled).data[:, 0].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert assembled.events == ()
    assert (assembler.samples, assembler.lost_samples) == (7, 0)
    assert assembler.push([packet([0.03], [4.0])]) == Assembled()


def test_a_value_missing_beside_the_detected_force_is_held_and_not_counted(
    same_events: SameEvents,
) -> None:
    info = replace(FORCE, channels=("hallux", "toes", "heel"))
    values = [[1.0, 1.0, NAN], [2.0, 2.0, 9.0], [3.0, 3.0, NAN], [NAN, 4.0, 7.0], [5.0, 5.0, NAN]]
    assembler = Assembler(info)
    stamps = np.array([0.0, 0.01, 0.02, 0.03, 0.04])
    assembled = assembler.push([UnitPacket(Stream.FORCE, stamps, np.array(values), 0.0)])
    assert only(assembled).data.tolist() == [
        [1.0, 1.0, 0.0],
        [2.0, 2.0, 9.0],
        [3.0, 3.0, 9.0],
        [3.0, 3.0, 9.0],
        [5.0, 5.0, 9.0],
    ]
    same_events(assembled.events, [SamplesLost(0.03, 1)])
    assert assembler.samples == 4


def test_an_unknown_period_is_learned_from_fifteen_steps_and_nothing_is_lost_by_it(
    same_events: SameEvents,
) -> None:
    assembler = Assembler(replace(FORCE, period_s=None, delay_periods=1.0))
    stamps = 0.02 * np.array([*range(8), *range(9, 17)])
    values = stamps.tolist()
    assert assembler.push([packet(stamps[:15].tolist(), values[:15])]) == Assembled()
    assert (assembler.rate_hz, assembler.samples) == (None, 15)
    assembled = assembler.push([packet(stamps[15:].tolist(), values[15:])])
    assert only(assembled).time_s == pytest.approx(0.02 * (np.arange(17) - 1))
    same_events(assembled.events, [SamplesLost(0.14, 1)])
    assert assembler.rate_hz == pytest.approx(50.0)
    assert assembler.finish() == Assembled()


def test_the_first_estimate_rests_on_fifteen_steps_however_many_came_at_once() -> None:
    assembler = Assembler(replace(FORCE, period_s=None))
    stamps = np.cumsum([0.02] * 16 + [0.03] * 5).tolist()
    assembler.push([packet(stamps, stamps)])
    assert assembler.rate_hz == pytest.approx(50.0)


def test_a_short_stream_is_released_at_its_end(same_events: SameEvents) -> None:
    assembler = Assembler(replace(FORCE, period_s=None))
    assert assembler.push([packet([0.0, 0.02, 0.04], [1.0, 2.0, 3.0])]) == Assembled()
    assert assembler.push([packet([0.1], [4.0])]) == Assembled()
    assembled = assembler.finish()
    same_events(assembled.events, [SamplesLost(0.06, 2)])
    assert assembler.rate_hz == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("stamps", "runs"), [([4.0], 1), ([4.0, 4.0], 1), ([4.0, 3.0, 1.0], 3), (FALL, 80)]
)
def test_a_stream_whose_clock_never_rises_has_no_rate_yet_is_released(
    stamps: list[float], runs: int
) -> None:
    assembler = Assembler(replace(FORCE, period_s=None))
    assembler.push([packet(stamps, stamps)])
    assert len(assembler.finish().blocks) == runs
    assert assembler.rate_hz is None


def test_a_long_fall_of_the_clock_before_the_first_rise_leaves_the_period_right() -> None:
    stamps = [*np.arange(100.0, 0.0, -1.0), *(0.02 * np.arange(100))]
    assembler = Assembler(replace(FORCE, period_s=None))
    assembled = assembler.push([packet(stamps, stamps)])
    assert len(assembled.blocks) == 101
    assert assembled.blocks[-1].time_s.tolist() == stamps[100:]
    assert assembler.rate_hz == pytest.approx(50.0)


def test_the_learned_period_follows_a_rate_that_drifts() -> None:
    step_s = np.linspace(0.010, 0.018, 2000)
    assembler = Assembler(replace(FORCE, period_s=None))
    assembled = assembler.push([packet(np.cumsum(step_s).tolist(), [1.0] * 2000)])
    assert assembled.events == ()
    assert assembler.rate_hz == pytest.approx(1 / step_s[-128:].mean(), rel=0.03)


@pytest.mark.parametrize(("name", "gaps"), [("foot", 24), ("shank", 36)])
@pytest.mark.parametrize("is_period_known", [True, False])
def test_a_real_walk_has_the_gaps_that_its_description_lists(
    data_folder: Path, name: str, gaps: int, *, is_period_known: bool
) -> None:
    table = np.loadtxt(data_folder / "imu" / f"{name}.csv", delimiter=",", skiprows=1)
    period_s = 0.00442 if is_period_known else None
    info = StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, period_s)
    assembler = Assembler(info)
    assembled = assembler.push([UnitPacket(Stream.IMU, table[:, 0], table[:, 1:], 0.0)])
    assert len(assembled.blocks) == gaps + 1
    assert assembler.gaps == gaps
    assert assembler.samples == len(table)
    assert assembler.rate_hz == pytest.approx(226.2, rel=0.005)
    assert assembler.duration_s == pytest.approx(table[-1, 0] - table[0, 0])
    for block in assembled.blocks:
        assert (np.diff(block.time_s) > 0).all()


def packet(time_s: list[float], values: list[float]) -> UnitPacket:
    return UnitPacket(Stream.FORCE, np.array(time_s), np.array(values)[:, np.newaxis], 0.0)


def only(assembled: Assembled) -> Block:
    assert len(assembled.blocks) == 1
    return assembled.blocks[0]
