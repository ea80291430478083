"""The trace: the course of force that a rep is to follow, and the ramp of the first reps."""

from itertools import pairwise
from typing import Final

from trainer.coach.programme import Led, Step

RAMP: Final = (0.5, 0.67, 0.83)
"""Shares of the target in the first reps of a foot's first set: gradual loading, from half."""

PULSE_LOW: Final = 0.5
"""Lower turning point of a pulse, as a share of its upper one: proposed."""

Trace = tuple[tuple[float, float], ...]


def ramp_share(rep: int) -> float:
    """Return the share of the target that a rep, from 1, is to reach."""
    return RAMP[rep - 1] if 1 <= rep <= len(RAMP) else 1.0


def rep_trace(step: Step, from_s: float, force_n: float) -> Trace:
    """Return the points of one rep from stream time `from_s`: up, hold, down."""
    tempo = step.tempo
    hold_s = step.hold_s or tempo.hold_s
    up_s, end_s = from_s + tempo.up_s, from_s + tempo.up_s + hold_s
    return ((from_s, 0.0), (up_s, force_n), (end_s, force_n), (end_s + tempo.down_s, 0.0))


def pulse_trace(step: Step, pulses: int, from_s: float, force_n: float) -> Trace:
    """Return the points of slow pulses between two forces, let go after the last."""
    tempo = step.tempo
    points: list[tuple[float, float]] = [(from_s, 0.0)]
    at_s = from_s
    for number in range(1, pulses + 1):
        points.append((at_s + tempo.up_s, force_n))
        points.append((at_s + tempo.up_s + tempo.hold_s, force_n))
        at_s += tempo.rep_s
        points.append((at_s, force_n * PULSE_LOW if number < pulses else 0.0))
    return tuple(points)


def wanted_n(trace: Trace, at_s: float) -> float:
    """Return the force of the trace at a stream time, in newtons; 0 outside it."""
    for (from_s, from_n), (to_s, to_n) in pairwise(trace):
        if from_s <= at_s <= to_s:
            share = (at_s - from_s) / (to_s - from_s) if to_s > from_s else 1.0
            return from_n + share * (to_n - from_n)
    return 0.0


def is_traced(led: Led) -> bool:
    """Return whether a trace is shown for sets that are led so."""
    return led in {Led.REPS, Led.HOLD, Led.PULSE}
