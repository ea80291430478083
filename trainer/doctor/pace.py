"""How samples and frames come: rate, evenness, losses, and what the frames say of themselves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.packets import CountsPacket, Status, UnitPacket
from trainer.core.units import Unit
from trainer.doctor.checks import DOUBTFUL, GAPS, JITTER, LOST, POWER_DOWN, RATE
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.take import Take

GOOD_HZ: Final = ((72.0, 96.0), (288.0, 352.0))
SLOWEST_HZ: Final = 40.0
FASTEST_HZ: Final = 400.0

LEAST: Final = 3
"""Frames or samples from which a period can be told."""
_WRAP_US: Final = 2**32


@dataclass(frozen=True, slots=True)
class Pace:
    """The period of the samples, and how far single ones are off."""

    period_s: float
    jitter_s: float


def measure_pace(taken: Take) -> Pace | None:
    """Return the pace of a stream; None where too little came."""
    frames = [packet for packet in taken.packets if isinstance(packet, CountsPacket)]
    spans_s, counts = _frame_spans(frames) if frames else _sample_spans(taken)
    if len(spans_s) < LEAST:
        return None
    period_s = float(np.median(spans_s / counts))
    off_s = spans_s - counts * period_s
    # A jump of half a period or more is a loss, and counted as one.
    near_s = off_s[np.abs(off_s) < period_s / 2]
    # Both ends of a span are off, each on its own.
    jitter_s = float(np.std(near_s) / np.sqrt(2.0)) if len(near_s) else period_s
    return Pace(period_s, jitter_s)


def pace_findings(taken: Take) -> tuple[Finding, ...]:
    """Return what is found of a force stream's pace and losses."""
    pace = measure_pace(taken)
    if pace is None:
        told = tuple(check.unknown("too few samples") for check in (RATE, JITTER))
    else:
        told = (_rate(1 / pace.period_s), JITTER.judge(1e3 * pace.jitter_s))
    share = 100.0 * taken.lost / max(1, taken.lost + taken.received)
    return (*told, LOST.judge(share), GAPS.judge(float(taken.gaps)), *_frame_findings(taken))


def _frame_findings(taken: Take) -> tuple[Finding, ...]:
    states = [packet.status for packet in taken.packets if isinstance(packet, CountsPacket)]
    if not states or taken.info.unit is not Unit.COUNTS:
        why = "this sensor says nothing of it"
        return DOUBTFUL.unknown(why), POWER_DOWN.unknown(why)
    doubts = sum(bool(state & (Status.NOT_READY | Status.QUEUE_OVERFLOW)) for state in states)
    sleeps = sum(bool(state & Status.POWER_DOWN) for state in states)
    return DOUBTFUL.judge(100.0 * doubts / len(states)), POWER_DOWN.judge(float(sleeps))


def _rate(rate_hz: float) -> Finding:
    if not SLOWEST_HZ <= rate_hz <= FASTEST_HZ:
        return RATE.find(Verdict.FAIL, rate_hz)
    is_good = any(low <= rate_hz <= high for low, high in GOOD_HZ)
    return RATE.find(Verdict.OK if is_good else Verdict.WARN, rate_hz)


def _frame_spans(frames: list[CountsPacket]) -> tuple[FloatArray, FloatArray]:
    """Return (n,) seconds from frame to frame that follow each other, and their samples."""
    ticks = np.array([frame.tick_us for frame in frames])
    numbers = np.array([frame.seq for frame in frames])
    counts = np.array([len(frame.counts) for frame in frames], dtype=np.float64)
    is_next = (np.diff(numbers) % 2**16 == 1) & (counts[:-1] > 0)
    spans_s = (np.diff(ticks) % _WRAP_US) / 1e6
    return spans_s[is_next], counts[:-1][is_next]


def _sample_spans(taken: Take) -> tuple[FloatArray, FloatArray]:
    stamps = [packet.time_s for packet in taken.packets if isinstance(packet, UnitPacket)]
    spans_s = np.diff(np.concatenate(stamps)) if stamps else np.empty(0)
    rising_s = spans_s[spans_s > 0]
    return rising_s, np.ones(len(rising_s))
