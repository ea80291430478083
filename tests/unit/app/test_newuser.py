"""Caps of new users: bands below the peak, training refused above the week's impulse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trainer.app.circuitorder import CircuitOrder, plan_circuit
from trainer.app.newuser import caution, keep_caps, refuse_above_caps
from trainer.app.notebook import Notebook
from trainer.app.shelf import shipped_exercises
from trainer.coach.plan import KnownMvc, SessionPlan
from trainer.coach.programme import Circuit, Step
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import Block, EndedBy, SessionKind, SessionLog, SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.core.settings import DeviceSettings
from trainer.library.library import open_library

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
LIMITS = DeviceSettings()
PLAN = SessionPlan(
    shipped_exercises()["toe_curl"],
    "Ada",
    (Side.LEFT,),
    20,
    (KnownMvc("Ada", Side.LEFT, 100.0),),
)


def circuit(kind: SessionKind = SessionKind.TRAINING) -> Circuit:
    steps = (Step("toe_curl", reps=8, target_pct_mvc=80), Step("toe_curl", reps=8))
    return Circuit("hard", "Hard", kind, steps)


def done(impulse_n_s: float, days_ago: float, side: Side = Side.LEFT) -> Entry[SetLog]:
    log = SetLog(
        "s", "toe_curl", Block.WORK, side, EndedBy.DONE, 60, 20, 20, impulse_n_s=impulse_n_s
    )
    return Entry(1, "Ada", NOW - timedelta(days=days_ago), "UTC", 0, False, log)


def test_the_band_of_a_new_user_ends_below_the_cap_of_peak_force() -> None:
    found = keep_caps(circuit(), PLAN, [done(1, 20)], NOW, LIMITS)
    top_pct = (found.steps[0].target_pct_mvc or 0) * (1 + PLAN.exercise.band_pct / 100)
    assert top_pct == pytest.approx(LIMITS.new_user_peak_pct)
    assert found.steps[1].target_pct_mvc is None


def test_who_is_new_no_more_and_a_test_keep_their_targets() -> None:
    assert keep_caps(circuit(), PLAN, [done(1, 29)], NOW, LIMITS) == circuit()
    baseline = circuit(SessionKind.BASELINE)
    assert keep_caps(baseline, PLAN, [], NOW, LIMITS) == baseline


def test_training_is_refused_while_the_week_is_above_its_cap() -> None:
    sets = [done(7000, 3), done(6000, 2)]
    with pytest.raises(UsageError, match=r"left foot: 13000 N s .* 12000 N s.*activation"):
        refuse_above_caps(circuit(), PLAN, sets, NOW, LIMITS)
    refuse_above_caps(circuit(SessionKind.ACTIVATION), PLAN, sets, NOW, LIMITS)


def test_presses_above_the_cap_are_told_save_those_of_tests(tmp_path: Path) -> None:
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        book = Notebook(library, "Ada", ManualClock(NOW - timedelta(days=2)))
        strong = replace(done(10, 0).said, session_id="test", peak_n=99.0)
        book.note(strong, key="test/1")
        tested = SessionLog("test", SessionKind.BASELINE, "", "baseline", True, True, 60)
        book.note(tested, key="test")
        book.note(replace(strong, session_id="s", peak_n=69.0), key="s/1")
        assert caution(library.diary, PLAN, NOW, LIMITS) == ""
        book.note(replace(strong, session_id="t", peak_n=80.0), key="t/1")
        told = caution(library.diary, PLAN, NOW, LIMITS)
    assert told == ("Last week, left: peak 80 N is above the 70 N of your first weeks: press less.")


def test_a_circuit_is_planned_within_the_caps(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "config")
    folders.config.mkdir()
    folders.settings.write_text("[devices]\nnew_user_peak_pct = 12.0\n", encoding="utf-8")
    with open_library(folders) as library:
        book = Notebook(library, "Ada", ManualClock(NOW - timedelta(days=2)))
        order = CircuitOrder("first_session")
        plan = plan_circuit(order, PLAN, library.diary, folders, NOW)
        targets = {item.step.target_pct_mvc for item in plan.agenda} - {None}
        assert targets == {10.0}
        book.note(done(12001, 0).said, key="s/1")
        with pytest.raises(UsageError, match="above the 12000 N s"):
            plan_circuit(order, PLAN, library.diary, folders, NOW)


@pytest.mark.parametrize(
    "sets",
    [
        [done(7000, 8), done(6000, 2)],
        [done(7000, 3, Side.RIGHT), done(6000, 2)],
        [done(13000, 3), done(0, 40)],
    ],
    ids=["a week ago", "the other foot", "an old hand"],
)
def test_only_the_same_foot_s_last_week_of_a_new_user_counts(sets: list[Entry[SetLog]]) -> None:
    refuse_above_caps(circuit(), PLAN, sets, NOW, LIMITS)
