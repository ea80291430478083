"""The simulated source: bytes of the node's frame, equal for equal cues, paced by the clock."""

import asyncio
import selectors
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from tests.unit.sources.guided import IDEAL, Script, reps, with_faults
from trainer.core.clock import ManualClock
from trainer.core.cues import RestStarted, Side, TareAsked
from trainer.core.packets import IMU_AXES, CountsPacket, Packet, Stream
from trainer.core.units import Unit
from trainer.sources.sim.config import SimConfig, hard
from trainer.sources.sim.source import SimSource
from trainer.wire.frames import split_frames

Answer = TypeVar("Answer")

SCRIPT: Script = [
    (0.5, TareAsked(0.5, 1.0)),
    *reps(4, start_s=2.0),
    (19.0, RestStarted(19.0, 10.0, Side.RIGHT)),
]


def test_equal_seeds_and_cues_give_equal_bytes_and_other_seeds_do_not() -> None:
    first, second, other = (listen_to(hard(SimConfig(seed=s))) for s in (7, 7, 8))
    assert len(first) > 200
    assert first == second
    assert first != other


@pytest.mark.parametrize("speed", [1.0, 50.0])
def test_speed_changes_no_byte(speed: float) -> None:
    config = hard(SimConfig(seed=3))
    assert listen_to(config, speed=speed) == listen_to(config, speed=None)


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_frames_come_when_they_are_due(speed: float) -> None:
    clock = ManualClock()
    source = SimSource(IDEAL, speed=speed, clock=clock)

    async def read_ten() -> list[float]:
        await source.open()
        return [(await source.read())[0].arrival_s for _ in range(10)]

    arrivals_s = run_on(clock, read_ten())
    period_s = 1.0 / IDEAL.rate_hz
    due_s = [(8 * k + 7) * period_s for k in range(10)]
    assert arrivals_s == pytest.approx(due_s, abs=1e-3 * speed)
    assert clock.monotonic_s() == pytest.approx(due_s[-1] / speed, abs=1e-3)


def test_at_full_speed_packets_arrive_on_the_time_of_the_stream() -> None:
    clock = ManualClock()
    source = SimSource(IDEAL, speed=None, clock=clock)

    async def read_ten() -> list[float]:
        await source.open()
        return [(await source.read())[0].arrival_s for _ in range(10)]

    due_s = [(8 * k + 7) / IDEAL.rate_hz for k in range(10)]
    assert run_on(clock, read_ten()) == pytest.approx(due_s, abs=1e-3)


def test_a_late_reader_catches_up() -> None:
    clock = ManualClock()
    source = SimSource(IDEAL, speed=1.0, clock=clock)

    async def read_late() -> list[float]:
        await source.open()
        clock.move(3.0)
        return [(await source.read())[0].arrival_s for _ in range(40)]

    arrivals_s = run_on(clock, read_late())
    assert arrivals_s[:34] == [3.0] * 34
    assert arrivals_s[-1] == pytest.approx((8 * 39 + 7) / IDEAL.rate_hz, abs=1e-3)


def test_a_cancelled_wait_loses_nothing() -> None:
    clock = ManualClock()
    source = SimSource(IDEAL, speed=1.0, clock=clock)

    async def read_impatiently() -> list[int]:
        await source.open()
        found: list[int] = []
        while len(found) < 5:
            try:
                packets = await asyncio.wait_for(source.read(), 0.03)
            except TimeoutError:
                continue
            found.extend(sequence_of(packets))
        return found

    start = IDEAL.start_seq
    assert run_on(clock, read_impatiently()) == [start + k for k in range(5)]


def test_an_unpaced_source_lets_other_tasks_run() -> None:
    source = SimSource(IDEAL, speed=None, clock=ManualClock())

    async def read_beside_another() -> bool:
        seen = []

        async def other() -> None:
            seen.append(True)

        task = asyncio.create_task(other())
        for _ in range(64):
            await source.read()
        is_seen = bool(seen)
        await task
        return is_seen

    assert asyncio.run(read_beside_another())


def test_a_doubled_frame_arrives_in_one_notification() -> None:
    source = SimSource(with_faults(duplicate_per_frame=0.999), speed=None, clock=ManualClock())

    async def read_two() -> list[int]:
        await source.read()
        return sequence_of(await source.read())

    sequence = asyncio.run(read_two())
    assert sequence == [IDEAL.start_seq + 1] * 2


@pytest.mark.parametrize("frame_samples", [1, 4, 80])
def test_any_length_of_frame_carries_the_same_signal(frame_samples: int) -> None:
    quiet = replace(IDEAL, unrest=SimConfig().unrest, duration_s=20.0)
    whole = np.concatenate(counts_of(listen_to(quiet, script=())))
    other = replace(quiet, frame_samples=frame_samples)
    cut = np.concatenate(counts_of(listen_to(other, script=())))
    shared = min(len(whole), len(cut))
    assert shared > 1700
    np.testing.assert_array_equal(cut[:shared], whole[:shared])


def test_the_stream_ends_after_its_duration() -> None:
    samples = sum(len(c) for c in counts_of(listen_to(replace(IDEAL, duration_s=10.0), script=())))
    assert samples == pytest.approx(10.0 * IDEAL.rate_hz, abs=8)


def test_the_stream_says_what_it_delivers() -> None:
    source = SimSource(SimConfig(), speed=None, clock=ManualClock())
    info, inertial = source.streams
    assert (inertial.stream, inertial.channels) == (Stream.IMU, IMU_AXES)
    assert inertial.unit is Unit.COUNTS
    assert info.channels == ("hallux", "toes", "ball", "heel")
    assert info.period_s is None
    assert info.delay_periods == 2.0
    assert source.calibration.channels == info.channels
    assert source.is_simulated
    assert not source.is_replay


@pytest.mark.parametrize("speed", [0.0, -1.0])
def test_a_speed_that_never_arrives_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        SimSource(SimConfig(), speed=speed, clock=ManualClock())


def listen_to(
    config: SimConfig, *, speed: float | None = None, script: Script = SCRIPT
) -> list[bytes]:
    """Return the notifications of 25 s; each cue is spoken after a frame, by stream time."""
    clock = ManualClock()
    source = SimSource(
        replace(config, duration_s=config.duration_s or 25.0), speed=speed, clock=clock
    )
    waiting = list(script)

    async def listen() -> list[bytes]:
        await source.open()
        found: list[bytes] = []
        samples = 0
        while (notification := await source.receive()) is not None:
            found.append(notification)
            samples += sum(len(c) for c in counts_of([notification]))
            while waiting and waiting[0][0] * config.rate_hz <= samples:
                source.hear(waiting.pop(0)[1])
        return found

    return run_on(clock, listen())


def sequence_of(packets: Sequence[Packet]) -> list[int]:
    """Return the numbers of the force frames."""
    return [p.seq for p in packets if isinstance(p, CountsPacket) and p.stream is Stream.FORCE]


def counts_of(notifications: list[bytes]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int32]]]:
    """Return the counts of the force frames."""
    packets = (p for n in notifications for p in split_frames(n, 0.0).packets)
    return [p.counts for p in packets if p.stream is Stream.FORCE]


class ManualSelector(selectors.SelectSelector):
    """Waits by moving a clock: a loop that runs on it sleeps for no time at all."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self._clock.move(timeout)
        return super().select(0)


class ManualLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: ManualClock) -> None:
        super().__init__(ManualSelector(clock))
        self._manual = clock

    def time(self) -> float:
        return self._manual.monotonic_s()


def run_on(clock: ManualClock, job: Coroutine[None, None, Answer]) -> Answer:
    with asyncio.Runner(loop_factory=lambda: ManualLoop(clock)) as runner:
        return runner.run(job)
