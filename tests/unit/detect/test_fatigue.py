"""Fatigue of a set in review, on simulated sets with a known onset."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.repsets import fall_from, holds_of, plateaus, with_unrest
from trainer.core.findings import Fatigue
from trainer.detect.fatigue import FEWEST_REPS, judge_fatigue


def judged(plateaus_n: np.ndarray, first: int = 1) -> Fatigue:
    """Return what is found in a set that can be judged."""
    found = judge_fatigue(holds_of(plateaus_n), first)
    assert found is not None
    return found


def test_the_onset_is_found_within_two_reps_and_its_interval_is_honest() -> None:
    rng = np.random.default_rng(5)
    found = [judged(plateaus(rng, slope=0.01)) for _ in range(200)]
    assert all(each.onset_rep is not None for each in found)
    onsets = np.array([each.onset_rep for each in found], dtype=float)
    low = np.array([each.onset_rep_low for each in found], dtype=float)
    high = np.array([each.onset_rep_high for each in found], dtype=float)
    assert np.abs(onsets - 25).mean() <= 2.0
    assert 0.75 <= ((low <= 25) & (high >= 25)).mean() <= 0.92
    assert (low <= onsets).all()
    assert (onsets <= high).all()


@pytest.mark.parametrize("noise", [0.05, 0.08, 0.12])
def test_sets_without_fatigue_have_an_onset_in_five_of_a_hundred_at_most(noise: float) -> None:
    rng = np.random.default_rng(6)
    found = [judge_fatigue(holds_of(plateaus(rng, noise=noise)), 1) for _ in range(100)]
    called = [each for each in found if each is not None and each.onset_rep is not None]
    assert len(called) <= 5


def test_numbers_count_the_recordings_holds_and_the_time_is_the_onsets() -> None:
    series = plateaus(np.random.default_rng(1), slope=0.02)
    alone, later = judged(series), judged(series, first=101)
    assert alone.onset_rep is not None
    assert later.onset_rep == alone.onset_rep + 100
    assert later.onset_rep_low == (alone.onset_rep_low or 0) + 100
    assert alone.onset_s == holds_of(series)[alone.onset_rep - 1].start_s


def test_the_decline_is_that_of_the_last_five_from_those_before_the_onset() -> None:
    series = np.array([40.0] * 20 + [30.0] * 10)
    found = judged(series)
    assert found.onset_rep == 21
    assert found.decline_pct == pytest.approx(25.0)


def test_without_an_onset_the_decline_is_from_the_first_eight() -> None:
    series = np.array([40.0] * 8 + [41.0] * 7 + [40.4] * 5)
    found = judged(series)
    assert (found.onset_s, found.onset_rep, found.onset_rep_low) == (None, None, None)
    assert found.decline_pct == pytest.approx(-1.0)
    assert not found.is_abrupt


@pytest.mark.parametrize(("loss", "is_abrupt"), [(0.15, False), (0.35, True)])
def test_a_third_lost_at_once_is_abrupt_and_less_than_a_quarter_is_not(
    loss: float, is_abrupt: bool
) -> None:
    series = plateaus(np.random.default_rng(3), noise=0.04)
    series[30:] *= 1 - loss
    found = judged(series)
    assert found.is_abrupt is is_abrupt
    assert found.onset_rep == 31


def test_a_sudden_loss_in_the_middle_of_a_slow_one_is_abrupt() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03, slope=0.005)
    series[45:] *= 0.65
    assert judged(series).is_abrupt


def test_two_low_reps_that_recover_are_not() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03)
    series[30:32] *= 0.6
    found = judged(series)
    assert not found.is_abrupt
    assert found.onset_rep is None


def test_a_loss_of_two_per_cent_per_rep_is_not_abrupt() -> None:
    assert not judged(plateaus(np.random.default_rng(2), slope=0.02)).is_abrupt


def test_a_set_too_short_is_not_judged() -> None:
    series = plateaus(np.random.default_rng(1), reps=FEWEST_REPS)
    assert judge_fatigue(holds_of(series), 1) is not None
    assert judge_fatigue(holds_of(series[1:]), 1) is None
    assert judge_fatigue([], 1) is None


def test_a_set_too_scattered_is_not_judged() -> None:
    series = plateaus(np.random.default_rng(4), reps=20, noise=0.35)
    assert judge_fatigue(holds_of(series), 1) is None


def test_targets_in_turn_are_not_fatigue() -> None:
    series = plateaus(np.random.default_rng(7))
    series[1::2] *= 0.6
    assert judged(series).onset_rep is None
    blocks = plateaus(np.random.default_rng(8))
    blocks[(np.arange(60) // 5) % 2 == 1] *= 0.6
    found = judge_fatigue(holds_of(blocks), 1)
    assert found is None or (found.onset_rep is None and not found.is_abrupt)


def test_holds_cut_off_or_saturated_are_left_out_and_numbers_still_count_them() -> None:
    series = plateaus(np.random.default_rng(1), slope=0.03)
    plain = judged(series)
    assert plain.onset_rep is not None
    holds = holds_of(series)
    stray = replace(holds[3], plateau_n=400.0, is_saturated=True)
    cut = replace(holds[-1], plateau_n=3.0, is_finished=False)
    found = judge_fatigue([*holds[:4], stray, *holds[4:], cut], 1)
    assert found is not None
    assert found.onset_rep == plain.onset_rep + 1
    assert found.decline_pct == pytest.approx(plain.decline_pct)


def test_unrest_that_begins_with_the_fall_narrows_the_interval() -> None:
    rng = np.random.default_rng(9)
    widths = np.zeros(2)
    for _ in range(40):
        holds = holds_of(plateaus(rng, noise=0.08, slope=0.01))
        fall = fall_from(25, 60)
        unrest = np.exp(0.04 * fall + 0.2 * rng.normal(size=60))
        for column, each in enumerate((holds, with_unrest(holds, unrest))):
            found = judge_fatigue(each, 1)
            assert found is not None
            widths[column] += (found.onset_rep_high or 0) - (found.onset_rep_low or 0)
    assert widths[1] < 0.8 * widths[0]


def test_unrest_alone_is_no_onset_of_weaker_presses() -> None:
    holds = holds_of(plateaus(np.random.default_rng(2), noise=0.03))
    growing = with_unrest(holds, np.exp(fall_from(26, 60) * 0.05))
    found = judge_fatigue(growing, 1)
    assert found is not None
    assert found.onset_rep is None


def test_a_very_long_set_is_judged_in_groups() -> None:
    rng = np.random.default_rng(3)
    fall = fall_from(201, 300)
    found = judged(40 * (1 - 0.005 * fall) * np.exp(0.05 * rng.normal(size=300)))
    assert found.onset_rep == pytest.approx(200, abs=8)
    assert (found.onset_rep_low or 0) <= (found.onset_rep or 0) <= (found.onset_rep_high or 0)


def test_a_force_that_all_but_vanishes_is_an_onset_and_breaks_nothing() -> None:
    found = judged(np.array([1e6] * 64 + [1e-3] * 64))
    assert (found.onset_rep, found.is_abrupt) == (65, True)
