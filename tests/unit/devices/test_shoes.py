"""Minutes by surface, minimalist ones among them, and mostly soft soles."""

from datetime import date, timedelta

from trainer.core.diary.devices import BARE_FEET, Shoe, ShoeType
from trainer.devices.shoes import Worn, softness, weekly

MONDAY = date(2026, 3, 2)
SHOES = {
    "max": Shoe("max", 38, 8, ShoeType.CUSHIONED),
    "flat": Shoe("flat", 12, 0, ShoeType.MINIMALIST),
}


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


def test_most_kilometres_in_high_stack_shoes_ask_for_three_sessions() -> None:
    soft = softness([("max", 30), ("flat", 10), ("?", 99)], SHOES, 30)
    assert (soft.per_week, soft.soft_pct) == ((3, 3), 75)
    assert softness([("max", 10), ("flat", 10)], SHOES, 30).per_week == (2, 3)
    assert softness([("?", 10)], SHOES, 30).soft_pct is None
