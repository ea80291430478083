"""What is noted by other commands changes what the plan says: runs, shoes, pain, standard sets."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.route.rig import Home
from trainer.core.diary.training import SessionKind, SessionLog
from trainer.library.diary import Noting
from trainer.library.library import open_library

NOW = datetime.now(UTC).replace(microsecond=0)
NOON = f"Etc/GMT{NOW.hour - 12:+d}"
"""A zone in which it is noon: there a day has room for a session whenever the test is run."""

ADA = ("--athlete", "Ada")


@pytest.fixture
def ada(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return the home of somebody who did the baseline three days ago, at noon."""
    monkeypatch.setenv("TZ", NOON)
    with open_library(home.folders) as library:
        said = SessionLog("b", SessionKind.BASELINE, "foundation", "baseline", True, True, 900.0)
        library.diary.note(Noting("Ada", NOW - timedelta(days=3), said))
    return home


def say(home: Home, *words: object) -> str:
    said = home.say(*words, *ADA)
    assert said.status in {0, 1}, said.err
    return said.out


def plan(home: Home) -> dict[str, Any]:
    return home.say("plan", *ADA, "--json").found


def training_work(found: dict[str, Any]) -> list[tuple[int, float]]:
    """Return reps and seconds of the next training: a standard set is always the same."""
    day = next(day for day in found["days"] if day["kind"] == "training")
    return [(s["reps"], s["duration_s"]) for s in day["steps"] if s["block"] == "work"]


def runs(home: Home, folder: Path, km_by_days_ago: Mapping[int, float]) -> None:
    """Import a table of runs, each an hour before now on its day."""
    rows = [
        f"{(NOW - timedelta(days=ago, hours=1)).isoformat()},{360 * km:.0f},{km}"
        for ago, km in km_by_days_ago.items()
    ]
    table = folder / f"{len(rows)}.csv"
    table.write_text("\n".join(("start,duration_s,km", *rows)) + "\n", encoding="utf-8")
    say(home, "runs", "import", table)


def test_km_that_rise_take_reps_off_today_and_the_plan_says_why(ada: Home, tmp_path: Path) -> None:
    before = plan(ada)
    assert before["reps_share"] == 1.0
    week = NOW.astimezone(UTC).weekday()
    runs(ada, tmp_path, {0: 30.0, **{week + 7 * back - 3: 10.0 for back in (1, 2, 3)}})
    after = plan(ada)
    assert after["reps_share"] < 1.0
    assert any("km in a week" in reason["sentence"] for reason in after["reasons"])
    assert training_work(before) > training_work(after)
    assert "km in a week" in say(ada, "plan", "why")


def test_a_shoe_said_by_command_adds_a_session_a_week(ada: Home, tmp_path: Path) -> None:
    runs(ada, tmp_path, {0: 10.0})
    say(ada, "plan", "race", "far", "--date", (NOW + timedelta(days=50)).date())
    assert plan(ada)["sessions_a_week"] == 2
    say(ada, "shoe", "add", "cloud", "--stack", "42", "--drop", "8", "--type", "cushioned")
    say(ada, "runs", "set", "last", "--shoe", "cloud")
    assert plan(ada)["sessions_a_week"] == 3
    assert "100 % of the km were in high-stack shoes" in say(ada, "plan", "why")


def test_a_run_marked_as_key_takes_today_and_the_mark_taken_off_gives_it_back(
    ada: Home, tmp_path: Path
) -> None:
    runs(ada, tmp_path, {0: 10.0})
    assert plan(ada)["today"]["is_hard"]
    say(ada, "runs", "set", "last", "--key")
    assert "The key workout was run at" in say(ada, "plan")
    assert not plan(ada)["today"]["is_hard"]
    say(ada, "runs", "set", "last", "--no-key")
    assert plan(ada)["today"]["is_hard"]


def test_pain_by_command_stops_and_a_day_without_it_opens_a_lower_dose(ada: Home) -> None:
    assert plan(ada)["today"]["is_hard"]
    say(ada, "log", "pain", "arch", "left", "6")
    told = say(ada, "plan")
    assert "Pain at a new place, arch (left): 6 of 10" in told
    assert "Dialled back after pain" in say(ada, "plan", "why")
    assert plan(ada)["reps_share"] == pytest.approx(1 / 1.1)
    assert "day without pain" in say(ada, "run", "--today")


def test_a_planned_workout_by_command_keeps_today_free_and_undo_gives_it_back(ada: Home) -> None:
    say(ada, "plan", "workout", "hills", "--date", _tomorrow())
    assert "key workout hills" in say(ada, "plan")
    assert not plan(ada)["today"]["is_hard"]
    say(ada, "plan", "undo")
    assert plan(ada)["today"]["is_hard"]


def test_the_week_names_sessions_of_under_fifteen_minutes(ada: Home) -> None:
    found = plan(ada)
    minutes = [day["minutes"] for day in found["days"] if day["kind"] == "training"]
    assert minutes
    assert all(5 < each <= 15 for each in minutes)


def _tomorrow() -> str:
    offset = timedelta(hours=12 - NOW.hour)
    return (NOW + offset + timedelta(days=1)).date().isoformat()
