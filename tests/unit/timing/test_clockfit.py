"""The clock fit against simulated radios whose truth is known."""

from typing import Final

import numpy as np
import pytest

from trainer.timing.clockfit import ClockFit

SKEW: Final = 40e-6
LEAST_DELAY_S: Final = 0.008
RATE_HZ: Final = 20


def test_the_fit_keeps_the_figures_that_its_docstring_states() -> None:
    worst = np.zeros((3, 2))
    for seed in range(8):
        fit = ClockFit()
        errors = np.array(follow(fit, np.random.default_rng(seed), seconds=180))
        for row, start_s in enumerate((20, 60, 120)):
            worst[row] = np.maximum(worst[row], np.abs(errors[start_s * RATE_HZ :]).max(axis=0))
    assert (worst[:, 0] < [1e-3, 0.2e-3, 0.2e-3]).all(), worst
    assert (worst[1:, 1] < [3.3, 1.2]).all(), worst


def test_a_radio_that_stalls_for_ten_seconds_moves_nothing() -> None:
    fit = ClockFit()
    follow(fit, np.random.default_rng(1), seconds=60)
    before_s = host(fit, 75.0)
    for k in range(10 * RATE_HZ):
        device_s = 60 + k / RATE_HZ
        fit.push(device_s, truth(device_s) + 0.4)
    assert host(fit, 75.0) == pytest.approx(before_s, abs=50e-6)
    assert fit.late_s(69.0, truth(69.0) + 0.4) == pytest.approx(0.4, abs=1e-3)


def test_nothing_is_known_before_the_first_packet() -> None:
    fit = ClockFit()
    assert fit.host_s(1.0) is None
    assert fit.late_s(1.0, 2.0) is None
    assert fit.skew_ppm == 0.0


def test_the_first_packet_sets_the_offset_and_no_slope() -> None:
    fit = ClockFit()
    fit.push(3.0, 1003.5)
    assert fit.host_s(4.0) == 1004.5
    assert fit.late_s(4.0, 1004.75) == 0.25
    fit.push(4.0, 1004.25)
    assert fit.host_s(4.0) == 1004.25
    fit.push(4.5, 1005.5)
    assert fit.host_s(4.0) == 1004.25
    assert fit.skew_ppm == 0.0


def test_a_warming_crystal_is_followed_within_three_minutes() -> None:
    fit = ClockFit()
    follow(fit, np.random.default_rng(2), seconds=60)
    turn_s = truth(60.0)
    for k in range(180 * RATE_HZ):
        fit.push(60 + k / RATE_HZ, turn_s + k / RATE_HZ)
    assert fit.skew_ppm == pytest.approx(0.0, abs=0.01)
    assert host(fit, 240.0) == pytest.approx(turn_s + 180, abs=1e-6)


@pytest.mark.parametrize("restart_s", [0.0, 5000.0])
def test_a_device_whose_clock_was_set_is_fitted_anew(restart_s: float) -> None:
    fit = ClockFit()
    follow(fit, np.random.default_rng(3), seconds=30)
    fit.push(restart_s, 2000.0)
    assert fit.host_s(restart_s + 1.0) == 2001.0
    assert fit.skew_ppm == 0.0


def test_reset_forgets_the_line() -> None:
    fit = ClockFit()
    follow(fit, np.random.default_rng(4), seconds=30)
    assert fit.skew_ppm != 0.0
    fit.reset()
    assert (fit.host_s(0.0), fit.skew_ppm) == (None, 0.0)


def follow(fit: ClockFit, random: np.random.Generator, seconds: int) -> list[tuple[float, float]]:
    """Push packets with exponential delays; return the errors of host_s and of skew_ppm."""
    errors: list[tuple[float, float]] = []
    for k in range(seconds * RATE_HZ):
        device_s = k / RATE_HZ
        fit.push(device_s, truth(device_s) + random.exponential(0.010))
        errors.append((host(fit, device_s) - truth(device_s), fit.skew_ppm - SKEW * 1e6))
    return errors


def truth(device_s: float) -> float:
    """Return when the host has a packet at the earliest."""
    return 1000 + device_s * (1 + SKEW) + LEAST_DELAY_S


def host(fit: ClockFit, device_s: float) -> float:
    host_s = fit.host_s(device_s)
    assert host_s is not None
    return host_s


def test_a_backlog_of_half_a_minute_tilts_the_line_by_no_more_than_a_clock_can_drift() -> None:
    fit = ClockFit()
    for k in range(40 * RATE_HZ):
        device_s = k / RATE_HZ
        fit.push(device_s, truth(device_s) + (0.0 if device_s < 10.0 else 0.3))
    assert fit.skew_ppm == pytest.approx(500.0)
    # On every other line the 0.3 s would be the least delay by then.
    assert fit.late_s(39.9, truth(39.9) + 0.3) == pytest.approx(0.3, abs=0.02)
