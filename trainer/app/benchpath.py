"""How fast this machine takes a sample from the packet to the coach, beside its floor."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from trainer.app.benchanalyse import measure_analyse
from trainer.app.benchblocks import BLOCK, measure_blocks
from trainer.app.benchradio import measure_radio
from trainer.app.figures import Figure
from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.app.shelf import shipped_exercises
from trainer.app.stopwatch import ROUNDS
from trainer.coach.conductor import Coach
from trainer.coach.plan import make_plan
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.cues import Cue
from trainer.core.link import NO_VITALS
from trainer.core.packets import Packet
from trainer.core.ports import Source
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings, RecordingSettings
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource
from trainer.wire.frames import split_frames

RECORDING: Final = "bench.mcap"
RATE_HZ: Final = 92.9
"""Of the simulated pad, as measured on '80 Hz' converters."""

SECOND: Final = 12
"""Frames in a second: as many as a replay at full speed hands on at once."""

SESSION_S: Final = 900.0


def measure_path(python: Path | None = None) -> tuple[Figure, ...]:
    """Measure blocks, whole sessions and `analyse`, each in one thread.

    `python` is an interpreter that has the peers, which are measured in the same run.
    """
    sim = SimSource(SimConfig(seed=1, duration_s=SESSION_S), speed=None, clock=SystemClock())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frames = asyncio.run(_record_frames(sim, folder))
        return (
            *measure_blocks(sim.streams[0], sim.calibration, python),
            *measure_radio(),
            *_measure_session(sim, frames),
            *measure_analyse(folder / RECORDING, sim.calibration, folder),
        )


async def _record_frames(sim: SimSource, folder: Path) -> list[bytes]:
    """Return the frames of a coached session on the simulated pad; its recording in `folder`."""
    frames: list[bytes] = []
    session, recorder = _make_session(sim, sim, folder)
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
    recorder = RecordingWriter(folder / RECORDING, header, SystemClock(), RecordingSettings())
    pipeline = Pipeline(info, sim.calibration, DetectionSettings())
    parts = Parts(source, recorder, pipeline, coach, lambda _mvc, _athlete: None)
    return Session(parts, Ring((*info.channels, "total"), 2000)), recorder


class _Silent:
    """A source that hears cues and does nothing: what it would deliver was recorded before."""

    is_replay = False
    is_simulated = True
    vitals = NO_VITALS

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
