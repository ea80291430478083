"""The fit: what was put into readings comes out of them, and nothing else."""

import math
from dataclasses import replace

import numpy as np
import pytest

from calibration import Gravity, MassClass, Phase, Reading, fit, of_class
from tests.unit.calibration.bench import GAINS, MIX, SETUP, ZERO, readings

TRUE = np.linalg.inv(GAINS[:, None] * MIX)
EXACT = Gravity(9.80665, 0.0)


def test_gains_and_crosstalk_come_back_without_noise() -> None:
    found = fit(SETUP, readings(noise=0.0)).calibration
    np.testing.assert_allclose(found.matrix(), TRUE, rtol=1e-12)
    np.testing.assert_allclose(found.zero(), ZERO)
    assert found.channels == SETUP.cells
    assert found.full_scale_counts == SETUP.full_scale_counts


def test_gains_come_back_from_noise_as_well_as_it_says() -> None:
    found = fit(SETUP, readings(noise=100.0)).calibration
    np.testing.assert_allclose(found.matrix() / TRUE, np.ones((2, 2)), atol=0.05)
    np.testing.assert_allclose(np.diag(found.matrix()) / np.diag(TRUE), [1, 1], atol=5e-4)


def test_a_drift_of_the_zero_within_a_cycle_cancels() -> None:
    drifting = [
        replace(r, mean_counts=(r.mean_counts[0] + 3 * r.at_s, r.mean_counts[1] - r.at_s))
        for r in readings(noise=0.0)
    ]
    fitted = fit(SETUP, drifting)
    np.testing.assert_allclose(fitted.calibration.matrix(), TRUE, rtol=1e-9)
    assert fitted.report.zero_moved_n == pytest.approx(0.25, rel=0.7)


def test_the_report_names_how_bent_the_line_is() -> None:
    def bent(force_n: float, _: Reading) -> float:
        return 0.2 * math.sin(math.pi * force_n / 98.0)

    cell = fit(SETUP, readings(noise=0.0, shift_n=bent)).report.cells[0]
    assert 0.05 < cell.nonlinearity_n < 0.2
    assert cell.left_out_n > cell.nonlinearity_n
    assert cell.hysteresis_n == pytest.approx(0.0, abs=1e-9)
    assert cell.repeatability_n == pytest.approx(0.0, abs=1e-9)


def test_the_report_names_the_hysteresis() -> None:
    def lags(_: float, reading: Reading) -> float:
        return 0.1 if reading.phase is Phase.DOWN else 0.0

    fitted = fit(SETUP, readings(noise=0.0, shift_n=lags))
    assert fitted.report.cells[1].hysteresis_n == pytest.approx(0.1, rel=1e-3)
    assert fitted.calibration.budget is not None
    np.testing.assert_allclose(fitted.calibration.budget.hysteresis_n, [0.05, 0.05], rtol=1e-3)


def test_the_report_names_the_repeatability_and_the_crosstalk() -> None:
    report = fit(SETUP, readings(noise=200.0)).report
    # A reading and the zero taken off it: .05 N each, the zero shared.
    assert report.cells[0].repeatability_n == pytest.approx(0.056, rel=0.35)
    assert report.cells[0].crosstalk_pct == pytest.approx(3.0, rel=0.1)
    assert report.cells[1].crosstalk_pct == pytest.approx(2.0, rel=0.1)
    assert report.condition == pytest.approx(np.linalg.cond(MIX), abs=2e-3)
    assert report.cells[0].range_n == pytest.approx((9.80665, 98.0665))


def test_residuals_are_named_by_reading() -> None:
    found = readings(noise=0.0)
    cell = fit(SETUP, found).report.cells[1]
    assert [found[index].place for index in cell.readings] == ["toes"] * 21
    assert len(cell.residuals_n) == len(cell.forces_n) == 21
    np.testing.assert_allclose(cell.residuals_n, 0.0, atol=1e-9)


def test_creep_is_what_a_load_gained_while_it_stayed() -> None:
    def creeps(force_n: float, reading: Reading) -> float:
        return 0.002 * force_n if reading.phase is Phase.CREEP else 0.0

    budget = fit(SETUP, readings(noise=0.0, shift_n=creeps)).calibration.budget
    assert budget is not None
    np.testing.assert_allclose(budget.creep, [0.002, 0.002], rtol=1e-6)


def test_without_a_creep_reading_its_limit_is_taken() -> None:
    found = [r for r in readings() if r.phase is not Phase.CREEP]
    budget = fit(replace(SETUP, creep_pct=0.07), found).calibration.budget
    assert budget is not None
    assert budget.creep == pytest.approx((7e-4, 7e-4))


def test_a_scatter_that_grows_is_told_from_one_that_does_not() -> None:
    rng = np.random.default_rng(2)
    grown = readings(
        cycles=12, noise=4.0, shift_n=lambda force_n, _: force_n * rng.normal(0, 0.002)
    )
    growing = fit(SETUP, grown).calibration.budget
    steady = fit(SETUP, readings(noise=200.0)).calibration.budget
    assert growing is not None
    assert steady is not None
    assert math.sqrt(growing.scatter[0][0][0]) == pytest.approx(0.002, rel=0.2)
    assert growing.noise_n[0] < 0.02
    assert steady.noise_n[0] == pytest.approx(0.056, rel=0.35)
    assert math.sqrt(steady.scatter[0][0][0]) < 0.001


def test_what_scatter_puts_off_the_line_is_not_taken_for_a_bend() -> None:
    budget = fit(SETUP, readings(noise=200.0)).calibration.budget
    assert budget is not None
    for cell in (0, 1):
        assert budget.curve_n2[cell][cell][cell] < 0.7 * budget.curve_seen_n[cell] ** 2


def test_one_weight_that_is_wrong_shifts_the_gain_as_far_as_the_budget_says() -> None:
    exact = replace(SETUP, gravity=EXACT)
    heavier = tuple(replace(w, mass_kg=w.mass_kg + w.half_width_kg) for w in exact.weights)
    shifted = fit(replace(exact, weights=heavier), readings(noise=0.0)).calibration
    moved = shifted.matrix()[0][0] / TRUE[0][0] - 1
    pulls = [fit(exact, readings(noise=0.0)).calibration.budget]
    assert pulls[0] is not None
    # All at their limit at once: at most sqrt(3 n) standard uncertainties.
    assert 0 < moved < math.sqrt(3 * 4 * pulls[0].weights[0][0])


def test_gravity_scales_the_gain_and_its_doubt_the_uncertainty() -> None:
    exact = replace(SETUP, gravity=EXACT)
    lighter = replace(exact, gravity=Gravity(9.780, 0.0))
    found = readings(noise=0.0)
    ratio = fit(lighter, found).calibration.matrix() / fit(exact, found).calibration.matrix()
    np.testing.assert_allclose(ratio, 9.780 / 9.80665)
    common = fit(SETUP, found).calibration.budget
    assert common is not None
    assert common.common == pytest.approx(SETUP.gravity.relative_u())


def test_better_weights_make_a_surer_calibration() -> None:
    known = tuple(of_class(w.name, w.mass_kg, MassClass.M1) for w in SETUP.weights)
    poor = tuple(replace(w, half_width_kg=0.05) for w in SETUP.weights)
    force_n = [50.0, 0.0]
    u = [
        fit(replace(SETUP, weights=weights), readings()).calibration.expanded_n(force_n)
        for weights in (known, SETUP.weights, poor)
    ]
    first = [float(found[0]) for found in u if found is not None]
    assert first == sorted(first)
    assert first[2] > 1.5 * first[0]


def test_weights_may_be_stacked() -> None:
    loads = (("1 kg",), ("1 kg", "2 kg"), ("1 kg", "2 kg", "5 kg"))
    found = fit(SETUP, readings(noise=0.0, loads=loads)).calibration
    np.testing.assert_allclose(found.matrix(), TRUE, rtol=1e-12)
