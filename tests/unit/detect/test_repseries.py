"""What of a set's holds is followed for fatigue."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.repsets import holds_of, with_unrest
from trainer.detect.changepoint import LONGEST
from trainer.detect.repseries import companions_of, is_usable, plateau_series, support_of

HOLDS = holds_of([40.0] * 20)


def test_only_complete_presses_within_range_count() -> None:
    hold = HOLDS[0]
    assert is_usable(hold)
    assert not is_usable(replace(hold, is_finished=False))
    assert not is_usable(replace(hold, is_saturated=True))
    assert not is_usable(replace(hold, plateau_n=0.0))


def test_plateaus_are_followed_as_shares_that_grow_as_force_falls() -> None:
    series = plateau_series(np.array([40.0, 42.0, 40.0, 38.0, 40.0]))
    np.testing.assert_allclose(series[[0, 2, 4]], -1.0)
    assert series[3] > series[0] > series[1]


def test_variation_and_tremor_are_one_companion() -> None:
    (unrest,) = companions_of(with_unrest(HOLDS, np.exp(np.linspace(0, 0.2, 20))))
    assert unrest[-1] - unrest[0] == pytest.approx(0.2, abs=0.05)
    only_cv = [replace(hold, cv_pct=3.0) for hold in HOLDS]
    assert len(companions_of(only_cv)) == 1


def test_the_loss_within_a_hold_is_another() -> None:
    holds = [replace(hold, decrement_pct=5.0 + rep) for rep, hold in enumerate(HOLDS)]
    (loss,) = companions_of(holds)
    assert loss[-1] - loss[0] == pytest.approx(0.19, abs=0.05)


def test_a_measure_that_a_few_reps_lack_is_followed_and_one_that_many_lack_is_not() -> None:
    def lacking(count: int) -> int:
        holds = [
            replace(hold, cv_pct=None if rep < count else 3.0) for rep, hold in enumerate(HOLDS)
        ]
        return len(companions_of(holds))

    assert (lacking(4), lacking(5)) == (1, 0)


def test_a_companion_of_nought_has_no_logarithm_and_is_not_followed() -> None:
    assert companions_of([replace(hold, cv_pct=0.0, tremor_n=0.0) for hold in HOLDS]) == ()


def test_a_companion_that_grows_supports_and_one_that_does_not_costs_a_half_at_most() -> None:
    noise = 0.05 * np.random.default_rng(1).normal(size=20)
    grows = noise + np.clip(np.arange(20) - 9, 0, None) * 0.05
    assert support_of([grows], 20)[8:11].max() > 2
    assert support_of([noise], 20).min() >= np.log(0.5)
    np.testing.assert_array_equal(support_of([], 20), np.zeros(19))


def test_a_long_set_is_followed_in_groups_all_alike() -> None:
    holds = [replace(hold, decrement_pct=5.0) for hold in holds_of([40.0] * (2 * LONGEST + 5))]
    plateau = plateau_series(np.array([hold.plateau_n for hold in holds]))
    assert [len(loss) for loss in companions_of(holds)] == [len(plateau)]
