"""Overload: how long a cell has been at the end of its range."""

from typing import Final

CONTINUED_S: Final = 1.0
"""Sightings at most this far apart are one overload: a packet of the slowest converter (8 samples
at 10 Hz) may bring one sighting in 0.8 s."""

STOP_S: Final = 2.0
"""An overload of this length stops the session: no press on request goes so far beyond the range
for so long, a wrong pad or a person standing on one cell does."""


class Overload:
    """Joins single sightings into overloads."""

    def __init__(self) -> None:
        self._first_s: float | None = None
        self._last_s = 0.0

    def forget(self) -> None:
        """Begin anew: another phase, or another clock."""
        self._first_s = None

    def see(self, at_s: float) -> bool:
        """Take in a sighting; return whether the overload has lasted so long that it must stop."""
        if self._first_s is None or at_s - self._last_s > CONTINUED_S:
            self._first_s = at_s
        self._last_s = at_s
        return at_s - self._first_s >= STOP_S
