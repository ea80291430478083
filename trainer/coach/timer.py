"""The one timer of a session: when the phase that is on has to act next, in stream time."""

import math


class Timer:
    """Runs out at `due_s`; while it is held it cannot run out and nothing is taken off it."""

    __slots__ = ("_held_s", "_kept_s", "due_s")

    def __init__(self) -> None:
        self.due_s = math.inf
        """Stream time at which to act; infinite while nothing is due or the timer is held."""
        self._kept_s = math.inf
        self._held_s: float | None = None

    def start(self, from_s: float, length_s: float) -> None:
        """Run out `length_s` after `from_s`; while held, that long after the timer goes on."""
        if self._held_s is None:
            self.due_s = from_s + length_s
        else:
            self._kept_s = self._held_s + length_s

    def clear(self) -> None:
        """Have nothing due."""
        self.start(0.0, math.inf)

    def extend(self, now_s: float, length_s: float) -> None:
        """Leave at least `length_s`, where anything is due at all."""
        if self.left_s(now_s) < length_s:
            self.start(now_s, length_s)

    def hold(self, now_s: float) -> None:
        """Stand still until `go_on`."""
        if self._held_s is None:
            self._held_s, self._kept_s, self.due_s = now_s, self.due_s, math.inf

    def go_on(self, now_s: float) -> None:
        """Run again with the time that was left."""
        if self._held_s is not None:
            self.due_s = self._kept_s + now_s - self._held_s
            self._held_s = None

    def left_s(self, now_s: float) -> float:
        """Return the seconds left, not below 0; infinite where nothing is due."""
        if self._held_s is not None:
            return self._kept_s - self._held_s
        return max(0.0, self.due_s - now_s)

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set to another time."""
        self.due_s += by_s
        self._kept_s += by_s
        if self._held_s is not None:
            self._held_s += by_s
