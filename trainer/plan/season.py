"""The runner's year: base, build, race and off, as set by the athlete or read from the races."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from trainer.core.diary.planning import Figure, GoalKind, SeasonPart
from trainer.core.texts import tr, trn
from trainer.plan.records import Reason, Records

_TAPER: Final = timedelta(days=7)
_BUILD: Final = timedelta(weeks=8)
_OFF: Final = timedelta(days=14)
_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SeasonRule:
    """What a part of the year asks of the foot training."""

    most_sessions: int
    reps: float
    """Share of the planned reps."""
    may_rise: bool


RULES: Final = {
    SeasonPart.BASE: SeasonRule(3, 1.0, may_rise=True),
    SeasonPart.BUILD: SeasonRule(2, 1.0, may_rise=True),
    SeasonPart.RACE: SeasonRule(2, 0.6, may_rise=False),
    SeasonPart.OFF: SeasonRule(2, 0.8, may_rise=False),
}
"""Nothing gets harder in the week before a race and in the fortnight after it."""


def season_part(records: Records, day: date) -> SeasonPart:
    """Return the part of the year that a day belongs to; what the athlete set comes first."""
    for entry in reversed(records.seasons):
        if entry.said.first <= day <= entry.said.last:
            return entry.said.part
    days = _race_days(records)
    ahead = min((on for on in days if on >= day), default=None)
    behind = max((on for on in days if on < day), default=None)
    if ahead is not None and ahead - day <= _TAPER:
        return SeasonPart.RACE
    if behind is not None and day - behind <= _OFF:
        return SeasonPart.OFF
    return SeasonPart.BUILD if ahead is not None and ahead - day <= _BUILD else SeasonPart.BASE


def next_race(records: Records, day: date) -> date | None:
    """Return the day of the next race."""
    return min((on for on in _race_days(records) if on >= day), default=None)


def explain_season(records: Records, day: date) -> Reason:
    """Return the part of the year and what follows from it."""
    part = season_part(records, day)
    rule, race = RULES[part], next_race(records, day)
    figures = (
        Figure("sessions", rule.most_sessions, "a week"),
        Figure("reps", 100 * rule.reps, "%"),
    )
    if race is None:
        text = tr("Season: {part}, no race is set; {most} sessions a week at most.")
        sentence = text.format(part=part, most=rule.most_sessions)
        return Reason("season", sentence, figures)
    away = (race - day).days
    text = tr("Season: {part}, {away}; {most} sessions a week, {share:.0f} % of reps.")
    days = trn("{n} day to the race", "{n} days to the race", away)
    sentence = text.format(part=part, away=days, most=rule.most_sessions, share=100 * rule.reps)
    return Reason("season", sentence, (*figures, Figure("to the race", away, "days")))


def explain_endurance(records: Records, now: datetime) -> Reason | None:
    """Return how far the race of an endurance goal is, beside the longest run; None without one."""
    goal = records.goals[-1].said if records.goals else None
    race = next_race(records, now.date())
    if goal is None or goal.kind is not GoalKind.ENDURANCE or race is None:
        return None
    since = now.astimezone(UTC) - _MONTH
    longest = max((run.km for run in records.facts.runs if run.at >= since), default=0.0)
    text = tr("Endurance goal: {away}; longest run of 30 days {km:.1f} km.")
    days = (race - now.date()).days
    away = trn("{n} day to the race", "{n} days to the race", days)
    figures = (Figure("to the race", days, "days"), Figure("longest run", longest, "km"))
    return Reason("endurance", text.format(away=away, km=longest), figures)


def _race_days(records: Records) -> list[date]:
    """Return the days of races, an endurance goal's own day among them."""
    days = [entry.said.on for entry in records.races]
    goal = records.goals[-1].said if records.goals else None
    if goal is not None and goal.kind is GoalKind.ENDURANCE and goal.until is not None:
        days.append(goal.until)
    return days
