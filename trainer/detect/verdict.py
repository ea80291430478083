"""Which excursions are holds: judged by the force of the recording's own other holds."""

from collections.abc import Sequence
from typing import Final

from trainer.core.hold import Hold

UPPER_SHARE: Final = 0.4
"""A plateau of at least this share of the second largest belongs to the typical holds."""

ENOUGH: Final = 3
"""Of fewer holds none can be told to be a stamp on the pad."""

LEAST_SHARE: Final = 0.1
"""A hold has at least this share of the typical plateau: a press at 10 % of the maximum still has
.13 of it where the others are at 75 %."""

FIDGET_S: Final = 0.3
"""A shorter hold needs more force, up to three times as much at 0.1 s: fidgets last 60 to 300 ms
and reach 5 N, a low press of the same force lasts longer."""

SPREAD_SHARE: Final = 0.9
"""A hold has at least this share of what stood out of rest in most of the recording, and not only
in the seconds before it."""

RECENT: Final = 30
"""Holds that count as recent when a level is learned live: one set and a half."""


def typical_plateau_n(holds: Sequence[Hold]) -> float:
    """Return the median plateau of the strong cluster in newtons, 0 without holds.

    Where there are ENOUGH, the second largest is the yardstick: a stamp on the pad hides no hold.
    Nor do any that overload the converter, however many: what they weigh is not known.
    """
    plateaus = sorted(hold.plateau_n for hold in holds if not hold.is_saturated)
    if not plateaus:
        return 0.0
    yardstick = plateaus[-2] if len(plateaus) >= ENOUGH else plateaus[-1]
    strong = [plateau for plateau in plateaus if plateau >= UPPER_SHARE * yardstick]
    return (strong[(len(strong) - 1) // 2] + strong[len(strong) // 2]) / 2


def is_hold(hold: Hold, typical_n: float) -> bool:
    """Return whether a candidate stands out beside holds of the typical plateau."""
    shortness = max(1.0, FIDGET_S / hold.duration_s)
    return hold.plateau_n >= LEAST_SHARE * shortness * typical_n


def judge(candidates: Sequence[Hold], usual_least_n: float) -> tuple[Hold, ...]:
    """Return the candidates that are holds, given all of the recording's.

    `usual_least_n` is the force that stood out of rest in most of it.
    """
    least_n = SPREAD_SHARE * usual_least_n
    clear = [hold for hold in candidates if hold.plateau_n >= least_n]
    typical_n = typical_plateau_n(clear)
    return tuple(hold for hold in clear if is_hold(hold, typical_n))
