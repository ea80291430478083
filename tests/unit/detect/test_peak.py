"""The peak without what noise adds to the highest of many samples."""

import numpy as np
import pytest

from tests.unit.detect.traces import noise, stamps
from trainer.core.arrays import FloatArray
from trainer.detect.peak import peak_of

RATE_HZ = 80.0
TIME = stamps(2.0, RATE_HZ)
MIDDLE = slice(40, 120)


def peak(force_n: FloatArray, noise_n: float) -> float:
    """Return the peak of a hold of two seconds."""
    return peak_of(force_n, force_n[MIDDLE], noise_n, 1 / RATE_HZ)


def test_without_noise_the_peak_is_the_highest_sample() -> None:
    force = 40 + np.sin(TIME)
    assert peak(force, 0.0) == force.max()


def test_noise_of_two_per_cent_moves_the_peak_of_a_flat_hold_by_less_than_one_on_average() -> None:
    forces = [40 + noise(TIME, 0.8, seed) for seed in range(60)]
    found = np.array([peak(force, 0.8) for force in forces])
    assert np.mean([force.max() for force in forces]) > 41.8
    assert found.mean() == pytest.approx(40.0, abs=0.4)
    assert np.quantile(np.abs(found - 40), 0.9) < 0.8


def test_tremor_is_force_and_stays() -> None:
    tremor = 1.5 * np.sin(2 * np.pi * 8 * TIME)
    forces = [40 + tremor + noise(TIME, 0.4, seed) for seed in range(40)]
    assert np.mean([force.max() for force in forces]) > 42.1
    assert np.mean([peak(force, 0.4) for force in forces]) == pytest.approx(41.5, abs=0.5)


def test_a_short_peak_of_its_own_is_not_smoothed_away() -> None:
    force = 40 + noise(TIME, 0.1)
    force[10] += 15.0
    assert peak(force, 0.1) > 54.0


def test_a_hold_of_few_samples_keeps_its_highest() -> None:
    force = 40 + noise(TIME[:12], 0.8)
    assert peak_of(force, force[3:9], 0.8, 1 / RATE_HZ) == force.max()


def test_samples_all_alike_in_spite_of_noise_beside_them_break_nothing() -> None:
    assert peak(np.full(160, 40.0), 0.8) == pytest.approx(40.0)


def test_a_force_on_a_straight_line_has_no_spread_less_than_nothing() -> None:
    for slope in np.linspace(0.1, 3.0, 40):
        force = 40 + slope * TIME
        assert force.max() - 0.3 <= peak(force, 0.1) <= force.max()
