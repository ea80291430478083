"""The one day of the next baseline: where the plan has room for it, and why not on its due day."""

from collections.abc import Sequence
from datetime import date, datetime

from trainer.core.texts import tr
from trainer.plan.closed import Shut
from trainer.plan.values import DayKind, PlanDay
from trainer.plan.week import why_shut


def find_review(
    due: date, days: Sequence[PlanDay], shut: tuple[Shut, ...], now: datetime
) -> tuple[date | None, str]:
    """Return the day that holds the baseline, and why that is not its due day.

    None where the planned days have no room for it; without a reason where they end before it.
    """
    today = now.date()
    on = next((day.day for day in days if day.kind is DayKind.BASELINE), None)
    wanted = max(due, today)
    if on == wanted:
        return on, ""
    if wanted > days[-1].day:
        return None, ""
    reason = why_shut(shut, wanted, now)
    between = tr("Sessions lie 48 hours apart, and it takes the place of one.")
    return on, between if reason is None else reason.sentence


def tell_review(due: date, on: date | None, why: str, today: date) -> str:
    """Return when the next baseline is, in one line with one date, and why it was put off."""
    if on is None and why:
        return tr("Baseline: due, and these two weeks have no day for it yet. {why}").format(
            why=why
        )
    day = due if on is None else on
    if not why:
        return tr("Next baseline: {day:%a %d %b %Y}.").format(day=day)
    if due <= today:
        return tr("Next baseline: {day:%a %d %b %Y}, not today. {why}").format(day=day, why=why)
    text = tr("Next baseline: {day:%a %d %b %Y}, {late} days late. {why}")
    return text.format(day=day, late=(day - due).days, why=why)
