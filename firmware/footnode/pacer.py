"""When a converter's samples were ready, from when they were found ready.

Rules:
- A converter is steady and polling is not, and a sample can only be found late, never early. So
  the samples lie on a grid of the measured period: a sample found before its place pulls the grid
  to it, one found after moves the grid by a sixteenth of that (by a quarter at first, while the
  period is not well known).
- A conversion that is not read is overwritten by the next one. How many places have passed since
  the last sample therefore tells how many conversions were missed, however late this one is found.
  An eighth of a period (at first a quarter) is left for the grid's own error.
- The period is the running mean of the steps, each limited to a quarter of a period from it: one
  late reading makes a long step and then a short one, which cancel out. Later steps weigh more,
  so the nominal period, where it begins, is soon forgotten.
- Four steps in a row that do not fit are another rate, not losses: an HX711 whose RATE pin lies
  low converts at 10 Hz where 80 are expected.
"""

_LONGEST_MEAN = 256
"""Steps: 3 s, short beside the warming of an oscillator, long beside late readings."""
_NOMINAL_STEPS = 3
"""What the nominal period counts for."""
_FIRST_STEPS = 40
"""Until then the period is not well known."""
_STRANGE_STEPS = 4
_FINE_BITS = 6
"""Of the mean, below a sixteenth of a microsecond: all still fits into 31 bits."""


class Pacer:
    """The grid of one converter."""

    def __init__(self, rate_10s: int) -> None:
        self.period_us16 = 160_000_000 // rate_10s
        """Measured period in sixteenths of a microsecond; at first the nominal one."""
        self._fine = self.period_us16 << _FINE_BITS
        self.stamp_us = 0
        """Place of the last sample on the grid."""
        self.found_us = 0
        """When the last sample was found ready."""
        self._is_begun = False
        self._steps = _NOMINAL_STEPS
        self._strange = 0
        self._part16 = 0

    def restart(self) -> None:
        """Begin a new grid with the next sample; the period stays."""
        self._is_begun = False
        self._strange = 0

    def push(self, now_us: int) -> int:
        """Take a sample found ready at `now_us`; return the conversions missed before it."""
        step_us = now_us - self.found_us
        self.found_us = now_us
        if not self._is_begun:
            self._is_begun = True
            self._set(now_us)
            return 0
        period = self.period_us16
        elapsed = (now_us - self.stamp_us) * 16 - self._part16
        passed = (elapsed + period // (4 if self._is_new() else 8)) // period
        if self._is_other_rate(passed):
            self.period_us16 = step_us * 16
            self._fine = self.period_us16 << _FINE_BITS
            self._steps = _NOMINAL_STEPS
            self._set(now_us)
            return 0
        if passed <= 1:
            passed = 1
            self._learn(step_us * 16)
        self._place(now_us, elapsed, passed * period)
        return passed - 1

    def _is_new(self) -> bool:
        return self._steps < _FIRST_STEPS

    def _is_other_rate(self, passed: int) -> bool:
        self._strange = self._strange + 1 if passed != 1 else 0
        if self._strange < _STRANGE_STEPS:
            return False
        self._strange = 0
        return True

    def _learn(self, step: int) -> None:
        self._steps = min(self._steps + 1, _LONGEST_MEAN)
        most = self.period_us16 // 4
        change = max(-most, min(most, step - self.period_us16))
        self._fine += (change << _FINE_BITS + 1) // self._steps
        self.period_us16 = self._fine >> _FINE_BITS

    def _place(self, now_us: int, elapsed: int, due: int) -> None:
        late = elapsed - due
        if late <= 0:
            self._set(now_us)
            return
        place = self._part16 + due + late // (4 if self._is_new() else 16)
        self.stamp_us += place // 16
        self._part16 = place % 16

    def _set(self, now_us: int) -> None:
        self.stamp_us = now_us
        self._part16 = 0
