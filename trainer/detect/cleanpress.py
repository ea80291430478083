"""How a person's clean presses look: ratio of ankle to toe moment, its spread, learned robustly.

Model of a clean press: ankle moment = ratio * toe moment + shift * leg push + e, where e has the
standard deviation sqrt(s0^2 + (s1 * toe moment)^2): sway and geometry do not grow with the press,
the share of the long toe flexors does. In a helped press the calf adds a moment on top. Nobody
vouches for a press to be clean, so each is one or the other with a probability, and the posterior
of ratio, s0 and s1 is summed up on a grid: exact, without random numbers, the same every time.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.presskinds import Odds, log_likelihoods, odds_of

RATIO_PRIOR: Final = (1.0, 1.0)
"""Mean and standard deviation: 0 where the short foot muscles press alone, as they do not cross the
ankle; about 2 for the long toe flexors, by their lever arms at ankle and toes."""

RATIO_GRID: Final = (-3.0, 7.0, 81)
NARROW_COUNT: Final = 25
REACH: Final = 5.0
"""A wide grid first, then a narrow one over so many standard deviations to both sides."""

STEADY_NM: Final = (0.12, 0.22, 0.4, 0.7, 1.2, 2.0)
"""Candidates for s0; the prior is lognormal about STEADY_PRIOR_NM."""
STEADY_PRIOR_NM: Final = 0.4
"""Two seconds of sway of the centre of pressure by 1 mm rms under 350 N are 0.35 Nm."""
STEADY_PRIOR_LOG: Final = 0.6

GROWING: Final = (0.03, 0.1, 0.2, 0.32, 0.5)
"""Candidates for s1; the prior is normal with GROWING_PRIOR."""
GROWING_PRIOR: Final = (0.2, 0.15)

AXIS_SHIFT_SD_M: Final = 0.01
"""How far the ankle axis may lie from where the pad has it: it runs obliquely (Isman and Inman
1969), so a ruler at one side of the foot does not give it, and no foot stands twice alike."""

LEG_PUSH_N: Final = 6.0
"""Usual push of the leg, for pads that cannot see it: assumed, as in the simulated feet."""

MOST_NM: Final = 10.0
"""Excess beyond this is no more evident than this."""

LEAST_NM: Final = 0.5
"""No smaller excess counts, however steady a person is: 5 N of shear at 8 cm of ankle height, which
a pad that measures vertical force cannot see, are 0.4 Nm."""

SURE: Final = 0.65
"""Evidence, the log of the odds against a clean press, from which on the ankle did the work: helped
is then twice as likely as clean. On simulated presses of three models this flags about one clean
press in twenty (docs/compensation.md)."""

SPREADS: Final = 1.5
"""... and no excess counts within this many standard deviations of clean presses: where these
spread by a newton metre, evidence alone flags one in ten."""

_HALVINGS: Final = 10
"""A limit is found to a hundredth of a newton metre."""

SPREADS_BLIND: Final = 2.0
"""The same where leg pushes that the pad cannot see spread the moment more than all else: they have
longer tails than sway."""


class Presses(NamedTuple):
    """Presses to learn from, (n,) each."""

    ankle_nm: FloatArray
    toe_nm: FloatArray
    leg_push_n: FloatArray
    """Zeros where the pad cannot see it."""
    helped: FloatArray
    """Probability that the calf helped, before anything is known."""
    weights: FloatArray
    """How much each counts, 0 to 1."""


@dataclass(frozen=True, slots=True)
class CleanPress:
    """What was learned of one person; s0 and s1 keep their posterior weights."""

    ratio: float
    ratio_u: float
    """Its standard uncertainty."""
    axis_shift_m: float
    """How far forward of its assumed place the ankle axis acts on leg pushes."""
    steady_nm: FloatArray
    """(k,) candidates for s0"""
    growing: FloatArray
    """(k,) candidates for s1"""
    weights: FloatArray
    """(k,) their posterior probabilities"""
    least_spreads: float = SPREADS
    """How many of its standard deviations an excess must exceed at least."""

    def excess_nm(self, ankle_nm: FloatArray, toe_nm: FloatArray, push_n: FloatArray) -> FloatArray:
        """Return (n,) newton metres beyond the clean press."""
        result: FloatArray = ankle_nm - self.ratio * toe_nm - self.axis_shift_m * push_n
        return result

    def spread_nm(self, toe_nm: FloatArray) -> FloatArray:
        """Return (n,) standard deviations of clean presses, the ratio's uncertainty included."""
        result: FloatArray = np.sqrt(self._variances(toe_nm) @ self.weights)
        return result

    def evidence(self, excess_nm: FloatArray, toe_nm: FloatArray) -> FloatArray:
        """Return (n,) logs of the odds of a helped press against a clean one, by the excess."""
        return self._odds(toe_nm).logs(np.minimum(excess_nm, MOST_NM))

    def limits_nm(self, toe_nm: FloatArray) -> FloatArray:
        """Return (n,) excesses from which on a press of that toe moment was helped."""
        odds = self._odds(toe_nm)
        found = np.array([_limit_of_one(odds)]) if len(toe_nm) == 1 else _limits(odds, len(toe_nm))
        result: FloatArray = np.maximum(found, self.least_spreads * self.spread_nm(toe_nm))
        return result

    def _odds(self, toe_nm: FloatArray) -> Odds:
        return odds_of(self._variances(toe_nm), self.weights)

    def _variances(self, toe_nm: FloatArray) -> FloatArray:
        square = (toe_nm * toe_nm)[:, np.newaxis]
        result: FloatArray = self.steady_nm**2 + (self.growing**2 + self.ratio_u**2) * square
        return result


def _limits(odds: Odds, count: int) -> FloatArray:
    """Return (n,) excesses from which on the odds are sure, each found by halving."""
    low, high = np.full(count, LEAST_NM), np.full(count, MOST_NM)
    is_sure = odds.logs(low) > SURE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_above = odds.logs(middle) > SURE
        high, low = np.where(is_above, middle, high), np.where(is_above, low, middle)
    result: FloatArray = np.where(is_sure, LEAST_NM, high)
    return result


def _limit_of_one(odds: Odds) -> float:
    """Return the same of a single press: its odds at many places cost little more than at one."""
    width_nm = (MOST_NM - LEAST_NM) / 2**_HALVINGS
    many = np.arange(2.0 ** (_HALVINGS // 2))
    logs: list[float] = odds.logs(LEAST_NM + width_nm * len(many) * many).tolist()
    if logs[0] > SURE:
        return LEAST_NM
    coarse = len(many) * bisect_right(logs[1:], SURE)
    logs = odds.logs(LEAST_NM + width_nm * (coarse + many[1:])).tolist()
    return LEAST_NM + width_nm * (coarse + bisect_right(logs, SURE) + 1)


def known_clean(ratio: float, sigma_nm: float) -> CleanPress:
    """Return what is known beforehand: the ratio and one spread for all presses."""
    return CleanPress(ratio, 0.0, 0.0, np.array([sigma_nm]), np.zeros(1), np.ones(1))


def learn_clean(presses: Presses, pivot_x_m: float = 0.0, ratio: float | None = None) -> CleanPress:
    """Return what the presses tell; `ratio` where it is known and only the spread is not.

    `pivot_x_m` is where the moments are taken about: leg pushes spread them by their lever.
    """
    learned, prior = _unlearned(pivot_x_m)
    if ratio is not None:
        return _weigh(presses, np.array([ratio]), prior, learned)
    # Those that count fully tell roughly where the ratio lies; then all are looked at closely.
    counting = presses.weights == 1.0
    rough = _learn_roughly(tuple(tuple(row[counting].tolist()) for row in presses), pivot_x_m)
    first, last, count = RATIO_GRID
    reach = max(REACH * rough.ratio_u, 1.5 * (last - first) / (count - 1))
    ratios = np.linspace(rough.ratio - reach, rough.ratio + reach, NARROW_COUNT)
    return _weigh(presses, ratios, prior, rough)


# Live the presses that count fully stay the same from the tenth on.
@lru_cache(maxsize=1)
def _learn_roughly(presses: tuple[tuple[float, ...], ...], pivot_x_m: float) -> CleanPress:
    """Return what the rows of `Presses` tell on the wide grid of ratios."""
    learned, prior = _unlearned(pivot_x_m)
    return _weigh(Presses(*map(np.array, presses)), np.linspace(*RATIO_GRID), prior, learned)


@lru_cache(maxsize=1)
def _unlearned(pivot_x_m: float) -> tuple[CleanPress, FloatArray]:
    """Return what is taken for likely before any press, and the (k,) logs of that."""
    prior_nm = math.hypot(STEADY_PRIOR_NM, LEG_PUSH_N * pivot_x_m)
    scaled = np.array(STEADY_NM) * (prior_nm / STEADY_PRIOR_NM)
    steady, growing = (grid.ravel() for grid in np.meshgrid(scaled, GROWING, indexing="ij"))
    prior = -(np.log(steady / prior_nm) ** 2) / (2 * STEADY_PRIOR_LOG**2)
    prior -= (growing - GROWING_PRIOR[0]) ** 2 / (2 * GROWING_PRIOR[1] ** 2)
    is_blind = LEG_PUSH_N * abs(pivot_x_m) > STEADY_PRIOR_NM
    spreads = SPREADS_BLIND if is_blind else SPREADS
    # Its ratio is not looked at.
    return CleanPress(RATIO_PRIOR[0], 0.0, 0.0, steady, growing, np.exp(prior), spreads), prior


def _weigh(
    presses: Presses, ratios: FloatArray, prior: FloatArray, former: CleanPress
) -> CleanPress:
    """Return the posterior over the grid, and the axis shift that fits it."""
    ankle = presses.ankle_nm - former.axis_shift_m * presses.leg_push_n
    excess = ankle[:, np.newaxis] - ratios * presses.toe_nm[:, np.newaxis]
    variances = former.steady_nm**2 + former.growing**2 * (presses.toe_nm**2)[:, np.newaxis]
    likely = log_likelihoods(excess, variances, presses.helped)
    mean, deviation = RATIO_PRIOR
    log = np.tensordot(presses.weights, likely, axes=1) + prior
    log -= ((ratios - mean) ** 2 / (2 * deviation**2))[:, np.newaxis]
    posterior = np.exp(log - log.max())
    posterior /= posterior.sum()
    by_ratio = posterior.sum(axis=1)
    ratio = float(by_ratio @ ratios) if len(ratios) > 1 else float(ratios[0])
    learned = replace(
        former,
        ratio=ratio,
        ratio_u=math.sqrt(by_ratio @ (ratios - ratio) ** 2),
        weights=posterior.sum(axis=0),
    )
    return _with_axis_shift(learned, presses)


def _with_axis_shift(learned: CleanPress, presses: Presses) -> CleanPress:
    """Return it with the axis shift by ridge regression, presses weighted as they are clean."""
    push = presses.leg_push_n
    excess = learned.excess_nm(presses.ankle_nm, presses.toe_nm, push)
    odds = presses.helped / (1 - presses.helped) * np.exp(learned.evidence(excess, presses.toe_nm))
    precision = presses.weights / (1 + odds) / learned.spread_nm(presses.toe_nm) ** 2
    unshifted = excess + learned.axis_shift_m * push
    shift = precision @ (push * unshifted) / (precision @ push**2 + 1 / AXIS_SHIFT_SD_M**2)
    return replace(learned, axis_shift_m=float(shift))
