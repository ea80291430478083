"""Fatigue while it happens: told once per set, and once more where force is lost suddenly.

Every settled hold adds a rep. The evidence for a fall that began at any rep so far is summed with
the odds of a fall beginning there; beyond ALARM the set is fatiguing. The odds do not look ahead,
so that looking after every rep costs nothing: a set without a fall, however long and however
scattered, passes ALARM with a probability of at most 1 / ALARM (Ville 1939).
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.events import Event, FatigueSeen
from trainer.core.hold import Hold
from trainer.detect.abrupt import lost_share
from trainer.detect.aims import is_other_aim
from trainer.detect.baseline import median_of
from trainer.detect.changepoint import GRADUAL, fall_evidence, group_size, log_sum
from trainer.detect.repseries import companions_of, is_usable, plateau_series, support_of
from trainer.detect.sets import continues_set

ALARM: Final = 10.0
"""One set in ten at most, by the inequality; 1 to 5 % of sets of 60 simulated reps, measured."""

NEARLY: Final = 5.0
"""From here on the companions are asked: they may add to what force says, not stand in for it."""

HAZARD: Final = 1 / 60
"""Odds of a fall beginning at the next rep: once in a long set."""

FEWEST_REPS: Final = 8
"""The first eight reps are the reference of the decline."""

MARGIN_REPS: Final = 4
"""From here on the margin is said: of 1,800 sets without a fall, at 5 to 12 % variation, none came
down to 30 % within eight reps (simulated); a fall of 4 % a rep takes eleven to get there."""

NEWEST: Final = 5
"""The newest reps whose mean is compared with the reference's, as in review."""

LOW_REPS: Final = 3
"""The mean of the newest three must lie below the set's median: what rises is not looked at."""


class FatigueWatch:
    """Follow the holds of a set as they are settled."""

    def __init__(self) -> None:
        self._newest: Hold | None = None
        self._aim_n: float | None = None
        self._holds: list[Hold] = []
        self._is_told = False
        self._is_abrupt = False
        self.margin_pct: float | None = None
        """How far the set is from being told tired: 100 without any sign, 0 when it is told; None
        before there are reps enough to say."""

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._newest = None
        self._begin_set()

    def push(self, hold: Hold, at_s: float, aim_n: float | None = None) -> tuple[Event, ...]:
        """Return what the next hold, settled at `at_s`, shows of fatigue.

        Where another force is asked for than before, `aim_n`, reps are compared from there on.
        """
        if self._newest is not None and not continues_set(self._newest, hold):
            self._begin_set()
        elif is_other_aim(self._aim_n, aim_n):
            self._holds = []
            self.margin_pct = None
        self._newest, self._aim_n = hold, aim_n
        if not is_usable(hold) or self._is_abrupt:
            return ()
        self._holds.append(hold)
        self.margin_pct = _margin_pct(self._holds)
        plateaus_n = np.array([rep.plateau_n for rep in self._holds])
        lost = lost_share(plateaus_n)
        if lost is not None:
            self._is_abrupt = True
            return (FatigueSeen(at_s, 100 * lost, is_abrupt=True),)
        if self._is_told or not _falls(plateaus_n, self._holds):
            return ()
        self._is_told = True
        newest_n, first_n = plateaus_n[-NEWEST:].mean(), plateaus_n[:FEWEST_REPS].mean()
        return (FatigueSeen(at_s, float(100 * (1 - newest_n / first_n)), is_abrupt=False),)

    def _begin_set(self) -> None:
        self._holds = []
        self._is_told = False
        self._is_abrupt = False
        self.margin_pct = None


def _margin_pct(holds: Sequence[Hold]) -> float | None:
    """Return what the evidence for a fall still lacks to ALARM, in per cent of all it takes."""
    if len(holds) < MARGIN_REPS:
        return None
    plateaus_n = np.array([rep.plateau_n for rep in holds])
    if not _is_low(plateaus_n):
        return 100.0
    force = log_sum(fall_evidence(plateau_series(plateaus_n), GRADUAL))
    share = _summed(force, len(plateaus_n)) / math.log(ALARM)
    return 100.0 * (1.0 - min(1.0, max(0.0, share)))


def _is_low(plateaus_n: FloatArray) -> bool:
    """Return whether the newest reps lie below the set's median."""
    return bool(plateaus_n[-LOW_REPS:].mean() < median_of(plateaus_n))


def _falls(plateaus_n: FloatArray, holds: Sequence[Hold]) -> bool:
    """Return whether the evidence for a fall passes ALARM, force first, then with companions."""
    count = len(plateaus_n)
    if count <= FEWEST_REPS or not _is_low(plateaus_n):
        return False
    force = log_sum(fall_evidence(plateau_series(plateaus_n), GRADUAL))
    alone = _summed(force, count)
    if not math.log(NEARLY) < alone < math.log(ALARM):
        return alone >= math.log(ALARM)
    support = support_of(companions_of(holds), len(force) + 1, GRADUAL)
    return _summed(force + support, count) >= math.log(ALARM)


def _summed(logs: FloatArray, count: int) -> float:
    """Return the log evidence of a fall at any rep, with the odds of its beginning there."""
    stay = group_size(count) * math.log(1 - HAZARD)
    odds = math.log(1 - math.exp(stay)) + stay * np.arange(len(logs))
    return float(np.logaddexp(np.logaddexp.reduce(odds + logs), stay * len(logs)))
