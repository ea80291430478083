"""When a press that is still on is told, and what is not taken for one."""

import numpy as np
import pytest

from tests.unit.detect.traces import RATE_HZ, stamps
from trainer.core.arrays import FloatArray
from trainer.core.settings import DetectionSettings
from trainer.detect.lamp import MOST_IMPULSE_S, Lamp
from trainer.detect.thresholds import Thresholds
from trainer.detect.unrest import Unrest

FLOOR_N = 0.8
PERIOD_S = 1 / RATE_HZ


def make_unrest(sway_n: float = 0.5, rise_n: float = 0.2) -> Unrest:
    """Return what a few minutes of slow sway leave behind."""
    unrest = Unrest(FLOOR_N, RATE_HZ)
    random = np.random.default_rng(1)
    # An autoregressive sway whose steps over two cells have the spread asked for.
    share = 1 - (rise_n / sway_n) ** 2 / 4
    away_n = 0.0
    for _ in range(4000):
        away_n = share * away_n + random.normal(0, sway_n * np.sqrt(1 - share**2))
        unrest.learn([away_n], [abs(away_n)])
    return unrest


def make_lamp(unrest: Unrest | None = None, *, holds_n: float = 40.0) -> Lamp:
    """Return a lamp that knows rest, and the plateau of holds."""
    limits = Thresholds(DetectionSettings(floor_n=FLOOR_N), RATE_HZ, None)
    limits.expect(holds_n)
    return Lamp(unrest or make_unrest(), limits, RATE_HZ, FLOOR_N)


def lit_after(lamp: Lamp, force_n: FloatArray) -> tuple[float | None, float | None]:
    """Return seconds from the first sample to contact and to the lamp."""
    lamp.begin([0.0] * lamp.window)
    contact_s = None
    for index, above_n in enumerate(force_n.tolist()):
        lamp.take(above_n)
        if lamp.is_contact and contact_s is None:
            contact_s = index * PERIOD_S
        if lamp.is_on:
            return contact_s, index * PERIOD_S
    return contact_s, None


def rise(plateau_n: float, rise_s: float = 0.3, duration_s: float = 2.0) -> FloatArray:
    """Return (n,) newtons of a smooth rise to a plateau."""
    u = np.clip(stamps(duration_s) / rise_s, 0, 1)
    return plateau_n * u**3 * (10 - 15 * u + 6 * u * u)


def bump(height_n: float, duration_s: float) -> FloatArray:
    """Return (n,) newtons of a fidget."""
    return height_n * np.sin(np.pi * np.clip(stamps(1.0) / duration_s, 0, 1)) ** 2


def test_a_press_lights_contact_first_and_then_the_lamp() -> None:
    contact_s, lamp_s = lit_after(make_lamp(), rise(40.0))
    assert contact_s is not None
    assert lamp_s is not None
    assert 0.03 < contact_s < lamp_s < 0.13


@pytest.mark.parametrize("scale", [0.05, 0.3, 10.0])
def test_a_known_person_is_told_at_any_scale_alike(scale: float) -> None:
    lamp = make_lamp(make_unrest(0.5 * scale, 0.2 * scale), holds_n=40 * scale)
    _, lamp_s = lit_after(lamp, rise(40.0 * scale))
    assert lamp_s == pytest.approx(lit_after(make_lamp(), rise(40.0))[1], abs=0.03)


def test_a_stranger_is_told_a_little_later() -> None:
    _, known_s = lit_after(make_lamp(), rise(40.0))
    _, strange_s = lit_after(make_lamp(holds_n=0.0), rise(40.0))
    assert known_s is not None
    assert strange_s is not None
    assert known_s <= strange_s < known_s + 0.05


def test_a_fidget_is_a_contact_and_no_hold() -> None:
    contact_s, lamp_s = lit_after(make_lamp(), bump(6.0, 0.12))
    assert contact_s is not None
    assert lamp_s is None


def test_a_slow_shift_of_the_level_is_neither() -> None:
    assert lit_after(make_lamp(), rise(3.6, rise_s=2.0, duration_s=4.0)) == (None, None)


def test_a_slow_press_is_told_once_it_is_far_above_the_sway() -> None:
    contact_s, lamp_s = lit_after(make_lamp(), rise(40.0, rise_s=3.0, duration_s=4.0))
    assert contact_s is not None
    assert lamp_s is not None
    assert 0.4 < contact_s <= lamp_s < 0.9


def test_a_light_press_before_the_hold_is_told_by_its_rise() -> None:
    _, lamp_s = lit_after(make_lamp(), rise(4.0, rise_s=0.2))
    assert lamp_s is not None
    assert lamp_s < 0.35


def test_a_lifted_foot_that_comes_back_is_not_told_but_what_is_pressed_beyond_it_is() -> None:
    lamp = make_lamp()
    before_n = [0.0] * lamp.window
    lamp.begin(before_n, return_n=45.0)
    for above_n in rise(40.0).tolist():
        lamp.take(above_n)
    assert not lamp.is_contact
    for above_n in (40.0 + rise(40.0)).tolist():
        lamp.take(above_n)
    assert lamp.is_on


def test_a_shift_of_posture_far_above_the_sway_is_not_told_beside_stronger_holds() -> None:
    lamp = make_lamp(make_unrest(0.1, 0.1))
    assert lit_after(lamp, rise(4.0, rise_s=3.0, duration_s=4.0)) == (None, None)


def test_what_is_weak_beside_the_holds_is_not_told() -> None:
    assert lit_after(make_lamp(holds_n=100.0), rise(6.0)) == (None, None)


def test_bumps_of_this_recording_raise_the_impulse_but_not_without_limit() -> None:
    unrest = make_unrest()
    lamp = make_lamp(unrest)
    _, before_s = lit_after(lamp, rise(40.0))
    for _ in range(20):
        unrest.learn_bump(np.full(round(0.9 * RATE_HZ), 30.0), 0.0)
    _, after_s = lit_after(lamp, rise(40.0))
    assert before_s is not None
    assert after_s is not None
    assert before_s < after_s < before_s + 2 * MOST_IMPULSE_S
