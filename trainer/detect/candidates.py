"""Candidates: what excursions are settled as, and which of them are holds by all known so far."""

from collections import deque
from typing import Final

from trainer.core.hold import Hold
from trainer.detect.aims import Aims
from trainer.detect.excursion import Excursion
from trainer.detect.measures import measure_hold
from trainer.detect.rest import RestLevel
from trainer.detect.segment import find_spans
from trainer.detect.thresholds import CLEAR, Thresholds
from trainer.detect.unrest import Unrest
from trainer.detect.verdict import (
    RECENT,
    TRAIN,
    Candidate,
    Spreads,
    expected_n,
    is_hold,
    is_train,
    judge,
    typical_plateau_n,
)

WEAK_SHARE: Final = 0.6
"""Candidates have at least this share of what stands out by its level: with sharp edges, less than
that is a hold (verdict.py)."""


class Candidates:
    """Settle excursions, and let thresholds, rest and unrest learn from them."""

    def __init__(self, limits: Thresholds, rest: RestLevel, unrest: Unrest, aims: Aims) -> None:
        self._limits = limits
        self._aims = aims
        self._rest = rest
        self._unrest = unrest
        self._all: list[Candidate] = []
        self._recent: deque[Candidate] = deque(maxlen=RECENT)
        """The newest that stand out."""
        self._has_clear = False
        self._typical_n = 0.0

    @property
    def holds(self) -> list[Hold]:
        """Return every candidate, in order of time."""
        return [candidate.hold for candidate in self._all]

    def verdict(self) -> tuple[Hold, ...]:
        """Return those that are holds, judged by all that was found so far."""
        return judge(self._all, self._spreads())

    def begin(self, at_s: float) -> None:
        """Let the thresholds expect what is asked for at the begin of an excursion."""
        aim_n = self._aims.at(at_s)
        if aim_n is not None and self._typical_n:
            self._limits.expect(expected_n(aim_n, self._typical_n))

    def settle(self, excursion: Excursion, cells: tuple[str, ...]) -> list[Hold]:
        """Return the holds of an excursion by what is known so far; `cells` names its columns."""
        holds: list[Hold] = []
        is_press = False
        for span in find_spans(excursion, WEAK_SHARE * self._limits.least_n):
            hold = measure_hold(excursion, span, cells)
            candidate = Candidate(hold, span.edge_n, self._aims.at(hold.start_s))
            is_like_one = self._is_like_hold(candidate)
            is_press = is_press or (is_like_one and self._spreads().is_press(candidate))
            if is_like_one and self._has_clear:
                holds.append(hold)
            if hold.plateau_n > CLEAR * self._limits.least_n:
                self._rest.wait_for_quiet()
        if holds:
            self._rest.forget_pull()
        if is_press:
            self._unrest.learn_hold()
        else:
            proper = slice(excursion.first, excursion.stop)
            self._unrest.learn_bump(excursion.force_n[proper], self._rest.level_n)
        return holds

    def _spreads(self) -> Spreads:
        unrest = self._unrest
        return Spreads(self._limits.usual_least_n, unrest.usual_level_n, unrest.usual_rise_n)

    def _is_like_hold(self, candidate: Candidate) -> bool:
        """Keep a candidate; return whether it stands out of rest and beside the recent holds."""
        spreads = self._spreads()
        self._all.append(candidate)
        if not spreads.stands_out(candidate):
            return False
        self._recent.append(candidate)
        if not self._has_clear:
            newest = list(self._recent)[-TRAIN:]
            self._has_clear = spreads.is_clear(candidate) or is_train(newest, spreads)
        typical_n = typical_plateau_n(recent.hold for recent in self._recent)
        if not is_hold(candidate, typical_n):
            return False
        if self._has_clear:
            self._typical_n = typical_n
            self._limits.expect(expected_n(candidate.aim_n, typical_n))
        return True
