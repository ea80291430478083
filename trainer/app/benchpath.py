"""How fast this machine takes a sample from the packet to the coach, beside its floor."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from scipy.signal import butter, sosfilt

from trainer.app.figures import Figure
from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.app.shelf import shipped_exercises
from trainer.coach.conductor import Coach
from trainer.coach.plan import make_plan
from trainer.core.arrays import FloatArray
from trainer.core.block import Block
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.cues import Cue
from trainer.core.packets import Packet
from trainer.core.ports import Source
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings, RecordingSettings
from trainer.detect.holds import HoldDetector
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter
from trainer.signal.bank import FilterBank
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource
from trainer.wire.frames import split_frames

BLOCK: Final = 8
RATE_HZ: Final = 92.9
"""Of the simulated pad, as measured on '80 Hz' converters."""

GRID_HZ: Final = 80.0
SAMPLES: Final = 4000
"""Of the blocks that the path is measured on: 50 s at 80 Hz."""

SECOND: Final = 12
"""Frames in a second: as many as a replay at full speed hands on at once."""

SESSION_S: Final = 900.0
ROUNDS: Final = 7


def measure_path() -> tuple[Figure, ...]:
    """Measure the whole path per block, and a whole session, each in one thread."""
    sim = SimSource(SimConfig(seed=1, duration_s=SESSION_S), speed=None, clock=SystemClock())
    frames = asyncio.run(_record_frames(sim))
    return (*_measure_block(sim), *_measure_session(sim, frames))


def _measure_block(sim: SimSource) -> Iterable[Figure]:
    """Calibrate, filter bank, difference, tare, hysteresis, events, against one sosfilt call."""
    sections = butter(2, (4.0, 12.0), "bandpass", fs=GRID_HZ, output="sos")
    state = np.zeros((len(sections), 4, 2))
    time_s = np.arange(SAMPLES) / GRID_HZ
    waves = np.clip(np.sin(time_s * 2 * np.pi / 4), 0, None)
    bank = FilterBank(sim.calibration, GRID_HZ)
    detector = HoldDetector(DetectionSettings(), GRID_HZ)

    def path(blocks: Sequence[Block]) -> None:
        bank.reset()
        detector.reset()
        for block in blocks:
            detector.push(bank.push(block))

    def floor(blocks: Sequence[Block]) -> None:
        rows = np.ascontiguousarray(blocks[0].data.T)
        for _ in blocks:
            sosfilt(sections, rows, axis=-1, zi=state)

    half = np.where(time_s < time_s[-1] / 2, 0.0, 1.0)
    for name, shape in (
        ("whole path, 8 samples x 4 channels, half at rest and half in a hold", half),
        ("the same, with a hold that ends and is settled every 4 s", waves),
    ):
        blocks = _blocks(sim, 40 * shape)
        tasks = (partial(path, blocks), partial(floor, blocks))
        path_us, floor_us = _best_us(tasks, len(blocks))
        peer = "one public sosfilt call, same block"
        yield Figure(name, path_us, "us", peer, floor_us, limit="ratio at most 0.5")


def _blocks(sim: SimSource, toes_n: FloatArray) -> list[Block]:
    """Return blocks of raw counts in which both toe cells carry (n,) newtons, and noise."""
    rng = np.random.default_rng(1)
    counts = sim.calibration.zero() + rng.normal(0, 300, (SAMPLES, 4))
    counts[:, :2] += toes_n[:, None] / np.diag(sim.calibration.matrix())[:2]
    time_s = np.arange(SAMPLES) / GRID_HZ
    quality = np.zeros(SAMPLES, dtype=np.uint8)
    info = sim.streams[0]
    cuts = [slice(first, first + BLOCK) for first in range(0, SAMPLES, BLOCK)]
    return [
        Block(info, cut.start, time_s[cut], counts[cut], quality[cut], cut.start == 0)
        for cut in cuts
    ]


def _best_us(tasks: Sequence[Callable[[], None]], steps: int) -> list[float]:
    """Return microseconds per step, best of interleaved rounds."""
    best = [float("inf")] * len(tasks)
    for _ in range(ROUNDS):
        for index, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            best[index] = min(best[index], 1e6 * (time.perf_counter() - start) / steps)
    return best


async def _record_frames(sim: SimSource) -> list[bytes]:
    """Return the frames of a coached session on the simulated pad, SESSION_S long."""
    frames: list[bytes] = []
    with tempfile.TemporaryDirectory() as folder:
        session, recorder = _make_session(sim, sim, Path(folder))
        await sim.open()
        while (frame := await sim.receive()) is not None:
            frames.append(frame)
            session.take(split_frames(frame, len(frames) * BLOCK / RATE_HZ).packets)
            if len(frames) == 1:
                session.obey(Next())
        recorder.close()
    return frames


def _measure_session(sim: SimSource, frames: Sequence[bytes]) -> Iterable[Figure]:
    """Bytes, packets, timing, stages, coach, curves and recorder, in one thread."""
    for name, batch in (("frame by frame", 1), ("in batches of a second", SECOND)):
        stream_s, best_s = 0.0, float("inf")
        for _ in range(ROUNDS):
            stream_s, took_s = _time_session(sim, frames, batch)
            best_s = min(best_s, took_s)
        yield Figure(
            f"session of {stream_s / 60:.0f} min, {name}",
            stream_s / best_s,
            "x real time",
            limit="2000 x real time on one core",
        )


def _time_session(sim: SimSource, frames: Sequence[bytes], batch: int) -> tuple[float, float]:
    """Return the seconds of the session and those it took, frames handed on `batch` at a time."""
    with tempfile.TemporaryDirectory() as folder:
        session, recorder = _make_session(sim, _Silent(sim), Path(folder))
        gc.collect()
        gc.freeze()  # as the engine does
        start = time.perf_counter()
        for first in range(0, len(frames), batch):
            packets: list[Packet] = []
            for number in range(first, min(first + batch, len(frames))):
                packets += split_frames(frames[number], number * BLOCK / RATE_HZ).packets
            session.take(packets)
            if first == 0:
                session.obey(Next())
        recorder.close()
        return session.at_s, time.perf_counter() - start


def _make_session(sim: SimSource, source: Source, folder: Path) -> tuple[Session, RecordingWriter]:
    info = sim.streams[0]
    exercise = shipped_exercises()["toe_curl"]
    coach = Coach(make_plan(exercise, athlete="bench"))
    header = RecordingHeader(
        session_id="bench",
        started_at=datetime.now(UTC),
        zone="UTC",
        utc_offset_s=0,
        source="sim",
        is_simulated=True,
        streams=sim.streams,
        calibration=sim.calibration,
    )
    recorder = RecordingWriter(folder / "bench.mcap", header, SystemClock(), RecordingSettings())
    pipeline = Pipeline(info, sim.calibration, DetectionSettings())
    parts = Parts(source, recorder, pipeline, coach, lambda _mvc, _athlete: None)
    return Session(parts, Ring((*info.channels, "total"), 2000)), recorder


class _Silent:
    """A source that hears cues and does nothing: what it would deliver was recorded before."""

    is_replay = False
    is_simulated = True

    def __init__(self, sim: SimSource) -> None:
        self.streams = sim.streams

    async def open(self) -> None:
        """Nothing to open."""

    async def read(self) -> Sequence[Packet]:
        """Return nothing."""
        return ()

    def hear(self, cue: Cue) -> None:
        """Ignore the cue."""

    async def close(self) -> None:
        """Nothing to close."""
