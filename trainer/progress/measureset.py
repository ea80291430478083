"""Measures of one set from its reps: endurance, control, compensation, reaction, one foot's share.

What cannot be told is None; whoever asks knows why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

ENDS: Final = 5
"""Reps at either end of a set whose forces are compared."""

IN_TIME_S: Final = 0.5
"""A rep is in time when its length is within this of the one asked for: half a beat of the guide's
slowest part. Proposed."""

EARLIEST_S: Final = 0.1
"""Nobody reacts faster: what comes sooner was foreseen (World Athletics takes the same limit)."""

LATEST_S: Final = 1.0
"""What comes later is an answer to something else, or the cue was missed. Proposed."""

ONSET: Final = 0.05
"""A press begins where its force leaves this share of its plateau behind ..."""

ONSET_SPREADS: Final = 3.0
"""... and so many standard deviations of the rest before it."""


@dataclass(frozen=True, slots=True)
class DoneRep:
    """One asked rep as it was done."""

    plateau_n: float
    target_n: float
    length_error_s: float | None
    """Duration minus the one asked for; None where nobody asked for one."""
    is_ankle_still: bool | None
    """None where the pad cannot tell."""


def endurance_pct(plateaus_n: Sequence[float]) -> float | None:
    """Return 100 x mean of the last five plateaus / that of the first five; None of under ten."""
    if len(plateaus_n) < 2 * ENDS:
        return None
    first_n = fmean(plateaus_n[:ENDS])
    return 100 * fmean(plateaus_n[-ENDS:]) / first_n if first_n > 0 else None


def control_pct(reps: Sequence[DoneRep], asked: int, band_share: float) -> float | None:
    """Return how many of the asked reps were controlled, in percent.

    Controlled: plateau within `band_share` of the target, length within IN_TIME_S, ankle still.
    None where of no rep it can be told whether the ankle was still.
    """
    if asked <= 0 or all(rep.is_ankle_still is None for rep in reps):
        return None
    good = [rep for rep in reps if rep.is_ankle_still and _is_controlled(rep, band_share)]
    return 100 * min(1.0, len(good) / asked)


def compensated_pct(helped: Sequence[bool | None]) -> float | None:
    """Return the share of reps that the calf helped, of those it is known of; None of none."""
    known = [one for one in helped if one is not None]
    return 100 * sum(known) / len(known) if known else None


def reaction_s(cue_s: float, time_s: FloatArray, above_n: FloatArray, level_n: float) -> float:
    """Return the seconds from a cue to the begin of the press whose plateau is `level_n`.

    Backwards from half of the plateau to the last sample at rest, on a straight line. NaN where the
    curve shows no rest before the press, or the press no half.
    """
    high = np.flatnonzero(above_n >= level_n / 2)
    if not len(high) or high[0] == 0:
        return float("nan")
    before = above_n[: high[0]]
    rest = before[time_s[: high[0]] < cue_s + EARLIEST_S]
    noise_n = float(rest.std()) if len(rest) > 1 else 0.0
    threshold_n = max(ONSET * level_n, ONSET_SPREADS * noise_n)
    low = np.flatnonzero(before <= threshold_n)
    if not len(low):
        return float("nan")
    last = int(low[-1])
    rise_n = float(above_n[last + 1] - above_n[last])
    share = (threshold_n - float(above_n[last])) / rise_n
    return float(time_s[last] + share * (time_s[last + 1] - time_s[last])) - cue_s


def usual_reaction_s(reactions_s: Sequence[float]) -> float | None:
    """Return the median of what can be a reaction; None of none."""
    known = [one for one in reactions_s if EARLIEST_S <= one <= LATEST_S]
    return median(known) if known else None


def left_share_pct(left_n: float, right_n: float) -> float | None:
    """Return the left foot's share of both in percent; None where one shows no force."""
    if left_n <= 0 or right_n <= 0:
        return None
    return 100 * left_n / (left_n + right_n)


def rate_rms(rate_dps: FloatArray) -> float | None:
    """Return the root mean square of a turning rate about its mean, in its unit; None of none."""
    return float(rate_dps.std()) if len(rate_dps) else None


def _is_controlled(rep: DoneRep, band_share: float) -> bool:
    is_in_band = abs(rep.plateau_n - rep.target_n) <= band_share * rep.target_n
    return is_in_band and (rep.length_error_s is None or abs(rep.length_error_s) <= IN_TIME_S)
