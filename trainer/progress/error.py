"""The error of one visit's figure: one's own from repeated visits, else the published one.

Own error: squared differences of successive visits, at most a fortnight apart, pooled over feet;
their mean over 2 is the variance of one visit (von Neumann 1941). Neighbours share a visit, so k
differences in a row are worth 2 k^2 / (3 k - 1) free ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from typing import Final

from scipy.special import chdtri, stdtrit

from trainer.progress.metrics import Published

CLOSE_DAYS: Final = 14
"""Between two visits this close nobody expects a change: strength and size moved by week 4 at the
earliest (Ridge 2019)."""

ENOUGH: Final = 8.0
"""Degrees of freedom from which on the own error stands: its 80 % interval spans a factor of 1.96
then, no more than the published range itself (a factor of 2 between ICC .95 and .80)."""

VISITS: Final = 7
"""... which takes seven visits of both feet, or thirteen of one."""

LARGE: Final = 1e6
"""Degrees of freedom of an error that is taken as known."""


class Origin(StrEnum):
    """Where an error comes from."""

    OWN = "own"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Visit:
    """One foot's figure at one visit: the median of its trials."""

    day: date
    value: float
    trials: int = 1
    trial_sd: float | None = None
    """Spread of the trials; None of a single one."""


@dataclass(frozen=True, slots=True)
class TypicalError:
    """The standard error of measurement of one visit's figure, and how sure it is."""

    sem: float
    low: float
    high: float
    """The 95 % interval of an own error; the range of a published one."""
    freedom: float
    origin: Origin
    differences: int = 0
    source: str = ""

    def mdc95(self, visits: int = 1) -> float:
        """Return the smallest change beyond error, `visits` averaged at either end.

        1.96 sqrt 2 SEM / sqrt n; Student's t in place of 1.96 while the own error is young.
        """
        return student(self.freedom) * sqrt(2) * self.sem / sqrt(visits)


def student(freedom: float, confidence: float = 0.95) -> float:
    """Return the two-sided quantile of Student's t."""
    return float(stdtrit(min(freedom, LARGE), (1 + confidence) / 2))


def own_error(feet: Sequence[Sequence[Visit]]) -> TypicalError | None:
    """Return the pooled error of visits, each foot's in order of time; None without a pair."""
    squares, count, freedom = 0.0, 0, 0.0
    for chain in (chain for visits in feet for chain in _chains(visits)):
        steps = [late.value - early.value for early, late in pairwise(chain)]
        if steps:
            squares += sum(step**2 for step in steps)
            count += len(steps)
            freedom += 2 * len(steps) ** 2 / (3 * len(steps) - 1)
    if not count:
        return None
    sem = sqrt(squares / (2 * count))
    low, high = (sem * sqrt(freedom / float(chdtri(freedom, tail))) for tail in (0.025, 0.975))
    return TypicalError(sem, low, high, freedom, Origin.OWN, count)


def standing_error(
    feet: Sequence[Sequence[Visit]], published: Published | None
) -> TypicalError | None:
    """Return the own error once there is enough of it, until then the published one, if any."""
    own = own_error(feet)
    if own is not None and own.freedom >= ENOUGH:
        return own
    if published is None:
        return None
    low, high = published.sem
    # The larger end: a change that is called one should stand also on a pad that is worse.
    return TypicalError(high, low, high, LARGE, Origin.PUBLISHED, source=published.source)


def trial_error(feet: Sequence[Sequence[Visit]]) -> float | None:
    """Return the pooled spread of trials within visits; None without a repeated one."""
    known = [(v.trials - 1, v.trial_sd) for foot in feet for v in foot if v.trial_sd is not None]
    freedom = sum(count for count, _ in known)
    return sqrt(sum(count * sd**2 for count, sd in known) / freedom) if freedom else None


def _chains(visits: Sequence[Visit]) -> list[list[Visit]]:
    """Return runs of visits, each at most a fortnight after the one before."""
    chains: list[list[Visit]] = []
    for visit in visits:
        if chains and (visit.day - chains[-1][-1].day).days <= CLOSE_DAYS:
            chains[-1].append(visit)
        else:
            chains.append([visit])
    return chains
