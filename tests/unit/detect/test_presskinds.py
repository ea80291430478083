"""Clean and helped presses, against sums of scipy's normal densities."""

import numpy as np
import pytest
from scipy.stats import norm

from trainer.core.arrays import FloatArray
from trainer.detect.presskinds import HELPED_NM, TAIL, log_likelihoods, odds_of

SPREADS_NM = np.array([[0.2, 0.6, 1.5], [0.3, 0.9, 2.0]])
WEIGHTS = np.array([0.5, 0.3, 0.2])


def clean(excess_nm: FloatArray, spread_nm: FloatArray) -> FloatArray:
    share, wider = TAIL
    near, far = norm.pdf(excess_nm, 0, spread_nm), norm.pdf(excess_nm, 0, wider * spread_nm)
    return np.asarray((1 - share) * near + share * far)


def helped(excess_nm: FloatArray, spread_nm: FloatArray) -> FloatArray:
    terms = [
        share * norm.pdf(excess_nm, mean, np.hypot(spread_nm, wide))
        for mean, wide, share in HELPED_NM
    ]
    return np.asarray(np.sum(terms, axis=0))


def test_odds_are_those_of_the_mixtures_averaged_over_the_candidates() -> None:
    excess = np.array([0.4, 2.5])
    column = excess[:, np.newaxis]
    expected = np.log(
        (helped(column, SPREADS_NM) @ WEIGHTS) / (clean(column, SPREADS_NM) @ WEIGHTS)
    )
    assert odds_of(SPREADS_NM**2, WEIGHTS).logs(excess) == pytest.approx(expected, abs=1e-12)


def test_likelihoods_are_those_of_the_mixtures_candidate_by_candidate() -> None:
    excess = np.array([[-1.0, 0.0, 3.0, 8.0], [-0.5, 1.0, 2.0, 9.0]])
    chance = np.array([0.2, 0.5])
    spread, share = SPREADS_NM[:, np.newaxis], chance[:, np.newaxis, np.newaxis]
    wide = excess[..., np.newaxis]
    either = (1 - share) * clean(wide, spread) + share * helped(wide, spread)
    found = log_likelihoods(excess, SPREADS_NM**2, chance)
    # The factor that both kinds share is left out.
    assert found - np.log(either) == pytest.approx(np.log(np.sqrt(2 * np.pi)), abs=1e-12)


def test_an_excess_beyond_all_densities_has_finite_odds() -> None:
    assert np.isfinite(odds_of(np.array([[1e-4]]), np.ones(1)).logs(np.array([500.0]))).all()
    assert np.isfinite(log_likelihoods(np.array([[500.0]]), np.array([[1e-4]]), np.ones(1))).all()
