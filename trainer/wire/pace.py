"""Stamps for samples that come several at once and bring no time of their own."""

from typing import Final

_GAIN: Final = 0.06
"""Share of a bundle's lateness by which each of its steps is bent. Arrivals jitter by an interval
of the link, 30 to 50 ms on Linux, which bends a step by 2 or 3 ms."""
_TRUST_SAMPLES: Final = 20
"""Weight of the period expected, in samples: a first burst must not pass for the rate."""
_SLIP_S: Final = 1.0
"""A bundle that is further off was not delayed: the sensor had paused, or a new one speaks."""
_BEND: Final = 0.3
"""Share of a period that a step is bent at most: from half a period on, a step would look like a
sample that was lost, or like one told twice."""


class Pace:
    """An even pace behind the arrivals; it learns the period and never leads them for long."""

    def __init__(self, period_s: float) -> None:
        self._expected_s = period_s
        self._period_s = period_s
        self._first_s = 0.0
        self._samples = 0
        self._last_s: float | None = None

    def stamps(self, samples: int, arrival_s: float) -> list[float]:
        """Return the times of a bundle's samples, of which there is one at least, in seconds."""
        if self._last_s is None or abs(self._late_s(samples, arrival_s)) > _SLIP_S:
            return self._begin(samples, arrival_s)
        self._samples += samples
        self._period_s = (arrival_s - self._first_s + _TRUST_SAMPLES * self._expected_s) / (
            self._samples + _TRUST_SAMPLES
        )
        bend_s = self._late_s(samples, arrival_s) * min(_GAIN, 1 / samples)
        most_s = _BEND * self._period_s
        step_s = self._period_s + min(max(bend_s, -most_s), most_s)
        return self._advance(samples, step_s, self._last_s)

    def _late_s(self, samples: int, arrival_s: float) -> float:
        """Return how much later than an even pace has it a bundle came."""
        return arrival_s - (self._last_s or 0.0) - samples * self._period_s

    def _begin(self, samples: int, arrival_s: float) -> list[float]:
        self._first_s, self._samples = arrival_s, 0
        self._expected_s = self._period_s
        return self._advance(samples, self._period_s, arrival_s - samples * self._period_s)

    def _advance(self, samples: int, step_s: float, from_s: float) -> list[float]:
        times_s = [from_s + step_s * number for number in range(1, samples + 1)]
        self._last_s = times_s[-1]
        return times_s
