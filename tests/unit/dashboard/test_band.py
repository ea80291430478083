"""The band state follows the force without blinking."""

from dataclasses import replace

import pytest

from tests.unit.dashboard.scenes import IN_WORK, SNAPSHOTS
from trainer.dashboard.band import Band, judge_band


@pytest.mark.parametrize(
    ("force_n", "band"), [(21.0, Band.BELOW), (25.0, Band.IN), (29.0, Band.ABOVE)]
)
def test_the_force_is_below_in_or_above_the_band(force_n: float, band: Band) -> None:
    assert judge_band(replace(IN_WORK, force_n=force_n), Band.NONE) is band


@pytest.mark.parametrize(
    ("edge_n", "bands"), [(22.0, {Band.BELOW, Band.IN}), (28.0, {Band.IN, Band.ABOVE})]
)
@pytest.mark.parametrize("shown", [Band.BELOW, Band.IN, Band.ABOVE])
def test_a_force_that_trembles_at_an_edge_does_not_blink(
    edge_n: float, bands: set[Band], shown: Band
) -> None:
    seen = []
    for step in range(20):
        force_n = edge_n + (0.5 if step % 2 else -0.5)
        shown = judge_band(replace(IN_WORK, force_n=force_n), shown)
        seen.append(shown)
    assert len(set(seen[1:])) == 1
    assert set(seen) <= bands


def test_letting_go_shows_no_band() -> None:
    assert judge_band(SNAPSHOTS["work_relax"], Band.IN) is Band.NONE


def test_no_target_shows_no_band() -> None:
    assert judge_band(SNAPSHOTS["work_no_target"], Band.NONE) is Band.NONE


@pytest.mark.parametrize("scene", ["rest", "countdown", "done", "stopped", "ready", "mvc_press"])
def test_no_other_phase_shows_a_band(scene: str) -> None:
    with_target = replace(SNAPSHOTS[scene], target_low_n=1.0, target_high_n=2.0)
    assert judge_band(with_target, Band.IN) is Band.NONE
