"""Numbers as text."""

import math

import pytest

from trainer.report.numbers import MINUS, MISSING, clock, count, number, signed


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [
        (1.25, 1, "1.2"),
        (-0.04, 1, "0.0"),
        (-3.0, 0, f"{MINUS}3"),
        (None, 2, MISSING),
        (math.nan, 2, MISSING),
        (math.inf, 2, MISSING),
        (0.0, 0, "0"),
        (100.0, 0, "100"),
    ],
)
def test_a_number_has_fixed_decimals_and_a_dash_where_there_is_none(
    figure: float | None, decimals: int, text: str
) -> None:
    assert number(figure, decimals) == text


def test_a_sign_is_shown_also_where_it_is_positive_but_never_on_zero() -> None:
    assert signed(0.5, 1) == "+0.5"
    assert signed(-0.5, 1) == f"{MINUS}0.5"
    assert signed(0.001, 1) == "0.0"


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (0, 0, "0:00"),
        (59.96, 1, "1:00.0"),
        (59.94, 1, "0:59.9"),
        (605.0, 0, "10:05"),
        (-1.5, 1, f"{MINUS}0:01.5"),
        (-0.01, 1, "0:00.0"),
        (math.nan, 1, MISSING),
    ],
)
def test_seconds_are_minutes_and_seconds(seconds: float, decimals: int, text: str) -> None:
    assert clock(seconds, decimals) == text


def test_thousands_stand_apart() -> None:
    assert count(1234567) == "1\u202f234\u202f567"
