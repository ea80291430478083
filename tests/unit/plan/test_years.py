"""Simulated athletes live half a year by the plan: what becomes of each, and the laws of all."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.plan.athletes import START, Habits, Life, entry_of, programme, sharp_now_and_then
from tests.unit.plan.laws import check_laws
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, KeyWorkout, Race, What
from trainer.core.diary.training import PainReport, PainSite, SessionKind
from trainer.plan.records import Facts, Records, StandardResult

DAYS = 150


def live(habits: Habits, seed: int = 1, days: int = DAYS, records: Records | None = None) -> Life:
    """Return a life of some days."""
    return Life(habits, Random(seed), records or Records(programme())).live(days)  # noqa: S311 - a history


def decided(life: Life, what: What) -> list[Decision]:
    """Return the decisions of a kind."""
    return [entry.said for entry in life.records.decisions if entry.said.what is what]


@pytest.fixture(scope="module")
def adherent() -> Life:
    """Return somebody who does what the plan says."""
    return live(Habits())


def test_who_keeps_to_the_plan_climbs_the_whole_ladder(adherent: Life) -> None:
    check_laws(adherent)
    assert [said.rung for said in decided(adherent, What.STEP_UP)] == [
        "base2", "base3", "power1", "power2", "power3",
    ]  # fmt: skip
    assert not decided(adherent, What.DIAL_BACK)


def test_the_baseline_comes_first_and_then_every_four_weeks(adherent: Life) -> None:
    baselines = [
        entry.local_day
        for entry in adherent.records.sessions
        if entry.said.kind is SessionKind.BASELINE
    ]
    assert baselines[0] == START.date()
    gaps = [(b - a).days for a, b in pairwise(baselines)]
    assert len(gaps) >= 4
    assert all(28 <= gap <= 30 for gap in gaps)


def test_who_misses_sessions_gets_nothing_harder_and_is_told_so() -> None:
    life = live(Habits(trains=lambda random: random.random() < 0.15))
    check_laws(life)
    told = [reason.sentence for plan in life.plans for reason in plan.reasons]
    assert any(sentence.startswith("Sessions missed") for sentence in told)
    raised = [e for e in life.records.decisions if e.said.what is What.STEP_UP]
    for entry in raised:
        (plan,) = [plan for plan in life.plans if plan.now == entry.at]
        assert plan.adherence.is_enough


def test_whose_technique_fails_stays_on_the_first_rung_whatever_the_date() -> None:
    life = live(Habits(tempo_error_s=0.9), days=100)
    check_laws(life)
    assert not decided(life, What.STEP_UP)
    assert any("tempo error" in reason.sentence for reason in life.plans[-1].reasons)


def test_who_finds_it_hard_stays_too() -> None:
    assert not decided(live(Habits(ease=2.0), days=60), What.STEP_UP)


def test_an_injury_is_answered_by_a_stop_and_a_step_down() -> None:
    def hurts(random: Random, day: int) -> PainReport | None:
        del random
        return PainReport(PainSite.ARCH, Side.LEFT, 6.0, is_sharp=True) if day == 70 else None

    life = live(Habits(hurts=hurts), days=140)
    check_laws(life)
    (back,) = decided(life, What.DIAL_BACK)
    before, after = life.plans[70].position, life.plans[71].position
    assert (before.index - after.index, back.resistance_cuts, back.rep_cuts) == (1, 1, 1)
    lifts = decided(life, What.LIFT)
    assert [(said.resistance_cuts, said.rep_cuts) for said in lifts] == [(1, 0), (0, 0)]
    assert life.plans[-1].position.index >= after.index


def test_pain_that_asks_for_no_cut_still_holds_the_next_rung_back_for_a_week() -> None:
    def hurts(random: Random, day: int) -> PainReport | None:
        del random
        return PainReport(PainSite.HEEL, Side.LEFT, 2.0) if day == 13 else None

    life = live(Habits(hurts=hurts), days=30)
    (up,) = [e for e in life.records.decisions if e.said.what is What.STEP_UP]
    assert up.at - life.records.pains[0].at >= timedelta(days=7)
    assert any(reason.rule == "pain" for reason in life.plans[14].reasons)


def test_nothing_hard_is_planned_until_a_day_without_pain_is_noted() -> None:
    def hurts(random: Random, day: int) -> PainReport | None:
        del random
        return PainReport(PainSite.HEEL, Side.LEFT, 2.0) if day == 20 else None

    life = live(Habits(hurts=hurts, free=0.0), days=40)
    assert not any(day.is_hard for plan in life.plans[21:] for day in plan.days)
    check_laws(life)


def test_erratic_athletes_and_their_pains_keep_the_laws() -> None:
    habits = Habits(
        trains=lambda random: random.random() < 0.7,
        hurts=sharp_now_and_then,
        free=0.5,
        hour=lambda random: random.randrange(6, 22),
    )
    life = live(habits, seed=7)
    check_laws(life)
    assert decided(life, What.DIAL_BACK)


def test_who_trains_every_day_against_the_plan_is_given_no_session_within_48_hours() -> None:
    life = Life(Habits(), Random(3))  # noqa: S311 - a history
    for shift in range(40):
        now = START + timedelta(days=shift)
        life.live_day(now, shift)
        life.log(SessionKind.TRAINING, "base", "base1", now + timedelta(hours=1), is_hard=True)
    later = [plan for plan in life.plans[1:] if plan.today.is_hard]
    assert not later


def test_a_plateau_leads_to_one_proposal_and_to_its_check() -> None:
    results = tuple(
        StandardResult(START + timedelta(days=7 * week), 100.0 + (-1) ** week) for week in range(20)
    )
    records = Records(programme(), facts=Facts(standard=results, mdc95=10.0))
    life = Life(Habits(), Random(1), records)  # noqa: S311 - a history
    for shift in range(120):
        now = START + timedelta(days=shift)
        known = tuple(each for each in results if each.at <= now)
        life.records = replace(life.records, facts=Facts(standard=known, mdc95=10.0))
        life.live_day(now, shift)
    check_laws(life)
    tries = [
        (entry.said.what, entry.at)
        for entry in life.records.decisions
        if entry.said.what in {What.PLATEAU, What.PLATEAU_CHECK}
    ]
    kinds = [what for what, _ in tries]
    assert kinds[:4] == [What.PLATEAU, What.PLATEAU_CHECK] * 2
    assert timedelta(days=21) <= tries[1][1] - tries[0][1] <= timedelta(days=28)
    proposals = [said.proposal for said in decided(life, What.PLATEAU)]
    assert proposals[0] is not proposals[1]


HISTORIES = given(
    seed=st.integers(0, 10_000),
    trains=st.floats(0.2, 1.0),
    error_s=st.sampled_from((0.2, 0.6)),
    free=st.floats(0.1, 1.0),
    workouts=st.lists(st.integers(0, 70), max_size=6),
    race=st.integers(20, 80),
)


@settings(max_examples=5, deadline=None)
@HISTORIES
def test_a_few_histories_keep_the_laws(
    seed: int, trains: float, error_s: float, free: float, workouts: list[int], race: int
) -> None:
    keep_the_laws(drawn(trains, error_s, free), seed, workouts, race, days=75)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@settings(max_examples=100, deadline=None)
@HISTORIES
def test_every_history_keeps_the_laws_for_a_year(
    seed: int, trains: float, error_s: float, free: float, workouts: list[int], race: int
) -> None:
    keep_the_laws(drawn(trains, error_s, free), seed, workouts, race, days=365)


def drawn(trains: float, error_s: float, free: float) -> Habits:
    """Return habits of which hypothesis drew the shares."""
    return Habits(
        trains=lambda random: random.random() < trains,
        tempo_error_s=error_s,
        hurts=sharp_now_and_then,
        free=free,
        hour=lambda random: random.randrange(5, 23),
    )


def keep_the_laws(habits: Habits, seed: int, workouts: list[int], race: int, days: int) -> None:
    """Let somebody live some days and hold it against all laws."""
    first: date = START.date()
    records = Records(
        programme(),
        workouts=tuple(
            entry_of(KeyWorkout(first + timedelta(days=day)), START) for day in workouts
        ),
        races=(entry_of(Race(first + timedelta(days=race)), START),),
    )
    check_laws(live(habits, seed, days, records))
