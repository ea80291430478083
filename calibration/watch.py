"""The samples of one load, looked at again and again until a stretch of them is still."""

import numpy as np

from calibration.budget import FloatArray
from calibration.stillness import LOOK_S, READ_S, Rest, Stretch, judge_stretch


class Watch:
    """Looks at fixed times after the first sample: any cutting gives the same stretch."""

    def __init__(self, channels: int, wait_s: float, start_s: float | None = None) -> None:
        """Wait so long from `start_s`, or from the first sample, before a stretch may begin."""
        self._wait_s = wait_s
        self._time = np.empty(0)
        self._counts: FloatArray = np.empty((0, channels))
        self._look_s: float | None = None
        self._now_s = 0.0
        self.last: Stretch | None = None
        """What was looked at last; None before the first look."""
        if start_s is not None:
            self._begin(start_s)

    def push(
        self, time_s: FloatArray, counts: FloatArray, rest: Rest | None, full_scale_counts: int
    ) -> FloatArray | None:
        """Take samples; return the times of a stretch that is still, None where none is yet."""
        if len(time_s) == 0:
            return None
        if self._look_s is None:
            self._begin(float(time_s[0]))
        self._now_s = float(time_s[-1])
        self._time = np.concatenate([self._time, time_s])
        self._counts = np.concatenate([self._counts, counts])
        while self._look_s is not None and self._now_s >= self._look_s:
            chosen = (self._time > self._look_s - READ_S) & (self._time <= self._look_s)
            found_s = self._time[chosen]
            self.last = judge_stretch(found_s, self._counts[chosen], rest, full_scale_counts)
            if self.last.unrest is None:
                return found_s
            self._look_s += LOOK_S
        kept = self._time > (self._look_s or 0.0) - READ_S
        self._time, self._counts = self._time[kept], self._counts[kept]
        return None

    def ended_s(self) -> float:
        """Return the time of the last look."""
        return self._look_s or 0.0

    def left(self) -> tuple[FloatArray, FloatArray]:
        """Return times and counts after the last look."""
        after = self._time > self.ended_s()
        return self._time[after], self._counts[after]

    def remaining_s(self) -> float:
        """Return how long until the next look; 0 before the first sample."""
        return max(0.0, self._look_s - self._now_s) if self._look_s is not None else 0.0

    def _begin(self, start_s: float) -> None:
        self._look_s = start_s + self._wait_s + READ_S
        self._now_s = start_s
