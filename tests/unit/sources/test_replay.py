"""Replays: the recorded packets again, in their own pace or at once, and nothing else."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.core.clock import ManualClock
from trainer.core.cues import RelaxAsked
from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import CountsPacket, Packet, Status, Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.recording.header import RecordingHeader
from trainer.recording.recording import Recording
from trainer.sources.replay import BATCH_S, LONGEST_WAIT_S, PIECE_S, ReplaySource

FORCE = StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, 0.01)


class Sleeper:
    """Stands in for sleep: moves the clock at once, and a little further, as real sleep does."""

    def __init__(self, clock: ManualClock, late_s: float = 0.0) -> None:
        self._clock = clock
        self._late_s = late_s
        self.total_s = 0.0

    async def __call__(self, seconds: float) -> None:
        """Let the time pass."""
        self.total_s += seconds
        self._clock.move(seconds + self._late_s)


def test_a_file_at_full_speed_comes_whole_in_pieces_of_a_second_without_waiting() -> None:
    time_s = np.arange(1000) / 100 + 7.0
    batches, sleeper = replayed(from_file(time_s), speed=None)
    assert sleeper.total_s == 0.0
    assert len(batches) == 10
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert all(packets_s(batch) <= BATCH_S for batch in batches)


def test_a_file_in_its_own_pace_comes_in_pieces_that_let_a_picture_move() -> None:
    time_s = np.arange(200) / 100
    batches, sleeper = replayed(from_file(time_s), speed=1.0)
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert sleeper.total_s == pytest.approx(time_s[-1])
    assert len(batches) == 40
    assert all(packets_s(batch) <= PIECE_S for batch in batches)


@pytest.mark.parametrize("speed", [0.5, 4.0, 250.0])
def test_the_speed_changes_the_time_it_takes_and_nothing_else(speed: float) -> None:
    time_s = np.arange(300) / 100
    batches, sleeper = replayed(from_file(time_s), speed=speed)
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert sleeper.total_s == pytest.approx(time_s[-1] / speed)


def test_a_late_reader_gets_all_that_is_due_and_does_not_fall_behind() -> None:
    time_s = np.arange(300) / 100
    batches, sleeper = replayed(from_file(time_s), speed=1.0, late_s=0.2)
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert len(batches) < 20
    assert sleeper.total_s < time_s[-1]


def test_a_silence_is_kept_but_a_long_one_is_cut_short() -> None:
    time_s = np.array([0.0, 0.01, 3.01, 3.02, 1e9, 1e9 + 0.01])
    batches, sleeper = replayed(from_file(time_s), speed=1.0)
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert sleeper.total_s == pytest.approx(3.02 + LONGEST_WAIT_S + 0.01)


def test_a_clock_that_steps_back_is_handed_on_and_waits_for_nothing() -> None:
    time_s = np.array([5.0, 5.01, 5.02, 0.0, 0.01, 0.02])
    batches, sleeper = replayed(from_file(time_s), speed=1.0)
    np.testing.assert_array_equal(times_of(batches), time_s)
    assert sleeper.total_s == pytest.approx(0.04)


def test_two_streams_of_a_file_come_side_by_side() -> None:
    time_s = np.arange(300) / 100
    force = UnitPacket(Stream.FORCE, time_s, np.ones((300, 1)), 0.0)
    motion = UnitPacket(Stream.IMU, time_s, np.ones((300, 6)), 0.0)
    imu = StreamInfo(Stream.IMU, ("ax_ms2",) * 6, Unit.IMU, 0.01)
    recording = Recording(Path("a.csv"), None, (FORCE, imu), (force, motion))
    batches, _ = replayed(recording, speed=None)
    assert [[packet.stream for packet in batch] for batch in batches] == [
        [Stream.FORCE, Stream.IMU]
    ] * 3


def test_own_packets_come_back_uncut_and_unchanged() -> None:
    recording = own_recording([counts(0), counts(1), counts(2)])
    batches, sleeper = replayed(recording, speed=1.0)
    assert [packet for batch in batches for packet in batch] == list(recording.packets)
    assert sleeper.total_s == pytest.approx(0.2)
    assert len(batches) == 3


def test_own_packets_are_paced_by_the_pad_s_clock_across_its_wrap_and_faults() -> None:
    start = 2**32 - 150_000
    # In order; repeated; out of order; after a silence; after the pad was switched off and on.
    ticks = [start, start + 100_000, start + 200_000, start + 200_000, start + 100_000]
    ticks += [start + 1_200_000, 5]
    recording = own_recording([counts(i, tick % 2**32) for i, tick in enumerate(ticks)])
    batches, sleeper = replayed(recording, speed=1.0)
    assert sum(len(batch) for batch in batches) == len(ticks)
    assert sleeper.total_s == pytest.approx(0.2 + 1.1)


def test_a_session_of_a_fast_simulated_pad_is_replayed_in_stream_time() -> None:
    # All packets arrived within a millisecond of ours, and hold a second of the foot's.
    packets = [counts(i, i * 100_000, arrival_s=i * 1e-4) for i in range(11)]
    _, sleeper = replayed(own_recording(packets), speed=1.0)
    assert sleeper.total_s == pytest.approx(1.0)


def test_a_second_sensor_with_a_clock_of_its_own_disturbs_no_pace() -> None:
    packets: list[Packet] = []
    for i in range(5):
        packets.append(counts(i))
        stamps_s = np.array([5e5 + i * 0.1])
        packets.append(UnitPacket(Stream.IMU, stamps_s, np.ones((1, 6)), i * 0.1))
    batches, sleeper = replayed(own_recording(packets), speed=1.0)
    assert [packet for batch in batches for packet in batch] == packets
    assert sleeper.total_s == pytest.approx(0.4)


def test_a_second_sensor_that_was_silent_keeps_its_place_among_the_others() -> None:
    motion = [
        UnitPacket(Stream.IMU, np.array([stamp_s]), np.ones((1, 6)), 0.0)
        for stamp_s in (0.0, 0.01, 0.5)
    ]
    packets: list[Packet] = [counts(0), motion[0], counts(4), motion[1], motion[2], counts(6)]
    batches, sleeper = replayed(own_recording(packets), speed=1.0)
    assert [packet for batch in batches for packet in batch] == packets
    assert [len(batch) for batch in batches] == [2, 2, 1, 1]
    assert sleeper.total_s == pytest.approx(0.6)


def test_a_packet_without_rows_is_passed_over() -> None:
    empty = UnitPacket(Stream.FORCE, np.empty(0), np.empty((0, 1)), 0.0)
    batches, _ = replayed(own_recording([empty, counts(0)]), speed=None)
    assert [packet.stream for batch in batches for packet in batch] == [Stream.FORCE]


def test_a_recording_without_samples_is_refused() -> None:
    recording = Recording(Path("cop.csv"), None, (), ())
    with pytest.raises(SourceError, match=r"cop\.csv: holds no sample") as caught:
        replayed(recording, speed=None)
    assert caught.value.reason is SourceFault.NOT_FOUND


@pytest.mark.parametrize("speed", [0.0, -1.0])
def test_a_speed_that_is_none_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="give one above 0"):
        ReplaySource(from_file(np.arange(3.0)), speed=speed, clock=ManualClock())


def test_it_says_what_it_is_and_hears_nothing() -> None:
    source = ReplaySource(own_recording([counts(0)]), speed=None, clock=ManualClock())
    assert source.is_replay
    assert source.is_simulated
    assert source.streams == (FORCE,)
    assert not ReplaySource(from_file(np.arange(3.0)), speed=None, clock=ManualClock()).is_simulated

    async def talk() -> list[int]:
        before = len(await source.read())
        await source.open()
        source.hear(RelaxAsked(0.0))
        first = len(await source.read())
        await source.close()
        await source.close()
        return [before, first, len(await source.read())]

    assert asyncio.run(talk()) == [0, 1, 0]


def replayed(
    recording: Recording, *, speed: float | None, late_s: float = 0.0
) -> tuple[list[Sequence[Packet]], Sleeper]:
    """Return every batch of a replay, and what was slept."""
    clock = ManualClock()
    clock.move(1000.0)
    sleeper = Sleeper(clock, late_s)
    source = ReplaySource(recording, speed=speed, clock=clock, sleep=sleeper)

    async def drain() -> list[Sequence[Packet]]:
        await source.open()
        batches = []
        while batch := await source.read():
            batches.append(batch)
        await source.close()
        return batches

    return asyncio.run(drain()), sleeper


def from_file(time_s: FloatArray) -> Recording:
    """Return a recording as a CSV gives it."""
    packet = UnitPacket(Stream.FORCE, time_s, np.sin(time_s)[:, None], float(time_s[-1]))
    return Recording(Path("a.csv"), None, (FORCE,), (packet,))


def own_recording(packets: Sequence[Packet]) -> Recording:
    """Return a recording of ours, made with the simulated pad."""
    header = RecordingHeader(
        "s", datetime(2026, 1, 1, tzinfo=UTC), "UTC", 0, "sim", is_simulated=True, streams=(FORCE,)
    )
    return Recording(Path("a.mcap"), header, (FORCE,), tuple(packets))


def counts(number: int, tick_us: int | None = None, arrival_s: float = 0.0) -> CountsPacket:
    """Return the pad's packet of that number: 0.1 s of one cell."""
    tick_us = number * 100_000 if tick_us is None else tick_us
    samples = np.full((8, 1), number, dtype=np.int32)
    return CountsPacket(Stream.FORCE, number, tick_us, 200_000, 0, Status.OK, samples, arrival_s)


def times_of(batches: list[Sequence[Packet]]) -> FloatArray:
    """Return the stamps of all samples, in the order they came."""
    stamps = [p.time_s for batch in batches for p in batch if isinstance(p, UnitPacket)]
    return np.concatenate(stamps)


def packets_s(batch: Sequence[Packet]) -> float:
    """Return the longest span of a packet in the batch."""
    return max(float(np.ptp(p.time_s)) for p in batch if isinstance(p, UnitPacket))
