"""Sets: holds between long rests."""

from collections.abc import Sequence
from typing import Final

from trainer.core.hold import Hold

SET_REST_S: Final = 10.0
"""A longer rest between two holds ends a set."""


def group_sets(holds: Sequence[Hold]) -> tuple[tuple[int, int], ...]:
    """Return first and last hold of every set, counted from 1; a clock that steps back ends one."""
    starts = [
        number
        for number, hold in enumerate(holds, 1)
        if number == 1 or not continues_set(holds[number - 2], hold)
    ]
    ends = [start - 1 for start in starts[1:]] + [len(holds)]
    return tuple(zip(starts, ends, strict=True)) if holds else ()


def continues_set(before: Hold, hold: Hold) -> bool:
    """Return whether a hold belongs to the set of the one before it."""
    return 0 <= hold.start_s - before.end_s <= SET_REST_S
