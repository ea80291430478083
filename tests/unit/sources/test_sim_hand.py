"""The simulated hand: weights that weigh what they weigh, and come to rest."""

import numpy as np
import pytest

from trainer.sources.sim.hand import GRAVITY_MS2, Hand

STEPS_S = np.arange(0, 10, 0.01)


def test_a_load_comes_to_rest_at_its_weight_on_its_cell_alone() -> None:
    hand = Hand(seed=1)
    hand.force(STEPS_S)
    hand.put("toes", {"5 kg": 5.0})
    after_n = hand.force(10 + STEPS_S)
    assert after_n[0] == pytest.approx(np.zeros(4), abs=0.2)
    assert after_n[-1, 1] == pytest.approx(5 * GRAVITY_MS2, rel=2e-3)
    assert after_n[-1, [0, 2, 3]] == pytest.approx(np.zeros(3))
    assert np.ptp(after_n[-300:, 1]) < 1e-3
    assert np.ptp(after_n[40:80, 1]) > 0.1


def test_nothing_is_put_on_before_somebody_does() -> None:
    assert not Hand(seed=1).force(STEPS_S).any()


def test_any_cutting_gives_the_same_force() -> None:
    whole, cut = Hand(seed=4), Hand(seed=4)
    for hand in (whole, cut):
        hand.force(STEPS_S)
        hand.put("heel", {"2 kg": 2.0})
    pieces = [cut.force(10 + piece) for piece in np.split(STEPS_S, [3, 50, 51, 700])]
    np.testing.assert_allclose(np.concatenate(pieces), whole.force(10 + STEPS_S), rtol=1e-12)


def test_one_weight_weighs_the_same_each_time_but_stands_a_little_elsewhere() -> None:
    hand = Hand(seed=2)
    found: list[float] = []
    for turn in range(6):
        hand.put("ball", {"1 kg": 1.0})
        found.append(float(hand.force(10.0 * turn + STEPS_S)[-1, 2]))
        hand.put("ball", {})
        hand.force(10.0 * turn + 9.99 + STEPS_S / 1000)
    assert 0 < np.std(found) / np.mean(found) < 1e-3
