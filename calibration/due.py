"""When a pad must be calibrated again, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from calibration.history import Record

LONGEST: Final = timedelta(days=182)
"""Half a year is our choice, for cells of unknown make: ISO 376:2011 lets certificates of proving
instruments hold for 26 months at most, and ILAC-G24:2022 leaves the interval to the user, to be
lengthened where checks keep passing."""

TOLERATED_ZERO: Final = 0.02
"""Share of the range by which an unloaded cell may have moved; beyond, it was bent or came loose
(our choice; creep and warmth move it by less than a hundredth)."""

TOLERATED_K: Final = 2.0
"""Times the temperature span of the budget: beyond, its term is more than doubled (our choice)."""


class Happening(StrEnum):
    """What may have changed a pad."""

    OVERLOAD = "overload"
    """Value: newtons on a cell, or infinity for a converter at its end."""
    ZERO_MOVED = "zero moved"
    """Value: newtons of an unloaded cell, away from the calibration's zero."""
    TEMPERATURE = "temperature"
    """Value: degrees Celsius."""
    CHECK_FAILED = "check failed"
    """Value: E_n."""
    REPAIRED = "repaired"
    """A cell, a wire or the converter was changed; value: 0."""


@dataclass(frozen=True, slots=True)
class PadEvent:
    """Something that happened to a pad."""

    at: datetime
    what: Happening
    value: float
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One reason to calibrate again."""

    because: Happening | None
    """None for the time that passed."""
    reason: str


def due_again(
    last: Record | None, now: datetime, events: Sequence[PadEvent] = ()
) -> tuple[Due, ...]:
    """Return all reasons to calibrate again; none where the calibration still holds."""
    if last is None:
        return (Due(None, "The pad was never calibrated."),)
    found: list[Due] = []
    age = now - last.made_at
    if age > LONGEST:
        found.append(
            Due(None, f"The calibration is {age.days} days old; limit {LONGEST.days} days.")
        )
    for event in events:
        reason = _reason(last, event) if event.at > last.made_at else None
        if reason is not None:
            found.append(Due(event.what, f"{event.at:%Y-%m-%d}: {reason}"))
    return tuple(found)


def _reason(last: Record, event: PadEvent) -> str | None:
    match event.what:
        case Happening.OVERLOAD:
            # ISO 376:2011 asks for it after an overload; what a cell bears is not known here.
            return f"cell '{event.cell}' was overloaded ({event.value:.0f} N)."
        case Happening.ZERO_MOVED:
            return _zero(last, event)
        case Happening.TEMPERATURE:
            return _temperature(last, event)
        case Happening.CHECK_FAILED:
            return f"a check failed: error {abs(event.value):.1f} times its limit."
        case Happening.REPAIRED:
            return "the pad was repaired or changed."
    assert_never(event.what)


def _zero(last: Record, event: PadEvent) -> str | None:
    ranges = {cell.cell: cell.range_n[1] for cell in last.report.cells}
    limit_n = TOLERATED_ZERO * ranges.get(event.cell, min(ranges.values()))
    if abs(event.value) <= limit_n:
        return None
    return f"the unloaded cell '{event.cell}' moved by {event.value:+.1f} N; limit {limit_n:.1f} N."


def _temperature(last: Record, event: PadEvent) -> str | None:
    budget = last.calibration.budget
    if budget is None or budget.temperature_c is None:
        return None
    away_k, limit_k = event.value - budget.temperature_c, TOLERATED_K * budget.away_k
    if abs(away_k) <= limit_k:
        return None
    return f"{away_k:+.0f} K from the calibration's temperature; limit {limit_k:.0f} K."
