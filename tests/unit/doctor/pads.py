"""Packets of a simulated pad that nobody stands on, and every fault that a pad may have in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from calibration import Calibration
from trainer.core.arrays import CountArray, FloatArray
from trainer.core.clock import ManualClock
from trainer.core.packets import CountsPacket, Packet, Status, Stream, StreamInfo
from trainer.doctor.examine import Evidence, examine
from trainer.doctor.finding import BAD, Finding
from trainer.doctor.take import take
from trainer.sources.sim.config import FaultRates, SimConfig, unloaded
from trainer.sources.sim.source import SimSource
from trainer.sources.sim.stream import SimStream

FULL: Final = 2**23 - 1
LOWEST: Final = -(2**23)
PERIOD_S: Final = 1 / 92.9
NO_FAULTS: Final = FaultRates(
    glitch_per_sample=0.0,
    spike_per_sample=0.0,
    missed_per_frame=0.0,
    lost_per_frame=0.0,
    long_gap_per_frame=0.0,
    duplicate_per_frame=0.0,
)

Frames: TypeAlias = list[CountsPacket]
Fault: TypeAlias = Callable[[Frames], Frames]
"""Force frames of a healthy pad in, those of a spoilt one out."""
Spoil: TypeAlias = Callable[[CountArray, FloatArray], None]
"""Changes (n, 4) counts at (n,) seconds where they stand."""


@dataclass(frozen=True, slots=True)
class Pad:
    """What a pad delivered while nobody touched it."""

    force: StreamInfo
    motion: StreamInfo
    frames: Frames
    inertial: Frames
    calibration: Calibration

    def evidence(self) -> Evidence:
        """Return it as an examination sees it."""
        packets: list[Packet] = [*self.frames]
        return Evidence(
            take(self.force, packets),
            take(self.motion, self.inertial),
            calibration=self.calibration,
        )


def make_pad(seed: int, seconds: float, faults: FaultRates = NO_FAULTS) -> Pad:
    """Return what the simulated pad delivers; packets arrive when they are ready."""
    config = replace(unloaded(SimConfig(seed=seed)), faults=faults)
    infos = {info.stream: info for info in _streams(config)}
    stream = SimStream(config)
    frames: Frames = []
    inertial: Frames = []
    while stream.delivered_s < seconds:
        due_s = stream.due_s
        made = stream.next_frame()
        if made is not None:
            frames += [replace(made[0], arrival_s=due_s)] * made[1]
        inertial += [replace(packet, arrival_s=due_s) for packet in stream.imu_frames()]
    return Pad(infos[Stream.FORCE], infos[Stream.IMU], frames, inertial, stream.calibration)


def bad_of(findings: Sequence[Finding]) -> set[str]:
    """Return the ids of the findings where something is to be done."""
    return {found.id for found in findings if found.verdict in BAD}


def spoilt(pad: Pad, fault: Fault) -> tuple[Finding, ...]:
    """Return the findings of a pad with a fault in its force."""
    return examine(replace(pad, frames=fault(pad.frames)).evidence())


def on_counts(spoil: Spoil) -> Fault:
    """Return the fault that changes counts and nothing else."""

    def fault(frames: Frames) -> Frames:
        edges = np.cumsum([0, *(len(frame.counts) for frame in frames)])
        counts = np.concatenate([frame.counts for frame in frames])
        spoil(counts, PERIOD_S * np.arange(len(counts), dtype=np.float64))
        return [
            replace(frame, counts=counts[start:stop])
            for frame, start, stop in zip(frames, edges[:-1], edges[1:], strict=True)
        ]

    return fault


def codes(code: Callable[[int], int], every: int = 50, run: int = 1) -> Fault:
    """Return the fault that puts a code into the first cell, `run` samples long."""

    def spoil(counts: CountArray, time_s: FloatArray) -> None:
        for turn, start in enumerate(range(7, len(time_s), every)):
            counts[start : start + run, 0] = code(turn)

    return on_counts(spoil)


def stuck_at(code: int) -> Fault:
    """Return the fault of a data line that stays at one level."""

    def spoil(counts: CountArray, time_s: FloatArray) -> None:
        del time_s
        counts[:, 2] = code

    return on_counts(spoil)


def stuck_bit(bit: int, *, is_set: bool) -> Fault:
    """Return the fault of one bit of the last cell."""

    def spoil(counts: CountArray, time_s: FloatArray) -> None:
        del time_s
        counts[:, 3] = counts[:, 3] | 1 << bit if is_set else counts[:, 3] & ~(1 << bit)

    return on_counts(spoil)


def added(load_n: Callable[[FloatArray], npt.ArrayLike], per_n: float = 21_400.0) -> Fault:
    """Return the fault that adds a force of time to the first cell."""

    def spoil(counts: CountArray, time_s: FloatArray) -> None:
        load = np.asarray(load_n(time_s), dtype=np.float64)
        counts[:, 0] += np.rint(per_n * load).astype(np.int32)

    return on_counts(spoil)


def times(factor: float) -> Fault:
    """Return the fault of a converter whose clock runs so much faster."""

    def fault(frames: Frames) -> Frames:
        first_us, first_s = frames[0].tick_us, frames[0].arrival_s
        return [
            replace(
                frame,
                tick_us=(first_us + round((frame.tick_us - first_us) % 2**32 / factor)) % 2**32,
                period_us16=round(frame.period_us16 / factor),
                arrival_s=first_s + (frame.arrival_s - first_s) / factor,
            )
            for frame in frames
        ]

    return fault


def uneven(frames: Frames) -> Frames:
    """Return frames that are stamped up to 4 ms early or late."""
    rng = np.random.default_rng(0)
    off_us: list[int] = rng.integers(-4000, 4000, len(frames)).tolist()
    return [
        replace(frame, tick_us=(frame.tick_us + late_us) % 2**32)
        for frame, late_us in zip(frames, off_us, strict=True)
    ]


def without(is_lost: Callable[[int], bool]) -> Fault:
    """Return the fault that loses frames by their number."""
    return lambda frames: [frame for n, frame in enumerate(frames) if n == 0 or not is_lost(n)]


def shortened(frames: Frames) -> Frames:
    """Return frames of which one in ten ends two samples early."""
    return [
        replace(frame, counts=frame.counts[:-2]) if n % 10 == 5 else frame
        for n, frame in enumerate(frames)
    ]


def marked(status: Status, every: int) -> Fault:
    """Return the fault that is only told in the frames' status."""
    return lambda frames: [
        replace(frame, status=status) if n % every == 0 else frame for n, frame in enumerate(frames)
    ]


def late(frames: Frames) -> Frames:
    """Return frames of which one in twenty arrives half a second late."""
    return [
        replace(frame, arrival_s=frame.arrival_s + 0.5 * (n % 20 == 0))
        for n, frame in enumerate(frames)
    ]


def _streams(config: SimConfig) -> tuple[StreamInfo, ...]:
    return SimSource(config, speed=None, clock=ManualClock()).streams
