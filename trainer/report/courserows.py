"""Rows of a table of courses: first, latest, change and verdict, each beside its MDC95."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.cues import Side
from trainer.core.texts import tr
from trainer.progress.change import name_verdict
from trainer.progress.error import Origin, TypicalError, Visit
from trainer.progress.verdicts import FootShown, Shown, tell_title
from trainer.report.numbers import MISSING, number, signed


@dataclass(frozen=True, slots=True)
class Row:
    """One foot's figures in the table of a head."""

    metric: str
    """Empty where the row above has the same."""
    foot: str
    first: str
    latest: str
    change: str
    mdc: str
    mdc_from: str
    """Own with its number of differences, or published."""
    verdict: str
    is_seen: bool


def course_columns() -> tuple[str, ...]:
    """Return the heads of the columns."""
    return (
        tr("figure"), tr("foot"), tr("first"), tr("latest"), tr("change"), "MDC95", tr("verdict")
    )  # fmt: skip


def course_rows(shown: Shown) -> list[Row]:
    """Return a row a foot that has a visit that counts."""
    metric = shown.series.metric
    title = tell_title(shown)
    name = f"{title} ({metric.unit})" if metric.unit else title
    feet = [foot for foot in shown.feet if foot.course.visits]
    return [_row(shown, foot, name if place == 0 else "") for place, foot in enumerate(feet)]


def _row(shown: Shown, foot: FootShown, name: str) -> Row:
    metric, visits, change = shown.series.metric, foot.course.visits, foot.change
    count = max(foot.averaged, 1)
    first, latest = _mean(visits[:count]), _mean(visits[-count:])
    mdc = change.mdc95 if change else shown.mdc95
    return Row(
        name,
        foot_name(foot.course.side),
        number(first, metric.decimals),
        number(latest if change else None, metric.decimals),
        signed(change.difference, metric.decimals) if change else MISSING,
        number(mdc, metric.decimals),
        _origin(shown.error),
        foot.verdict if change is None else name_verdict(metric, change),
        bool(change and change.is_seen),
    )


def _origin(error: TypicalError | None) -> str:
    if error is None:
        return tr("not known")
    if error.origin is Origin.PUBLISHED:
        return tr("published")
    return tr("own, n {n}").format(n=error.differences)


def _mean(visits: Sequence[Visit]) -> float:
    return sum(visit.value for visit in visits) / len(visits)


def foot_name(side: Side | None) -> str:
    """Return a foot's name; of what belongs to both feet both."""
    return tr("both") if side is None else tr("left") if side is Side.LEFT else tr("right")
