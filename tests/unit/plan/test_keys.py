"""Key workouts planned and run: both keep the foot work away, and one day is told of once."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from tests.unit.plan.athletes import BERLIN, START, entry_of
from tests.unit.plan.test_rules import after, records
from trainer.core.diary.planning import KeyWorkout, Race
from trainer.plan.closed import find_shut
from trainer.plan.keys import KeyDay, key_days
from trainer.plan.planner import look, make_plan
from trainer.plan.records import Facts, KeyRun, Records
from trainer.plan.year import year_weeks

DAY = after(3).date()


def ran(at: datetime) -> Records:
    return records(facts=Facts(key_runs=(KeyRun(at.date(), at),)))


def planned(start: time | None = None) -> Records:
    return records(workouts=(entry_of(KeyWorkout(DAY, "hills", start), START),))


def test_a_run_marked_as_key_keeps_hard_foot_work_off_the_rest_of_its_day() -> None:
    noon = after(3).replace(hour=12)
    assert make_plan(records(), noon).today.is_hard
    plan = make_plan(ran(noon.replace(hour=9)), noon)
    assert not plan.today.is_hard
    assert plan.today.sentence == "The key workout was run at 09:00: nothing hard on its day."
    assert plan.days[(DAY - plan.days[0].day).days + 1].is_hard


def test_a_run_that_was_not_marked_closes_nothing() -> None:
    assert make_plan(records(facts=Facts(weekly_km={DAY: 12.0})), after(3)).today.is_hard


def test_a_key_workout_that_was_planned_and_then_run_is_one() -> None:
    at = after(3).replace(hour=9)
    both = replace(planned(time(10)), facts=ran(at).facts)
    assert key_days(both) == (KeyDay(DAY, "hills", time(10), run_at=at),)
    shut = [each for each in find_shut(look(both, at)) if each.reason.rule == "key workout"]
    assert [each.reason.sentence for each in shut] == [
        "The key workout hills was run at 09:00: nothing hard on its day."
    ]
    marks = [mark for week in year_weeks(both, at) for mark in week.marks]
    assert marks == [f"workout hills {DAY}"]


def test_a_key_run_nobody_planned_stands_in_the_year() -> None:
    at = after(3)
    marks = [mark for week in year_weeks(ran(at), at) for mark in week.marks]
    assert marks == [f"workout {DAY}"]


def test_of_two_on_one_day_the_race_names_it_and_the_first_start_closes_the_day_before() -> None:
    workouts = (entry_of(KeyWorkout(DAY, "shake-out", time(8)), START),)
    races = (entry_of(Race(DAY, "track", time(19)), START),)
    (day,) = key_days(records(workouts=workouts, races=races))
    assert (day.name, day.is_race, day.start) == ("track", True, time(8))
    any_time = (entry_of(KeyWorkout(DAY), START),)
    (day,) = key_days(records(workouts=any_time, races=races))
    assert day.start is None


def test_what_is_past_closes_nothing_more() -> None:
    long_ago = datetime.combine(DAY - timedelta(days=1), time(9), BERLIN)
    assert make_plan(ran(long_ago), after(3)).today.is_hard
