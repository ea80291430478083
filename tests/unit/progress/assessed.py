"""Assessments for the tests of progress, a visit a week."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry

MONDAY: Final = datetime(2026, 3, 2, 17, tzinfo=UTC)
BASE: Final = Assessment(
    metric="mvc_hallux_n",
    side=Side.LEFT,
    trial=1,
    value=50.0,
    unit="N",
    protocol="baseline",
    protocol_version=1,
    visit="",
    is_practice=False,
    device="pad A",
    position="seated",
    pitch_deg=0.0,
)


def trial(week: int, value: float | None, **changes: Any) -> Entry[Assessment]:  # noqa: ANN401 - fields
    """Return one trial of the visit of a week."""
    said = replace(BASE, visit=f"week {week}", value=value, **changes)
    at = MONDAY + timedelta(weeks=week)
    return Entry(week, "Ada", at, "UTC", 0, is_simulated=False, said=said)


def weekly(values: list[float], first: int = 0, **changes: Any) -> list[Entry[Assessment]]:  # noqa: ANN401
    """Return one trial a week."""
    return [trial(first + week, value, **changes) for week, value in enumerate(values)]
