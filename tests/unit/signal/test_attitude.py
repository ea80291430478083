"""Pitch and roll against boards with known angles; bias and zero from rest alone."""

import dataclasses
import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.signal.inertial import INFO, block_of, inertial, lift, ramp, with_errors
from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import Block
from trainer.core.pad import ImuMounting
from trainer.core.units import ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT, Unit
from trainer.signal.attitude import CARRIED_S, TIME_CONSTANT_S, AttitudeFilter

RATE_HZ = 104.0


def stamps(duration_s: float, rate_hz: float = RATE_HZ) -> FloatArray:
    return np.arange(round(duration_s * rate_hz)) / rate_hz


def watch(time_s: FloatArray, data: FloatArray, rate_hz: float = RATE_HZ) -> AttitudeBlock:
    return AttitudeFilter(ImuMounting(), rate_hz).push(block_of(time_s, data))


def lifts(time_s: FloatArray, height_deg: float = 8.0) -> FloatArray:
    total = sum((lift(time_s, start_s) for start_s in (3.0, 8.0, 13.0)), np.zeros_like(time_s))
    return np.asarray(height_deg * total)


@pytest.mark.parametrize("rate_hz", [80.0, 104.0, 226.0])
def test_heel_rises_are_followed_within_a_tenth_of_a_degree(rate_hz: float) -> None:
    time_s = stamps(20.0, rate_hz)
    pitch_deg = lifts(time_s)
    found = watch(time_s, with_errors(inertial(time_s, pitch_deg)), rate_hz)
    settled = time_s > 2.0
    error_deg = (found.pitch_deg - pitch_deg)[settled]
    assert np.abs(error_deg).max() < 0.15
    assert float(np.sqrt(np.mean(error_deg**2))) < 0.05
    assert np.abs(found.roll_deg[settled]).max() < 0.15


def test_a_heel_that_rises_pitches_up_and_a_left_edge_that_rises_rolls_up() -> None:
    time_s = stamps(6.0)
    raised = ramp(time_s, 2.0, 0.5)
    # By the right hand about left the toes go down, about forward the left edge goes up.
    heel = inertial(time_s, 10.0 * raised)
    assert heel[-1, 0] < 0
    assert watch(time_s, heel).pitch_deg[-1] == pytest.approx(10.0, abs=0.05)
    left = inertial(time_s, 0.0 * raised, 10.0 * raised)
    assert left[-1, 1] > 0
    assert watch(time_s, left).roll_deg[-1] == pytest.approx(10.0, abs=0.05)


def test_large_angles_about_both_axes_are_right_as_well() -> None:
    time_s = stamps(12.0)
    pitch_deg, roll_deg = 50.0 * ramp(time_s, 3.0, 0.6), -30.0 * ramp(time_s, 3.1, 0.5)
    found = watch(time_s, inertial(time_s, pitch_deg, roll_deg))
    settled = time_s > 2.0
    assert np.abs(found.pitch_deg - pitch_deg)[settled].max() < 0.2
    assert np.abs(found.roll_deg - roll_deg)[settled].max() < 0.4


def test_a_tilted_mount_changes_nothing() -> None:
    time_s = stamps(20.0)
    pitch_deg = lifts(time_s)
    tilted = inertial(time_s, pitch_deg, 25.0)
    found = watch(time_s, tilted)
    settled = time_s > 2.0
    assert np.abs(found.pitch_deg - pitch_deg)[settled].max() < 0.1


def test_the_mounting_tells_which_axis_is_which() -> None:
    time_s = stamps(8.0)
    upright = with_errors(inertial(time_s, 6.0 * ramp(time_s, 3.0, 0.4)))
    # The sensor's x points up, its y forward, its z left.
    turned = upright[:, [2, 0, 1, 5, 3, 4]]
    found = AttitudeFilter(ImuMounting("+y", "+z", "+x"), RATE_HZ).push(block_of(time_s, turned))
    np.testing.assert_allclose(found.pitch_deg, watch(time_s, upright).pitch_deg)


def test_raw_counts_are_those_of_our_own_node() -> None:
    time_s = stamps(8.0)
    data = with_errors(inertial(time_s, 6.0 * ramp(time_s, 3.0, 0.4)))
    counts = np.rint(data / np.repeat([ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT], 3))
    assert np.abs(counts).max() < 2**15
    block = dataclasses.replace(
        block_of(time_s, counts), info=dataclasses.replace(INFO, unit=Unit.COUNTS)
    )
    found = AttitudeFilter(ImuMounting(), RATE_HZ).push(block)
    expected = watch(time_s, data)
    settled = time_s > 2.0
    assert np.abs(found.pitch_deg - expected.pitch_deg)[settled].max() < 0.02
    np.testing.assert_allclose(found.accel_ms2, expected.accel_ms2, atol=1e-3)
    np.testing.assert_allclose(found.turn_dps, expected.turn_dps, atol=0.02)


def test_bias_and_zero_come_with_the_first_second_of_rest() -> None:
    time_s = stamps(6.0)
    found = watch(time_s, with_errors(inertial(time_s, 0.0 * time_s)))
    first = int(np.flatnonzero(np.isfinite(found.pitch_deg))[0])
    assert 1.0 <= time_s[first] < 1.3
    assert np.isfinite(found.pitch_deg[first:]).all()
    assert np.abs(found.pitch_deg[first:]).max() < 0.1
    assert found.turn_dps[:first].mean(axis=0) == pytest.approx([0.8, -0.9, 0.4], abs=0.05)
    assert found.turn_dps[first:].mean(axis=0) == pytest.approx([0.0, 0.0, 0.0], abs=0.05)


@pytest.mark.parametrize("speed_dps", [0.5, 1.0, 1.9])
def test_a_slow_lift_is_not_learned_as_a_bias(speed_dps: float) -> None:
    time_s = stamps(20.0)
    pitch_deg = speed_dps * np.clip(time_s - 4.0, 0.0, 10.0)
    found = watch(time_s, with_errors(inertial(time_s, pitch_deg)))
    settled = time_s > 2.0
    # The accelerometer's offsets tilt by another 0.1 deg at 20 deg than at rest.
    assert np.abs(found.pitch_deg - pitch_deg)[settled].max() < 0.3


def test_a_bias_that_drifts_is_followed_at_rest() -> None:
    time_s = stamps(300.0)
    data = inertial(time_s, 0.0 * time_s)
    data[:, 4] += time_s / 100.0
    found = watch(time_s, data)
    assert np.abs(found.pitch_deg[time_s > 2.0]).max() < 0.1
    # It lags by the five seconds in which it learns.
    assert np.abs(found.turn_dps[-1, 1]) == pytest.approx(0.05, abs=0.01)


def test_without_rest_the_calmest_second_of_the_first_three_is_the_zero() -> None:
    time_s = stamps(12.0)
    stirred = np.where((time_s > 1.0) & (time_s < 2.2), 0.2, 1.0)
    pitch_deg = 5.0 * stirred * np.sin(2 * np.pi * 2.0 * time_s)
    found = watch(time_s, inertial(time_s, pitch_deg))
    first = int(np.flatnonzero(np.isfinite(found.pitch_deg))[0])
    assert 2.8 < time_s[first] < 3.2
    late = time_s > 6.0
    assert np.abs(found.pitch_deg - pitch_deg)[late].max() < 0.7


def test_uneven_stamps_are_integrated_as_they_are() -> None:
    rng = np.random.default_rng(3)
    time_s = np.cumsum(rng.uniform(0.5, 1.5, 2000)) / RATE_HZ
    pitch_deg = lifts(time_s, 12.0)
    found = watch(time_s, inertial(time_s, pitch_deg))
    assert np.abs(found.pitch_deg - pitch_deg)[time_s > 2.0].max() < 0.1


def test_a_long_gap_starts_from_the_next_sample_and_keeps_the_zero() -> None:
    time_s = stamps(12.0)
    pitch_deg = 20.0 * ramp(time_s, 5.0, 0.5)
    data = with_errors(inertial(time_s, pitch_deg), noise=0.2)
    watcher = AttitudeFilter(ImuMounting(), RATE_HZ)
    before, after = time_s < 4.5, time_s > 6.0
    watcher.push(block_of(time_s[before], data[before]))
    found = watcher.push(block_of(time_s[after], data[after], int(before.sum())))
    assert np.abs(found.pitch_deg - 20.0).max() < 0.3
    assert np.abs(found.turn_dps).max() < 0.2


def test_a_short_gap_is_one_step_of_the_turns_beside_it() -> None:
    time_s = stamps(12.0)
    pitch_deg = 15.0 * np.sin(2 * np.pi * 0.5 * np.clip(time_s - 4.0, 0.0, None))
    data = inertial(time_s, pitch_deg)
    # Shaken as in a swing, so that a single sample tells little of the way up.
    data[:, 0] += np.where(time_s > 4.0, 6.0 * np.sin(2 * np.pi * 3.0 * time_s), 0.0)
    before, after = time_s < 7.0, time_s > 7.0 + CARRIED_S - 0.05
    watcher = AttitudeFilter(ImuMounting(), RATE_HZ)
    watcher.push(block_of(time_s[before], data[before]))
    found = watcher.push(block_of(time_s[after], data[after], int(before.sum())))
    assert abs(found.pitch_deg[0] - pitch_deg[after][0]) < 6.0
    late = AttitudeFilter(ImuMounting(), RATE_HZ)
    late.push(block_of(time_s[before], data[before]))
    shifted = late.push(block_of(time_s[after] + 1.0, data[after], int(before.sum())))
    assert abs(shifted.pitch_deg[0] - pitch_deg[after][0]) > 20.0


def test_a_clock_that_steps_back_starts_anew() -> None:
    time_s = stamps(5.0)
    data = inertial(time_s, 0.0 * time_s)
    watcher = AttitudeFilter(ImuMounting(), RATE_HZ)
    watcher.push(block_of(time_s + 100.0, data))
    again = inertial(time_s, 0.0 * time_s + 7.0)
    found = watcher.push(block_of(time_s, again, len(time_s)))
    assert found.pitch_deg == pytest.approx(np.full(len(time_s), 7.0), abs=1e-6)


def test_an_offset_of_the_angles_dies_away_within_the_time_constant() -> None:
    time_s = stamps(8.0)
    data = inertial(time_s, 0.0 * time_s)
    # A jolt that the gyroscope alone sees: 10 deg that are not there.
    jolt = round(3.0 * RATE_HZ)
    data[jolt, 4] += 10.0 * RATE_HZ
    found = watch(time_s, data).pitch_deg
    assert found[jolt + 1] == pytest.approx(10.0, rel=0.03)
    after = jolt + round(TIME_CONSTANT_S * RATE_HZ)
    assert found[after] == pytest.approx(10.0 / np.e, rel=0.05)


def session() -> list[Block]:
    """Return three runs: rest and lifts, a short gap, a long gap and a new clock."""
    time_s = stamps(14.0)
    data = with_errors(inertial(time_s, lifts(time_s, 9.0), 3.0 * np.sin(time_s)))
    edges = [0, 701, 1001, len(time_s)]
    runs = []
    for number, (first, stop) in enumerate(itertools.pairwise(edges)):
        moved_s = (0.0, 0.1, -5.0)[number]
        runs.append(block_of(time_s[first:stop] + moved_s, data[first:stop], 1003 + first))
    return runs


def cut(runs: Sequence[Block], sizes: Sequence[int]) -> list[Block]:
    wanted = itertools.cycle(sizes)
    blocks = []
    for run in runs:
        start = 0
        while start < len(run.time_s):
            stop = start + next(wanted)
            blocks.append(
                dataclasses.replace(
                    run,
                    first_index=run.first_index + start,
                    time_s=run.time_s[start:stop],
                    data=run.data[start:stop],
                    quality=run.quality[start:stop],
                    starts_run=start == 0 and stop > 0,
                )
            )
            start = min(stop, len(run.time_s))
    return blocks


def values(watcher: AttitudeFilter, blocks: Sequence[Block]) -> FloatArray:
    found = [watcher.push(block) for block in blocks]
    return np.vstack([np.column_stack([b.pitch_deg, b.roll_deg, b.turn_dps]) for b in found])


WHOLE = values(AttitudeFilter(ImuMounting(), RATE_HZ), session())


@given(sizes=st.lists(st.integers(0, 400), min_size=1, max_size=8).filter(any))
@example(sizes=[1])
@example(sizes=[13])
@example(sizes=[0, 26])
def test_any_cutting_gives_the_same_angles(sizes: list[int]) -> None:
    found = values(AttitudeFilter(ImuMounting(), RATE_HZ), cut(session(), sizes))
    assert np.isfinite(WHOLE).sum() > 0.9 * WHOLE.size
    np.testing.assert_allclose(found, WHOLE, rtol=1e-9, atol=1e-9)


@given(
    sizes=st.lists(st.integers(1, 200), min_size=1, max_size=4),
    empty_after=st.sets(st.integers(0, 30)),
    is_start=st.booleans(),
)
def test_an_empty_block_changes_nothing(
    sizes: list[int], empty_after: set[int], is_start: bool
) -> None:
    blocks = cut(session(), sizes)
    disturbed: list[Block] = []
    for position, block in enumerate(blocks):
        if position in empty_after:
            empty = block_of(np.empty(0), np.empty((0, 6)), 7, starts_run=is_start)
            disturbed.append(empty)
        disturbed.append(block)
    watcher, other = (AttitudeFilter(ImuMounting(), RATE_HZ) for _ in range(2))
    np.testing.assert_array_equal(values(watcher, disturbed), values(other, blocks))


def test_a_reset_filter_is_as_new() -> None:
    used = AttitudeFilter(ImuMounting(), RATE_HZ)
    used.push(session()[0])
    used.reset()
    np.testing.assert_array_equal(values(used, session()), WHOLE)


def test_the_block_is_not_edited() -> None:
    block = session()[0]
    for array in (block.time_s, block.data, block.quality):
        array.flags.writeable = False
    found = AttitudeFilter(ImuMounting(), RATE_HZ).push(block)
    assert found.starts_run
    assert found.first_index == block.first_index


def test_a_dead_accelerometer_gives_no_angle() -> None:
    time_s = stamps(5.0)
    assert np.isnan(watch(time_s, np.zeros((len(time_s), 6))).pitch_deg).all()
