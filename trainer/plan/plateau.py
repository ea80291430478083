"""The plateau: no change over weeks that one's own error would show, and the one thing to change.

At least 4 weeks and 4 standard sets, adherence of 75 % at least; then the Theil-Sen change over the
time must be below the own minimal detectable change, and its 80 % interval must hold 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

from scipy.stats import theilslopes

from trainer.core.diary.planning import Decision, Figure, Proposal, Subject, What
from trainer.core.texts import tr
from trainer.plan.adherence import LEAST, Adherence
from trainer.plan.days import WEEK
from trainer.plan.records import Reason, Records, StandardResult

WEEKS: Final = 4
SETS: Final = 4
CHECK_AFTER: Final = 3 * WEEK
"""A change is judged three to four weeks later."""
_INTERVAL: Final = 0.8
_WINDOW: Final = 8 * WEEK
_RULE: Final = "plateau"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change over a stretch of standard sets, in their unit."""

    change: float
    low: float
    high: float
    weeks: float


def find_trend(results: Sequence[StandardResult]) -> Trend | None:
    """Return the Theil-Sen change from the first to the last, with its 80 % interval."""
    if len(results) < SETS:
        return None
    at_d = [(each.at - results[0].at) / timedelta(days=1) for each in results]
    length_d = at_d[-1]
    if length_d <= 0:
        return None
    found = theilslopes([each.amount for each in results], at_d, _INTERVAL)
    change, low, high = (
        float(slope) * length_d for slope in (found.slope, found.low_slope, found.high_slope)
    )
    return Trend(change, low, high, length_d / 7)


def judge_plateau(
    records: Records, adherence: Adherence, now: datetime
) -> tuple[Decision | None, Reason | None]:
    """Return what a plateau leads to, and in one sentence how the trend stands."""
    last = _last(records)
    at = now.astimezone(UTC)
    if last is not None and last[1].what is What.PLATEAU:
        return (_check(records, last[0], at) if at - last[0] >= CHECK_AFTER else None), None
    from_at = max(at - _WINDOW, last[0] if last else at - _WINDOW)
    trend = find_trend([each for each in records.facts.standard if each.at >= from_at])
    mdc = records.facts.mdc95
    if trend is None or trend.weeks < WEEKS - 0.5:
        return None, None
    if mdc is None:
        text = tr("A plateau cannot be told yet: the own error takes more standard sets.")
        return None, Reason(_RULE, text)
    figures = (
        Figure("change", round(trend.change, 2)),
        Figure("MDC95", round(mdc, 2)),
        Figure("low", round(trend.low, 2)),
        Figure("high", round(trend.high, 2)),
        Figure("weeks", round(trend.weeks, 1)),
    )
    told = tr(
        "{change:+.3g} in {weeks:.0f} weeks, 80 % interval {low:.3g} to {high:.3g}, "
        "own MDC95 {mdc:.3g}"
    )
    words = told.format(
        change=trend.change, weeks=trend.weeks, low=trend.low, high=trend.high, mdc=mdc
    )
    if not (abs(trend.change) < mdc and trend.low <= 0 <= trend.high):
        return None, Reason(_RULE, tr("No plateau: {words}.").format(words=words), figures)
    if not adherence.is_enough:
        text = tr(
            "Sessions missed: {share:.0f} % done, {least:.0f} % are needed to tell a plateau."
        )
        share = 100 * (adherence.share or 0.0)
        kept = (Figure("adherence", round(share), "%"),)
        return None, Reason(_RULE, text.format(share=share, least=100 * LEAST), kept)
    proposal = _next_proposal(records)
    text = tr("Plateau ({words}): for three to four weeks one thing changes, the {proposal}.")
    sentence = text.format(words=words, proposal=proposal)
    return Decision(What.PLATEAU, _RULE, sentence, figures, proposal=proposal), None


def open_proposal(records: Records) -> Proposal | None:
    """Return the change that is being tried out; None where there is none or it was overruled."""
    last = _last(records)
    return last[1].proposal if last is not None and last[1].what is What.PLATEAU else None


def _last(records: Records) -> tuple[datetime, Decision] | None:
    overruled = [entry.at for entry in records.overruled if entry.said.subject is Subject.PLATEAU]
    for entry in reversed(records.decisions):
        if entry.said.what in {What.PLATEAU, What.PLATEAU_CHECK}:
            if overruled and max(overruled) >= entry.at:
                return max(overruled), Decision(What.PLATEAU_CHECK, _RULE, "")
            return entry.at, entry.said
    return None


def _check(records: Records, from_at: datetime, at: datetime) -> Decision:
    results = records.facts.standard
    before = [each.amount for each in results if from_at - 4 * WEEK <= each.at < from_at]
    after = [each.amount for each in results if each.at >= from_at + WEEK]
    weeks = (at - from_at) / WEEK
    if not before or not after:
        text = tr("Checked after {weeks:.0f} weeks: no standard sets to tell whether it helped.")
        return Decision(What.PLATEAU_CHECK, _RULE, text.format(weeks=weeks))
    change, mdc = median(after) - median(before), records.facts.mdc95 or 0.0
    verdict = tr("a change is seen") if change > mdc else tr("no change seen yet")
    text = tr("Checked after {weeks:.0f} weeks: {change:+.3g}, own MDC95 {mdc:.3g}: {verdict}.")
    figures = (Figure("change", round(change, 2)), Figure("MDC95", round(mdc, 2)))
    sentence = text.format(weeks=weeks, change=change, mdc=mdc, verdict=verdict)
    return Decision(What.PLATEAU_CHECK, _RULE, sentence, figures)


def _next_proposal(records: Records) -> Proposal:
    """Take turns; a device is proposed only where another one may be used."""
    tried = [entry.said.proposal for entry in records.decisions if entry.said.proposal]
    free = [device for device in records.facts.devices if not device.is_blocked]
    kinds = [kind for kind in Proposal if kind is not Proposal.DEVICE or len(free) > 1]
    return kinds[len(tried) % len(kinds)]
