"""The planner's rules, one by one: hours, calendars, pain, doses, what opens, plateaus."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from scipy.stats import theilslopes

from tests.unit.plan.athletes import BERLIN, START, circuit, entry_of, programme
from trainer.coach.length import circuit_min
from trainer.coach.rung import rung_circuit, scale_dose
from trainer.core.cues import Side
from trainer.core.diary.planning import (
    Decision,
    Goal,
    GoalKind,
    Holiday,
    KeyWorkout,
    Overruled,
    PainFreeDay,
    Proposal,
    Race,
    Season,
    SeasonPart,
    Subject,
    What,
)
from trainer.core.diary.training import (
    NO_FIGURE,
    Block,
    EndedBy,
    PainReport,
    PainSite,
    ReadinessCheck,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.plan.days import day_window, first_free, start_of
from trainer.plan.dialback import decide_dial_back, load_of
from trainer.plan.pain import Hurt
from trainer.plan.planner import look, make_plan
from trainer.plan.plateau import find_trend
from trainer.plan.position import find_position
from trainer.plan.records import Facts, LongRun, Reason, Records, StandardResult
from trainer.plan.season import explain_season, season_part
from trainer.plan.session import fit_cap
from trainer.plan.values import DayKind, Plan
from trainer.plan.year import year_weeks

HURT = Hurt(START, START.date(), False, 1, Reason("pain", "it hurts"), False)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
BEGUN = entry_of(Decision(What.START, "start", "", programme="test", rung="base1"), START, 1)
BASELINE = entry_of(
    SessionLog("b", SessionKind.BASELINE, "test", "baseline", True, True, 900.0), START, 2
)


def trained(at: datetime) -> Records:
    """Return the records of a start and one hard session."""
    said = SessionLog("s", SessionKind.TRAINING, "test", "base", True, True, 900.0, rung="base1")
    return Records(programme(), sessions=(BASELINE, entry_of(said, at, 3)), decisions=(BEGUN,))


def after(days: float) -> datetime:
    """Return a moment some days after the start."""
    return START + timedelta(days=days)


def records(**noted: object) -> Records:
    """Return the records of somebody who began, with what was noted besides."""
    base: dict[str, object] = {"sessions": (BASELINE,), "decisions": (BEGUN,), **noted}
    return Records(programme(), **base)  # type: ignore[arg-type]


def ladder(rung: str, days: float = 0.0) -> tuple[object, ...]:
    """Return the decisions that lead to a rung."""
    said = Decision(What.STEP_UP, "gate", "", programme="test", rung=rung)
    return (BEGUN, entry_of(said, after(days), 9))


def says(plan: Plan, rule: str) -> bool:
    """Return whether a plan names a rule among its reasons."""
    return any(reason.rule == rule for reason in (*plan.reasons, *plan.dose.reasons))


def test_forty_eight_hours_are_hours_when_the_clocks_go_forward() -> None:
    at = datetime(2026, 3, 28, 8, tzinfo=BERLIN)
    plan = make_plan(trained(at), datetime(2026, 3, 30, 7, tzinfo=BERLIN))
    opens = plan.today.not_before
    assert plan.today.is_hard
    assert opens is not None
    assert opens.astimezone(BERLIN).time() == time(9)


def test_forty_eight_hours_are_hours_when_the_clocks_go_back() -> None:
    at = datetime(2026, 10, 24, 8, tzinfo=BERLIN)
    plan = make_plan(trained(at), datetime(2026, 10, 26, 6, tzinfo=BERLIN))
    assert plan.today.not_before is not None
    assert plan.today.not_before.astimezone(BERLIN).time() == time(7)


def test_a_flight_to_the_west_brings_no_session_nearer_and_days_are_local() -> None:
    at = datetime(2026, 6, 1, 18, tzinfo=BERLIN)
    plan = make_plan(trained(at), datetime(2026, 6, 3, 7, tzinfo=LOS_ANGELES))
    assert plan.today.day == date(2026, 6, 3)
    assert plan.today.not_before == at.astimezone(UTC) + timedelta(hours=48)
    assert plan.days[0].day == date(2026, 6, 1)
    assert plan.days[0].kind is DayKind.DONE


def test_a_session_late_at_night_counts_for_the_day_on_the_wall() -> None:
    at = datetime(2026, 6, 1, 23, 50, tzinfo=LOS_ANGELES)
    plan = make_plan(trained(at), datetime(2026, 6, 2, 12, tzinfo=LOS_ANGELES))
    assert [day.kind for day in plan.days[:2]] == [DayKind.DONE, DayKind.ACTIVATION]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_a_day_has_the_hours_that_its_clock_has(day: date, hours: int) -> None:
    window = day_window(day, BERLIN)
    assert window.end - window.start == timedelta(hours=hours)
    assert first_free(window, [window], timedelta(minutes=1)) is None


def test_a_workout_with_a_time_leaves_the_morning_of_the_day_before() -> None:
    workout = entry_of(KeyWorkout(after(4).date(), "hills", time(18)), START)
    plan = make_plan(records(workouts=(workout,)), after(2.6).replace(hour=8))
    assert plan.today.day == after(3).date()
    assert plan.today.not_after == after(3).astimezone(UTC)


def test_without_a_time_the_day_before_and_the_day_are_closed_with_their_reason() -> None:
    race = entry_of(Race(after(4).date(), "Berlin"), START)
    plan = make_plan(records(races=(race,)), after(3))
    assert not plan.today.is_hard
    assert "race Berlin" in plan.today.sentence
    assert not any(day.is_hard for day in plan.days if day.day == after(4).date())


def test_holidays_ask_for_nothing() -> None:
    away = entry_of(Holiday(after(2).date(), after(9).date()), START)
    plan = make_plan(records(holidays=(away,)), after(3))
    assert plan.today.kind is DayKind.HOLIDAY
    assert not any(day.is_hard for day in plan.days if day.day <= after(9).date())


@pytest.mark.parametrize(
    ("days", "part"),
    [(0, "base"), (30, "base"), (60, "build"), (95, "race"), (100, "race"), (105, "off")],
)
def test_the_races_make_the_season(days: int, part: str) -> None:
    race = entry_of(Race(after(100).date()), START)
    assert season_part(records(races=(race,)), after(days).date()) == part


def test_the_last_day_before_a_race_is_one_day() -> None:
    race = entry_of(Race(after(100).date()), START)
    told = explain_season(records(races=(race,)), after(99).date()).sentence
    assert "race, 1 day to the race; 2 sessions" in told


def test_an_endurance_goal_tells_the_days_to_the_race_and_the_longest_run() -> None:
    goal = entry_of(Goal(GoalKind.ENDURANCE, until=after(50).date()), START)
    facts = Facts(runs=(LongRun(after(-2), 18.0), LongRun(after(-1), 9.0)))
    plan = make_plan(records(goals=(goal,), facts=facts), START)
    (reason,) = [reason for reason in plan.reasons if reason.rule == "endurance"]
    assert [(figure.name, figure.value) for figure in reason.figures] == [
        ("to the race", 50),
        ("longest run", 18.0),
    ]
    assert reason.sentence.startswith("Endurance goal: 50 days to the race; longest run")


def test_what_the_athlete_sets_outranks_the_races_and_an_endurance_goal_is_a_race() -> None:
    goal = entry_of(Goal(GoalKind.ENDURANCE, until=after(5).date()), START)
    assert season_part(records(goals=(goal,)), START.date()) is SeasonPart.RACE
    own = entry_of(Season(SeasonPart.BUILD, START.date(), after(9).date()), START)
    assert season_part(records(goals=(goal,), seasons=(own,)), START.date()) is SeasonPart.BUILD


def test_the_year_shows_races_and_the_season_around_them() -> None:
    race = entry_of(Race(after(100).date(), "Berlin"), START)
    weeks = year_weeks(records(races=(race,)), START)
    assert len(weeks) == 53
    (week,) = [week for week in weeks if week.marks]
    assert week.marks == (f"race Berlin {after(100).date()}",)
    assert week.part is SeasonPart.RACE
    assert [week.rung for week in weeks if week.is_past][-1] == "base1"


def test_rising_km_take_reps_off_and_no_force() -> None:
    week = START.date()
    km = {week - timedelta(days=7 * back): 30.0 for back in (1, 2, 3)} | {week: 45.0}
    plan = make_plan(records(facts=Facts(weekly_km=km)), after(4))
    assert plan.dose.reps == pytest.approx(30 / 45)
    assert plan.dose.resistance == 1.0
    assert says(plan, "km")


def test_a_run_far_beyond_the_longest_takes_reps_off_for_a_week() -> None:
    runs = (LongRun(after(-10), 20.0), LongRun(after(1), 25.0))
    noted = records(facts=Facts(runs=runs))
    assert make_plan(noted, after(4)).dose.reps == pytest.approx(0.8)
    assert make_plan(noted, after(9)).dose.reps == 1.0


def test_readiness_lowers_the_dose_of_its_own_day_and_may_take_the_session_away() -> None:
    for share, is_hard in ((0.5, True), (0.0, False)):
        check = entry_of(ReadinessCheck(0.0, 6.0, 6.0, share), after(3))
        noted = records(readiness=(check,))
        plan = make_plan(noted, after(3.01))
        assert plan.dose.reps == share
        assert plan.today.is_hard is is_hard
        assert make_plan(noted, after(4)).dose.reps == 1.0


def test_most_km_in_high_stack_shoes_ask_for_three_sessions_also_in_the_build() -> None:
    race = (entry_of(Race(after(40).date()), START),)
    for share, count in ((0.3, 2), (0.8, 3)):
        plan = make_plan(records(races=race, facts=Facts(high_stack_share=share)), after(3))
        assert plan.sessions_a_week == count


@pytest.mark.parametrize(
    ("site", "level", "stops", "cuts"),
    [
        (PainSite.ARCH, 3.0, False, 0),
        (PainSite.ARCH, 4.0, False, 1),
        (PainSite.ACHILLES, 5.0, False, 0),
        (PainSite.ACHILLES, 6.0, True, 2),
    ],
)
def test_known_dull_pain_is_weighed_by_its_place(
    site: PainSite, level: float, stops: bool, cuts: int
) -> None:
    known = entry_of(PainReport(site, Side.LEFT, 3.0), after(-20))
    free = entry_of(PainFreeDay(), after(-19))
    now = entry_of(PainReport(site, Side.LEFT, level), after(3))
    plan = make_plan(
        records(pains=(known, now), pain_free=(free,), decisions=ladder("base2")), after(3.1)
    )
    assert plan.position.resistance_cuts == cuts
    assert any(day.is_hard for day in plan.days) is not stops


@pytest.mark.parametrize(
    "said",
    [
        PainReport(PainSite.ACHILLES, Side.LEFT, 1.0, is_next_morning=True),
        PainReport(PainSite.ACHILLES, Side.LEFT, 3.0),
    ],
)
def test_pain_that_stays_or_rises_dials_back_even_in_the_safe_range(said: PainReport) -> None:
    known = entry_of(PainReport(PainSite.ACHILLES, Side.LEFT, 2.0), after(-7))
    noted = records(pains=(known, entry_of(said, after(3))), decisions=ladder("base2"))
    plan = make_plan(noted, after(3.1))
    assert (plan.rung, plan.position.rep_cuts) == ("base1", 1)
    assert plan.decisions[0].what is What.DIAL_BACK


@pytest.mark.parametrize("is_sharp", [True, False])
def test_sharp_and_new_pain_stop_until_a_later_day_without_pain(is_sharp: bool) -> None:
    pain = entry_of(PainReport(PainSite.HEEL, Side.LEFT, 1.0, is_sharp), after(3))
    same_day = entry_of(PainFreeDay(), after(3.1))
    plan = make_plan(records(pains=(pain,), pain_free=(same_day,)), after(4))
    assert not any(day.is_hard for day in plan.days)
    assert "clinician" in plan.today.sentence
    later = entry_of(PainFreeDay(), after(4))
    plan = make_plan(records(pains=(pain,), pain_free=(same_day, later)), after(4.1))
    assert any(day.is_hard for day in plan.days)


def test_a_pain_stop_without_a_figure_is_sharp_and_tells_neither_place_nor_level() -> None:
    said = PainReport(PainSite.NOT_SAID, Side.RIGHT, 10.0, is_sharp=True, words=NO_FIGURE)
    plan = make_plan(records(pains=(entry_of(said, after(3)),)), after(3.1))
    assert not any(day.is_hard for day in plan.days)
    told = plan.decisions[-1].sentence
    assert told.startswith("Sharp pain at the right foot (place not said): level not said on ")


def test_a_session_that_pain_stopped_is_not_done_and_ends_the_day() -> None:
    stopped = SessionLog(
        "s", SessionKind.TRAINING, "test", "base", False, False, 60.0, stop_reason="pain"
    )
    noted = records(
        sessions=(BASELINE, entry_of(stopped, after(3))),
        pains=(entry_of(PainReport(PainSite.HEEL, Side.LEFT, 7.0, is_sharp=True), after(3)),),
    )
    today = make_plan(noted, after(3.1)).today
    assert today.sentence.startswith("Stopped for pain: training. Sharp pain at the heel")
    assert today.sentence.endswith("Nothing more today, gentle minutes neither.")
    assert today.done == ("training, stopped for pain",)
    assert make_plan(noted, after(4.1)).today.circuits


def test_a_dial_back_tells_what_really_changes() -> None:
    pain = (entry_of(PainReport(PainSite.HEEL, Side.LEFT, 7.0, is_sharp=True), after(3)),)
    lower = make_plan(records(pains=pain, decisions=ladder("base2")), after(3.1)).decisions[0]
    assert "down to rung base1, less resistance, fewer reps and one" in lower.sentence
    lowest = make_plan(records(pains=pain), after(3.1)).decisions[0]
    assert "still rung base1, the lowest, less resistance, fewer reps and" in lowest.sentence


def test_a_dial_back_adds_a_rest_day() -> None:
    at = after(7)
    pain = entry_of(PainReport(PainSite.ARCH, Side.LEFT, 4.0), at + timedelta(hours=1))
    known = entry_of(PainReport(PainSite.ARCH, Side.LEFT, 3.0), after(-9))
    session = SessionLog("s", SessionKind.TRAINING, "test", "base", True, True, 900.0)
    noted = records(
        pains=(known, pain),
        pain_free=(entry_of(PainFreeDay(), after(-8)),),
        sessions=(BASELINE, entry_of(session, at, 3)),
    )
    plan = make_plan(noted, at + timedelta(hours=2))
    first = next(day.not_before for day in plan.days if day.is_hard)
    assert first is not None
    assert first >= at + timedelta(hours=72)


def test_minimalist_minutes_open_with_phase_two_rise_with_use_and_fall_with_pain() -> None:
    weeks = [START.date() + timedelta(days=7 * week) for week in range(4)]
    for used, pains, expected in (
        ({}, (), 10.0),
        (dict.fromkeys(weeks, 8.0), (), 13.31),
        (dict.fromkeys(weeks, 90.0), (), 10.0),
        (
            dict.fromkeys(weeks, 8.0),
            (entry_of(PainReport(PainSite.TOP, Side.LEFT, 2.0, is_sharp=True), after(15)),),
            10.0,
        ),
    ):
        noted = records(decisions=ladder("power2"), facts=Facts(minimalist_min=used), pains=pains)
        assert make_plan(noted, after(22)).minimalist_min == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rung", "surface", "level"),
    [("base1", "floor", 1), ("base2", "grass", 2), ("power1", "foam", 3)],
)
def test_surfaces_and_devices_open_with_the_gates(rung: str, surface: str, level: int) -> None:
    plan = make_plan(records(decisions=ladder(rung)), after(1))
    assert (plan.surface, plan.device_level) == (surface, level)


def test_exercises_of_the_same_muscles_take_turns() -> None:
    plan = make_plan(records(), after(2))
    seen = [day.circuits[0].steps[1].exercise for day in plan.days if day.kind is DayKind.TRAINING]
    assert seen[:2] == ["curl", "flexion"]


def test_the_wheel_sums_the_week_by_muscle_and_foot_and_a_jump_is_told() -> None:
    def log(session: str, side: Side, impulse: float) -> SetLog:
        return SetLog(session, "curl", Block.WORK, side, EndedBy.DONE, 60.0, impulse_n_s=impulse)

    sets = [entry_of(log(f"s{n}", Side.LEFT, 100.0), after(n)) for n in (0, 2, 4, 7)]
    sets += [
        entry_of(log("s9", Side.LEFT, 90.0), after(9)),
        entry_of(log("s9", Side.RIGHT, 60.0), after(9)),
    ]
    plan = make_plan(records(sets=tuple(sets)), after(9.1))
    assert [(s.target, s.left_n_s, s.right_n_s) for s in plan.wheel] == [("FDB", 190.0, 60.0)]
    assert says(plan, "spike")
    assert plan.first_side is Side.RIGHT


def test_a_baseline_is_no_jump_of_load() -> None:
    def log(session: str, impulse: float) -> SetLog:
        return SetLog(
            session, "curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60.0, impulse_n_s=impulse
        )

    done = [(f"s{n}", 100.0, float(n)) for n in (-6, -4, -2)]
    sets = tuple(
        entry_of(log(key, load), after(day)) for key, load, day in (*done, ("b", 900.0, 0))
    )
    assert not says(make_plan(records(sets=sets), after(1)), "spike")


def test_a_circuit_that_is_too_long_loses_reps_until_it_fits() -> None:
    long = circuit("long", reps=100)
    drills = programme().drills
    assert circuit_min(long, drills) > 15
    fitted = fit_cap(long, programme())
    assert 13 < circuit_min(fitted, drills) <= 15
    assert fitted.steps[0] == long.steps[0]


@pytest.mark.parametrize(
    "amounts", [(1.0, 2.0, 1.5, 3.0), (5.0, 4.0, 4.5, 6.0, 5.5, 4.2, 5.1, 4.9)]
)
def test_the_trend_is_scipys(amounts: tuple[float, ...]) -> None:
    results = [StandardResult(after(7 * n), amount) for n, amount in enumerate(amounts)]
    trend = find_trend(results)
    found = theilslopes(amounts, [7.0 * n for n in range(len(amounts))], alpha=0.8)
    length = 7.0 * (len(amounts) - 1)
    assert trend is not None
    assert trend.change == pytest.approx(found.slope * length)
    assert trend.low == pytest.approx(found.low_slope * length)
    assert trend.high == pytest.approx(found.high_slope * length)


def test_a_change_beyond_the_own_error_is_no_plateau_and_four_sets_are_needed() -> None:
    for amounts, mdc, expected in (
        ((100.0, 101.0, 99.0, 100.0, 101.0), 10.0, True),
        ((100.0, 110.0, 120.0, 130.0, 140.0), 10.0, False),
        ((100.0, 101.0, 102.0, 103.0, 104.0), 10.0, False),
        ((100.0, 101.0, 99.0), 10.0, False),
    ):
        results = tuple(StandardResult(after(7 * n), a) for n, a in enumerate(amounts))
        facts = Facts(standard=results, mdc95=mdc)
        held = entry_of(Holiday(START.date(), after(60).date()), START)
        plan = make_plan(records(facts=facts, holidays=(held,)), after(30))
        found = [said.proposal for said in plan.decisions if said.what is What.PLATEAU]
        assert found == ([Proposal.TEMPO] if expected else [])


def test_with_sessions_missed_no_plateau_is_told() -> None:
    results = tuple(StandardResult(after(7 * n), 100.0 + n % 2) for n in range(5))
    plan = make_plan(records(facts=Facts(standard=results, mdc95=10.0)), after(30))
    assert not any(said.what is What.PLATEAU for said in plan.decisions)
    told = [reason.sentence for reason in plan.reasons if reason.rule == "plateau"]
    assert len(told) == 1
    assert told[0].startswith("Sessions missed")


def test_a_missing_reason_is_refused_and_what_was_overruled_moves_the_place() -> None:
    with pytest.raises(ValueError, match="reason"):
        Overruled(Subject.RUNG, "base2", " ")
    said = entry_of(Overruled(Subject.RUNG, "base2", "it is too easy"), after(1), 12)
    assert find_position(records(overruled=(said,))).index == 1
    assert find_position(records()).index == 0


def test_today_can_be_rest_and_the_rule_names_the_reason() -> None:
    said = entry_of(Overruled(Subject.TODAY, "rest", "slept badly"), after(3), 12)
    plan = make_plan(records(overruled=(said,)), after(3.1))
    assert plan.today.kind is DayKind.ACTIVATION
    assert "slept badly" in plan.today.sentence
    assert make_plan(records(), after(3.1)).today.is_hard


def test_midnight_is_where_the_athlete_is() -> None:
    assert start_of(date(2026, 6, 1), LOS_ANGELES) == datetime(2026, 6, 1, 7, tzinfo=UTC)


def test_a_step_down_over_the_edge_of_a_phase_takes_so_many_cuts_that_nothing_is_heavier() -> None:
    heavy = circuit("base", reps=20)
    made = programme()
    made = replace(made, circuits={**made.circuits, "base": heavy})
    decisions = ladder("power1")
    noted = replace(records(decisions=decisions), programme=made)
    sight = look(noted, after(30.1))
    before = load_of(rung_circuit(made, "power1"))
    back = decide_dial_back(replace(sight, hurts=(replace(HURT, at=sight.at),)))
    assert back is not None
    assert back.rung == "base3"
    assert back.rep_cuts > HURT.cuts
    cut = 1.1**-back.rep_cuts
    after_it = scale_dose(rung_circuit(made, "base3"), resistance=cut, reps=cut)
    assert load_of(after_it) <= before < load_of(rung_circuit(made, "base3"))


def test_a_race_that_is_over_is_no_reason_for_more_within_a_week_of_pain() -> None:
    race = entry_of(Race(after(20).date()), START)
    report = entry_of(PainReport(PainSite.HEEL, Side.LEFT, 2.0), after(19), 20)
    free, hurt = records(races=(race,)), records(races=(race,), pains=(report,))
    week = [make_plan(free, after(day)).dose.reps for day in (19.5, 21.5, 25.9, 26.1)]
    assert week == [0.6, 0.8, 0.8, 0.8]
    held = [make_plan(hurt, after(day)).dose.reps for day in (19.5, 21.5, 25.9, 26.1)]
    assert held == [0.6, 0.6, 0.6, 0.8]
    again = entry_of(PainReport(PainSite.HEEL, Side.RIGHT, 2.0), after(24), 21)
    twice = records(races=(race,), pains=(report, again))
    assert [make_plan(twice, after(day)).dose.reps for day in (26.1, 31.1)] == [0.6, 0.8]
