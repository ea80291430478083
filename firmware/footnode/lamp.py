"""What the light shows, and when it is lit."""

OFF = 0
WAITING = 1
LINKED = 2
STREAMING = 3
BLINKING = 4
LOW = 5
FAULT = 6

_PATTERNS = (
    (0, 1_000_000),
    (50_000, 1_000_000),
    (50_000, 3_000_000),
    (1_000_000, 1_000_000),
    (125_000, 250_000),
    (500_000, 1_000_000),
    (50_000, 100_000),
)
"""Microseconds lit, and of what: by state. Waiting and linked are short, for the battery's sake."""


def is_lit(state: int, now_us: int) -> bool:
    """Return whether the light is on at that time in that state."""
    lit_us, of_us = _PATTERNS[state]
    return now_us % of_us < lit_us
