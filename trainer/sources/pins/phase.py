"""When one converter's conversions are ready: bounds on the newest one, and its period.

Rules:
- A look before a conversion finds the converter busy, one after it finds it ready: the two bound
  the moment. A conversion that was read proves it busy from then on.
- Known bounds carry over from conversion to conversion by the period, give or take 2 %. Where
  looks and this forecast leave exactly one conversion, both bounds are kept; the estimate moves
  only as far as they force it to, and the period by a sixteenth of that.
- What is read must not be overwritten meanwhile. It is safe to read while no conversion *can*
  end: a late look, or a pause of the process at any place, makes that unsafe, never unnoticed.
"""

import math
from typing import Final

TOLERANCE: Final = 0.02
"""Of the period from one conversion to the next: real boards' are steadier (measured rates differ
between boards by 16 %, within a recording by less than 1 %)."""
NARROW_NS: Final = 4_000_000
"""Half of the shortest period: bounds so close hold one conversion, and no more."""
_FIRST_STEPS: Final = 10
_UNCERTAIN: Final = 0.02
"""Of the period, between its bounds, when it counts as known: half of the tolerance each way."""
_FASTEST_NS: Final = 8_000_000
"""No converter that is read this way is faster: '80 Hz' ones run at up to 93."""
_STRANGE_STEPS: Final = 4
"""Conversions in a row where none can be: the converter has another rate now."""
_GAIN: Final = 16
_LEAST_LEAD_NS: Final = 100_000
_MOST_LEAD_NS: Final = 900_000


class Phase:
    """The conversions of one converter; all times are monotonic nanoseconds."""

    def __init__(self) -> None:
        self.period_ns = 0.0
        """Measured; 0 until it is known."""
        self.is_ready = False
        self.due_ns = 0.0
        """When the conversion after the one that was read is expected."""
        self.lead_ns = 2.0 * _LEAST_LEAD_NS
        """How long before that a look is worth it: grows with the lateness of the process."""
        self._low_ns = self._high_ns = self._at_ns = 0.0
        self._is_bounded = False
        self._busy_ns = 0
        self._busy_looks = 0
        self._is_next = False
        self._chain = (0.0, 0.0, 0)
        """Bounds of the first conversion of a chain, and steps since."""
        self._shortest_ns, self._longest_ns = 0.0, math.inf
        """Bounds of the period, while it is being learned."""
        self._steps = 0
        self._strange = 0

    @property
    def is_known(self) -> bool:
        """Return whether the next conversion can be foretold."""
        return self._is_bounded and self.period_ns > 0.0

    def see(self, is_ready: bool, before_ns: int, after_ns: int) -> None:  # noqa: FBT001 - what a look found
        """Take what a look between the two times found."""
        if not is_ready:
            self._busy_ns = before_ns
            self._busy_looks += 1
        elif not self.is_ready:
            self.is_ready = True
            self._find(self._busy_ns, after_ns)

    def clear(self, start_ns: int) -> None:
        """Take that the conversion was read, beginning at that time."""
        self.is_ready = False
        self._busy_ns = start_ns
        self._busy_looks = 0
        # Read so soon, it cannot have been overwritten: the next that is seen is the next there is.
        self._is_next = self._is_bounded and start_ns - self._low_ns < _FASTEST_NS
        if self.is_known:
            self.due_ns = self.newest_ns(start_ns) + self.period_ns

    def lose(self) -> None:
        """Forget the bounds: the converter may have begun anew, or was not followed."""
        self._is_bounded = False

    def newest_ns(self, at_ns: int) -> float:
        """Return when the newest conversion at that time was ready, by the estimate."""
        if not self.is_known:
            return self._at_ns
        return self._at_ns + max(0, (at_ns - self._at_ns) // self.period_ns) * self.period_ns

    def danger_ns(self, start_ns: int) -> tuple[float, float]:
        """Return from when until when the first conversion that may end after `start_ns` can end.

        Nothing is safe, from zero on, while the bounds are not known.
        """
        if not self.is_known:
            return 0.0, math.inf
        longest_ns = self.period_ns * (1.0 + TOLERANCE)
        count = max(1, math.ceil((start_ns - self._high_ns) / longest_ns))
        shortest_ns = self.period_ns * (1.0 - TOLERANCE)
        return self._low_ns + count * shortest_ns, self._high_ns + count * longest_ns

    def is_safe(self, start_ns: int, end_ns: int) -> bool:
        """Return whether no conversion can end between the two times."""
        return end_ns < self.danger_ns(start_ns)[0]

    def _find(self, busy_ns: int, after_ns: int) -> None:
        is_narrow = after_ns - busy_ns <= NARROW_NS
        if not self._is_bounded:
            if is_narrow:
                self._bound(busy_ns, after_ns, (busy_ns + after_ns) / 2)
                self._chain = (busy_ns, after_ns, 0)
        elif not self.period_ns:
            self._learn(busy_ns, after_ns, is_narrow=is_narrow)
        else:
            self._follow(busy_ns, after_ns, is_narrow=is_narrow)
            self._adapt_lead()

    def _bound(self, low_ns: float, high_ns: float, at_ns: float) -> None:
        self._low_ns, self._high_ns, self._at_ns = low_ns, high_ns, at_ns
        self._is_bounded = True

    def _learn(self, busy_ns: int, after_ns: int, *, is_narrow: bool) -> None:
        """Bound the period by chains of conversions with none between them."""
        if not is_narrow:
            self.lose()
            return
        # In less than two of the shortest periods there is no room for a third conversion.
        if self._is_next or after_ns - self._low_ns < 2 * _FASTEST_NS:
            first_low_ns, first_high_ns, steps = self._chain
            steps += 1
            self._shortest_ns = max(self._shortest_ns, (busy_ns - first_high_ns) / steps)
            self._longest_ns = min(self._longest_ns, (after_ns - first_low_ns) / steps)
            self._chain = (first_low_ns, first_high_ns, steps)
            self._steps += 1
        else:
            self._chain = (busy_ns, after_ns, 0)
        self._bound(busy_ns, after_ns, (busy_ns + after_ns) / 2)
        self._conclude()

    def _conclude(self) -> None:
        uncertain_ns = self._longest_ns - self._shortest_ns
        if uncertain_ns < 0.0:
            self._unlearn()
        elif self._steps >= _FIRST_STEPS and uncertain_ns < _UNCERTAIN * self._longest_ns:
            self.period_ns = (self._longest_ns + self._shortest_ns) / 2

    def _unlearn(self) -> None:
        self.period_ns = 0.0
        self._shortest_ns, self._longest_ns = 0.0, math.inf
        self._chain = (self._low_ns, self._high_ns, 0)
        self._steps = 0

    def _follow(self, busy_ns: int, after_ns: int, *, is_narrow: bool) -> None:
        shortest_ns = self.period_ns * (1.0 - TOLERANCE)
        longest_ns = self.period_ns * (1.0 + TOLERANCE)
        first = max(1, math.ceil((busy_ns - self._high_ns) / longest_ns))
        last = math.floor((after_ns - self._low_ns) / shortest_ns)
        if first == last:
            low_ns = max(busy_ns, self._low_ns + first * shortest_ns)
            high_ns = min(after_ns, self._high_ns + first * longest_ns)
            forecast_ns = self._at_ns + first * self.period_ns
            at_ns = min(max(forecast_ns, low_ns), high_ns)
            self.period_ns += (at_ns - forecast_ns) / (_GAIN * first)
            self._bound(low_ns, high_ns, at_ns)
            self._strange = 0
            return
        if first > last:
            self._strange += 1
            if self._strange >= _STRANGE_STEPS:
                self._strange = 0
                self._unlearn()
        if is_narrow:
            self._bound(busy_ns, after_ns, (busy_ns + after_ns) / 2)
        elif first > last:
            self.lose()

    def _adapt_lead(self) -> None:
        if not self._busy_looks:
            self.lead_ns = min(_MOST_LEAD_NS, 1.5 * self.lead_ns)
        else:
            self.lead_ns = max(_LEAST_LEAD_NS, 0.97 * self.lead_ns)
