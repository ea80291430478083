"""The longest squeeze of the arch: how long in the target band, how steady, how much it decayed."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.findings import Squeeze
from trainer.core.hold import Hold

BAND_SHARE: Final = 0.1
"""The target band reaches so far to either side of the target."""

EDGE_S: Final = 0.5
"""Rise and release, left out of the plateau at either end ..."""

EDGE_SHARE: Final = 0.1
"""... but of a short squeeze not more than this share of it."""

FEWEST: Final = 8
"""Samples that give a line; as many as a coefficient of variation takes (measures.py)."""


def judge_squeeze(
    holds: Sequence[Hold], time_s: FloatArray, force_above_n: FloatArray, target_n: float | None
) -> Squeeze | None:
    """Return the measures of the longest hold, from (n,) newtons above rest; None without a hold.

    Where the clock stepped back, the hold is looked for in the newest stretch that has its times.
    """
    if not holds:
        return None
    number = max(range(len(holds)), key=lambda index: holds[index].duration_s)
    hold = holds[number]
    inside = _inside(time_s, hold)
    at_s, force_n = time_s[inside], force_above_n[inside]
    is_there = np.isfinite(force_n)
    at_s, force_n = at_s[is_there], force_n[is_there]
    return Squeeze(
        hold=number + 1,
        time_in_band_s=None if target_n is None else _time_in_band(at_s, force_n, target_n),
        cv_pct=hold.cv_pct,
        decay_pct=_decay(at_s, force_n, hold),
    )


def _inside(time_s: FloatArray, hold: Hold) -> slice:
    """Return the samples between the hold's crossings, of the last clock that shows them."""
    new_clocks = np.flatnonzero(np.diff(time_s) < 0) + 1
    edges = [0, *new_clocks.tolist(), len(time_s)]
    for first, stop in reversed(list(pairwise(edges))):
        low, high = time_s[first:stop].searchsorted((hold.start_s, hold.end_s)).tolist()
        if high > low:
            return slice(first + low, first + high)
    return slice(0, 0)


def _time_in_band(at_s: FloatArray, force_n: FloatArray, target_n: float) -> float:
    """Return the seconds within the band, its edges crossed on straight lines between samples."""
    if len(at_s) < 2:  # noqa: PLR2004 - a step has two ends
        return 0.0
    low_n, high_n = (1 - BAND_SHARE) * target_n, (1 + BAND_SHARE) * target_n
    steps_s = np.diff(at_s)
    before_n, after_n = force_n[:-1], force_n[1:]
    lower_n, upper_n = np.minimum(before_n, after_n), np.maximum(before_n, after_n)
    within_n = np.minimum(upper_n, high_n) - np.maximum(lower_n, low_n)
    rise_n = upper_n - lower_n
    is_flat = rise_n == 0
    share = np.where(is_flat, within_n >= 0, within_n / np.where(is_flat, 1.0, rise_n))
    return float(steps_s @ np.clip(share, 0.0, 1.0))


def _decay(at_s: FloatArray, force_n: FloatArray, hold: Hold) -> float | None:
    """Return per cent lost from the begin of the plateau to its end, along a line; None of too few.

    The plateau is the hold without its rise and release.
    """
    edge_s = min(EDGE_S, EDGE_SHARE * hold.duration_s)
    first_s, last_s = hold.start_s + edge_s, hold.end_s - edge_s
    is_plateau = (at_s >= first_s) & (at_s <= last_s)
    at_s, force_n = at_s[is_plateau], force_n[is_plateau]
    if len(at_s) < FEWEST:
        return None
    middle_s = float(at_s.mean())
    centred_s = at_s - middle_s
    slope = float(centred_s @ force_n / (centred_s @ centred_s))
    first_n = float(force_n.mean()) + slope * (first_s - middle_s)
    if first_n <= 0:
        return None
    return -100 * slope * (last_s - first_s) / first_n
