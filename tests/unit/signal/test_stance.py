"""Stance on an even grid: what is kept, what is filtered, what is done with losses and gaps."""

import numpy as np
import pytest
from scipy.signal import butter, filtfilt

from trainer.signal.stance import even_stance


def test_slow_movement_passes_and_noise_above_ten_hertz_does_not() -> None:
    time_s = np.arange(3000) / 100.0
    slow = np.sin(2 * np.pi * 0.5 * time_s)
    noise = 0.5 * np.sin(2 * np.pi * 30.0 * time_s)
    track = even_stance(time_s, np.column_stack([slow + noise, slow]))
    assert track.values.shape == (3000, 2)
    np.testing.assert_allclose(track.time_s, time_s, atol=1e-9)
    inner = slice(20, -20)
    np.testing.assert_allclose(track.values[inner, 0], slow[inner], atol=5e-3)
    np.testing.assert_allclose(track.values[:, 1], slow, atol=1e-3)


def test_it_is_the_butterworth_filter_forwards_and_backwards() -> None:
    time_s = np.arange(2000) / 100.0
    values = np.random.default_rng(1).normal(size=(2000, 2)).cumsum(axis=0)
    b, a = butter(4, 10.0, fs=100.0)
    expected = filtfilt(b, a, values, axis=0, padlen=100)
    np.testing.assert_allclose(even_stance(time_s, values).values, expected, atol=1e-6)


@pytest.mark.parametrize(("rate_hz", "grid_hz"), [(40.0, 120.0), (80.0, 160.0), (240.0, 240.0)])
def test_the_grid_is_the_least_multiple_of_the_rate_from_ninety_five(
    rate_hz: float, grid_hz: float
) -> None:
    time_s = np.arange(round(20 * rate_hz)) / rate_hz
    track = even_stance(time_s, np.sin(time_s)[:, np.newaxis])
    steps_s = np.diff(track.time_s)
    assert 1 / steps_s.mean() == pytest.approx(grid_hz)
    assert np.ptp(steps_s) < 1e-9
    assert track.duration_s == pytest.approx(float(time_s[-1] - time_s[0]))


def test_uneven_stamps_and_lost_samples_are_no_movement() -> None:
    rng = np.random.default_rng(2)
    time_s = np.cumsum(rng.uniform(0.6, 1.4, 3000)) / 100.0
    values = np.column_stack([np.sin(2 * time_s), np.cos(3 * time_s)])
    expected = even_stance(time_s, values)
    values[rng.random(3000) < 1 / 16] = np.nan
    values[500, 1] = np.nan
    time_s[700] = np.nan
    track = even_stance(time_s, values)
    np.testing.assert_allclose(track.values[:, 0], np.sin(2 * track.time_s), atol=2e-3)
    assert len(track.time_s) == pytest.approx(len(expected.time_s), rel=0.02)


def test_the_longest_stretch_between_gaps_counts_and_nothing_is_put_into_one() -> None:
    time_s = np.arange(3000) / 100.0
    values = np.sin(time_s)[:, np.newaxis]
    values[1000:1007] = np.nan
    values[2600:2604] = np.nan
    track = even_stance(time_s, values)
    assert track.time_s[0] == pytest.approx(10.07)
    assert track.time_s[-1] == pytest.approx(29.99)
    missing = (time_s > 12.0) & (time_s < 25.0)
    track = even_stance(time_s[~missing], np.sin(time_s[~missing])[:, np.newaxis])
    assert (track.time_s[0], track.time_s[-1]) == pytest.approx((0.0, 12.0))


def test_no_stretch_crosses_a_clock_that_steps_back() -> None:
    time_s = np.concatenate([np.arange(1000) / 100.0, np.arange(1500) / 100.0 + 4.0])
    track = even_stance(time_s, np.sin(time_s)[:, np.newaxis])
    assert (track.time_s[0], track.time_s[-1]) == pytest.approx((4.0, 18.99))


def test_a_sample_written_twice_counts_once() -> None:
    time_s = np.arange(2000) / 100.0
    values = np.sin(time_s)[:, np.newaxis]
    expected = even_stance(time_s, values)
    twice = np.sort(np.concatenate([time_s, time_s[900:901]]))
    track = even_stance(twice, np.sin(twice)[:, np.newaxis])
    np.testing.assert_allclose(track.values, expected.values, atol=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2, 150])
def test_what_is_too_short_gives_an_empty_track(count: int) -> None:
    track = even_stance(np.arange(count) / 100.0, np.zeros((count, 2)))
    assert track.values.shape == (0, 2)
    assert track.duration_s == 0.0
