"""The simulated inertial sensor: what moves it, its clock and its frames."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.sources.guided import IDEAL, Script, reps, with_faults
from trainer.core.arrays import FloatArray
from trainer.core.packets import CountsPacket, Stream
from trainer.core.units import ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT
from trainer.sources.sim.config import ImuConfig, SimConfig
from trainer.sources.sim.stream import SimStream

EXACT = ImuConfig(
    clean_deg=0.0,
    sway_deg=0.0,
    accel_offset_ms2=0.0,
    turn_bias_dps=0.0,
    accel_noise_ms2=0.0,
    turn_noise_dps=0.0,
)
QUIET = replace(IDEAL, imu=EXACT)
ALWAYS = replace(IDEAL.habits, compensated=1.0)


def frames_of(
    config: SimConfig, script: Script = (), duration_s: float = 20.0
) -> list[CountsPacket]:
    stream = SimStream(config)
    waiting = list(script)
    found: list[CountsPacket] = []
    while stream.delivered_s < duration_s:
        while waiting and waiting[0][0] <= stream.delivered_s:
            stream.hear(waiting.pop(0)[1])
        stream.next_frame()
        found.extend(stream.imu_frames())
    return found


def readings_of(frames: list[CountsPacket]) -> FloatArray:
    """Return (n, 6) m/s2 and deg/s."""
    counts = np.concatenate([frame.counts for frame in frames]).astype(np.float64)
    return np.asarray(counts * np.repeat([ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT], 3))


def test_a_foot_at_rest_lies_flat() -> None:
    readings = readings_of(frames_of(QUIET))
    assert readings[:, 2] == pytest.approx(np.full(len(readings), 9.80665), abs=1e-3)
    assert np.abs(readings[:, [0, 1, 3, 4, 5]]).max() < 0.01


def test_a_press_with_the_calf_raises_the_heel_and_a_clean_one_does_not() -> None:
    clean = readings_of(frames_of(QUIET, reps(4)))
    helped = readings_of(frames_of(replace(QUIET, habits=ALWAYS), reps(4)))
    assert np.abs(clean[:, 0]).max() < 0.01
    # The toes go down: the upward reading leans backwards.
    pitch_deg = np.degrees(np.arcsin(-helped[:, 0] / 9.80665))
    assert pitch_deg.max() > 1.5
    assert pitch_deg.min() > -0.05


def test_turns_are_the_derivative_of_the_angle() -> None:
    helped = readings_of(frames_of(replace(QUIET, habits=ALWAYS), reps(4)))
    pitch_deg = np.degrees(np.arctan2(-helped[:, 0], helped[:, 2]))
    middles_dps = (helped[1:, 4] + helped[:-1, 4]) / 2
    turned_deg = np.cumsum(middles_dps) / EXACT.rate_hz
    assert np.abs(turned_deg - pitch_deg[1:]).max() < 0.03


def test_it_sways_and_has_the_errors_of_a_cheap_sensor() -> None:
    readings = readings_of(frames_of(replace(IDEAL, imu=ImuConfig()), duration_s=60.0))
    spread = readings.std(axis=0)
    assert 0.01 < spread[0] < 0.06
    assert 0.06 < spread[5] < 0.08
    assert 0.01 < np.abs(readings[:, 3:].mean(axis=0)).max() < 3.0


def test_frames_follow_their_own_clock() -> None:
    frames = frames_of(QUIET, duration_s=40.0)
    assert {frame.stream for frame in frames} == {Stream.IMU}
    assert {frame.counts.shape for frame in frames} == {(5, 6)}
    steps_us = np.diff([frame.tick_us for frame in frames]) % 2**32
    assert steps_us == pytest.approx(np.full(len(steps_us), 5e6 / EXACT.rate_hz), abs=1)
    assert (np.diff([frame.seq for frame in frames]) % 2**16 == 1).all()
    assert len(frames) == pytest.approx(40.0 * EXACT.rate_hz / 5, abs=3)
    assert frames[0].period_us16 == round(16e6 / EXACT.rate_hz)


def test_dropped_frames_are_counted() -> None:
    frames = frames_of(with_faults(QUIET, lost_per_frame=0.2))
    missing = np.diff([frame.seq for frame in frames]) % 2**16 - 1
    assert missing.sum() > 20
    assert frames[-1].dropped_total - frames[0].dropped_total == missing.sum()


def test_equal_seeds_give_equal_frames_whatever_the_frames_of_force() -> None:
    busy = replace(SimConfig(seed=4), faults=IDEAL.faults)
    first = readings_of(frames_of(busy, reps(4)))
    again = readings_of(frames_of(busy, reps(4)))
    other = readings_of(frames_of(replace(busy, seed=5), reps(4)))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first[:100], other[:100])
    whole = readings_of(frames_of(busy, ()))
    cut = readings_of(frames_of(replace(busy, frame_samples=3), ()))
    shared = min(len(whole), len(cut))
    np.testing.assert_array_equal(whole[:shared], cut[:shared])


def test_a_pad_may_have_none() -> None:
    assert frames_of(replace(IDEAL, imu=None)) == []


def test_the_force_is_the_same_with_it_and_without() -> None:
    with_it, without = SimStream(SimConfig(seed=3)), SimStream(replace(SimConfig(seed=3), imu=None))
    for _ in range(200):
        one, other = with_it.next_frame(), without.next_frame()
        with_it.imu_frames()
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            np.testing.assert_array_equal(one[0].counts, other[0].counts)
