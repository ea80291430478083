"""Minutes by surface, the minimalist ladder, and mostly soft soles."""

from datetime import date, timedelta

from trainer.core.diary.devices import BARE_FEET, Shoe, ShoeType
from trainer.devices.shoes import Worn, minimalist_week, softness, weekly

MONDAY = date(2026, 3, 2)
SHOES = {
    "max": Shoe("max", 38, 8, ShoeType.CUSHIONED),
    "flat": Shoe("flat", 12, 0, ShoeType.MINIMALIST),
}
LADDER = (10.0, 10.0)


def test_minutes_are_summed_by_week_and_surface_with_the_minimalist_share() -> None:
    worn = [
        Worn(MONDAY, "max", "road", 30),
        Worn(MONDAY + timedelta(days=6), "flat", "road", 10),
        Worn(MONDAY, BARE_FEET, "grass", 5),
        Worn(MONDAY + timedelta(days=7), "flat", "road", 7),
    ]
    found = [
        (one.monday, one.surface, one.minutes, one.minimalist_min) for one in weekly(worn, SHOES)
    ]
    assert found == [
        (MONDAY, "grass", 5, 5),
        (MONDAY, "road", 40, 10),
        (MONDAY + timedelta(days=7), "road", 7, 7),
    ]


def test_minimalist_minutes_are_locked_until_phase_one_is_passed() -> None:
    week = minimalist_week({MONDAY: 1.0}, MONDAY, None, LADDER)
    assert week.allowed_min == 0
    assert week.is_beyond


def test_the_ladder_rises_after_a_used_week_and_not_after_an_unused_or_exceeded_one() -> None:
    third = MONDAY + timedelta(weeks=2)
    weeks = {MONDAY: 9.0, MONDAY + timedelta(weeks=1): 20.0}
    assert round(minimalist_week(weeks, third, MONDAY, LADDER).allowed_min, 6) == 11
    assert minimalist_week({}, third, MONDAY, LADDER).allowed_min == 10


def test_most_kilometres_in_high_stack_shoes_ask_for_three_sessions() -> None:
    soft = softness([("max", 30), ("flat", 10), ("?", 99)], SHOES, 30)
    assert (soft.per_week, soft.soft_pct) == ((3, 3), 75)
    assert softness([("max", 10), ("flat", 10)], SHOES, 30).per_week == (2, 3)
    assert softness([("?", 10)], SHOES, 30).soft_pct is None
