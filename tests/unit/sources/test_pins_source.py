"""The source on the pins: its workers, their faults, and what is known of them."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sources.pinworld import FedWorker, Outcome, outcome_of, start_emulated
from trainer.core.clock import ManualClock, SystemClock
from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import IMU_AXES, CountsPacket, Packet, Stream
from trainer.sources.pins.emulator import Habits
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.listener import whole_bytes
from trainer.sources.pins.process import ProcessWorker, Starter, Worker, start_worker
from trainer.sources.pins.source import PinsSource
from trainer.sources.pins.worker import Pipes

JOB = Job(Driver.HX711_SPI, ("toes", "heel"), buses=(0, 1))
MOTION = Job(Driver.LSM6DS, ("inertial sensor",))
SCRIPT = Path(__file__).with_name("emulatedworker.py")


def _source(start: Starter, *jobs: Job) -> PinsSource:
    return PinsSource(jobs or (JOB,), ("toes", "heel"), ManualClock(), start)


async def _read_all(source: PinsSource) -> list[Packet]:
    await source.open()
    packets: list[Packet] = []
    try:
        while read := await source.read():
            packets.extend(read)
    finally:
        await source.close()
    return packets


def _start_fed(*outcomes: Outcome) -> Starter:
    left = list(outcomes)

    async def start(_job: Job) -> Worker:
        return FedWorker(left.pop(0))

    return start


def test_what_the_worker_sends_arrives_whole_and_in_order() -> None:
    source = _source(start_emulated)
    packets = asyncio.run(_read_all(source))
    sent = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits()).frames
    assert [p.frame for p in packets if isinstance(p, CountsPacket)] == sent
    assert source.vitals.bad_bytes == 0
    taken = sum(len(p.counts) for p in packets if isinstance(p, CountsPacket))
    assert source.vitals.health.about.startswith(f"{taken} conversions taken, not: settling ")


def test_frames_cut_anywhere_are_put_together_again() -> None:
    frames = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits()).frames[:3]
    data = b"".join(frames)
    for cut in range(len(data)):
        whole = whole_bytes(data[:cut])
        ends = [0, len(frames[0]), len(frames[0]) + len(frames[1])]
        assert whole == max(end for end in ends if end <= cut)


def test_foreign_bytes_are_counted_and_frames_after_them_found() -> None:
    good = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits())
    source = _source(_start_fed(Outcome([b"hello, it is me", *good.frames], good.words)))
    assert len(asyncio.run(_read_all(source))) == len(good.frames)
    assert source.vitals.bad_bytes == 15


def test_a_fault_before_the_first_sample_ends_the_opening() -> None:
    start = partial(start_emulated, habits=Habits(stuck=1))
    with pytest.raises(SourceError, match=r"^hallux and toes: no conversion for") as caught:
        asyncio.run(_read_all(_source(start)))
    assert caught.value.reason is SourceFault.NOT_FOUND


def test_a_fault_under_way_ends_the_reading_after_what_came_before() -> None:
    good = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits())
    start = _start_fed(Outcome(good.frames, [{"fault": "toes: gone.", "reason": "lost"}], 1))
    source = _source(start)

    async def read() -> int:
        await source.open()
        count = 0
        try:
            while True:
                count += len(await source.read())
        except SourceError as error:
            assert str(error) == "toes: gone."  # noqa: PT017 - counted up to here
            return count
        finally:
            await source.close()

    assert asyncio.run(read()) == len(good.frames)


def test_without_motion_a_session_goes_on_and_says_so() -> None:
    good = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits())
    gone = Outcome(good.frames[:1], [{"fault": "inertial sensor: gone.", "reason": "lost"}], 1)
    source = _source(_start_fed(good, gone), JOB, MOTION)
    assert len(asyncio.run(_read_all(source))) == len(good.frames) + 1
    assert source.vitals.news == "inertial sensor: gone."


def test_streams_are_those_of_the_jobs_on_one_clock() -> None:
    force, motion = _source(start_emulated, JOB, MOTION).streams
    assert (force.stream, force.channels, force.delay_periods) == (
        Stream.FORCE,
        ("toes", "heel"),
        2.0,
    )
    assert (motion.stream, motion.channels) == (Stream.IMU, IMU_AXES)
    assert force.clock == motion.clock


def test_a_refused_priority_is_told() -> None:
    good = outcome_of(Driver.HX711_SPI, 2, 5.0, Habits())
    source = _source(_start_fed(Outcome(good.frames, [{"priority": "refused"}, *good.words])))
    asyncio.run(_read_all(source))
    assert source.vitals.health.about.endswith("; refused")


def _real(fate: str) -> Starter:
    return partial(start_worker, command=(sys.executable, str(SCRIPT), fate))


def _run(action: Coroutine[Any, Any, Sequence[Packet]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    asyncio.run(action)


def test_a_real_process_streams_and_ends_when_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    workers: list[Worker] = []

    async def start(job: Job) -> Worker:
        worker = await _real("well")(job)
        workers.append(worker)
        return worker

    async def read() -> Sequence[Packet]:
        source = PinsSource((JOB,), ("toes", "heel"), SystemClock(), start)
        await source.open()
        packets = await source.read()
        await source.close()
        assert source.vitals.bad_bytes == 0
        return packets

    _run(read(), monkeypatch)
    worker = workers[0]
    assert isinstance(worker, ProcessWorker)
    assert asyncio.run(worker.end()) == 0


@pytest.mark.parametrize(
    ("fate", "message"),
    [
        ("stuck", "stuck low"),
        ("crash", "the sky fell down"),
        ("killed", "ended with status -9"),
    ],
)
def test_whatever_ends_a_real_process_is_an_error_with_its_cause(
    fate: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SourceError, match=message):
        _run(_read_all(_source(_real(fate))), monkeypatch)


def test_a_process_killed_under_way_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    workers: list[Worker] = []

    async def start(job: Job) -> Worker:
        worker = await _real("well")(job)
        workers.append(worker)
        return worker

    async def read() -> Sequence[Packet]:
        source = _source(start)
        await source.open()
        worker = workers[0]
        assert isinstance(worker, ProcessWorker)
        os.kill(worker.pid, signal.SIGKILL)
        try:
            while await source.read():
                pass
        finally:
            await source.close()
        return ()

    with pytest.raises(SourceError, match="status -9"):
        _run(read(), monkeypatch)


def test_a_pipe_takes_a_frame_whole_or_not_at_all() -> None:
    reading, writing = os.pipe()
    try:
        pipes = Pipes(writing, writing)
        frame = bytes(range(100))
        taken = 0
        while pipes.frame(frame):
            taken += 1
        os.set_blocking(reading, False)
        data = bytearray()
        while len(data) < taken * len(frame):
            data += os.read(reading, 65536)
        assert bytes(data) == frame * taken
        with pytest.raises(BlockingIOError):
            os.read(reading, 1)
    finally:
        os.close(reading)
        os.close(writing)
