"""Runs by the week: kilometres, and the median of what the watch measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run

METRICS: Final = {
    "km": "km",
    "speed_m_s": "m/s",
    "spm": "steps/min",
    "step_m": "m",
    "gct_ms": "ms",
    "gct_cv_pct": "%",
    "gct_balance_pct": "%",
    "vo_mm": "mm",
    "vertical_ratio_pct": "%",
}
"""What a run has, with its unit."""
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, Monday to Sunday, of the runner's own days."""

    monday: date
    runs: int
    km: float
    """Of the runs that know theirs."""
    unknown_km: int
    """Runs that do not."""
    minutes: float
    longest_km: float | None
    key_runs: int
    medians: dict[str, float]
    """Over the week's runs, by the name of the metric; only what was measured."""


def weeks(runs: Sequence[Entry[Run]], today: date, count: int) -> tuple[Week, ...]:
    """Return the last weeks in order of time, the running one last; a week without runs too."""
    last = monday_of(today)
    mondays = [last - WEEK * back for back in range(count - 1, -1, -1)]
    by_week: dict[date, list[Run]] = {}
    for entry in runs:
        by_week.setdefault(monday_of(entry.local_day), []).append(entry.said)
    return tuple(_week(monday, by_week.get(monday, [])) for monday in mondays)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def metric_of(run: Run, name: str) -> float | None:
    """Return one metric of a run, None where it was not measured."""
    if name == "speed_m_s":
        return None if run.km is None else run.km * 1000 / run.duration_s
    found = getattr(run, name)
    return None if found is None else float(found)


def sources_of(runs: Iterable[Run], name: str) -> list[str]:
    """Return where one metric of the runs comes from, once for each run that has it."""
    return [run.source.value for run in runs if metric_of(run, name) is not None]


def _week(monday: date, runs: Sequence[Run]) -> Week:
    known = [run.km for run in runs if run.km is not None]
    return Week(
        monday,
        len(runs),
        sum(known),
        len(runs) - len(known),
        sum(run.duration_s for run in runs) / 60,
        max(known, default=None),
        sum(run.is_key for run in runs),
        medians(runs),
    )


def medians(runs: Iterable[Run]) -> dict[str, float]:
    """Return the median of each metric over the runs that have it."""
    held = list(runs)
    found = {name: [metric_of(run, name) for run in held] for name in METRICS}
    measured = {name: [v for v in values if v is not None] for name, values in found.items()}
    return {name: median(values) for name, values in measured.items() if values}
