"""How sure the measures are: errors against closed forms are as large as was said."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from tests.unit.detect.traces import excursion_of, noise, stamps, trapezoid
from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold, Uncertainty
from trainer.detect.measures import measure_hold
from trainer.detect.segment import find_spans
from trainer.detect.uncertainty import rest_noise

RATE_HZ = 93.0
TIME = stamps(8.0, RATE_HZ)
RAMP_S = 0.5
NAMES = ("start_s", "end_s", "plateau_n", "peak_n", "mean_n", "impulse_n_s", "rfd_n_s")


def measured(force_n: FloatArray, time_s: FloatArray = TIME) -> Hold:
    """Return the measures of the only hold."""
    excursion = excursion_of(time_s, force_n)
    (span,) = find_spans(excursion, 5.0)
    return measure_hold(excursion, span, ("force",))


def simulated(count: int, noise_n: float, sway_n: float) -> Iterator[tuple[Hold, dict[str, float]]]:
    """Yield holds of known measures on a rest that sways."""
    rng = np.random.default_rng(11)
    for seed in range(count):
        start_s, length_s = 4.0 + rng.random() / RATE_HZ, rng.uniform(1.0, 2.5)
        sizes = rng.normal(0, sway_n, (2, 5))
        angles = 2 * np.pi * rng.uniform(0.05, 0.8, (5, 1)) * TIME
        sway = sizes[0].dot(np.sin(angles)) + sizes[1].dot(np.cos(angles))
        plateau_n = rng.uniform(20.0, 60.0)
        press = trapezoid(TIME, start_s, start_s + length_s, plateau_n, RAMP_S)
        impulse_n_s = plateau_n * (length_s - RAMP_S / 4)
        true = {
            "start_s": start_s,
            "end_s": start_s + length_s,
            "plateau_n": plateau_n,
            "peak_n": plateau_n,
            "mean_n": impulse_n_s / length_s,
            "impulse_n_s": impulse_n_s,
            "rfd_n_s": plateau_n / RAMP_S,
        }
        yield measured(30 + press + sway + noise(TIME, noise_n, seed)), true


@pytest.mark.parametrize(("noise_n", "sway_n"), [(0.2, 0.0), (0.05, 0.1), (0.2, 0.05)])
def test_about_95_of_100_errors_are_within_twice_the_uncertainty(
    noise_n: float, sway_n: float
) -> None:
    within: dict[str, list[bool]] = {name: [] for name in NAMES}
    for hold, true in simulated(150, noise_n, sway_n):
        for name in NAMES:
            error = abs(getattr(hold, name) - true[name])
            within[name].append(error < 2 * getattr(hold.uncertainty, name))
    shares = {name: np.mean(found) for name, found in within.items()}
    assert all(0.88 <= share <= 1.0 for share in shares.values()), shares
    assert 0.92 <= np.mean([*shares.values()]) <= 0.99, shares


def test_twice_the_noise_is_twice_as_unsure() -> None:
    press = trapezoid(TIME, 4.0, 6.0, 40.0, RAMP_S)
    once, twice = (measured(press + size * noise(TIME, 0.1)).uncertainty for size in (1, 2))
    for name in ("start_s", "plateau_n", "impulse_n_s", "rfd_n_s"):
        assert getattr(twice, name) == pytest.approx(2 * getattr(once, name), rel=0.25), name


def test_a_slower_rise_is_less_sure_of_its_start() -> None:
    quick, slow = (
        measured(trapezoid(TIME, 4.0, 6.0, 40.0, ramp_s) + noise(TIME, 0.1)).uncertainty.start_s
        for ramp_s in (0.2, 0.8)
    )
    assert quick is not None
    assert slow == pytest.approx(4 * quick, rel=0.3)


def test_a_force_that_jumps_within_a_period_starts_anywhere_in_it() -> None:
    hold = measured(trapezoid(TIME, 4.004, 6.0, 40.0, 0.001))
    assert hold.uncertainty.start_s == pytest.approx(1 / RATE_HZ / math.sqrt(12), rel=0.1)


def test_a_rest_that_moved_across_the_hold_makes_its_forces_less_sure() -> None:
    press = trapezoid(TIME, 4.0, 6.0, 40.0, RAMP_S) + noise(TIME, 0.02)
    moved = press + np.interp(TIME, [4.9, 5.1], [0.0, 1.0])
    still_n, moved_n = measured(press).uncertainty.plateau_n, measured(moved).uncertainty.plateau_n
    assert still_n is not None
    assert moved_n is not None
    assert still_n < 0.03
    assert moved_n > 0.4


def test_noise_that_neighbours_share_averages_out_less() -> None:
    press = trapezoid(TIME, 4.0, 6.0, 40.0, RAMP_S)
    white = noise(TIME, 0.2)
    alike = np.zeros_like(white)
    for position in range(1, len(white)):
        alike[position] = 0.7 * alike[position - 1] + math.sqrt(1 - 0.7**2) * white[position]
    by_white, by_alike = (measured(press + each).uncertainty.plateau_n for each in (white, alike))
    assert by_white is not None
    assert by_alike is not None
    assert by_alike > 1.3 * by_white
    excursion = excursion_of(TIME, press + alike)
    (span,) = find_spans(excursion, 5.0)
    assert rest_noise(excursion, span).alike == pytest.approx(1.7 / 0.3, rel=0.5)


def test_a_start_that_a_gap_took_has_no_uncertainty() -> None:
    part = TIME > 4.5
    excursion = excursion_of(TIME[part], trapezoid(TIME[part], 4.0, 6.0, 40.0), cut=(True, False))
    (span,) = find_spans(excursion, 5.0)
    told = measure_hold(excursion, span, ("force",)).uncertainty
    assert (told.start_s, told.rfd_n_s, told.duration_s) == (None, None, None)
    assert told.end_s is not None


def test_without_rest_on_either_side_nothing_is_said() -> None:
    part = (TIME > 4.5) & (TIME < 5.5)
    force = 5.0 + trapezoid(TIME[part], 4.0, 6.0, 40.0)
    excursion = excursion_of(TIME[part], force, cut=(True, True), level_n=5.0)
    (span,) = find_spans(excursion, 5.0)
    assert measure_hold(excursion, span, ("force",)).uncertainty == Uncertainty()


def test_the_duration_is_as_unsure_as_both_its_ends() -> None:
    assert Uncertainty(start_s=0.003, end_s=0.004).duration_s == pytest.approx(0.005)


def test_a_start_whose_rest_a_gap_took_is_less_sure_where_the_rest_after_it_sways() -> None:
    part = TIME > 4.05
    time = TIME[part]
    sway = 0.4 * np.sin(2 * np.pi * 0.4 * time)
    excursion = excursion_of(time, trapezoid(time, 4.2, 6.0, 40.0, 0.4) + sway, cut=(True, False))
    (span,) = find_spans(excursion, 5.0)
    assert span.baseline.before is None
    told = measure_hold(excursion, span, ("force",)).uncertainty
    assert told.start_s is not None
    assert told.end_s is not None
    assert told.start_s > told.end_s


def test_a_hold_of_a_few_samples_is_sure_of_nothing_small() -> None:
    time = stamps(8.0, 10.0)
    told = measured(trapezoid(time, 4.0, 4.4, 40.0, 0.1) + noise(time, 0.05), time).uncertainty
    assert told.peak_n is not None
    assert told.peak_n > 0.02
