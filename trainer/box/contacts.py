"""Contacts: what the two edges of a bouncing button mean, and how it says that it was no pain.

Rules, failing towards stopping:
- The first edge of a press counts at once; what follows an opening of less than `bounce_s` is the
  same press.
- No single press, however long, says that it was no pain: a foot that stays on the button, or comes
  back to it, is no answer. It takes two holds of HOLD_S that both began after the stop, the second
  within PAUSE_S of the first; a shorter press begins anew.
"""

import math
from enum import Enum
from typing import Final

HOLD_S: Final = 2.0
"""Longer than a step on the button lasts that means to stop."""

PAUSE_S: Final = 5.0
"""After this the first hold is forgotten."""

HOLDS: Final = 2


class Contacts:
    """Remembers the edges; times are host monotonic seconds."""

    def __init__(self, bounce_s: float) -> None:
        self._bounce_s = bounce_s
        self._closed_s = -math.inf
        self._opened_s = -math.inf
        self._is_closed = False

    def close(self, at_s: float) -> bool:
        """Take in that the contact closed, and return whether that is a new press."""
        is_new = not self._is_closed and at_s - self._opened_s >= self._bounce_s
        self._is_closed = True
        if is_new:
            self._closed_s = at_s
        return is_new

    def open(self, at_s: float) -> None:
        """Take in that the contact opened."""
        self._opened_s = at_s
        self._is_closed = False

    @property
    def held_since_s(self) -> float | None:
        """Return since when the button is down; None while it is up."""
        return self._closed_s if self._is_closed else None


class Said(Enum):
    """What the button says while the question is open."""

    NOTHING = "nothing"
    HALF = "half"
    """The first hold is long enough: once more says no."""
    NO_PAIN = "no pain"


class Denial:
    """Waits for the two long holds; looked at many times a second."""

    def __init__(self) -> None:
        self._forget()

    def see(self, held_since_s: float | None, at_s: float, *, is_asked: bool) -> Said:
        """Return what the button says now: each hold once, as soon as it is long enough."""
        if not is_asked:
            self._forget()
        elif held_since_s is None:
            self._see_open(at_s)
        elif self._is_released:
            return self._see_held(held_since_s, at_s)
        return Said.NOTHING

    def _forget(self) -> None:
        self._is_released = False
        """True once the contact that stopped has opened."""
        self._held_s: float | None = None
        self._is_long = False
        self._holds = 0
        self._long_s = -math.inf

    def _see_open(self, at_s: float) -> None:
        self._is_released = True
        is_short = self._held_s is not None and not self._is_long
        if is_short or at_s - self._long_s > PAUSE_S:
            self._holds = 0
        self._held_s = None
        self._is_long = False

    def _see_held(self, held_since_s: float, at_s: float) -> Said:
        if self._held_s != held_since_s:
            # Also where it was let go between two looks.
            self._see_open(at_s)
            self._held_s = held_since_s
        if self._is_long or at_s - held_since_s < HOLD_S:
            return Said.NOTHING
        self._is_long, self._long_s = True, at_s
        self._holds += 1
        return Said.NO_PAIN if self._holds == HOLDS else Said.HALF
