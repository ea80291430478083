"""Cells, converter and beat of the simulated pad."""

import numpy as np
import pytest

from tests.unit.sources.guided import SILENT
from trainer.sources.sim.bands import Band
from trainer.sources.sim.beat import Beat
from trainer.sources.sim.config import PadConfig
from trainer.sources.sim.pad import FULL_SCALE, REACH, STEPS, Pad, converter_steps


def test_the_calibration_takes_cross_talk_and_offsets_off() -> None:
    pad = Pad(SILENT)
    load_n = np.array([[20.0, 15.0, 140.0, 170.0], [60.0, 40.0, 30.0, 190.0]])
    counts, clipped = pad.convert(load_n, np.zeros((2, 4)), 0.02)
    assert clipped == 0
    assert counts[0, 0] == round(21_400.0 * (20.0 + 0.008 * 15.0) + 84_210.0)
    newtons = pad.calibration.to_newton(counts.astype(np.float64))
    np.testing.assert_allclose(newtons, load_n, atol=1e-4)


def test_counts_end_at_the_converters_range() -> None:
    pad = Pad(SILENT)
    load_n = np.array([[500.0, 1.0, 1.0, 1.0], [-500.0, 1.0, 1.0, 1.0], [300.0, 1.0, 1.0, 1.0]])
    counts, clipped = pad.convert(load_n, np.zeros((3, 4)), 0.03)
    assert counts[:2, 0].tolist() == [FULL_SCALE, -FULL_SCALE - 1]
    assert counts[2, 0] < FULL_SCALE
    assert clipped == 2


def test_the_range_in_newtons_is_where_counts_end() -> None:
    pad = Pad(SILENT)
    just = np.diag(pad.range_n * 1.001)
    counts, _ = pad.convert(just, np.zeros((4, 4)), 0.04)
    assert np.diag(counts).tolist() == [FULL_SCALE] * 4


def test_a_loaded_cell_creeps_by_its_share() -> None:
    pad = Pad(PadConfig(noise_counts=0.0, creep_ratio=0.001, creep_s=120.0))
    load_n = np.array([[0.0, 0.0, 100.0, 0.0]])
    for _ in range(1199):
        pad.convert(load_n, np.zeros((1, 4)), 0.1)
    counts, _ = pad.convert(load_n, np.zeros((1, 4)), 0.1)
    crept_n = pad.calibration.to_newton(counts.astype(np.float64))[0, 2] - 100.0
    assert crept_n == pytest.approx(0.1 * (1.0 - np.exp(-1.0)), rel=0.01)


def test_the_converter_delays_nothing_beyond_its_stamp_and_weighs_all_alike() -> None:
    offsets, weights = converter_steps(5)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    np.testing.assert_allclose(weights @ offsets, np.arange(5), atol=1e-12)


def test_a_step_takes_four_conversions_to_settle() -> None:
    offsets, weights = converter_steps(9)
    answer = weights @ (offsets >= 4.0).astype(np.float64)
    unsettled = np.flatnonzero((answer > 1e-12) & (answer < 1.0 - 1e-12))
    assert len(unsettled) in {3, 4}
    assert answer[4] == pytest.approx(0.5, abs=0.1)
    assert len(offsets) == STEPS * 8 + 1 + 2 * REACH


def test_the_beat_drifts_around_its_rate_and_starts_when_a_sample_is_ready() -> None:
    beat = Beat(92.9, 5e-4)
    index = np.arange(0.0, 92.9 * 600)
    steps_s = np.diff(beat.at(index))
    assert beat.ready_s(0) == 0.0
    assert beat.at(index)[0] == -2.0 * beat.period_s(0)
    assert steps_s.mean() == pytest.approx(1 / 92.9, rel=1e-6)
    assert steps_s.max() * 92.9 - 1.0 == pytest.approx(5e-4, rel=1e-3)
    assert beat.period_s(1000) == pytest.approx(steps_s[1000], rel=1e-6)
    assert beat.ready_s(7) == pytest.approx(beat.stamp_s(7) + 2.0 * beat.period_s(7))


@pytest.mark.parametrize(("low_hz", "high_hz"), [(0.3, 3.0), (7.0, 11.0)])
def test_a_band_has_unit_variance_within_its_limits(low_hz: float, high_hz: float) -> None:
    band = Band(np.random.default_rng(2), low_hz, high_hz)
    time_s = np.arange(0.0, 200.0, 0.01)
    level = band.at(time_s)
    assert level.std() == pytest.approx(1.0, abs=0.05)
    power = np.abs(np.fft.rfft(level * np.hanning(len(level)))) ** 2
    frequency_hz = np.fft.rfftfreq(len(level), 0.01)
    inside = (frequency_hz > low_hz - 0.05) & (frequency_hz < high_hz + 0.05)
    assert power[inside].sum() / power.sum() > 0.999
