"""Numbers as text: the same in every locale, a dash where there is none."""

import math
from typing import Final

MISSING: Final = "\N{EN DASH}"
MINUS: Final = "\N{MINUS SIGN}"


def number(value: float | None, decimals: int) -> str:
    """Return the number with fixed decimals, or a dash for None, NaN and infinities."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = f"{value:.{decimals}f}"
    is_zero = not text.strip("-0.")
    return text.lstrip("-") if is_zero else text.replace("-", MINUS)


def signed(value: float, decimals: int) -> str:
    """Return the number with its sign, also where it is positive."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def clock(seconds: float, decimals: int = 0) -> str:
    """Return seconds as minutes:seconds."""
    if not math.isfinite(seconds):
        return MISSING
    step = 10**decimals
    ticks = round(abs(seconds) * step)
    minutes, rest = divmod(ticks, 60 * step)
    width = 3 + decimals if decimals else 2
    sign = MINUS if seconds < 0 and ticks else ""
    return f"{sign}{minutes}:{rest / step:0{width}.{decimals}f}"


def count(value: int) -> str:
    """Return a whole number, thousands apart by a narrow space."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
