"""One key: the plan's session by its command, and its sets noted under the rung it was made for."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.route.rig import Home
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import Block, SessionKind, SessionLog, SetLog
from trainer.library.diary import Noting
from trainer.library.library import open_library

SMALL = """\
format = 1
id = "small"
title = "Small"
[reassess]
baseline = "baseline"

[circuits.curls]
title = "A few curls"
include = ["warm_up", "cooldown"]
sets = ["1x2 toe_curl @20% rest 5s each foot"]

[circuits.standard_set]
# On some days of the week it is its turn.
title = "A few curls"
kind = "standard set"
protocol_version = 1
include = ["warm_up", "cooldown"]
sets = ["1x2 toe_curl @22% rest 5s each foot"]

[[phases]]
id = "form"
title = "Form"
kind = "foundation"

[[phases.steps]]
id = "curls"
circuit = "curls"

[[phases.steps]]
id = "more"
circuit = "curls"
change = { target_pct_mvc = "+2" }
"""
NOW = datetime.now(UTC)
NOON = f"Etc/GMT{NOW.hour - 12:+d}"
"""A zone in which it is noon: there a day has room for a session whenever the test is run."""

TODAY = ("run", "--today", "--source", "sim", "--screen", "lines")


@pytest.fixture
def trained(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return the home of somebody whose baseline was three days ago, now on the second rung."""
    monkeypatch.setenv("TZ", NOON)
    folder = home.folders.config / "programmes"
    folder.mkdir(parents=True)
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")
    with open_library(home.folders) as library:
        for said in (
            Decision(What.START, "start", "", programme="small", rung="curls"),
            SessionLog("b", SessionKind.BASELINE, "small", "baseline", True, True, 900.0),
            Decision(What.STEP_UP, "gate", "", programme="small", rung="more"),
        ):
            # Beside a real session nothing of the simulated pad would count.
            noting = Noting("athlete", NOW - timedelta(days=3), said, is_simulated=True)
            library.diary.note(noting)
    return home


def test_one_command_runs_the_plans_circuit_and_then_today_has_nothing_more(trained: Home) -> None:
    dry = trained.say(*TODAY, "--dry")
    assert "Today: A few curls, " in dry.out, dry.err
    assert "1x2 toe_curl @22%" in dry.out
    assert trained.recordings == []
    said = trained.say(*TODAY, "--speed", "max", "--skip-mvc")
    assert said.status == 0, said.err
    assert "Today: A few curls, " in said.err
    with open_library(trained.folders) as library:
        sessions = library.diary.entries("athlete", SessionLog)
        sets = [e.said for e in library.diary.entries("athlete", SetLog)]
    assert sessions[-1].said.is_complete
    assert sessions[-1].said.circuit in {"curls", "standard_set"}
    assert sessions[-1].said.rung == "more"
    work = [log.target_pct_mvc for log in sets if log.block is Block.WORK]
    assert work == [22.0, 22.0]
    again = trained.say(*TODAY)
    assert again.status == 0
    assert f"Nothing hard today: Done: {sessions[-1].said.kind}." in again.out
    assert len(trained.recordings) == 1


@pytest.mark.parametrize("beside", [("--circuit", "standard"), ("--resume",), ("--again",)])
def test_what_cannot_stand_beside_it_is_refused_in_a_sentence(
    home: Home, beside: tuple[str, ...]
) -> None:
    said = home.say("run", "--today", *beside)
    assert said.status == 2
    assert f"{beside[0]} cannot stand beside it" in said.err


def test_a_dry_run_needs_today(home: Home) -> None:
    said = home.say("run", "--dry")
    assert said.status == 2
    assert "--today --dry" in said.err
