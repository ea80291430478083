"""A plan as lines for a person and as a table for a program."""

from dataclasses import asdict
from datetime import datetime, timedelta, tzinfo
from typing import Final

from trainer.app.notebook import Answer
from trainer.core.texts import tr, trn
from trainer.plan.exposure import LEVELS
from trainer.plan.reassess import tell_review
from trainer.plan.records import Reason, Records
from trainer.plan.values import Plan, PlanDay
from trainer.plan.year import YearWeek, year_weeks

_AHEAD: Final = timedelta(days=7)


def plan_answer(plan: Plan, records: Records) -> Answer:
    """Return today, what was done this week, the next seven days, and where one stands."""
    zone, today = plan.now.tzinfo, plan.today.day
    shown = [
        day
        for day in plan.days
        if today <= day.day <= today + _AHEAD or (day.day < today and day.done)
    ]
    lines = [
        *_simulated(records),
        plan.next_action,
        plan.today.sentence,
        *([plan.today.mobility] if plan.today.mobility else []),
        *([tr("`footspring run --today` starts it.")] if plan.today.is_hard else []),
        "",
        *(_day_line(day, zone, is_today=day.day == today) for day in shown),
        "",
        *_standing(plan),
        *(decision.sentence for decision in plan.decisions),
        *plan.todo,
    ]
    return Answer(tuple(lines), plan_table(plan))


def why_answer(plan: Plan, records: Records) -> Answer:
    """Return today's reasons and the newest decisions, each with its rule."""
    reasons = (*plan.reasons, *plan.dose.reasons)
    decisions = [entry.said for entry in records.decisions[-5:]] + list(plan.decisions)
    lines = [
        *_simulated(records),
        f"today: {plan.today.sentence}",
        *(f"{reason.rule}: {reason.sentence}" for reason in reasons),
        *(f"decided, {said.rule}: {said.sentence}" for said in decisions),
        *(f"overruled, {e.said.subject}: {e.said.reason}" for e in records.overruled[-3:]),
    ]
    table = {
        "format": 1,
        "today": plan.today.sentence,
        "reasons": [asdict(reason) for reason in reasons],
        "decisions": [asdict(said) for said in decisions],
        "overruled": [asdict(entry.said) for entry in records.overruled],
    }
    return Answer(tuple(dict.fromkeys(lines)), table)


def year_answer(records: Records, now: datetime) -> Answer:
    """Return the weeks of a year around now."""
    weeks = year_weeks(records, now)
    head = tr("week of     season  sessions  rung and what is on (b base, u build, r race, o off)")
    lines = (*_simulated(records), _strip(weeks), "", head, *map(_week_line, weeks))
    return Answer(tuple(lines), {"format": 1, "weeks": [asdict(week) for week in weeks]})


def plan_table(plan: Plan) -> dict[str, object]:
    """Return the plan for a program."""
    return {
        "format": 1,
        "now": plan.now.isoformat(),
        "next_action": plan.next_action,
        "today": _day_table(plan.today),
        "days": [_day_table(day) for day in plan.days],
        "phase": plan.phase,
        "rung": plan.rung,
        "resistance_share": plan.dose.resistance,
        "reps_share": plan.dose.reps,
        "season": plan.season,
        "sessions_a_week": plan.sessions_a_week,
        "adherence_share": plan.adherence.share,
        "streak_weeks": plan.adherence.streak_weeks,
        "activation_days": plan.adherence.activation_week,
        "first_side": plan.first_side,
        "surface": plan.surface,
        "device_level": LEVELS[plan.device_level - 1],
        "minimalist_min": plan.minimalist_min,
        "proposal": plan.proposal,
        "review_due": plan.review_due,
        "review_on": plan.review_on,
        "review_why": plan.review_why,
        "wheel_n_s": [asdict(spoke) for spoke in plan.wheel],
        "reasons": [_reason(reason) for reason in (*plan.reasons, *plan.dose.reasons)],
        "decisions": [asdict(decision) for decision in plan.decisions],
        "todo": plan.todo,
    }


def _reason(reason: Reason) -> dict[str, object]:
    return asdict(reason)


def _day_table(day: PlanDay) -> dict[str, object]:
    return {
        "day": day.day,
        "kind": day.kind,
        "circuits": [circuit.id for circuit in day.circuits],
        "steps": [asdict(step) for circuit in day.circuits for step in circuit.steps],
        "is_hard": day.is_hard,
        "minutes": round(day.minutes, 1),
        "not_before": day.not_before,
        "not_after": day.not_after,
        "mobility": day.mobility,
        "done": day.done,
        "sentence": day.sentence,
    }


def _simulated(records: Records) -> list[str]:
    if records.sessions and records.sessions[-1].is_simulated:
        return [tr("Simulated: the newest session came from no foot.")]
    if records.left_out:
        text = trn(
            "{n} simulated session is left out: a real one is noted.",
            "{n} simulated sessions are left out: a real one is noted.",
            records.left_out,
        )
        return [text]
    return []


def _day_line(day: PlanDay, zone: tzinfo | None, *, is_today: bool) -> str:
    titles = ", ".join(tr(circuit.title) for circuit in day.circuits)
    minutes = f"{day.minutes:.0f} min" if day.circuits else ""
    hour = ""
    if is_today and day.is_hard and day.not_before is not None:
        hour = tr("from {clock}").format(clock=f"{day.not_before.astimezone(zone):%H:%M}")
    mark = ">" if is_today else " "
    told = titles or ", ".join(day.done) or day.sentence
    return f"{mark} {day.day:%a %d %b}  {day.kind:<12}  {minutes:>6}  {told}  {hour}".rstrip()


def _standing(plan: Plan) -> list[str]:
    kept = plan.adherence
    share = tr("no session was due yet")
    if kept.share is not None:
        share = tr("{share:.0f} % of the sessions of 4 weeks").format(share=100 * kept.share)
    lines = [
        tr("Phase {phase}, rung {rung}; {share}, {streak}; {gentle}.").format(
            phase=plan.phase,
            rung=plan.rung,
            share=share,
            streak=trn("{n} week in a row", "{n} weeks in a row", kept.streak_weeks),
            gentle=trn(
                "activation on {n} day this week",
                "activation on {n} days this week",
                kept.activation_week,
            ),
        ),
        tr(
            "Open: {level} devices, drills up to {surface}, {minutes:g} min minimalist a week."
        ).format(
            level=LEVELS[plan.device_level - 1],
            surface=plan.surface,
            minutes=plan.minimalist_min,
        ),
    ]
    if plan.review_due is not None:
        today = plan.today.day
        lines.append(tell_review(plan.review_due, plan.review_on, plan.review_why, today))
    if plan.wheel:
        spokes = "; ".join(
            f"{spoke.target} {spoke.left_n_s:.0f}/{spoke.right_n_s:.0f}" for spoke in plan.wheel
        )
        lines.append(tr("Impulse this week, left/right, Ns: {spokes}.").format(spokes=spokes))
    return lines


def _strip(weeks: tuple[YearWeek, ...]) -> str:
    """One letter a week: capital once it has begun, * with a race."""
    letters = {"base": "b", "build": "u", "race": "r", "off": "o"}
    marks = []
    for week in weeks:
        letter = letters[week.part]
        has_race = any(mark.startswith("race") for mark in week.marks)
        marks.append("*" if has_race else letter.upper() if week.is_past else letter)
    return "".join(marks)


def _week_line(week: YearWeek) -> str:
    count = str(week.sessions) if week.is_past else ""
    marks = ", ".join(week.marks)
    return f"{week.monday}  {week.part:<6}  {count:>8}  {week.rung}  {marks}".rstrip()
