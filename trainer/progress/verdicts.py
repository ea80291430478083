"""What each series shows beyond its own error: per foot, between the feet, and by the week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.core.cues import Side
from trainer.core.texts import tr
from trainer.progress.change import Change, Symmetry, find_change, find_symmetry, tell_change
from trainer.progress.error import Origin, TypicalError, own_error, standing_error, student
from trainer.progress.metrics import Metric
from trainer.progress.series import Course, Series
from trainer.progress.trend import Point, Week, weekly_medians


@dataclass(frozen=True, slots=True)
class FootShown:
    """One foot's course with its verdict."""

    course: Course
    change: Change | None
    """Of the last against the first visits; None before there is a second one."""
    averaged: int
    """Visits that either end is the mean of."""
    verdict: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One series as it is shown."""

    series: Series
    error: TypicalError | None
    mdc95: float | None
    """Of one visit against another; None where no error is known."""
    feet: tuple[FootShown, ...]
    symmetry: Symmetry | None
    """Of the newest visits; None where it lacks a foot."""
    apart: tuple[str, ...] = ()
    """What differs from the newest series of its protocol; empty: it is that one."""
    has_twins: bool = False
    """Whether another protocol measures the metric, too."""

    @property
    def verdicts(self) -> int:
        """Return how many changes were judged."""
        return sum(foot.change is not None and self.error is not None for foot in self.feet)


def show(found: Sequence[Series], most_averaged: int = 1) -> tuple[Shown, ...]:
    """Return every series with its verdicts; never two conditions in one.

    Up to `most_averaged` visits are averaged at either end, where there are twice as many.
    """
    newest: dict[tuple[str, str], Series] = {}
    for series in found:
        newest.setdefault(_kind(series), series)
    metrics = [metric for metric, _ in newest]
    return tuple(
        replace(
            _shown(one, newest[_kind(one)], most_averaged),
            has_twins=metrics.count(one.metric.id) > 1,
        )
        for one in found
    )


def tell_title(shown: Shown) -> str:
    """Return the metric's title, with the protocol where several measure it."""
    title = tr(shown.series.metric.title)
    if not shown.has_twins:
        return title
    return f"{title}, {shown.series.condition.protocol.replace('_', ' ')}"


def half_width(error: TypicalError | None, week: Week) -> float | None:
    """Return what a weekly median is sure to, 95 %; None where its error is not known."""
    return None if error is None or week.u is None else student(error.freedom) * week.u


def tell_mdc(shown: Shown) -> str:
    """Return the smallest change that shows and where it comes from."""
    metric, error = shown.series.metric, shown.error
    if error is None or shown.mdc95 is None:
        own = own_error([course.visits for course in shown.series.courses])
        text = tr("MDC95 not known yet (close differences: {n})")
        return text.format(n=own.differences if own else 0)
    averaged = max((foot.averaged for foot in shown.feet), default=1)
    figure = _figure(metric, error.mdc95(max(averaged, 1)))
    if averaged > 1:
        figure += tr(" for means of {n} at either end").format(n=averaged)
    if error.origin is Origin.PUBLISHED:
        text = tr("MDC95 {figure}: published, not own; {source}")
        return text.format(figure=figure, source=error.source)
    text = tr("own MDC95 {figure}, from {n} differences")
    return text.format(figure=figure, n=error.differences)


def tell_figure(metric: Metric, value: float) -> str:
    """Return a value with its unit."""
    return _figure(metric, value)


def _kind(series: Series) -> tuple[str, str]:
    return series.metric.id, series.condition.protocol


def _shown(series: Series, newest: Series, most_averaged: int) -> Shown:
    courses = series.courses
    error = standing_error([course.visits for course in courses], series.metric.published)
    return Shown(
        series,
        error,
        None if error is None else error.mdc95(),
        tuple(_foot(series.metric, course, error, most_averaged) for course in courses),
        _symmetry(courses, error),
        () if series is newest else series.condition.differences(newest.condition),
    )


def _foot(
    metric: Metric, course: Course, error: TypicalError | None, most_averaged: int
) -> FootShown:
    visits = course.visits
    points = [Point(visit.day, visit.value) for visit in visits]
    weeks = weekly_medians(points, None if error is None else error.sem)
    averaged = min(most_averaged, len(visits) // 2)
    if not averaged:
        text = (
            tr("the first visit that counts: the next one can show a change")
            if visits
            else tr("practice only so far: nothing to compare")
        )
        return FootShown(course, None, 0, text, weeks)
    change = find_change(visits[:averaged], visits[-averaged:], error)
    return FootShown(course, change, averaged, tell_change(metric, change), weeks)


def _symmetry(courses: Sequence[Course], error: TypicalError | None) -> Symmetry | None:
    last = {course.side: course.visits[-1] for course in courses if course.visits}
    if Side.LEFT not in last or Side.RIGHT not in last:
        return None
    return find_symmetry(last[Side.LEFT].value, last[Side.RIGHT].value, error)


def _figure(metric: Metric, value: float) -> str:
    return f"{value:z.{metric.decimals}f} {metric.unit}".rstrip()
