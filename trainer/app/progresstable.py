"""What the weeks have shown as a table for a program, each figure with its error."""

from dataclasses import asdict

from trainer.progress.overview import Overview
from trainer.progress.verdicts import FootShown, Shown


def progress_table(overview: Overview) -> dict[str, object]:
    """Return everything for a program, each figure with its error."""
    return {
        "format": 1,
        "athlete": overview.athlete,
        "day": overview.today,
        "is_simulated": overview.is_simulated,
        "visits": overview.visits,
        "practice_visits": overview.practice_visits,
        "series": [_series_table(shown) for shown in overview.shown],
        "runs": [_series_table(shown) for shown in overview.runs],
        "loads": [{**asdict(week), "total_n_s": week.total_n_s} for week in overview.loads],
        "wheel_n_s": [asdict(one) for one in overview.wheel],
        "habit": overview.habit,
        "warnings": overview.warnings,
        "next_steps": overview.next_steps,
    }


def _series_table(shown: Shown) -> dict[str, object]:
    metric, error = shown.series.metric, shown.error
    return {
        "metric": metric.id,
        "title": metric.title,
        "head": metric.head,
        "unit": metric.unit,
        "is_proxy": metric.is_proxy,
        "note": metric.note,
        "condition": asdict(shown.series.condition),
        "apart": shown.apart,
        "mdc95": shown.mdc95,
        "error": None if error is None else asdict(error),
        "symmetry": None if shown.symmetry is None else asdict(shown.symmetry),
        "sides_differ": None if shown.symmetry is None else shown.symmetry.is_seen,
        "feet": [_foot_table(foot) for foot in shown.feet],
    }


def _foot_table(foot: FootShown) -> dict[str, object]:
    change = foot.change
    return {
        **asdict(foot),
        "change": None if change is None else {**asdict(change), "is_seen": change.is_seen},
    }
