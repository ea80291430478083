"""How far, how fast and how long force leaves rest without being a press."""

import numpy as np
import pytest

from tests.unit.detect.traces import RATE_HZ, stamps
from trainer.core.arrays import FloatArray
from trainer.detect.thresholds import GRID
from trainer.detect.unrest import BATCH, BUMP_S, Unrest


def make_unrest(floor_n: float = 0.8) -> Unrest:
    """Return the unrest of a recording that begins."""
    return Unrest(floor_n, RATE_HZ)


def learn(unrest: Unrest, means_n: FloatArray) -> None:
    """Let it see cells of rest about a level of 0 N."""
    unrest.learn(means_n.tolist(), np.abs(means_n).tolist())


@pytest.mark.parametrize("spread_n", [0.05, 1.0, 40.0])
def test_spreads_become_those_of_rest_at_any_scale(spread_n: float) -> None:
    unrest = make_unrest()
    learn(unrest, np.random.default_rng(1).normal(0, spread_n, 4000))
    assert unrest.level_n == pytest.approx(spread_n, rel=0.25)
    assert unrest.rise_n == pytest.approx(np.sqrt(2) * spread_n, rel=0.25)


def test_slow_sway_rises_by_less_than_it_reaches() -> None:
    unrest = make_unrest()
    learn(unrest, 2.0 * np.sin(2 * np.pi * 0.1 * stamps(400.0, RATE_HZ / GRID)))
    assert unrest.rise_n < unrest.level_n / 3


def test_little_rest_is_trusted_little() -> None:
    unrest = make_unrest()
    means = np.random.default_rng(2).normal(0, 1.0, 400)
    learn(unrest, means[:BATCH])
    early = unrest.level_n
    learn(unrest, means[BATCH:])
    assert early > 2.0 * unrest.level_n


def test_before_any_rest_was_seen_only_a_hard_press_is_told_from_it() -> None:
    assert make_unrest().level_n > 10.0


def test_one_batch_of_presses_taken_for_rest_hardly_moves_the_spreads() -> None:
    unrest = make_unrest()
    learn(unrest, np.random.default_rng(3).normal(0, 1.0, 2000))
    before = unrest.level_n
    learn(unrest, np.full(BATCH, 80.0))
    assert unrest.level_n < 1.1 * before


def test_unrest_that_passes_for_presses_raises_the_spreads() -> None:
    unrest = make_unrest()
    learn(unrest, np.random.default_rng(4).normal(0, 0.2, 400))
    before = unrest.level_n
    for _ in range(20):
        unrest.learn_bump(np.full(2 * round(RATE_HZ), 30.0), 27.0)
    assert unrest.level_n > 3 * before
    assert unrest.bump_n_s == 0.0


def test_a_break_leaves_no_rise_between_what_lies_beside_it() -> None:
    unrest = make_unrest()
    for level_n in (0.0, 50.0) * 40:
        unrest.learn([level_n] * 2 * BATCH, [0.0] * 2 * BATCH)
        unrest.break_off()
    assert unrest.rise_n < 0.1


def test_the_impulse_of_bumps_is_one_that_few_exceed() -> None:
    unrest = make_unrest()
    random = np.random.default_rng(5)
    count = round(0.2 * RATE_HZ)
    heights = random.lognormal(np.log(2.0), 0.5, 300)
    for height_n in heights:
        unrest.learn_bump(np.full(count, 30.0 + height_n), 30.0)
    larger = np.mean(heights * count / RATE_HZ > unrest.bump_n_s)
    assert 0.01 < larger < 0.25


def test_a_long_excursion_is_no_bump_and_holds_let_bumps_be_forgotten() -> None:
    unrest = make_unrest()
    unrest.learn_bump(np.full(round(BUMP_S * RATE_HZ), 40.0), 30.0)
    assert unrest.bump_n_s == 0.0
    unrest.learn_bump(np.full(8, 40.0), 30.0)
    before = unrest.bump_n_s
    unrest.learn_hold()
    assert 0.9 * before < unrest.bump_n_s < before


def test_a_slow_press_before_any_was_known_does_not_blind_the_lamp() -> None:
    unrest = make_unrest()
    learn(unrest, np.random.default_rng(6).normal(0, 0.5, 2 * BATCH))
    before = unrest.level_n
    unrest.learn_bump(np.full(3 * round(RATE_HZ), 50.0), 30.0)
    assert unrest.level_n < 1.4 * before
