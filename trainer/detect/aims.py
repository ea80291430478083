"""Aims: which force was asked for when, as far as anybody said."""

from collections.abc import Sequence
from typing import Final

from trainer.core.hold import Hold

SAME_SHARE: Final = 0.1
"""Aims that differ by less are the same: reps of one target scatter by 5 to 12 %."""


class Aims:
    """The forces asked for in a session, newtons; a recording that nobody led has none."""

    def __init__(self) -> None:
        self._told: list[tuple[float, float | None]] = []

    def tell(self, at_s: float, force_n: float | None) -> None:
        """Take in what is asked for from a time on; None: no force in particular."""
        if not self._told or self._told[-1][1] != force_n:
            self._told.append((at_s, force_n))

    def at(self, time_s: float) -> float | None:
        """Return what was asked for at a time, newtons; None where nothing was."""
        since = (force_n for at_s, force_n in reversed(self._told) if at_s <= time_s)
        return next(since, None)

    def other_before(self, holds: Sequence[Hold]) -> int:
        """Return how many of the first of a set's holds were asked for another force."""
        asked = [self.at(hold.start_s) for hold in holds]
        return next(
            (n for n in range(len(asked) - 1, 0, -1) if is_other_aim(asked[n - 1], asked[n])), 0
        )


def is_other_aim(before_n: float | None, now_n: float | None) -> bool:
    """Return whether presses for these two are not to be compared with each other."""
    if before_n is None or now_n is None:
        return before_n is not now_n
    return abs(now_n - before_n) > SAME_SHARE * before_n
