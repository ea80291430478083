"""How often the stated uncertainty covers the truth, on pads that know nothing of the fit."""

from dataclasses import replace

import pytest

from tests.unit.calibration.campaign import Campaign, run_campaign
from tests.unit.calibration.workshop import Truth

COVERED = (0.93, 0.97)
"""Share of forces within U = 95 per cent: what is asked for, beside chance."""


def check(found: Campaign) -> None:
    """Assert both ends of the coverage, with two standard deviations of chance."""
    low, high = COVERED[0] - found.margin(), COVERED[1] + found.margin()
    assert low <= found.covered() <= high, found.summary()
    assert low <= found.sum_covered() <= high, found.summary()


def test_it_covers_the_truth_as_often_as_it_says() -> None:
    found = run_campaign(Truth(), 250, seed=1)
    check(found)
    assert found.refused <= 5
    assert found.within(0.01, 0.3) == 1.0, found.summary()
    assert found.within(0.005, 0.1) >= 0.9, found.summary()


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_it_covers_the_truth_on_twenty_thousand_pads(seed: int) -> None:
    found = run_campaign(Truth(), 20_000, seed)
    print(f"calibrations, two cells, 5 kitchen weights: {found.summary()}")  # noqa: T201 - kept
    check(found)
    assert found.within(0.01, 0.3) > 0.995, found.summary()


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "part", ["bend_n", "memory_n", "creep", "drift_n", "placement", "noise_n", "none"]
)
@pytest.mark.parametrize("times", [0.0, 3.0])
def test_it_holds_where_one_part_is_absent_or_three_times_as_large(
    part: str, times: float, seed: int
) -> None:
    usual = Truth(cells=("hallux", "toes", "ball", "heel")) if part == "none" else Truth()
    truth = usual if part == "none" else replace(usual, **{part: times * getattr(usual, part)})
    found = run_campaign(truth, 2000, seed)
    print(f"calibrations, {part} x {times:g}: {found.summary()}")  # noqa: T201 - kept
    check(found)
