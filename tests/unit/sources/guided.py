"""A scripted coach: cues at given stream times, and the simulated pad that hears them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.cues import (
    Cue,
    PressAsked,
    RelaxAsked,
    SetEnded,
    SetStarted,
    Side,
)
from trainer.core.packets import CountsPacket
from trainer.sources.sim.config import (
    FatigueConfig,
    FaultRates,
    FootConfig,
    Habits,
    PadConfig,
    SimConfig,
    Unrest,
)
from trainer.sources.sim.stream import SimStream
from trainer.sources.sim.truth import Truth

OBEDIENT = Habits(early=0.0, late=0.0, weak=0.0, absent=0.0, short=0.0, compensated=0.0)
FLAWLESS = FaultRates(
    glitch_per_sample=0.0,
    spike_per_sample=0.0,
    missed_per_frame=0.0,
    lost_per_frame=0.0,
    long_gap_per_frame=0.0,
    duplicate_per_frame=0.0,
)
STEADY = FootConfig(
    skew=0.0,
    wander_cv=(0.0, 0.0),
    tremor_ratio=(0.0, 0.0),
    droop=0.0,
    tired_droop=0.0,
    clean_ratio_sd=0.0,
    leg_push_n=0.0,
)
CALM = Unrest(0.0, 0.0, 0.0, fidgets_per_min=0.0, shifts_per_min=0.0, resettle_n=0.0)
SILENT = PadConfig(noise_counts=0.0, mains_n=0.0, drift_n=0.0, creep_ratio=0.0)

IDEAL = SimConfig(
    rate_drift=0.0,
    tick_jitter_us=0.0,
    foot=STEADY,
    habits=OBEDIENT,
    fatigue=FatigueConfig(probability=0.0),
    unrest=CALM,
    pad=SILENT,
    faults=FLAWLESS,
)
"""Nothing disturbs: what is measured is what was asked."""

Script = Sequence[tuple[float, Cue]]


@dataclass(frozen=True)
class Session:
    """What came out of a scripted session."""

    packets: tuple[CountsPacket, ...]
    force_n: FloatArray
    truth: Truth

    @property
    def toe_n(self) -> FloatArray:
        """Return (n,) newtons of hallux and toes together."""
        return self.force_n[:, 0] + self.force_n[:, 1]

    @property
    def time_s(self) -> FloatArray:
        """Return (n,) middles of the conversions of an ideal pad; the first was ready at 0."""
        return np.asarray((np.arange(len(self.force_n)) - 2.0) / IDEAL.rate_hz, np.float64)


def run(config: SimConfig, script: Script, duration_s: float) -> Session:
    """Return what the pad delivers while the script is spoken."""
    stream = SimStream(config)
    packets = tuple(listen(stream, script, duration_s))
    counts = np.concatenate([p.counts for p in packets]).astype(np.float64)
    return Session(packets, stream.calibration.to_newton(counts), stream.truth)


def listen(stream: SimStream, script: Script, duration_s: float) -> Iterator[CountsPacket]:
    """Yield the delivered frames, twice where they arrive twice, and speak in between."""
    waiting = list(script)
    while stream.delivered_s < duration_s:
        while waiting and waiting[0][0] <= stream.delivered_s:
            stream.hear(waiting.pop(0)[1])
        made = stream.next_frame()
        if made is not None:
            yield from [made[0]] * made[1]


def reps(
    count: int, *, target_n: float | None = 40.0, start_s: float = 1.0, hold_s: float = 1.5
) -> list[tuple[float, Cue]]:
    """Return the cues of one set of the left foot, a press every four seconds."""
    script: list[tuple[float, Cue]] = [(start_s, SetStarted(start_s, Side.LEFT, 1, 1, count))]
    for rep in range(count):
        at_s = start_s + 4.0 * rep
        script.append((at_s, PressAsked(at_s, rep + 1, target_n, hold_s)))
        script.append((at_s + hold_s + 0.5, RelaxAsked(at_s + hold_s + 0.5)))
    end_s = start_s + 4.0 * count
    return [*script, (end_s, SetEnded(end_s, 1, count))]


def with_faults(config: SimConfig = IDEAL, **rates: float) -> SimConfig:
    """Return the config with some faults switched on."""
    return replace(config, faults=replace(config.faults, **rates))


def with_habits(config: SimConfig = IDEAL, **chances: float) -> SimConfig:
    """Return the config with some bad habits switched on."""
    return replace(config, habits=replace(config.habits, **chances))
