"""The safety check of a device: what is looked at, and when the next look is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from trainer.core.diary.devices import SafetyCheck
from trainer.core.texts import tr


def points_to_check() -> tuple[str, ...]:
    """Return what to look at, one question a line."""
    return (
        tr("Edges: run a finger along every edge. Smooth, nothing that cuts or presses?"),
        tr("Grip: press it to the floor with the foot and push sideways. Does it stay?"),
        tr("Whole: bend and stretch it in good light. No crack, tear or leak?"),
    )


def faults(check: SafetyCheck) -> tuple[str, ...]:
    """Return what a check found, in words; empty where nothing. What was not told is no fault."""
    found = (
        (check.has_smooth_edges, tr("sharp edges")),
        (check.holds_still, tr("it slips")),
        (check.is_whole, tr("a crack, a tear or a leak")),
    )
    return tuple(words for is_good, words in found if is_good is False)


def unanswered(check: SafetyCheck) -> tuple[str, ...]:
    """Return the options of what nobody looked at."""
    asked = {
        "--edges": check.has_smooth_edges,
        "--slip": check.holds_still,
        "--whole": check.is_whole,
    }
    return tuple(option for option, answer in asked.items() if answer is None)


@dataclass(frozen=True, slots=True)
class Due:
    """When a device is to be looked at next."""

    on: date
    is_due: bool
    why: str


def next_check(last: date | None, today: date, every_days: int) -> Due:
    """Return when the next look is due; a device nobody looked at is due today."""
    if last is None:
        return Due(today, is_due=True, why=tr("never checked"))
    on = last + timedelta(days=every_days)
    is_due = today >= on
    why = tr("last checked on {day}").format(day=f"{last:%Y-%m-%d}")
    return Due(on, is_due, why)
