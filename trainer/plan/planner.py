"""The planner: records in, the plan out, and the decisions that whoever asked has to note."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, Figure, SeasonPart
from trainer.core.diary.training import SessionKind, SessionLog
from trainer.core.texts import tr
from trainer.plan.adherence import look_back
from trainer.plan.agenda import Agenda, build_days, say_next
from trainer.plan.closed import find_shut
from trainer.plan.days import WEEK, monday
from trainer.plan.dialback import decide_dial_back
from trainer.plan.dose import find_dose
from trainer.plan.exposure import minimalist_minutes, open_level, open_surface
from trainer.plan.ladder import Sight, decide_start, decide_up
from trainer.plan.pain import end_of_day, find_hurts
from trainer.plan.plateau import judge_plateau, open_proposal
from trainer.plan.position import find_position, phase_at, rung_at
from trainer.plan.reassess import find_review
from trainer.plan.records import Reason, Records
from trainer.plan.season import RULES, explain_endurance, explain_season, season_part
from trainer.plan.session import gentle_circuits, total_min
from trainer.plan.values import Plan
from trainer.plan.week import place
from trainer.plan.wheel import find_spike, first_side, turn_wheel

_UNNOTED: Final = 1 << 62
"""Number of a decision that is not in the diary yet: behind all that are."""


def make_plan(records: Records, now: datetime) -> Plan:
    """Return the plan at a moment; `now` is aware, in the zone where the athlete is."""
    decided = _Decided(records)
    # The start stands in the diary before anything else is looked at.
    if find_position(records).since is None:
        decided.add(decide_start(records), now)
    sight = look(decided.records, now)
    reasons: list[Reason] = []
    dial_back = decide_dial_back(sight)
    if dial_back is not None:
        decided.add(dial_back, now)
    else:
        step, why = decide_up(sight)
        reasons.append(why)
        if step is not None:
            decided.add(step, now)
    plateau, trend = judge_plateau(records, sight.adherence, now)
    if plateau is not None:
        decided.add(plateau, now)
    if trend is not None:
        reasons.append(trend)
    # Decisions move the place on the ladder alone.
    position = find_position(decided.records)
    sight = replace(sight, records=decided.records, position=position)
    return _assemble(sight, tuple(decided.new), reasons)


class _Decided:
    """The records, with what was decided just now."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.new: list[Decision] = []

    def add(self, decision: Decision, now: datetime) -> None:
        """Let a decision hold from now on."""
        self.new.append(decision)
        number, zone = _UNNOTED + len(self.new), str(now.tzinfo)
        entry = Entry(number, "", now.astimezone(UTC), zone, 0, is_simulated=False, said=decision)
        self.records = replace(self.records, decisions=(*self.records.decisions, entry))


def look(records: Records, now: datetime) -> Sight:
    """Return what the rules look at."""
    position = find_position(records)
    started = records.decisions[0].at if records.decisions else None
    adherence = look_back(records, now, started)
    return Sight(records, position, find_hurts(records, now), adherence, now)


def _assemble(sight: Sight, decisions: tuple[Decision, ...], reasons: list[Reason]) -> Plan:
    records, position, now = sight.records, sight.position, sight.now
    today, programme = now.date(), sight.records.programme
    count, why_count = sessions_a_week(sight)
    shut = find_shut(sight)
    dose = find_dose(records, position, sight.hurts, now)
    review = review_due(records, today)
    gentle = gentle_circuits(programme)
    agenda = Agenda(
        sight,
        dose,
        shut,
        place(records, shut, now, count),
        review,
        count,
        gentle,
        total_min(gentle, programme.drills),
    )
    days = build_days(agenda)
    minutes, why_minutes = minimalist_minutes(records, position, sight.hurts, now)
    spike = find_spike(records, now)
    review_on, review_why = find_review(review, days, shut, now)
    now_day = next(day for day in days if day.day == today)
    return Plan(
        now=now,
        days=days,
        today=now_day,
        next_action=say_next(days, now),
        position=position,
        phase=phase_at(programme, position.index).id,
        rung=rung_at(programme, position.index).id,
        dose=dose,
        season=season_part(records, today),
        adherence=sight.adherence,
        sessions_a_week=count,
        decisions=decisions,
        reasons=(
            *reasons,
            why_count,
            explain_season(records, today),
            *_told(spike, explain_endurance(records, now)),
            why_minutes,
        ),
        wheel=turn_wheel(records, monday(today)),
        first_side=first_side(records, now),
        surface=open_surface(records, position),
        device_level=open_level(records, position),
        minimalist_min=minutes,
        proposal=open_proposal(records),
        review_due=review,
        review_on=review_on,
        review_why=review_why,
        todo=tuple(_todo(sight)),
    )


def _told(*reasons: Reason | None) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason is not None)


@dataclass(frozen=True, slots=True)
class _Count:
    sessions: int
    why: str


def sessions_a_week(sight: Sight) -> tuple[int, Reason]:
    """Return how many hard sessions a week has now, and why."""
    records = sight.records
    low, high = records.programme.per_week
    part = season_part(records, sight.now.date())
    stack = records.facts.high_stack_share
    if not sight.adherence.is_enough:
        found = _Count(low, tr("sessions were missed: the habit comes first"))
    elif part is SeasonPart.RACE or (stack or 0.0) <= 0.5:  # noqa: PLR2004 - most of the km
        most = RULES[part].most_sessions
        found = _Count(max(min(low, most), min(high, most)), tr("season {part}").format(part=part))
    else:
        share = 100 * (stack or 0.0)
        text = tr("{share:.0f} % of the km were in high-stack shoes").format(share=share)
        found = _Count(high, text)
    text = tr("{n} sessions a week: {why}.")
    figures = (Figure("sessions", found.sessions, "a week"),)
    sentence = text.format(n=found.sessions, why=found.why)
    return found.sessions, Reason("sessions a week", sentence, figures)


def review_due(records: Records, today: date) -> date:
    """Return the day of the next reassessment: today without a baseline."""
    days = [entry.local_day for entry in _baselines(records)]
    return max(days) + WEEK * records.programme.reassess_weeks if days else today


def _baselines(records: Records) -> list[Entry[SessionLog]]:
    """Return the baselines that were done; further parts of one are none by themselves."""
    return [
        entry
        for entry in records.sessions
        if entry.said.kind is SessionKind.BASELINE
        and entry.said.circuit == records.programme.baseline
        and entry.said.is_complete
    ]


def _parts_left(records: Records, since: datetime) -> Iterator[str]:
    """Yield the ids of the baseline's further circuits that were not done since its first."""
    done = {entry.said.circuit for entry in records.sessions if entry.at >= since}
    for circuit in records.programme.circuits.values():
        is_further = circuit.id != records.programme.baseline and circuit.id not in done
        if circuit.kind is SessionKind.BASELINE and is_further:
            yield circuit.id


def _todo(sight: Sight) -> Iterator[str]:
    records = sight.records
    baselines = [entry.at for entry in _baselines(records)]
    goals = [entry.at for entry in records.goals]
    if not goals:
        yield tr("Set a goal: `footspring plan goal KIND`.")
    elif baselines and max(goals) < max(baselines) and len(baselines) > 1:
        yield tr("Review your goal after the reassessment: `footspring progress review`.")
    is_ended = end_of_day(sight.hurts, sight.now.date()) is not None
    for circuit in _parts_left(records, baselines[-1]) if baselines and not is_ended else ():
        text = tr("A further part of the baseline, when you are rested: `{command}`.")
        yield text.format(command=f"footspring run --circuit {circuit}")
    if records.facts.checks_due:
        yield tr(
            "Safety check due, edges and grip: {devices}. `footspring device check NAME` says how."
        ).format(devices=", ".join(records.facts.checks_due))
    if records.facts.devices_worn:
        yield tr(
            "Lost resistance: {devices}. Replace it and add the new one under another id."
        ).format(devices=", ".join(records.facts.devices_worn))
