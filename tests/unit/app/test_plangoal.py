"""A goal starts, or offers, the programme made for it, and its doses reach the circuit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.notebook import Notebook
from trainer.app.planning import note_wish, plan_today, show_why, start, todays_order, undo
from trainer.app.programmes import GOALS as TEMPLATES
from trainer.app.programmes import shipped_ids
from trainer.cli.plan import GOALS
from trainer.coach.programme import Step
from trainer.core.clock import ManualClock
from trainer.core.diary.planning import Decision, Goal, GoalKind, What
from trainer.core.diary.training import Block, SessionKind, SessionLog
from trainer.core.folders import Folders
from trainer.library.library import open_library

DAY_S = 24 * 3600.0


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock in Berlin, on a Monday at 18:00."""
    return ManualClock(datetime(2026, 6, 1, 16, tzinfo=UTC), "Europe/Berlin")


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[Notebook]:
    """Return the notebook of somebody new."""
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        yield Notebook(library, "Ada", clock)


def done(book: Notebook, kind: SessionKind, circuit: str) -> None:
    book.note(SessionLog(circuit, kind, "foundation", circuit, True, True, 900.0))


def dose(book: Notebook, clock: ManualClock, goal: GoalKind, rung: str) -> Step:
    """Return the first loaded step of today's order of somebody who came to a rung of a goal."""
    done(book, SessionKind.BASELINE, "baseline")
    note_wish(book, Goal(goal))
    followed = plan_today(book).records.programme.id
    book.note(Decision(What.START, "gate", "", programme=followed, rung=rung))
    clock.move(21 * DAY_S)
    done(book, SessionKind.STANDARD_SET, "standard_set")
    clock.move(2 * DAY_S)
    made = todays_order(book).made
    assert made is not None
    return next(step for step in made.circuit.steps if step.block is Block.WORK)


def test_a_goal_of_somebody_new_starts_the_programme_made_for_it(book: Notebook) -> None:
    plan_today(book)
    lines = note_wish(book, Goal(GoalKind.HYPERTROPHY)).lines
    assert plan_today(book).records.programme.id == "hypertrophy"
    assert lines[1] == "The programme Stronger soles begins on its lowest rung, first_steps."
    assert "at rung heavy_slow: 3x8 toe_curl @40%" in lines[2]


@pytest.mark.parametrize(
    ("goal", "rung", "reps", "pct"),
    [(GoalKind.HYPERTROPHY, "heavy_slow", 8, 40.0), (GoalKind.ENDURANCE, "long_holds", 15, 25.0)],
)
def test_the_dose_of_the_goal_reaches_what_is_started_today(
    book: Notebook, clock: ManualClock, goal: GoalKind, rung: str, reps: int, pct: float
) -> None:
    step = dose(book, clock, goal, rung)
    assert (step.exercise, step.reps, step.target_pct_mvc) == ("toe_curl", reps, pct)


def test_who_trains_is_told_how_to_begin_the_other_programme(book: Notebook) -> None:
    plan_today(book)
    done(book, SessionKind.TRAINING, "first_session")
    lines = note_wish(book, Goal(GoalKind.HYPERTROPHY)).lines
    assert plan_today(book).records.programme.id == "foundation"
    assert "`footspring plan start hypertrophy`" in lines[1]
    assert "`footspring plan start hypertrophy`" in show_why(book).lines[1]


def test_why_names_the_goal_and_its_programme(book: Notebook) -> None:
    assert show_why(book).lines[1] == "goal: No goal is set: `footspring plan goal KIND`."
    note_wish(book, Goal(GoalKind.ENDURANCE))
    assert show_why(book).lines[1].startswith("goal: Your goal is endurance: the programme")
    # The second time nothing is begun anew.
    before = len(book.entries(Decision))
    note_wish(book, Goal(GoalKind.ENDURANCE))
    assert len(book.entries(Decision)) == before


def test_a_goal_taken_back_takes_its_programme_with_it(book: Notebook) -> None:
    plan_today(book)
    note_wish(book, Goal(GoalKind.HYPERTROPHY))
    undo(book)
    assert plan_today(book).records.programme.id == "foundation"


def test_a_programme_is_started_for_every_goal_also_for_power(book: Notebook) -> None:
    book.note(Goal(GoalKind.POWER))
    start(book, None)
    assert plan_today(book).records.programme.id == "integration"


def test_goals_are_one_set_of_words() -> None:
    assert set(GOALS) == set(TEMPLATES) == set(GoalKind)
    assert set(TEMPLATES.values()) <= set(shipped_ids())
