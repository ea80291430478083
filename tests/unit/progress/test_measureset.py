"""Measures of a set, against sets whose figures are known."""

import math

import numpy as np
import pytest

from tests.unit.progress.presses import times_s, trapezoid
from trainer.progress.measureset import (
    DoneRep,
    compensated_pct,
    control_pct,
    endurance_pct,
    left_share_pct,
    rate_rms,
    reaction_s,
    usual_reaction_s,
)

GOOD = DoneRep(plateau_n=30, target_n=30, length_error_s=0.1, is_ankle_still=True)


def test_the_endurance_index_is_the_last_five_beside_the_first_five() -> None:
    plateaus_n = [40.0] * 5 + [99.0] * 10 + [30.0] * 5
    assert endurance_pct(plateaus_n) == pytest.approx(75)


def test_nine_reps_have_no_endurance_index() -> None:
    assert endurance_pct([40.0] * 9) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        DoneRep(plateau_n=37, target_n=30, length_error_s=0.1, is_ankle_still=True),
        DoneRep(plateau_n=30, target_n=30, length_error_s=-0.6, is_ankle_still=True),
        DoneRep(plateau_n=30, target_n=30, length_error_s=0.1, is_ankle_still=False),
    ],
)
def test_a_rep_out_of_band_out_of_time_or_with_the_ankle_is_not_controlled(spoilt: DoneRep) -> None:
    assert control_pct([GOOD, GOOD, GOOD], asked=3, band_share=0.2) == 100
    assert control_pct([GOOD, GOOD, spoilt], asked=3, band_share=0.2) == pytest.approx(200 / 3)


def test_a_rep_that_was_left_out_is_not_controlled_either() -> None:
    assert control_pct([GOOD, GOOD], asked=4, band_share=0.2) == 50


def test_where_nobody_sees_the_ankle_there_is_no_score_of_control() -> None:
    unseen = DoneRep(plateau_n=30, target_n=30, length_error_s=0.0, is_ankle_still=None)
    assert control_pct([unseen, unseen], asked=2, band_share=0.2) is None
    assert control_pct([GOOD], asked=0, band_share=0.2) is None


def test_the_share_of_compensated_reps_is_of_those_that_are_known() -> None:
    assert compensated_pct([True, False, False, False, None]) == 25
    assert compensated_pct([None, None]) is None


def test_a_reaction_is_timed_to_the_begin_of_the_rise() -> None:
    time_s = times_s(4)
    force_n = trapezoid(time_s, from_s=1.25, up_s=0.2, hold_s=1, down_s=0.2, force_n=40)
    # 5 % of a straight rise of 0.2 s comes 10 ms after its begin.
    assert reaction_s(1.0, time_s, force_n, 40) == pytest.approx(0.26, abs=0.002)


def test_a_noisy_rest_delays_a_reaction_by_no_more_than_its_noise() -> None:
    time_s = times_s(4)
    force_n = trapezoid(time_s, from_s=1.25, up_s=0.2, hold_s=1, down_s=0.2, force_n=40)
    noise_n = np.random.default_rng(3).normal(0, 0.5, len(time_s))
    assert reaction_s(1.0, time_s, force_n + noise_n, 40) == pytest.approx(0.26, abs=0.02)


def test_a_press_that_was_on_at_the_cue_or_never_came_has_no_reaction_time() -> None:
    time_s = times_s(3)
    assert math.isnan(reaction_s(1.0, time_s, np.full(len(time_s), 40.0), 40))
    assert math.isnan(reaction_s(1.0, time_s, np.zeros(len(time_s)), 40))


def test_the_usual_reaction_leaves_out_what_was_foreseen_or_missed() -> None:
    assert usual_reaction_s([0.05, 0.2, 0.3, 0.4, 1.4, math.nan]) == pytest.approx(0.3)
    assert usual_reaction_s([0.05, 1.4]) is None


def test_the_left_share_of_equal_feet_is_a_half() -> None:
    assert left_share_pct(80, 80) == 50
    assert left_share_pct(60, 90) == 40
    assert left_share_pct(0, 90) is None


def test_a_sine_of_turns_has_its_amplitude_over_the_root_of_two_and_its_bias_does_not_count() -> (
    None
):
    time_s = times_s(30)[:-1]
    rate_dps = 5 + 4 * np.sin(2 * np.pi * 0.7 * time_s)
    assert rate_rms(rate_dps) == pytest.approx(4 / math.sqrt(2))
    assert rate_rms(np.empty(0)) is None
