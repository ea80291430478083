"""What two figures differ by, and whether that is more than their error: time and side."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import NormalDist, fmean

from trainer.core.texts import tr
from trainer.progress.error import Origin, TypicalError, Visit, student
from trainer.progress.metrics import Better, Metric


@dataclass(frozen=True, slots=True)
class Change:
    """A difference against the reference, its 95 % interval, and the smallest one that shows."""

    difference: float
    low: float | None
    high: float | None
    mdc95: float | None
    """None where no error is known: then there is no verdict."""

    @property
    def is_seen(self) -> bool | None:
        """Return whether it is beyond its error; None where nobody knows."""
        return None if self.mdc95 is None else abs(self.difference) > self.mdc95


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Left against right: the left's share with its 95 % interval."""

    left_pct: float
    low_pct: float | None
    high_pct: float | None

    @property
    def is_seen(self) -> bool | None:
        """Return whether the sides differ beyond their error; None where nobody knows."""
        if self.low_pct is None or self.high_pct is None:
            return None
        return not self.low_pct <= 50 <= self.high_pct  # noqa: PLR2004 - half of a hundred


def find_change(
    reference: Sequence[Visit], latest: Sequence[Visit], error: TypicalError | None
) -> Change:
    """Return the change between means of equally many visits."""
    assert len(reference) == len(latest) > 0, "both ends are means of equally many visits"
    difference = fmean(v.value for v in latest) - fmean(v.value for v in reference)
    if error is None:
        return Change(difference, None, None, None)
    mdc = error.mdc95(len(latest))
    return Change(difference, difference - mdc, difference + mdc, mdc)


def find_symmetry(left: float, right: float, error: TypicalError | None) -> Symmetry | None:
    """Return the left's share; None where one figure is not positive."""
    if left <= 0 or right <= 0:
        return None
    share = 100 * left / (left + right)
    if error is None:
        return Symmetry(share, None, None)
    u = 100 * hypot(right, left) * error.sem / (left + right) ** 2
    half = student(error.freedom) * u
    return Symmetry(share, share - half, share + half)


def power(effect: float, error: TypicalError, visits: int = 1) -> float:
    """Return how often a true change of this size would be seen (normal errors)."""
    u = sqrt(2) * error.sem / sqrt(visits)
    beyond = NormalDist().cdf((abs(effect) - error.mdc95(visits)) / u)
    return beyond + NormalDist().cdf((-abs(effect) - error.mdc95(visits)) / u)


def tell_change(metric: Metric, change: Change) -> str:
    """Return the verdict in one sentence."""
    figures = {"change": f"{change.difference:+z.{metric.decimals}f}", "unit": metric.unit}
    if change.mdc95 is None:
        text = tr("no verdict yet ({change} {unit}): the error of this figure is not known")
        return _tidy(text.format(**figures))
    figures["mdc"] = f"{change.mdc95:.{metric.decimals}f}"
    if not change.is_seen:
        text = tr("no change seen yet ({change} {unit}, MDC95 {mdc} {unit})")
        return _tidy(text.format(**figures))
    text = tr("{word}: {change} {unit}, beyond the MDC95 of {mdc} {unit}")
    return _tidy(text.format(word=_word(metric, change), **figures))


def name_verdict(metric: Metric, change: Change) -> str:
    """Return the verdict without its figures."""
    if change.is_seen is None:
        return tr("no verdict yet")
    return _word(metric, change) if change.is_seen else tr("no change seen yet")


def tell_symmetry(symmetry: Symmetry) -> str:
    """Return how the sides stand in one sentence."""
    share = f"{symmetry.left_pct:.1f}"
    if symmetry.low_pct is None or symmetry.high_pct is None:
        return tr("left {share} %: the error is not known, no verdict").format(share=share)
    text = (
        tr("left {share} % (95 % interval {low} to {high}): the sides differ")
        if symmetry.is_seen
        else tr("left {share} % (95 % interval {low} to {high}): no side difference seen")
    )
    low, high = f"{symmetry.low_pct:.1f}", f"{symmetry.high_pct:.1f}"
    return text.format(share=share, low=low, high=high)


def tell_error(error: TypicalError | None) -> str:
    """Return where the error comes from and how sure it is."""
    if error is None:
        return tr("not known yet")
    if error.origin is Origin.PUBLISHED:
        text = tr("published, not own: {source}; SEM {low:.3g} to {high:.3g}, the larger is used")
        return text.format(source=error.source, low=error.low, high=error.high)
    text = tr("own, from {n} differences: SEM {sem:.3g} (95 % interval {low:.3g} to {high:.3g})")
    return text.format(n=error.differences, sem=error.sem, low=error.low, high=error.high)


def _word(metric: Metric, change: Change) -> str:
    is_up = change.difference > 0
    if metric.better is Better.NEITHER:
        return tr("more") if is_up else tr("less")
    is_better = is_up is (metric.better is Better.HIGHER)
    return tr("better") if is_better else tr("worse")


def _tidy(text: str) -> str:
    return text.replace(" ,", ",").replace(" )", ")").rstrip()
