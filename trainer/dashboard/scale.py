"""The force axis: nice steps that change rarely, since every change is a full redraw."""

import math
from dataclasses import dataclass
from typing import Final

SMALLEST_N: Final = 4.0
"""Top of the axis at rest: five times the smallest force that counts as a hold."""

STEPS: Final = ((1.0, 0.2), (2.0, 0.5), (4.0, 1.0), (6.0, 2.0))
"""Top and step within a decade: four to six labels each."""

MARGIN: Final = 0.08
"""Share of the span that is drawn above and below the outermost labels."""

HEADROOM: Final = 1.1
SHRINK_BELOW: Final = 0.45
"""The axis shrinks once all of the window would fit into less than this share of it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of the force axis and the distance of its labels, in newtons."""

    bottom_n: float = 0.0
    top_n: float = SMALLEST_N
    step_n: float = 1.0

    def labels_n(self) -> tuple[float, ...]:
        """Return where the labels stand, from the bottom."""
        first, last = round(self.bottom_n / self.step_n), round(self.top_n / self.step_n)
        return tuple(self.step_n * index for index in range(first, last + 1))


def choose_scale(low_n: float, high_n: float, shown: Scale) -> Scale:
    """Return the scale for a window between two forces; `shown` stays as long as it serves."""
    high_n, low_n = max(high_n, 0.0), min(low_n, 0.0)
    top, step = shown.top_n, shown.step_n
    if high_n > top or high_n * HEADROOM < SHRINK_BELOW * top:
        top, step = _nice_top(high_n * HEADROOM)
    bottom = shown.bottom_n if step == shown.step_n else 0.0
    # What is drawn reaches a margin below the lowest label: an unloaded heel rarely needs more.
    spare_n = MARGIN * (top - bottom)
    is_cut = low_n < bottom - spare_n
    is_roomy = bottom < 0 and low_n * HEADROOM > SHRINK_BELOW * bottom
    if is_cut or is_roomy:
        bottom = -step * math.ceil(-low_n * HEADROOM / step) if low_n < -spare_n else 0.0
    return Scale(bottom, top, step)


def _nice_top(need_n: float) -> tuple[float, float]:
    need_n = max(need_n, SMALLEST_N)
    decade = 10.0 ** math.floor(math.log10(need_n))
    for top, step in STEPS:
        if top * decade >= need_n:
            return top * decade, step * decade
    return 10.0 * decade, 2.0 * decade
