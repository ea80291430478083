"""The longest squeeze: its time in the band, its steadiness and its decay."""

import dataclasses

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold
from trainer.detect.squeeze import judge_squeeze

RATE_HZ = 80.0
TIME_S = np.arange(round(20 * RATE_HZ)) / RATE_HZ

LONG = Hold(
    start_s=2.0,
    end_s=17.0,
    peak_n=50.0,
    plateau_n=45.0,
    mean_n=44.0,
    cv_pct=2.5,
    rfd_n_s=None,
    impulse_n_s=660.0,
    best_half_second_n=None,
    tremor_n=None,
    heel_change_n=None,
    trunk_push_n=None,
    is_finished=True,
    is_saturated=False,
    lost_samples=0,
    rest_n=0.0,
)
SHORT = dataclasses.replace(LONG, start_s=0.5, end_s=1.2)


def decaying(loss_share: float) -> FloatArray:
    """Return 50 N at 2 s that have lost a share of it at 17 s."""
    force_n = 50.0 * (1 - loss_share * (TIME_S - 2.0) / 15.0)
    return np.where((TIME_S >= 2.0) & (TIME_S <= 17.0), force_n, 0.0)


def test_the_longest_hold_counts() -> None:
    found = judge_squeeze([SHORT, LONG], TIME_S, decaying(0.1), 45.0)
    assert found is not None
    assert found.hold == 2
    assert found.cv_pct == 2.5


def test_no_hold_is_no_squeeze() -> None:
    assert judge_squeeze([], TIME_S, decaying(0.1), 45.0) is None


def test_decay_is_that_of_the_line_over_the_plateau() -> None:
    found = judge_squeeze([LONG], TIME_S, decaying(0.3), None)
    assert found is not None
    # From 0.5 s after the start to 0.5 s before the end.
    assert found.decay_pct == pytest.approx(100 * (0.3 * 14 / 15) / (1 - 0.3 * 0.5 / 15), rel=1e-6)
    assert found.time_in_band_s is None


def test_a_squeeze_that_grows_decays_below_zero() -> None:
    found = judge_squeeze([LONG], TIME_S, decaying(-0.2), None)
    assert found is not None
    assert found.decay_pct is not None
    assert found.decay_pct < -18


def test_time_in_the_band_is_that_within_a_tenth_of_the_target() -> None:
    # Falls from 50 to 35 N: within 36 and 44 N from 8 s to 16 s.
    found = judge_squeeze([LONG], TIME_S, decaying(0.3), 40.0)
    assert found is not None
    assert found.time_in_band_s == pytest.approx(8.0, abs=1e-6)


def test_the_edges_of_the_band_are_crossed_between_samples() -> None:
    coarse_s = np.arange(21.0)
    force_n = np.interp(coarse_s, TIME_S, decaying(0.3))
    found = judge_squeeze([LONG], coarse_s, force_n, 40.0)
    assert found is not None
    assert found.time_in_band_s == pytest.approx(8.0, abs=1e-6)


@pytest.mark.parametrize(("level_n", "within_s"), [(40.0, 15.0), (30.0, 0.0)])
def test_a_steady_squeeze_is_in_the_band_or_not(level_n: float, within_s: float) -> None:
    found = judge_squeeze([LONG], TIME_S, np.full(len(TIME_S), level_n), 40.0)
    assert found is not None
    assert found.time_in_band_s == pytest.approx(within_s, abs=2 / RATE_HZ)


def test_lost_samples_are_passed_over() -> None:
    force_n = decaying(0.3)
    force_n[400:404] = np.nan
    found = judge_squeeze([LONG], TIME_S, force_n, 40.0)
    whole = judge_squeeze([LONG], TIME_S, decaying(0.3), 40.0)
    assert found is not None
    assert whole is not None
    assert found.time_in_band_s == pytest.approx(whole.time_in_band_s)
    assert found.decay_pct == pytest.approx(whole.decay_pct, rel=1e-3)


def test_a_clock_that_stepped_back_does_not_confuse_the_holds() -> None:
    time_s = np.concatenate([TIME_S + 1.0, TIME_S])
    force_n = np.concatenate([np.zeros(len(TIME_S)), decaying(0.3)])
    found = judge_squeeze([LONG], time_s, force_n, 40.0)
    assert found is not None
    assert found.time_in_band_s == pytest.approx(8.0, abs=1e-6)


def test_a_hold_without_its_samples_keeps_what_is_known() -> None:
    found = judge_squeeze([LONG], TIME_S + 100.0, decaying(0.3), 40.0)
    assert found is not None
    assert (found.cv_pct, found.time_in_band_s, found.decay_pct) == (2.5, 0.0, None)


def test_a_plateau_at_nothing_has_no_decay() -> None:
    found = judge_squeeze([LONG], TIME_S, 0.1 * (TIME_S - 12.0), None)
    assert found is not None
    assert found.decay_pct is None
