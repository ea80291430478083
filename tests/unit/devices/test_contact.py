"""Contact with the sole on generated forces: too hard, slipping."""

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.devices.contact import Slip, is_rigid, slips, too_hard, unexplained

TIME_S = np.arange(1600) / 80.0
PLACES_CM = np.array([16.5, 12.0, -4.5])


def cells(centre_cm: FloatArray, load_n: float = 200.0) -> FloatArray:
    """Return (n, 3) forces with that centre on toes, ball and heel."""
    heel_share = (14.25 - centre_cm) / (14.25 + 4.5)
    front_n = load_n * (1 - heel_share) / 2
    return np.column_stack([front_n, front_n, load_n * heel_share])


def moving(jump_cm: float = 0.0, over_s: float = 0.0) -> FloatArray:
    """Return a centre that sways by a millimetre and moves at ten seconds."""
    sway: FloatArray = 6 + 0.1 * np.sin(2 * np.pi * 0.5 * TIME_S)
    moved = np.clip((TIME_S - 10) / over_s, 0, 1) if over_s else (TIME_S >= 10).astype(float)
    return sway + jump_cm * moved


def test_a_force_above_the_ceiling_is_told_only_when_it_lasts() -> None:
    force_n = np.where((TIME_S > 3) & (TIME_S < 15), 250.0, 100.0)
    (found,) = too_hard(TIME_S, force_n, ceiling_n=200, ceiling_s=10)
    assert found.duration_s == pytest.approx(12, abs=0.5)
    assert "use a softer" in found.sentence(200)
    assert too_hard(TIME_S, force_n, ceiling_n=200, ceiling_s=13) == ()
    assert too_hard(TIME_S, force_n, ceiling_n=300, ceiling_s=1) == ()


def test_a_twitch_below_the_ceiling_does_not_begin_the_count_anew() -> None:
    force_n = np.full(1600, 250.0)
    force_n[800:804] = 0
    assert len(too_hard(TIME_S, force_n, ceiling_n=200, ceiling_s=15)) == 1


def test_a_jump_of_the_centre_is_a_slip_with_its_time_and_size() -> None:
    (found,) = slips(TIME_S, cells(moving(2.0)), PLACES_CM, slip_cm=1)
    assert found.at_s == pytest.approx(10, abs=0.3)
    assert found.jump_cm == pytest.approx(2, abs=0.15)


def test_sway_a_slow_shift_a_twitch_and_an_empty_pad_are_no_slips() -> None:
    twitch = moving()
    twitch[800:806] += 3
    for centre_cm in (moving(), moving(3.0, over_s=4.0), twitch):
        assert slips(TIME_S, cells(centre_cm), PLACES_CM, slip_cm=1) == ()
    assert slips(TIME_S, cells(moving(2.0), load_n=5), PLACES_CM, slip_cm=1) == ()
    assert slips(TIME_S[:10], cells(moving())[:10], PLACES_CM, slip_cm=1) == ()


def test_a_jump_with_a_press_or_between_sets_is_no_slip() -> None:
    found = [Slip(5.0, 2.0), Slip(10.0, 1.5), Slip(30.0, 3.0)]
    assert unexplained(found, [(4.0, 20.0)], [4.8, 7.0]) == (found[1],)
    assert unexplained(found, [(4.0, 20.0)], []) == tuple(found[:2])


def test_a_device_lies_rigidly_where_most_presses_are_still_not_where_one_is() -> None:
    assert is_rigid([True, True, None, False]) is True
    assert is_rigid([True, *[False] * 9]) is False
    assert is_rigid([None, None]) is None
    assert is_rigid([]) is None
