"""Masses and gravity: what they are, and how well they are known."""

import math

import pytest

from calibration import (
    ANYWHERE,
    CalibrationError,
    MassClass,
    Refusal,
    RefusedError,
    Weight,
    gravity_at,
    of_class,
    weighed,
)


def test_a_kitchen_scale_is_right_anywhere_within_its_limit() -> None:
    assert weighed("bag", 1.0, 3.0).u_kg() == pytest.approx(0.003 / math.sqrt(3))


@pytest.mark.parametrize(
    ("mass_class", "kg", "limit_g"),
    [
        (MassClass.M1, 1, 0.05),
        (MassClass.M2, 1, 0.16),
        (MassClass.M3, 5, 2.5),
        (MassClass.M1, 10, 0.5),
    ],
)
def test_classes_are_those_of_oiml(mass_class: MassClass, kg: float, limit_g: float) -> None:
    assert of_class("w", kg, mass_class).half_width_kg == pytest.approx(limit_g / 1000)


@pytest.mark.parametrize("mass_kg", [500.0, 0.001, 0.0, -1.0, math.nan])
def test_grams_for_kilograms_are_refused(mass_kg: float) -> None:
    with pytest.raises(RefusedError, match="Enter kilograms, not grams") as caught:
        Weight("disc", mass_kg, 0.0)
    assert caught.value.reason is Refusal.UNIT


def test_a_mass_known_to_less_than_half_of_itself_is_refused() -> None:
    with pytest.raises(RefusedError, match="Weigh it again"):
        weighed("disc", 1.0, 600.0)


@pytest.mark.parametrize(
    ("latitude_deg", "value_ms2"), [(0, 9.780325), (45, 9.806198), (-45, 9.806198), (90, 9.832185)]
)
def test_normal_gravity_is_that_of_wgs_84(latitude_deg: float, value_ms2: float) -> None:
    assert gravity_at(latitude_deg).value_ms2 == pytest.approx(value_ms2, abs=2e-6)


def test_a_thousand_metres_higher_a_kilogram_is_lighter_by_three_parts_in_ten_thousand() -> None:
    ratio = gravity_at(47, 1000).value_ms2 / gravity_at(47).value_ms2
    assert 1 - ratio == pytest.approx(3.15e-4, abs=1e-6)


def test_standard_gravity_holds_at_the_equator_and_at_the_poles() -> None:
    for latitude_deg in (0, 90):
        away = abs(gravity_at(latitude_deg).value_ms2 - ANYWHERE.value_ms2)
        assert away <= ANYWHERE.half_width_ms2


@pytest.mark.parametrize(("latitude_deg", "height_m"), [(91, 0), (math.nan, 0), (0, 2e4)])
def test_a_place_off_the_earth_is_refused(latitude_deg: float, height_m: float) -> None:
    with pytest.raises(CalibrationError, match="-90 to 90 deg"):
        gravity_at(latitude_deg, height_m)
