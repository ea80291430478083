"""The day's dose: what pain, the runs, the season and today's readiness leave of the rung's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import prod
from statistics import fmean
from typing import Final

from trainer.core.diary.planning import Figure
from trainer.core.texts import tr
from trainer.plan.days import WEEK, monday
from trainer.plan.pain import Hurt
from trainer.plan.position import Position
from trainer.plan.records import Facts, LongRun, Reason, Records
from trainer.plan.season import RULES, season_part
from trainer.plan.values import Dose

KM_RISE: Final = 1.1
"""Running weeks within 10 % of the three before them leave the dose as it is; a setting of ours."""
LEAST_REPS: Final = 0.4
"""What runs, season and cuts leave at least; readiness may leave less."""
_LONG_RUN: Final = 1.1
"""Frandsen 2025 (10.1136/bjsports-2024-109380): one run more than 10 % beyond the longest of 30
days, hazard ratio of injury 1.64 (10 to 30 %), 1.52 (30 to 100 %), 2.28 (above)."""
_LONG_RUN_REPS: Final = 0.8
_LONG_RUN_DAYS: Final = timedelta(days=7)
_MONTH: Final = timedelta(days=30)


def find_dose(records: Records, position: Position, hurts: tuple[Hurt, ...], now: datetime) -> Dose:
    """Return the shares of resistance and reps for today."""
    reasons: list[Reason] = []
    resistance, reps = position.resistance, position.reps
    if position.resistance_cuts or position.rep_cuts:
        reasons.append(_cut(position))
    for share, reason in _least_shares(records, hurts, now):
        if share < 1.0:
            reps *= share
            reasons.append(reason)
    left, readiness = readiness_share(records, now.date())
    if readiness is not None:
        reasons.append(readiness)
    return Dose(resistance, max(reps, LEAST_REPS) * left, tuple(reasons))


def readiness_share(records: Records, today: date) -> tuple[float, Reason | None]:
    """Return the share that today's readiness check leaves, with a reason where that is not all."""
    told = [entry.said for entry in records.readiness[-3:] if entry.local_day == today]
    left = told[-1].dose_share if told else 1.0
    if left >= 1.0:
        return 1.0, None
    text = tr("Readiness before the session leaves {share:.0f} % of the reps.")
    figures = (Figure("readiness", 100 * left, "%"),)
    return left, Reason("readiness", text.format(share=100 * left), figures)


def find_long_run(facts: Facts, now: datetime) -> tuple[LongRun, float] | None:
    """Return the newest week's run that was more than 10 % beyond 30 days, and by how much."""
    at = now.astimezone(UTC)
    for run in reversed(facts.runs):
        if at - run.at.astimezone(UTC) > _LONG_RUN_DAYS:
            break
        before = [
            each.km
            for each in facts.runs
            if each.at < run.at and run.at.astimezone(UTC) - each.at.astimezone(UTC) <= _MONTH
        ]
        if before and run.km > _LONG_RUN * max(before):
            return run, run.km / max(before)
    return None


def km_share(facts: Facts, today: date) -> tuple[float, Reason]:
    """Return the share that rising km leave: this week, or the last one, over the three before."""
    weeks = (monday(today), monday(today) - WEEK)
    best = (1.0, Reason("km", ""))
    for week in weeks:
        before = [facts.weekly_km.get(week - WEEK * back, 0.0) for back in (1, 2, 3)]
        km, usual = facts.weekly_km.get(week, 0.0), fmean(before)
        if usual > 0 and km > KM_RISE * usual:
            share = max(0.6, usual / km)
            text = tr(
                "{km:.0f} km in a week, {more:.0f} % above the {usual:.0f} km of the three before: "
                "{share:.0f} % of the reps."
            )
            sentence = text.format(
                km=km, more=100 * (km / usual - 1), usual=usual, share=100 * share
            )
            figures = (Figure("km", round(km, 1)), Figure("usual", round(usual, 1), "km"))
            best = min(best, (share, Reason("km", sentence, figures)), key=lambda each: each[0])
    return best


def _least_shares(
    records: Records, hurts: tuple[Hurt, ...], now: datetime
) -> tuple[tuple[float, Reason], ...]:
    """Return today's shares, or those of a day of pain where they were less.

    A race that is over, or a week of many km, is no reason for more while the foot hurts: within a
    week of pain, and of pain within a week before that.
    """
    moments, last_at = [now], now.astimezone(UTC)
    for hurt in reversed(hurts):
        if last_at - hurt.at >= WEEK:
            break
        moments.append(hurt.at.astimezone(now.tzinfo))
        last_at = hurt.at
    found = [tuple(_shares(records, moment)) for moment in moments]
    return min(found, key=lambda shares: prod(share for share, _ in shares))


def _shares(records: Records, now: datetime) -> Iterator[tuple[float, Reason]]:
    today = now.date()
    yield km_share(records.facts, today)
    part = season_part(records, today)
    share = RULES[part].reps
    text = tr("Season: {part}: {share:.0f} % of the reps.")
    sentence = text.format(part=part, share=100 * share)
    yield share, Reason("season", sentence, (Figure("reps", 100 * share, "%"),))
    long_run = find_long_run(records.facts, now)
    if long_run is not None:
        yield _LONG_RUN_REPS, _explain_long_run(*long_run)


def _explain_long_run(run: LongRun, ratio: float) -> Reason:
    text = tr(
        "A run of {km:.1f} km, {more:.0f} % beyond the longest of 30 days: {share:.0f} % of the "
        "reps for a week."
    )
    more = 100 * (ratio - 1)
    sentence = text.format(km=run.km, more=more, share=100 * _LONG_RUN_REPS)
    return Reason("long run", sentence, (Figure("run", run.km, "km"), Figure("beyond", more, "%")))


def _cut(position: Position) -> Reason:
    text = tr("Dialled back after pain: {force:.0f} % of the resistance, {reps:.0f} % of the reps.")
    force, reps = 100 * position.resistance, 100 * position.reps
    figures = (Figure("resistance", round(force), "%"), Figure("reps", round(reps), "%"))
    return Reason("dial back", text.format(force=force, reps=reps), figures)
