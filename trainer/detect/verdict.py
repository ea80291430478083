"""Which excursions are holds: judged by the force of the recording's own other holds."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.hold import Hold

UPPER_SHARE: Final = 0.4
"""A plateau of at least this share of the second largest belongs to the typical holds."""

LEAST_SHARE: Final = 0.15
"""A hold has at least this share of the typical plateau: training loads span 25-90 % of the maximum
(ratio .28); fidgets of 2-5 N beside holds of 30-40 N stay below."""

RECENT: Final = 30
"""Holds that count as recent when a level is learned live: one set and a half."""


def typical_plateau_n(holds: Sequence[Hold]) -> float:
    """Return the median plateau of the strong cluster, 0 without holds.

    The second largest is the yardstick, so that one stamp on the pad does not hide every hold.
    """
    plateaus = sorted(hold.plateau_n for hold in holds)
    if not plateaus:
        return 0.0
    yardstick = plateaus[-2] if len(plateaus) > 2 else plateaus[-1]
    return float(np.median([p for p in plateaus if p >= UPPER_SHARE * yardstick]))


def is_hold(hold: Hold, typical_n: float) -> bool:
    """Return whether a candidate stands out beside holds of the typical plateau."""
    return hold.plateau_n >= LEAST_SHARE * typical_n


def judge(candidates: Sequence[Hold]) -> tuple[Hold, ...]:
    """Return the candidates that are holds, given all of the recording's."""
    typical_n = typical_plateau_n(candidates)
    return tuple(hold for hold in candidates if is_hold(hold, typical_n))
