"""What must hold of every life by the plan, whoever lives it."""

from datetime import UTC, date, timedelta
from itertools import pairwise

from tests.unit.plan.athletes import Life
from trainer.coach.length import is_too_long
from trainer.core.diary.planning import What
from trainer.plan.position import is_foundation
from trainer.plan.values import HARD, DayKind, Plan


def check_laws(life: Life) -> None:
    """Hold a life against all of them."""
    check_plans(life)
    nothing_done_within_48_hours(life)
    nothing_done_before_a_key_workout(life)


def check_plans(life: Life) -> None:
    """Hold what was planned against its laws, whatever was done."""
    never_two_rungs_at_once(life)
    never_harder_after_pain(life)
    never_a_heavier_circuit_after_pain(life)
    never_beyond_the_cap(life)
    never_within_48_hours(life)
    nothing_before_a_key_workout(life)
    no_minimalist_minutes_before_phase_two(life)
    always_a_next_action(life)


def never_two_rungs_at_once(life: Life) -> None:
    """Hold every two plans in a row against each other."""
    assert all(len(_steps(plan)) <= 1 for plan in life.plans)
    heights = [plan.position.index for plan in life.plans]
    assert all(abs(b - a) <= 1 for a, b in pairwise(heights))
    ups = [e.at for e in life.records.decisions if e.said.what in {What.STEP_UP, What.LIFT}]
    assert all(b - a >= timedelta(days=7) for a, b in pairwise(ups))


def never_harder_after_pain(life: Life) -> None:
    """Hold the plans of the week after a stopping or sharp pain against the one before it."""
    for entry in life.records.pains:
        if not entry.said.is_sharp:
            continue
        before = [plan for plan in life.plans if plan.now.astimezone(UTC) <= entry.at]
        week = [
            plan
            for plan in life.plans
            if entry.at < plan.now.astimezone(UTC) < entry.at + timedelta(days=7)
        ]
        for plan in week:
            assert plan.position.height <= before[-1].position.height


def never_a_heavier_circuit_after_pain(life: Life) -> None:
    """Hold the next training after sharp pain against the one that was planned before it."""
    for entry in life.records.pains:
        if not entry.said.is_sharp:
            continue
        before = [_load(plan) for plan in life.plans if plan.now.astimezone(UTC) <= entry.at]
        week = [
            plan
            for plan in life.plans
            if entry.at < plan.now.astimezone(UTC) < entry.at + timedelta(days=7)
        ]
        known = [load for load in before if load is not None]
        for load in map(_load, week):
            assert load is None or not known or load <= known[-1] + 1e-6


def never_beyond_the_cap(life: Life) -> None:
    """Hold every circuit of every day, and what a day's circuits come to, against the cap."""
    programme = life.records.programme
    drills, cap_min = programme.drills, programme.cap_min
    for plan in life.plans:
        for day in plan.days:
            assert not any(is_too_long(circuit, drills, cap_min) for circuit in day.circuits)
            assert len(day.circuits) < 2 or day.minutes <= cap_min + 1e-6


def never_within_48_hours(life: Life) -> None:
    """Hold the planned sessions against each other and against what was done."""
    for plan in life.plans:
        opens = [day.not_before for day in plan.days if day.is_hard and day.not_before]
        assert all(b - a >= timedelta(hours=48) for a, b in pairwise(opens))
        hard = [e.at for e in life.records.sessions if e.said.is_hard and e.at < plan.now]
        assert not hard or not opens or opens[0] - hard[-1] >= timedelta(hours=48)


def nothing_done_within_48_hours(life: Life) -> None:
    """Hold the done sessions, which kept to the plan, against each other."""
    done = sorted({e.at for e in life.records.sessions if e.said.is_hard})
    assert all(b - a >= timedelta(hours=48) for a, b in pairwise(done))


def nothing_before_a_key_workout(life: Life) -> None:
    """Hold what was planned against the day before and the day of each."""
    shut = _shut_days(life)
    for plan in life.plans:
        assert not any(day.is_hard and day.day in shut for day in plan.days)


def nothing_done_before_a_key_workout(life: Life) -> None:
    """Hold what was done, by the plan, against the day before and the day of each."""
    shut = _shut_days(life)
    assert not any(e.said.is_hard and e.local_day in shut for e in life.records.sessions)


def no_minimalist_minutes_before_phase_two(life: Life) -> None:
    """Hold the minutes that are open against the phase."""
    programme = life.records.programme
    for plan in life.plans:
        if is_foundation(programme, plan.position.index):
            assert plan.minimalist_min == 0.0


def always_a_next_action(life: Life) -> None:
    """Hold every plan to a sentence for today and one for what is next."""
    for plan in life.plans:
        assert plan.next_action
        assert plan.today.sentence
        assert all(reason.sentence for reason in plan.reasons)
        assert all(day.mobility for day in plan.days if day.kind in HARD)


def _shut_days(life: Life) -> set[date]:
    days = {e.said.on for e in life.records.workouts} | {e.said.on for e in life.records.races}
    return days | {day - timedelta(days=1) for day in days}


def _load(plan: Plan) -> float | None:
    """Return reps times target of the next training that is planned."""
    days = [day for day in plan.days if day.kind is DayKind.TRAINING]
    if not days:
        return None
    steps = [step for circuit in days[0].circuits for step in circuit.steps]
    return sum(step.sets * step.reps * (step.target_pct_mvc or 0.0) for step in steps)


def _steps(plan: Plan) -> list[What]:
    kinds = {What.STEP_UP, What.LIFT, What.DIAL_BACK}
    return [decision.what for decision in plan.decisions if decision.what in kinds]
