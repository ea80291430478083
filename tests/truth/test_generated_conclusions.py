"""Floors under what is concluded from holds, taps and stance; `make truth` judges on many.

Fatigue, help of the ankle, taps and sway of a few generated recordings, through the front door.
None was recorded from a foot.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.truth import part_calf, part_fatigue, part_sway, part_taps
from tests.truth.fatiguing import FatiguePlan
from tests.truth.frontdoor import Found
from tests.truth.mutants import call_all_compensated, never_tire
from tests.truth.part_calf import SETUPS, Judged
from tests.truth.part_fatigue import FatigueScore
from tests.truth.swaying import SwayTake, record_rocking, record_sway
from tests.truth.tapping import TapPlan

SEEDS = range(500, 508)
TIRING = FatiguePlan(fall=0.01)


def is_fatigue_seen(scores: Sequence[FatigueScore]) -> bool:
    """Return whether onsets are told in time, live and in review."""
    median_reps = float(np.median(part_fatigue.delays_of(scores)))
    found = sum(score.found_rep is not None for score in scores)
    return median_reps <= 14 and found >= 0.75 * len(scores)


def is_specific(presses: Sequence[Judged]) -> bool:
    """Return whether hardly a clean press is taken for a helped one, in review and live."""
    clean = [press for press in presses if press.extra_nm == 0]
    wrong = sum(press.said is True for press in clean)
    wrong_live = sum(press.was_seen_live for press in clean)
    return wrong <= 0.07 * len(clean) and wrong_live <= 0.15 * len(clean)


def sensitivity(presses: Sequence[Judged], extra_nm: float) -> float:
    """Return the share of the presses with this help that were told."""
    some = [press for press in presses if press.extra_nm == extra_nm]
    return sum(press.said is True for press in some) / len(some)


@pytest.mark.parametrize("spread", [0.05, 0.08])
def test_a_set_without_fatigue_seldom_alarms(spread: float) -> None:
    jobs = [part_fatigue.Job(FatiguePlan(spread=spread), seed) for seed in SEEDS]
    scores = [part_fatigue.score_job(job) for job in jobs]
    assert sum(map(part_fatigue.is_false_alarm, scores)) <= 1
    assert sum(score.found_rep is not None for score in scores) <= 1


def test_the_onset_of_fatigue_is_told_live_and_found_in_review() -> None:
    scores = [part_fatigue.score_job(part_fatigue.Job(TIRING, seed)) for seed in SEEDS]
    assert is_fatigue_seen(scores)
    assert sum(map(part_fatigue.is_false_alarm, scores)) <= 1
    assert part_fatigue.mae(scores) <= 3
    assert sum(map(part_fatigue.is_covered, scores)) >= 5


def test_a_product_that_never_tires_is_caught() -> None:
    scores = [part_fatigue.score_job(part_fatigue.Job(TIRING, 500), never_tire)]
    assert not is_fatigue_seen(scores)


def test_a_sudden_loss_is_called_one() -> None:
    jobs = [part_fatigue.Job(FatiguePlan((30, 40), abrupt=0.3), seed) for seed in SEEDS[:4]]
    scores = [part_fatigue.score_job(job) for job in jobs]
    assert all(score.is_abrupt for score in scores)
    assert max(part_fatigue.delays_of(scores)) <= 3


def judge_some(setup: part_calf.Setup, break_it: Callable[[Found], Found]) -> list[Judged]:
    """Return the presses of a few recordings."""
    jobs = [part_calf.Job(setup, seed) for seed in SEEDS[:4]]
    return [press for job in jobs for press in part_calf.score_job(job, break_it)]


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.name)
def test_help_of_the_ankle_is_seen_and_little_else(setup: part_calf.Setup) -> None:
    presses = judge_some(setup, lambda found: found)
    assert len(presses) > 180
    assert is_specific(presses)
    assert sensitivity(presses, 5.0) >= 0.8
    if setup.is_judged:
        assert sensitivity(presses, 2.0) >= 0.8


def test_a_product_to_which_everything_is_compensated_is_caught() -> None:
    assert not is_specific(judge_some(SETUPS[0], call_all_compensated))


@pytest.mark.parametrize("is_imu", [False, True])
@pytest.mark.parametrize("rate_hz", [1.0, 3.0, 6.0])
def test_taps_are_counted_within_one(rate_hz: float, is_imu: bool) -> None:
    score = part_taps.score_job(part_taps.Job(TapPlan(rate_hz, is_imu, slowing=0.1), 500))
    assert abs(score.count_error) <= 1
    assert score.rate_error == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("seed", [500, 501, 502])
@pytest.mark.parametrize("record", [record_sway, record_rocking])
def test_sway_is_that_of_the_closed_form(record: Callable[[int], SwayTake], seed: int) -> None:
    for name, error in part_sway.score_job(part_sway.Job(record, seed)).items():
        assert error == pytest.approx(0.0, abs=0.01), name
