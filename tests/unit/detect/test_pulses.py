"""Pulses within a hold are told by their rise, and what is no pulse is not."""

import numpy as np
import pytest

from trainer.detect.pulses import PulseWatch

TIME_S = np.arange(0.0, 24.0, 0.01)


def pulsed(count: int, period_s: float, low: float, noise: float = 0.0) -> np.ndarray:
    """Return newtons of so many pulses between 40 N and a share of it, let go after the last."""
    phase = 2 * np.pi * (TIME_S - 1.0) / period_s
    course_n = 40.0 * ((1 + low) / 2 - (1 - low) / 2 * np.cos(phase))
    since_s = TIME_S - 1.0
    is_first = since_s < period_s / 2
    course_n[is_first] = 40.0 * np.clip(since_s[is_first] / (period_s / 2), 0, 1)
    course_n[since_s > count * period_s] = 0.0
    return np.asarray(course_n + noise * np.random.default_rng(1).standard_normal(len(TIME_S)))


@pytest.mark.parametrize("count", [1, 3, 8])
def test_each_pulse_is_told_once_a_period_apart(count: int) -> None:
    rises_s = PulseWatch(40.0).push(TIME_S, pulsed(count, 2.5, 0.5, noise=0.2))
    assert len(rises_s) == count
    assert np.diff(rises_s) == pytest.approx(2.5, abs=0.25)


def test_a_steady_hold_with_the_wander_of_a_foot_is_one_pulse() -> None:
    course_n = 40.0 * (1 + 0.05 * np.sin(2 * np.pi * 0.7 * TIME_S))
    course_n[np.abs(TIME_S - 10.5) > 9.5] = 0.0
    assert len(PulseWatch().push(TIME_S, course_n)) == 1


def test_a_foot_at_rest_pulses_not_at_all() -> None:
    noise_n = 0.1 * np.random.default_rng(2).standard_normal(len(TIME_S))
    assert PulseWatch().push(TIME_S, noise_n) == ()


def test_any_cutting_gives_the_same_pulses() -> None:
    course_n = pulsed(5, 2.0, 0.5, noise=0.3)
    watch = PulseWatch(40.0)
    pieces = [watch.push(TIME_S[i : i + 7], course_n[i : i + 7]) for i in range(0, len(TIME_S), 7)]
    assert tuple(at_s for piece in pieces for at_s in piece) == PulseWatch(40.0).push(
        TIME_S, course_n
    )
