"""Runs as courses of the running metrics: each source by itself, every figure a proxy."""

from collections.abc import Sequence
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run
from trainer.progress.error import Visit
from trainer.progress.metrics import METRICS
from trainer.progress.series import Condition, Course, Series

RUN_METRICS: Final = ("gct_ms", "gct_cv_pct", "gct_balance_pct", "vertical_ratio_pct")
AVERAGED: Final = 8
"""Runs at either end: a single one tells more of its speed and its hills than of the runner."""


def run_series(runs: Sequence[Entry[Run]]) -> tuple[Series, ...]:
    """Return the running metrics that were measured, of each the source of the newest run first."""
    found = []
    for name in RUN_METRICS:
        by_source: dict[str, list[Visit]] = {}
        for entry in runs:
            value = getattr(entry.said, name)
            if value is not None:
                visits = by_source.setdefault(entry.said.source.value, [])
                visits.append(Visit(entry.local_day, float(value)))
        found += [
            Series(METRICS[name], Condition("runs", 0, source), (Course(None, tuple(visits)),))
            for source, visits in sorted(by_source.items(), key=lambda kept: kept[1][-1].day)[::-1]
        ]
    return tuple(found)
