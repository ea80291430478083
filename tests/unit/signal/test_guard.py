"""Glitches are held and counted, presses pass, saturation is told of."""

from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import Calibration, identity
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, Quality
from trainer.core.events import Event, SamplesRejected, SaturationSeen
from trainer.core.packets import Stream, StreamInfo
from trainer.core.units import Unit
from trainer.signal.guard import LEAST_JUMP_N, SHORTEST_SCAN, TELL_S, Guard, Guarded
from trainer.signal.guardchannel import CELLS, GLITCH_CODES, GRID, LONGEST_HELD

RATE_HZ: Final = 80.0

N_PER_COUNT: Final = 1e-3

CELL: Final = Calibration(("force",), (0.0,), ((N_PER_COUNT,),))

PAIR: Final = Calibration(("hallux", "heel"), (0.0, 0.0), ((N_PER_COUNT, 0.0), (0.0, N_PER_COUNT)))

FULL: Final = 0x7FFFFF

REST: Final = 600_000.0
"""Counts at rest, further than a least jump from every glitch code."""

JUMP: Final = LEAST_JUMP_N / N_PER_COUNT
"""Counts that a quiet signal may jump by."""

LASTING_CODES: Final = sorted(code for code in GLITCH_CODES if abs(code) < FULL)


def test_the_codes_are_those_of_a_converter_clocked_late_or_powered_down() -> None:
    assert {0.0, -1.0, 255.0, 511.0, 65_535.0, float(FULL), -8_388_608.0} <= GLITCH_CODES
    assert not GLITCH_CODES & {127.0, 1.0, -2.0, 256.0}


@pytest.mark.parametrize("code", LASTING_CODES)
@pytest.mark.parametrize("length", [1, 2, LONGEST_HELD])
def test_a_glitch_code_is_held_as_long_as_it_lasts_and_each_sample_counted_once(
    code: float, length: int
) -> None:
    guard = Guard(CELL)
    counts = quiet(100)
    counts[40 : 40 + length] = code
    guarded = guard.push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(40 + length), length),)
    assert guard.rejected_samples == length
    assert_held(guarded, counts, range(40, 40 + length))


def test_a_cell_that_died_is_not_hidden() -> None:
    counts = quiet(100)
    counts[40:] = -1.0
    guarded = Guard(CELL).push(block_of(counts))
    assert_held(guarded, counts, range(40, 40 + LONGEST_HELD))
    assert guarded.block.data[-1, 0] == -1.0


@pytest.mark.parametrize("sigma_n", [1.0, 10.0])
def test_noise_is_not_rejected_before_the_first_cell_has_shown_it(sigma_n: float) -> None:
    for _ in range(50):
        guarded = Guard(CELL).push(block_of(noise(sigma_n, GRID)))
        assert guarded.events == ()
        assert not guarded.block.quality.any()


@pytest.mark.parametrize("code", [float(FULL), -8_388_608.0])
def test_full_scale_for_one_sample_is_a_glitch(code: float) -> None:
    counts = quiet(100)
    counts[40] = code
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(41), 1),)
    assert_held(guarded, counts, [40])


@pytest.mark.parametrize("spike", [REST + 1.5 * JUMP, REST - 1.5 * JUMP, 2_000_000.0, -77_777.0])
def test_a_lone_spike_is_held(spike: float) -> None:
    counts = quiet(100)
    counts[40] = spike
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(41), 1),)
    assert_held(guarded, counts, [40])


def test_a_fidget_below_the_least_jump_is_no_spike() -> None:
    counts = quiet(100)
    counts[40] = REST + 0.9 * JUMP
    block = block_of(counts)
    guarded = Guard(CELL).push(block)
    assert guarded.events == ()
    assert guarded.block is block


def test_two_different_glitch_codes_in_a_row_are_both_held() -> None:
    counts = quiet(100)
    counts[40:42] = 0.0, -1.0
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(42), 2),)
    assert_held(guarded, counts, [40, 41])


def test_a_spike_and_then_a_glitch_code_are_both_held() -> None:
    counts = quiet(100)
    counts[40:42] = 1_234_567.0, 0.0
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(42), 2),)
    assert_held(guarded, counts, [40, 41])


def test_glitches_of_two_cells_are_counted_together_where_they_end_together() -> None:
    counts = np.column_stack([quiet(100), quiet(100)])
    counts[40, 0] = counts[40, 1] = counts[39, 1] = 0.0
    guarded = Guard(PAIR).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(41), 3),)
    np.testing.assert_array_equal(np.flatnonzero(guarded.block.quality), [39, 40])


def test_a_cell_is_not_held_for_the_glitch_of_another() -> None:
    counts = np.column_stack([quiet(100), quiet(100) + np.arange(100)])
    counts[40, 0] = 0.0
    guarded = Guard(PAIR).push(block_of(counts))
    np.testing.assert_array_equal(guarded.block.data[:, 1], counts[:, 1])


@pytest.mark.parametrize("press_n", [2.5, 50.0, -30.0])
def test_a_press_within_one_sample_passes_with_only_that_sample_held(press_n: float) -> None:
    guard = Guard(CELL)
    counts = quiet(100)
    counts[40:] += press_n / N_PER_COUNT
    guarded = guard.push(block_of(counts))
    assert guarded.events == ()
    assert guard.rejected_samples == 0
    assert_held(guarded, counts, [40])


def test_a_fast_press_as_the_converter_spreads_it_has_one_sample_held_at_most() -> None:
    counts = quiet(100)
    counts[40:] += 60.0 / N_PER_COUNT
    counts[40:44] = REST + np.array([6.0, 24.0, 42.0, 54.0]) / N_PER_COUNT
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == ()
    assert_held(guarded, counts, [40])


@pytest.mark.parametrize("step", [0.5 * JUMP, 0.99 * JUMP, -0.99 * JUMP])
def test_a_slow_rise_is_untouched(step: float) -> None:
    counts = REST + step * np.arange(-100.0, 200.0).clip(0.0, 100.0)
    block = block_of(counts)
    guarded = Guard(CELL).push(block)
    assert guarded.block is block
    assert guarded.events == ()


def test_a_spike_on_a_slow_rise_is_held() -> None:
    # Quiet for a cell, then rising for a whole one, so that its last step is no more than 0.9.
    counts = REST + 0.9 * JUMP * np.arange(1.0 - GRID, 100.0).clip(0.0)
    counts[2 * GRID] += 3 * JUMP
    guarded = Guard(CELL).push(block_of(counts))
    assert guarded.events == (SamplesRejected(stamp(2 * GRID + 1), 1),)
    assert_held(guarded, counts, [2 * GRID])


def test_a_rise_that_announces_itself_is_untouched_however_steep() -> None:
    counts = quiet(100)
    counts[40:] += np.cumsum([0.9 * JUMP, 2.5 * JUMP, 7.0 * JUMP, 20.0 * JUMP, *[0.0] * 56])
    guarded = Guard(CELL).push(block_of(counts))
    np.testing.assert_array_equal(guarded.block.data[:, 0], counts)
    assert not guarded.block.quality.any()
    assert guarded.events == ()


@pytest.mark.parametrize("sigma_n", [0.001, 0.05, LEAST_JUMP_N / 8])
def test_noise_within_the_least_jump_is_never_rejected(sigma_n: float) -> None:
    block = block_of(noise(sigma_n, 200_000))
    guarded = Guard(CELL).push(block)
    assert guarded.events == ()
    np.testing.assert_array_equal(guarded.block.data, block.data)


@pytest.mark.parametrize("sigma_n", [0.5, 1.0, 10.0])
def test_of_noise_above_the_least_jump_hardly_a_sample_is_rejected(sigma_n: float) -> None:
    guard = Guard(CELL)
    learning = GRID * CELLS
    counts = noise(sigma_n, 200_000)
    guard.push(block_of(counts[:learning]))
    before = guard.rejected_samples
    guard.push(block_of(counts[learning:], learning, is_start=False))
    # The quietest of five cells spans 1.9 standard deviations on average; 1 in 100 below 0.93.
    assert guard.rejected_samples - before < len(counts) / 10_000


def test_the_limit_grows_with_the_noise_and_shrinks_with_one_quiet_cell() -> None:
    rough = np.tile([0.0, 0.8 * JUMP], GRID * CELLS // 2)
    spike = 3 * JUMP
    assert rejected_after(rough, spike) == 0
    assert rejected_after(rough[: GRID * (CELLS - 1)], spike) == 0
    assert rejected_after(np.concatenate([rough, np.full(GRID, rough[-1])]), spike) == 1
    assert rejected_after(np.zeros(GRID * CELLS), spike) == 1


def test_a_press_does_not_widen_the_limit_while_one_cell_was_quiet() -> None:
    ramp = np.linspace(0.0, 25 * JUMP, GRID * (CELLS - 1))
    held = np.concatenate([np.zeros(GRID), ramp, np.full(GRID, ramp[-1])])
    assert rejected_after(held, 3 * JUMP) == 1


@pytest.mark.parametrize("code", [float(FULL), -float(FULL), -8_388_608.0])
def test_full_scale_twice_is_saturation_that_is_passed_on_and_marked(code: float) -> None:
    guard = Guard(CELL)
    counts = quiet(100)
    counts[40:50] = code
    guarded = guard.push(block_of(counts))
    assert guarded.events == (SaturationSeen(stamp(41), "force"),)
    assert guard.rejected_samples == 0
    saturated = np.flatnonzero(guarded.block.quality & Quality.SATURATED)
    np.testing.assert_array_equal(saturated, range(41, 50))
    np.testing.assert_array_equal(guarded.block.data[41:50, 0], code)


def test_full_scale_that_is_reached_by_a_rise_is_saturation_at_once() -> None:
    counts = np.minimum(FULL - 10 * JUMP + 0.9 * JUMP * np.arange(40), FULL)
    guarded = Guard(CELL).push(block_of(counts))
    first = int(np.flatnonzero(counts >= FULL)[0])
    assert guarded.events == (SaturationSeen(stamp(first), "force"),)
    assert not guarded.block.quality[:first].any()
    assert (guarded.block.quality[first:] == Quality.SATURATED).all()


@pytest.mark.parametrize("size", [1, 8, 30, 1000])
def test_saturation_that_lasts_is_told_again_at_least_every_half_second(size: int) -> None:
    counts = quiet(400)
    counts[60:380] = FULL
    events, _ = push_in(Guard(CELL), counts, size)
    told_s = told_at(events)
    assert told_s[0] == stamp(61)
    steps_s = np.diff([*told_s, stamp(380)])
    assert (steps_s <= TELL_S + 1 / RATE_HZ).all()
    assert (steps_s[:-1] >= TELL_S).all()


@pytest.mark.parametrize("size", [1, 8, 1000])
def test_saturation_that_comes_back_is_told_at_once(size: int) -> None:
    counts = quiet(100)
    counts[40:45] = counts[55:60] = FULL
    events, _ = push_in(Guard(CELL), counts, size)
    assert told_at(events) == [stamp(41), stamp(56)]


def test_the_saturated_cell_is_named() -> None:
    counts = np.column_stack([quiet(100), quiet(100)])
    counts[40:50, 1] = FULL
    events = Guard(PAIR).push(block_of(counts)).events
    assert events == (SaturationSeen(stamp(41), "heel"),)


def test_a_glitch_and_saturation_at_one_stamp_are_both_told() -> None:
    counts = np.column_stack([quiet(100), quiet(100)])
    counts[40, 0] = 0.0
    counts[40:50, 1] = FULL
    events = Guard(PAIR).push(block_of(counts)).events
    assert events == (SamplesRejected(stamp(41), 1), SaturationSeen(stamp(41), "heel"))


def test_a_glitch_that_the_node_took_for_full_scale_is_no_overload() -> None:
    counts = quiet(100)
    counts[43] = FULL
    block = block_of(counts)
    block.quality[40:48] = Quality.SATURATED | Quality.HELD
    guarded = Guard(CELL).push(block)
    assert guarded.events == (SamplesRejected(stamp(44), 1),)
    assert not (guarded.block.quality & Quality.SATURATED).any()
    assert (guarded.block.quality[40:48] & Quality.HELD).all()


def test_a_stream_in_units_has_no_full_scale_and_no_codes() -> None:
    counts = np.full(100, 50.0)
    counts[20:40] = 0.0
    counts[60:80] = 1e9
    guarded = Guard(identity(("force",))).push(block_of(counts))
    assert guarded.events == ()
    assert not (guarded.block.quality & Quality.SATURATED).any()
    np.testing.assert_array_equal(guarded.block.data[21:40, 0], 0.0)
    np.testing.assert_array_equal(guarded.block.data[61:80, 0], 1e9)


def test_the_least_jump_is_in_newtons_of_the_cell() -> None:
    counts = np.full(100, 50.0)
    counts[40] = 50.0 + 1.5 * LEAST_JUMP_N
    assert Guard(identity(("force",))).push(block_of(counts)).events
    assert not Guard(identity(("force",), 0.5)).push(block_of(counts)).events
    assert Guard(identity(("force",), -1.0)).push(block_of(counts)).events


def test_a_cell_without_a_gain_is_guarded_in_counts() -> None:
    dead = Calibration(("force",), (0.0,), ((0.0,),))
    counts = quiet(100)
    counts[40] += 1.5 * LEAST_JUMP_N
    assert Guard(dead).push(block_of(counts)).events == (SamplesRejected(stamp(41), 1),)


@pytest.mark.parametrize("start", [0, 3])
@pytest.mark.parametrize(("shift", "rejected"), [(0, 1), (4, 0)])
def test_cells_are_counted_from_the_absolute_index(start: int, shift: int, rejected: int) -> None:
    counts = quiet(GRID * (CELLS + 2))
    counts[::2] += 0.9 * JUMP
    # As long as a cell and the sample before it: quiet only where it lies on a cell.
    still = slice(2 * GRID - 1 + shift, 3 * GRID + shift)
    counts[still] = counts[still.start]
    spike = GRID * CELLS
    counts[spike:] = counts[spike - 1]
    counts[spike] += 3 * JUMP
    guard = Guard(CELL)
    guard.push(block_of(counts[start:], start))
    assert guard.rejected_samples == rejected


@pytest.mark.parametrize("is_start", [True, False])
def test_an_empty_block_is_handed_back(is_start: bool) -> None:
    block = block_of(np.empty(0), is_start=is_start)
    guarded = Guard(PAIR).push(block)
    assert guarded.block is block
    assert guarded.events == ()


def test_a_jump_across_a_gap_is_not_held() -> None:
    guard = Guard(CELL)
    guard.push(block_of(quiet(40)))
    block = block_of(quiet(40) + 100 * JUMP, 40)
    assert guard.push(block).block is block


def test_a_glitch_before_a_gap_is_not_carried_across() -> None:
    guard = Guard(CELL)
    counts = quiet(40)
    counts[-1] = 0.0
    guard.push(block_of(counts))
    assert guard.push(block_of(quiet(40), 40)).events == ()


def test_a_reset_forgets_the_signal_and_keeps_the_count() -> None:
    guard = Guard(CELL)
    counts = quiet(40)
    counts[20] = 0.0
    guard.push(block_of(counts))
    guard.reset()
    block = block_of(quiet(40) + 100 * JUMP, 40, is_start=False)
    assert guard.push(block).block is block
    assert guard.rejected_samples == 1


@pytest.mark.parametrize("size", [1, 3, 8, 41])
def test_a_glitch_that_is_cut_between_blocks_is_told_with_the_sample_that_shows_it(
    size: int,
) -> None:
    counts = quiet(100)
    counts[40:43] = 0.0
    events, blocks = push_in(Guard(CELL), counts, size)
    assert events == [SamplesRejected(stamp(43), 3)]
    np.testing.assert_array_equal(np.concatenate([b.data[:, 0] for b in blocks]), REST)


@given(st.data())
def test_long_blocks_are_guarded_to_the_bit_as_short_ones(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    counts = REST + rng.normal(0.0, 200.0, (6 * SHORTEST_SCAN, 2))
    counts += 60_000 * np.clip(np.sin(np.arange(len(counts)) / 25), 0, 0.8)[:, None] * [1.0, -0.3]
    codes = st.sampled_from([*LASTING_CODES, FULL, REST + 9e5, REST - 5e3, REST + 2.5e3])
    marks = st.tuples(st.integers(0, len(counts) - 6), st.integers(0, 1), st.integers(1, 6), codes)
    glitches = data.draw(st.lists(marks, max_size=12))
    for row, column, length, code in glitches:
        counts[row : row + length, column] = code
    first = data.draw(st.integers(0, 20))
    whole = guarded_in(counts, first, [len(counts)])
    expected = guarded_in(counts, first, list(range(1, len(counts) + 1)))
    places = st.integers(1, len(counts) - 1)
    within = st.sampled_from([row + 1 for row, *_ in glitches] or [1])
    cuts = sorted(data.draw(st.sets(places | within, max_size=5)))
    for found in (whole, guarded_in(counts, first, [*cuts, len(counts)])):
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_array_equal(one, other)


def test_a_glitch_at_the_end_of_a_cell_is_told_by_the_long_block_after_it() -> None:
    counts = np.column_stack([quiet(40 + SHORTEST_SCAN)] * 2)
    counts[39, 0] = FULL
    *_, events = guarded_in(counts, 0, [40, len(counts)])
    assert events == [SamplesRejected(stamp(40), 1)]


def guarded_in(
    counts: FloatArray, first: int, stops: list[int]
) -> tuple[FloatArray, FloatArray, list[Event]]:
    """Return samples, marks and what was rejected of a run that is pushed in pieces."""
    guard = Guard(PAIR)
    pieces = []
    for start, stop in zip([0, *stops], stops, strict=False):
        block = block_of(counts[start:stop], first + start, is_start=start == 0)
        pieces.append(guard.push(block))
    events = [event for piece in pieces for event in piece.events]
    return (
        np.concatenate([piece.block.data for piece in pieces]),
        np.concatenate([piece.block.quality for piece in pieces]),
        events,
    )


def test_marks_that_a_sample_had_before_are_kept() -> None:
    counts = quiet(100)
    counts[40] = 0.0
    block = block_of(counts)
    block.quality[[40, 60]] = Quality.HELD
    quality = Guard(CELL).push(block).block.quality
    assert quality[40] == Quality.HELD | Quality.REJECTED
    assert quality[60] == Quality.HELD
    assert block.quality[40] == Quality.HELD


def quiet(count: int) -> FloatArray:
    return np.full(count, REST)


def noise(sigma_n: float, count: int) -> FloatArray:
    """Return Gaussian noise around rest, in counts."""
    spread = sigma_n / N_PER_COUNT
    return REST + np.random.default_rng(8).standard_normal(count) * spread


def stamp(index: int) -> float:
    return index / RATE_HZ


def block_of(counts: FloatArray, first_index: int = 0, *, is_start: bool = True) -> Block:
    data = counts[:, None] if counts.ndim == 1 else counts
    info = StreamInfo(Stream.FORCE, ("force",), Unit.COUNTS)
    time_s = (first_index + np.arange(len(data))) / RATE_HZ
    quality = np.zeros(len(data), dtype=np.uint8)
    return Block(info, first_index, time_s, data, quality, starts_run=is_start)


def push_in(guard: Guard, counts: FloatArray, size: int) -> tuple[list[Event], list[Block]]:
    events: list[Event] = []
    blocks: list[Block] = []
    for start in range(0, len(counts), size):
        block = block_of(counts[start : start + size], start, is_start=start == 0)
        guarded = guard.push(block)
        events += guarded.events
        blocks.append(guarded.block)
    return events, blocks


def told_at(events: list[Event]) -> list[float]:
    """Return the stamps at which saturation was told, and nothing else."""
    told_s = [event.at_s for event in events if isinstance(event, SaturationSeen)]
    assert len(told_s) == len(events)
    return told_s


def rejected_after(before: FloatArray, spike: float) -> int:
    """Return how many samples are rejected of a lone spike after these counts above rest."""
    guard = Guard(CELL)
    after = np.full(GRID, before[-1])
    guard.push(block_of(REST + np.concatenate([before, [before[-1] + spike], after])))
    return guard.rejected_samples


def assert_held(guarded: Guarded, counts: FloatArray, rows: range | list[int]) -> None:
    """Check that these rows alone are held at the value before them and marked."""
    expected = counts.copy()
    expected[list(rows)] = counts[rows[0] - 1]
    np.testing.assert_array_equal(guarded.block.data[:, 0], expected)
    marked = np.flatnonzero(guarded.block.quality == Quality.REJECTED)
    np.testing.assert_array_equal(marked, list(rows))
