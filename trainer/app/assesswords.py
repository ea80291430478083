"""The figures of an assessment as lines: under three heads, per foot, trial by trial."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment
from trainer.core.texts import tr
from trainer.progress.metrics import METRICS, Head, Metric

FEET: Final = (Side.LEFT, Side.RIGHT, None)


def figure_lines(records: Sequence[Assessment]) -> Iterator[str]:
    """Yield the figures: a head, its metrics, and a line for each foot with trials and median."""
    shown = {said.metric for said in records}
    for head in Head:
        metrics = [m for m in METRICS.values() if m.head is head and m.id in shown]
        if metrics:
            yield ""
            yield tr(head.value).upper()
        for metric in metrics:
            yield from _metric_lines(metric, [s for s in records if s.metric == metric.id])


def _metric_lines(metric: Metric, records: Sequence[Assessment]) -> Iterator[str]:
    unit = f" [{metric.unit}]" if metric.unit else ""
    proxy = f" ({tr('a proxy')})" if metric.is_proxy else ""
    yield f"  {tr(metric.title)}{unit}{proxy}"
    for side in FEET:
        own = sorted((s for s in records if s.side is side), key=lambda s: s.trial)
        if own:
            yield f"    {_foot(side):<11} {_trials(metric, own)}"
    notes = (note for said in records for note in said.note.split("; ") if note)
    for note in dict.fromkeys(notes):
        yield f"    {note}"


def _trials(metric: Metric, records: Sequence[Assessment]) -> str:
    known = [said.value for said in records if said.value is not None]
    cells = " ".join(
        f"{'-' if said.value is None else _number(metric, said.value):>8}" for said in records
    )
    text = f"{cells}   {tr('median')} {_number(metric, median(known))}" if known else cells
    reasons = "; ".join(_reasons(records))
    return f"{text}   {reasons}" if reasons else text


def _reasons(records: Iterable[Assessment]) -> Iterator[str]:
    trials: dict[str, list[int]] = {}
    for said in records:
        if said.reason:
            trials.setdefault(said.reason, []).append(said.trial)
    for reason, numbers in trials.items():
        yield f"{tr('trial')} {', '.join(map(str, numbers))}: {reason}"


def _number(metric: Metric, value: float) -> str:
    return f"{value:z.{metric.decimals}f}"


def _foot(side: Side | None) -> str:
    return tr("both feet") if side is None else tr(side.value)
