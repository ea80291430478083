"""Who stands on one leg, and for how long: by the load on the pad, else by what moves."""

import numpy as np
import pytest

from trainer.detect.onleg import LegWatch, Tick

RATE_HZ = 100.0


def watch(
    loads_n: list[tuple[float, float]], turns_dps: float | None, size: int = 10
) -> list[Tick]:
    """Return the ticks of stretches of load (newtons, seconds), cut into pieces of `size`."""
    load_n = np.concatenate([np.full(round(s * RATE_HZ), n) for n, s in loads_n])
    time_s = 50.0 + np.arange(1, len(load_n) + 1) / RATE_HZ
    rng = np.random.default_rng(3)
    turns = (turns_dps or 0.0) * rng.standard_normal((len(load_n), 3))
    legs = LegWatch(50.0)
    found: list[Tick] = []
    for first in range(0, len(load_n), size):
        part = slice(first, first + size)
        if turns_dps is not None:
            legs.push_turns(time_s[part], turns[part])
        legs.push_load(time_s[part], load_n[part])
        found += legs.look(float(time_s[part][-1]))
    return found


def test_time_counts_while_the_whole_weight_is_there_and_a_foot_put_down_stops_it() -> None:
    ticks = watch([(0.0, 2.0), (700.0, 10.0), (350.0, 3.0), (690.0, 5.1)], 2.0)
    assert ticks[-1].stood_s == pytest.approx(15.0, abs=0.5)
    assert ticks[-1].step_offs == 1
    assert not ticks[round(13.5 / 0.25)].is_standing


def test_two_legs_at_first_are_none_once_the_weight_of_one_is_known() -> None:
    ticks = watch([(350.0, 4.0), (700.0, 6.1)], 2.0)
    assert ticks[round(3.0 / 0.25)].is_standing
    assert ticks[-1].stood_s == pytest.approx(6.0, abs=0.5)


def test_without_load_a_board_that_moves_bears_somebody_and_a_still_one_nobody() -> None:
    assert watch([(0.0, 5.1)], 2.0)[-1].stood_s == pytest.approx(5.0, abs=0.5)
    assert watch([(0.0, 5.1)], 0.05)[-1].stood_s == 0.0
    assert watch([(0.0, 5.1)], None)[-1].stood_s == 0.0


def test_the_wobble_is_that_of_the_turns_to_the_side() -> None:
    assert watch([(700.0, 5.1)], 2.0)[-1].wobble_dps == pytest.approx(2.0, rel=0.15)
    assert watch([(700.0, 5.1)], None)[-1].wobble_dps is None


def test_any_cutting_gives_the_same_ticks() -> None:
    stretches = [(0.0, 1.0), (700.0, 4.0), (340.0, 1.0), (700.0, 2.1)]
    whole, pieces = watch(stretches, 1.0, size=10_000), watch(stretches, 1.0, size=7)
    assert len(whole) == len(pieces) > 20
    for one, other in zip(whole, pieces, strict=True):
        assert (one.is_standing, one.stood_s, one.step_offs) == (
            other.is_standing,
            other.stood_s,
            other.step_offs,
        )
        assert one.wobble_dps == pytest.approx(other.wobble_dps, abs=1e-9)
