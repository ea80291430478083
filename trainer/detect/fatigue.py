"""Fatigue of one set in review: whether force fell, from which rep on, and how sure that is.

The rep from which force fell has a probability for every rep of the set (changepoint.py). There is
an onset where the evidence for any fall is SUBSTANTIAL and that of force alone speaks for one; it
is the median of that distribution, its interval leaves a tenth out on either side.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.findings import Fatigue
from trainer.core.hold import Hold
from trainer.detect.abrupt import BEFORE, LOSS, lost_share
from trainer.detect.baseline import median_of
from trainer.detect.changepoint import SUDDEN, fall_evidence, group_size, log_sum
from trainer.detect.repseries import companions_of, is_usable, plateau_series, support_of

REFERENCE: Final = 8
"""The first eight reps are compared with the last where there is no onset ..."""

LAST: Final = 5
"""... and these are the last: by definition."""

FEWEST_REPS: Final = REFERENCE + LAST
"""In a shorter set the first and the last reps that are compared would be the same ones."""

SUBSTANTIAL: Final = 3.0
"""Bayes factor: 'positive' evidence (Kass and Raftery 1995)."""

TAIL: Final = 0.1
"""Left out on either side of an 80 % interval."""

EVEN: Final = 0.5
"""A fall is sudden where that is likelier than not."""

LASTING: Final = 0.8
"""A sudden loss lasts where the rest of the set keeps below this share of the level before."""


@dataclass(frozen=True, slots=True)
class _Onset:
    """A rep of the series, counted from 0, and its interval."""

    rep: int
    low: int
    high: int
    is_sudden: bool


def judge_fatigue(holds: Sequence[Hold], first: int) -> Fatigue | None:
    """Return what a set shows of fatigue; `first` is the number of its first hold, from 1.

    None where the set is too short, or its reps vary so much that a quarter of the force lost over
    its second half would not have been seen.
    """
    numbers = [number for number, hold in enumerate(holds, first) if is_usable(hold)]
    usable = [holds[number - first] for number in numbers]
    if len(usable) < FEWEST_REPS:
        return None
    plateaus_n = np.array([hold.plateau_n for hold in usable])
    onset = _find_onset(plateaus_n, companions_of(usable))
    if onset is None and not _would_show(plateaus_n):
        return None
    before_n = plateaus_n[:REFERENCE] if onset is None else plateaus_n[: onset.rep]
    return Fatigue(
        onset_s=None if onset is None else usable[onset.rep].start_s,
        onset_rep=None if onset is None else numbers[onset.rep],
        onset_rep_low=None if onset is None else numbers[onset.low],
        onset_rep_high=None if onset is None else numbers[onset.high],
        decline_pct=float(100 * (1 - plateaus_n[-LAST:].mean() / before_n.mean())),
        is_abrupt=_was_abrupt(plateaus_n) or (onset is not None and onset.is_sudden),
    )


def _find_onset(plateaus_n: FloatArray, companions: Sequence[FloatArray]) -> _Onset | None:
    """Return where force began to fall; None where the evidence does not say that it did."""
    plateau = plateau_series(plateaus_n)
    # A last rep alone is no fall.
    by_shape = fall_evidence(plateau)[:, :-1]
    force = log_sum(by_shape)
    joint = force + support_of(companions, len(plateau))[:-1]
    if _log_mean(force) < 0 or _log_mean(joint) < math.log(SUBSTANTIAL):
        return None
    odds = np.exp(joint - joint.max())
    odds /= odds.sum()
    below = odds.cumsum()
    # To the middle of each rep's own part: whole reps on either side would make it wider than said.
    to_middle = below - odds / 2
    middle = int(below.searchsorted(0.5))
    low = min(middle, int(to_middle.searchsorted(TAIL)))
    high = max(middle, int(to_middle.searchsorted(1 - TAIL, side="right")) - 1)
    sudden = np.exp(by_shape[-len(SUDDEN) :] - force).sum(axis=0).dot(odds)
    # The first figure is for the second rep, or the second group of reps.
    size = group_size(len(plateaus_n))
    begin = len(plateaus_n) % size + size
    rep = begin + size * middle
    return _Onset(
        rep=rep,
        low=begin + size * low,
        high=begin + size * (high + 1) - 1,
        is_sudden=bool(sudden > EVEN) and _loss_at(plateaus_n, rep) >= LOSS,
    )


def _log_mean(logs: FloatArray) -> float:
    """Return the log Bayes factor of a fall that may begin at any of the (k,) reps alike."""
    return float(np.logaddexp.reduce(logs)) - math.log(len(logs))


def _would_show(plateaus_n: FloatArray) -> bool:
    """Return whether a quarter of the force, lost over the second half, would be found."""
    plateau = plateau_series(plateaus_n)
    loss = LOSS * np.clip(np.linspace(-1, 1, len(plateau)), 0, None)
    return _log_mean(log_sum(fall_evidence(plateau + loss)[:, :-1])) >= math.log(SUBSTANTIAL)


def _loss_at(plateaus_n: FloatArray, rep: int) -> float:
    """Return the share lost from the reps before to those after the first lowered one."""
    after_n = plateaus_n[rep + 1 : rep + 1 + LAST]
    return 1 - float(after_n.mean() / plateaus_n[max(0, rep - REFERENCE) : rep].mean())


def _was_abrupt(plateaus_n: FloatArray) -> bool:
    """Return whether a quarter was lost within two reps somewhere, and not found again."""
    for count in range(len(plateaus_n), 0, -1):
        lost = lost_share(plateaus_n[:count])
        if lost is not None:
            level_n = median_of(plateaus_n[:count][-2 - BEFORE : -2])
            return median_of(plateaus_n[count - 2 :]) < LASTING * level_n
    return False
