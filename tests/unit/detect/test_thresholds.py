"""How far force must stand out of rest."""

import numpy as np
import pytest

from trainer.core.settings import DetectionSettings
from trainer.detect.thresholds import GRID, SPREADS, Thresholds

RATE_HZ = 80.0


def make_thresholds(mvc_n: float | None = None) -> Thresholds:
    """Return thresholds with a floor of 0.8 N."""
    return Thresholds(DetectionSettings(floor_n=0.8), RATE_HZ, mvc_n)


def learn(limits: Thresholds, noise_n: float, sway_n: float, cells: int, seed: int = 1) -> None:
    """Let the thresholds see cells of rest with white noise and a slow sway."""
    random = np.random.default_rng(seed)
    for _ in range(cells):
        noise = random.normal(0, noise_n, GRID)
        limits.learn([float(np.ptp(noise))], [abs(float(random.normal(0, sway_n) + noise.mean()))])


def test_nothing_below_the_floor_stands_out_however_quiet_it_is() -> None:
    limits = make_thresholds()
    learn(limits, 0.0, 0.0, 500)
    assert limits.least_n == pytest.approx(0.8)
    assert 0 < limits.on_n <= 0.8


@pytest.mark.parametrize("spread_n", [0.3, 1.0, 30.0])
def test_sway_asks_for_five_standard_deviations(spread_n: float) -> None:
    limits = make_thresholds()
    learn(limits, 0.01, spread_n, 3000)
    assert limits.least_n == pytest.approx(SPREADS * spread_n, rel=0.35)
    assert limits.on_n < limits.least_n


def test_noise_raises_the_trigger_as_well_so_that_no_sample_trips_it() -> None:
    limits = make_thresholds()
    learn(limits, 1.0, 0.1, 3000)
    assert limits.least_n == pytest.approx(SPREADS, rel=0.35)
    assert limits.on_n == limits.least_n


def test_presses_that_were_taken_for_rest_cannot_run_away_with_the_threshold() -> None:
    limits = make_thresholds()
    random = np.random.default_rng(1)
    for cell in range(3000):
        is_press = cell % 10 < 3
        limits.learn([0.1], [40.0 if is_press else abs(random.normal(0, 0.3))])
    assert limits.least_n < 4.0


def test_thresholds_follow_the_holds() -> None:
    limits = make_thresholds()
    limits.expect(100.0)
    assert limits.on_n == pytest.approx(6.0)
    assert limits.least_n == pytest.approx(0.8)


def test_a_known_maximum_tells_what_to_expect() -> None:
    assert make_thresholds(mvc_n=200.0).holds_n == pytest.approx(80.0)
    assert make_thresholds().holds_n == 0.0


def test_the_usual_threshold_is_that_of_most_of_the_recording() -> None:
    limits = make_thresholds()
    learn(limits, 0.01, 1.0, 2000)
    learn(limits, 0.01, 0.05, 300)
    assert limits.least_n < 4.0
    assert limits.usual_least_n == pytest.approx(5.0, rel=0.4)
