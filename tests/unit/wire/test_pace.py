"""Stamps of bundles without a time: even, near the arrivals, never one sample told twice."""

import random
from itertools import pairwise

import pytest

from trainer.wire.pace import Pace


def stamped(period_s: float, arrivals: list[tuple[int, float]]) -> list[float]:
    """Return the stamps of bundles (samples, arrival)."""
    pace = Pace(period_s)
    return [at_s for samples, arrival_s in arrivals for at_s in pace.stamps(samples, arrival_s)]


def test_even_bundles_get_even_stamps_that_end_with_the_arrival() -> None:
    stamps_s = stamped(0.0125, [(6, 100 + 0.075 * n) for n in range(10)])
    assert stamps_s == pytest.approx([100 + 0.0125 * (n - 5) for n in range(60)])


def test_late_bundles_bend_the_steps_and_lose_no_sample() -> None:
    draw = random.Random(4)  # noqa: S311 - jitter, no secret
    arrivals = [(4, 100 + 0.05 * n + draw.uniform(0, 0.05)) for n in range(400)]
    stamps_s = stamped(0.0125, arrivals)
    steps_s = [after - before for before, after in pairwise(stamps_s)]
    assert len(stamps_s) == 1600
    assert min(steps_s[100:]) > 0.5 * 0.0125
    assert max(steps_s) < 1.5 * 0.0125


def test_bundles_that_arrive_together_stay_apart() -> None:
    stamps_s = stamped(0.0125, [(4, 100 + 0.2 * (n // 4)) for n in range(200)])
    steps_s = [after - before for before, after in pairwise(stamps_s)]
    assert min(steps_s) > 0.1 * 0.0125


def test_single_samples_that_arrive_together_stay_apart() -> None:
    stamps_s = stamped(0.0125, [(1, 100 + 0.1 * (n // 8)) for n in range(400)])
    steps_s = [after - before for before, after in pairwise(stamps_s)]
    assert min(steps_s) > 0.4 * 0.0125
    assert min(steps_s[200:]) > 0.55 * 0.0125
    assert max(steps_s[200:]) < 1.45 * 0.0125


def test_half_the_rate_that_was_expected_is_learnt() -> None:
    arrivals = [(6, 100 + 0.15 * n) for n in range(60)]
    stamps_s = stamped(0.0125, arrivals)
    steps_s = [after - before for before, after in pairwise(stamps_s)]
    assert steps_s[-60:] == pytest.approx([0.025] * 60, rel=0.05)
    assert max(steps_s) < 5 * 0.0125
    assert abs(stamps_s[-1] - arrivals[-1][1]) < 0.05


def test_after_a_pause_the_stamps_follow_the_arrival() -> None:
    stamps_s = stamped(0.0125, [(2, 100.0), (2, 100.025), (2, 130.0), (2, 130.025)])
    assert stamps_s[4:] == pytest.approx([129.9875, 130.0, 130.0125, 130.025], abs=1e-3)


@pytest.mark.parametrize("delay_s", [0.6, -0.6])
def test_a_bundle_far_off_its_time_looks_neither_like_a_loss_nor_like_an_echo(
    delay_s: float,
) -> None:
    arrivals = [(2, 100 + 0.025 * n + (delay_s if n >= 200 else 0)) for n in range(400)]
    steps_s = [after - before for before, after in pairwise(stamped(0.0125, arrivals))]
    assert min(steps_s) > 0.5 * 0.0125
    assert max(steps_s) < 1.5 * 0.0125


def test_a_long_bundle_does_not_overtake_its_arrival() -> None:
    stamps_s = stamped(0.0125, [(50, 100.0), (50, 100.725)])
    assert stamps_s[-1] == pytest.approx(100.725)
