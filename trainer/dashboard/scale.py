"""The force axis: nice steps that change rarely, since every change is a full redraw."""

import math
from dataclasses import dataclass
from typing import Final

SMALLEST_N: Final = 4.0
"""Top of the axis at rest: five times the smallest force that counts as a hold."""

TOPS: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
"""Tops of the axis within a decade."""

STEPS: Final = (1.0, 2.0, 5.0, 10.0)
"""Distances of labels within a decade."""

FEWEST_LABELS: Final = 3

MARGIN: Final = 0.08
"""Share of the span that is drawn above and below the outermost labels."""

HEADROOM: Final = 1.1
SHRINK_BELOW: Final = 0.6
"""The axis shrinks once all of the window would fit into less than this share of it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of the force axis in newtons."""

    bottom_n: float = 0.0
    top_n: float = SMALLEST_N

    def labels_n(self) -> tuple[float, ...]:
        """Return where the three to six labels stand, from the bottom."""
        step_n = _step(self.top_n - self.bottom_n)
        # Rounded in case a decade is not exact, as 0.1 is not.
        first = math.ceil(round(self.bottom_n / step_n, 6))
        last = math.floor(round(self.top_n / step_n, 6))
        return tuple(step_n * index for index in range(first, last + 1))


def choose_scale(low_n: float, high_n: float, shown: Scale) -> Scale:
    """Return the scale for a window between two forces; `shown` stays as long as it serves."""
    high_n, low_n = max(high_n, 0.0), min(low_n, 0.0)
    top, bottom = shown.top_n, shown.bottom_n
    if high_n > top or high_n * HEADROOM < SHRINK_BELOW * top:
        top = _nice(max(high_n * HEADROOM, SMALLEST_N), TOPS)
    # What is drawn reaches a margin below the lowest label: a shifting foot rarely needs more.
    spare_n = MARGIN * top
    lowest = _lowest(low_n * HEADROOM, top)
    if low_n < bottom - spare_n:
        bottom = lowest
    elif low_n * HEADROOM > SHRINK_BELOW * bottom:
        # Half the margin that lets it sink: noise about one limit must not move the picture.
        bottom = 0.0 if low_n > -spare_n / 2 else max(bottom, lowest)
    return Scale(bottom, top)


def _lowest(low_n: float, top_n: float) -> float:
    """Return the bottom of the axis: on a label of the larger side, or of the whole span."""
    lowest_n = 0.0
    for span_n in (max(top_n, -low_n / HEADROOM), top_n - low_n):
        step_n = _step(span_n)
        lowest_n = -step_n * math.ceil(-low_n / step_n)
        if len(Scale(lowest_n, top_n).labels_n()) >= FEWEST_LABELS:
            break
    return lowest_n


def _step(span_n: float) -> float:
    return _nice(span_n / 5, STEPS)


def _nice(least: float, mantissas: tuple[float, ...]) -> float:
    """Return the smallest mantissa of any decade that is not below `least`."""
    decade = 10.0 ** math.floor(math.log10(least))
    return decade * next(m for m in mantissas if m * decade >= least * (1 - 1e-9))
