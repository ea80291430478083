"""Five athletes live a whole year by the plan, over both changes of clocks and a flight."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.unit.plan.athletes import (
    BERLIN,
    START,
    Habits,
    Life,
    entry_of,
    programme,
    sharp_now_and_then,
)
from tests.unit.plan.laws import check_laws, check_plans
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, KeyWorkout, Race, What
from trainer.core.diary.training import PainReport, PainSite, SessionKind
from trainer.plan.records import Facts, Records, StandardResult

YEAR = 365
AWAY = range(200, 215)
"""Days in California."""
INJURED = 120


def zone(day: int) -> ZoneInfo:
    return ZoneInfo("America/Los_Angeles") if day in AWAY else BERLIN


def hurts_once(random: Random, day: int) -> PainReport | None:
    del random
    if day == INJURED:
        return PainReport(PainSite.FASCIA, Side.LEFT, 7.0, is_sharp=True)
    # The mornings of the fortnight after it still tell of it.
    return PainReport(PainSite.FASCIA, Side.LEFT, 3.0) if 0 < day - INJURED < 14 else None


HABITS: dict[str, Habits] = {
    "adherent": Habits(zone=zone),
    "overreaching": Habits(zone=zone, overdoes=True, hurts=sharp_now_and_then, free=0.7),
    "plateau": Habits(zone=zone),
    "injury": Habits(zone=zone, hurts=hurts_once),
    "erratic": Habits(
        zone=zone,
        trains=lambda random: random.random() < 0.25,
        hurts=sharp_now_and_then,
        free=0.5,
        hour=lambda random: random.randrange(6, 22),
    ),
}


def standard(now: datetime) -> Facts:
    """Return standard sets week by week that go nowhere, up to a moment."""
    weeks = range((now - START) // timedelta(days=7) + 1)
    found = (START + timedelta(days=7 * week) for week in weeks)
    results = (StandardResult(at, 100.0 + (-1) ** n) for n, at in enumerate(found))
    return Facts(standard=tuple(results), mdc95=10.0)


def planned() -> Records:
    """Return a year with a race and a key workout every three weeks."""
    first = START.date()
    workouts = [KeyWorkout(first + timedelta(days=day)) for day in range(12, YEAR, 21)]
    race = Race(first + timedelta(days=260), "autumn")
    return Records(
        programme(),
        workouts=tuple(entry_of(said, START) for said in workouts),
        races=(entry_of(race, START),),
    )


@pytest.fixture(scope="module")
def lives() -> Callable[[str], Life]:
    """Return the year of a character; it is lived once."""
    known: dict[str, Life] = {}

    def live(name: str) -> Life:
        if name not in known:
            life = Life(HABITS[name], Random(5), planned())  # noqa: S311 - a history
            for shift in range(YEAR):
                life.live(1, shift)
                if name == "plateau":
                    now = START + timedelta(days=shift)
                    life.records = replace(life.records, facts=standard(now))
            known[name] = life
        return known[name]

    return live


def said(life: Life, what: What) -> list[Decision]:
    return [entry.said for entry in life.records.decisions if entry.said.what is what]


@pytest.mark.parametrize("name", [name for name in HABITS if name != "overreaching"])
def test_a_year_by_the_plan_keeps_every_law(lives: Callable[[str], Life], name: str) -> None:
    life = lives(name)
    assert len(life.plans) == YEAR
    offsets = {entry.utc_offset_s // 3600 for entry in life.records.sessions}
    assert offsets == {1, 2, -7}
    check_laws(life)


def test_who_overdoes_it_gets_plans_that_keep_every_law(lives: Callable[[str], Life]) -> None:
    life = lives("overreaching")
    check_plans(life)
    told = {reason.rule for plan in life.plans for reason in plan.reasons}
    assert {"spike", "pain"} <= told


def test_the_adherent_year_climbs_the_ladder_and_ends_on_its_top(
    lives: Callable[[str], Life],
) -> None:
    life = lives("adherent")
    assert len(said(life, What.STEP_UP)) == 5
    assert life.plans[-1].rung == "power3"
    assert not said(life, What.DIAL_BACK)
    kinds = [entry.said.kind for entry in life.records.sessions if entry.said.is_hard]
    assert 12 <= kinds.count(SessionKind.BASELINE) <= 14
    assert 2 * 52 <= len(kinds) <= 3 * 53
    parts = {plan.season for plan in life.plans}
    assert len(parts) == 4


def test_an_injury_costs_a_rung_and_weeks_and_is_then_made_good(
    lives: Callable[[str], Life],
) -> None:
    life = lives("injury")
    plans = life.plans
    assert said(life, What.DIAL_BACK)
    assert not any(plan.today.is_hard for plan in plans[INJURED + 1 : INJURED + 14])
    assert plans[INJURED + 14].position.height < plans[INJURED].position.height
    assert plans[-1].position.height >= plans[INJURED].position.height
    (up, *_) = [e for e in life.records.decisions if e.said.what is What.LIFT]
    assert up.at - life.records.pains[-1].at >= timedelta(days=7)


def test_a_year_without_a_change_tries_one_thing_after_the_other(
    lives: Callable[[str], Life],
) -> None:
    tried = said(lives("plateau"), What.PLATEAU)
    assert len(tried) >= 5
    assert len({decision.proposal for decision in tried}) >= 2
    checks = said(lives("plateau"), What.PLATEAU_CHECK)
    assert len(tried) - len(checks) in {0, 1}


def test_an_erratic_year_is_told_of_missed_sessions_and_of_pain(
    lives: Callable[[str], Life],
) -> None:
    life = lives("erratic")
    told = {reason.rule for plan in life.plans for reason in plan.reasons}
    assert {"adherence", "pain"} <= told
    assert said(life, What.DIAL_BACK)
