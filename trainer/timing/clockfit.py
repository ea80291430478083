"""The clock fit: seconds on a device's clock to seconds on the host's, from arrival times alone.

A packet can be late, never early. So per 5 s of device time the one with the least delay is kept,
and a line is laid under those of the last 2.5 minutes that touches them from below: the edge of
their lower hull over the middle of the span. Radio stalls, which only lift points, do not move it.
"""

from itertools import pairwise
from typing import Final

_BIN_S: Final = 5.0
_BINS: Final = 30
"""2.5 minutes: long enough against jitter, short enough for a crystal that warms up."""
_SLOPE_SPAN_S: Final = 20.0
"""Below this span a slope would be jitter: 0.2 ms over 20 s are 10 ppm, as crystals differ."""
_STEEPEST: Final = 500e-6
"""The worst clock that a radio may keep time with (Bluetooth Core 5.3, 6.B, 4.2.2). A steeper edge
rests on points that were all late, as while a backlog drains for half a minute."""
_STEP_S: Final = 0.5
"""A packet this much below the line cannot be: the device's clock was set."""


class ClockFit:
    """The line from device to host seconds, least delay included.

    Simulated: 20 packets/s, least delay 8 ms, exponential jitter of mean 10 ms, skew 40 ppm, the
    worst of 40 runs. `host_s` is right to 1 ms from 20 s on, to 0.2 ms from one minute on;
    `skew_ppm` to 3.3 ppm from one minute on, to 1.2 ppm from two.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: a new connection or a new clock."""
        self._points: list[tuple[float, float]] = []
        """(device_s, arrival_s - device_s) of the least late packet of each bin"""
        self._bin = 0
        self._newest_s = 0.0
        self._base_s = 0.0
        self._offset_s = 0.0
        self._slope = 0.0

    @property
    def skew_ppm(self) -> float:
        """Return how much faster host seconds pass than device seconds, parts per million."""
        return self._slope * 1e6

    def push(self, device_s: float, arrival_s: float) -> None:
        """Take in a packet's device time and arrival; a clock that was set starts a new fit."""
        host_s = self.host_s(device_s)
        if host_s is not None and (device_s < self._newest_s or arrival_s < host_s - _STEP_S):
            self.reset()
        point = (device_s, arrival_s - device_s)
        number = int(device_s // _BIN_S)
        if not self._points or number != self._bin:
            self._points = [*self._points[1 - _BINS :], point]
        elif point[1] < self._points[-1][1]:
            self._points[-1] = point
        else:
            self._newest_s = device_s
            return
        self._bin = number
        self._newest_s = device_s
        self._fit()

    def host_s(self, device_s: float) -> float | None:
        """Return the host's monotonic seconds for a device time; None before the first packet."""
        if not self._points:
            return None
        return device_s + self._offset_s + self._slope * (device_s - self._base_s)

    def late_s(self, device_s: float, arrival_s: float) -> float | None:
        """Return how much later than at best a packet arrived; None before the first packet."""
        host_s = self.host_s(device_s)
        return None if host_s is None else arrival_s - host_s

    def _fit(self) -> None:
        points = self._points
        if points[-1][0] - points[0][0] < _SLOPE_SPAN_S:
            self._base_s, self._slope = points[0][0], 0.0
            self._offset_s = min(offset_s for _, offset_s in points)
            return
        middle_s = sum(device_s for device_s, _ in points) / len(points)
        left, right = next(edge for edge in pairwise(_lower_hull(points)) if edge[1][0] >= middle_s)
        slope = (right[1] - left[1]) / (right[0] - left[0])
        self._slope = min(max(slope, -_STEEPEST), _STEEPEST)
        self._base_s = left[0]
        self._offset_s = min(
            offset_s - self._slope * (device_s - left[0]) for device_s, offset_s in points
        )


def _lower_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points that no line between others passes below (Andrew 1979), left to right."""
    hull: list[tuple[float, float]] = []
    for point in points:
        while len(hull) > 1 and _is_above(hull[-1], hull[-2], point):
            hull.pop()
        hull.append(point)
    return hull


def _is_above(
    middle: tuple[float, float], left: tuple[float, float], right: tuple[float, float]
) -> bool:
    """Return whether the middle point lies on or above the line of its neighbours."""
    run_s, rise_s = right[0] - left[0], right[1] - left[1]
    return (middle[1] - left[1]) * run_s >= (middle[0] - left[0]) * rise_s
