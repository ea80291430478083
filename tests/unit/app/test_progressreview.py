"""The goals review by command: due after a reassessment, decided, noted, taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.app.progressdiary import WHO, YEAR_START, note_visits, visit
from trainer.app.notebook import Notebook
from trainer.app.planning import plan_today
from trainer.app.progress import gather
from trainer.app.progressreview import note_review, show_review, undo_review
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Goal, GoalKind
from trainer.core.diary.reviewing import GoalReview
from trainer.core.diary.training import SessionKind, SessionLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.library.library import Library, open_library

DUE = "A goals review is due after the reassessment: `footspring progress review`."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Return an empty library."""
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as opened:
        yield opened


@pytest.fixture
def book(library: Library) -> Notebook:
    """Return the notebook of somebody who was assessed four weeks apart."""
    for week, value in ((0, 50.0), (4, 52.0)):
        note_visits(library, [(7 * week, visit(week, value, side=side)) for side in Side])
    return Notebook(library, WHO, ManualClock(YEAR_START + timedelta(days=29)))


def test_after_a_reassessment_the_review_is_due_until_it_is_noted(book: Notebook) -> None:
    assert DUE in gather(book).next_steps
    note_review(book, Goal(GoalKind.HYPERTROPHY))
    assert DUE not in gather(book).next_steps
    undo_review(book)
    assert DUE in gather(book).next_steps


def test_the_review_has_goal_changes_and_the_next_step_and_notes_nothing(book: Notebook) -> None:
    book.note(Goal(GoalKind.HYPERTROPHY, "bigger arch", date(2025, 9, 1)))
    lines = "\n".join(show_review(book).lines)
    assert "Goal: hypertrophy, bigger arch, until 2025-09-01" in lines
    assert "2 figures show no change yet" in lines
    assert "0 better, 0 worse, 2 without a change" in lines
    assert "Next: No change of the goal's figures is seen yet: that is usual" in lines
    assert book.entries(GoalReview) == ()


def test_a_change_beyond_its_error_is_named_with_its_mdc(library: Library, book: Notebook) -> None:
    note_visits(library, [(28, visit(4, 99.0))])
    lines = show_review(book).lines
    assert "  maximal press, great toe (baseline), left: better, +25.5 N (MDC95 30.4)" not in lines
    note_visits(library, [(28, visit(5, 99.0))])
    lines = show_review(book).lines
    assert "  maximal press, great toe (baseline), left: better, +49.0 N (MDC95 30.4)" in lines


def test_the_goal_is_kept_or_changed_and_taken_back_with_its_review(book: Notebook) -> None:
    with pytest.raises(UsageError, match="there is no goal to keep"):
        note_review(book, None)
    book.note(Goal(GoalKind.ENDURANCE, "marathon"))
    note_review(book, None)
    told = note_review(book, Goal(GoalKind.POWER), "faster").lines[-1]
    assert "`footspring plan start integration`" in told
    first, second = (entry.said for entry in book.entries(GoalReview))
    assert (first.goal_before, first.goal_after) == ("endurance", "endurance")
    assert (second.goal_before, second.goal_after, second.words) == ("endurance", "power", "faster")
    assert [entry.said.kind for entry in book.entries(Goal)][-1] is GoalKind.POWER
    undo_review(book)
    undo_review(book)
    assert [entry.said.words for entry in book.entries(Goal)] == ["marathon"]
    assert undo_review(book).status == 1


def test_a_goal_of_a_past_day_is_refused(book: Notebook) -> None:
    with pytest.raises(UsageError, match="is past"):
        note_review(book, Goal(GoalKind.ENDURANCE, until=date(2025, 6, 1)))


def test_without_a_visit_that_counts_there_is_no_review(library: Library) -> None:
    book = Notebook(library, WHO, ManualClock(YEAR_START))
    note_visits(library, [(0, visit(0, 50.0, is_practice=True)), (0, visit(1, None))])
    with pytest.raises(UsageError, match="no visit that counts yet"):
        show_review(book)


def test_the_plan_asks_for_the_review_after_the_second_baseline(book: Notebook) -> None:
    book.note(Goal(GoalKind.POWER))
    for number in range(2):
        book.note(SessionLog(f"b{number}", SessionKind.BASELINE, "", "baseline", True, True, 900.0))
    asked = "Review your goal after the reassessment: `footspring progress review`."
    clock_later = Notebook(book.library, WHO, ManualClock(YEAR_START + timedelta(days=30)))
    for number in range(2):
        clock_later.note(
            SessionLog(f"c{number}", SessionKind.BASELINE, "", "baseline", True, True, 900.0)
        )
    assert asked in plan_today(clock_later).plan.todo
    later = Notebook(book.library, WHO, ManualClock(YEAR_START + timedelta(days=31)))
    note_review(later, None)
    assert asked not in plan_today(later).plan.todo


def test_the_command_shows_notes_and_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert main(["progress", "review"]) == 2
    assert "`footspring run --circuit baseline`" in capsys.readouterr().err
    with open_library(Folders(tmp_path / "XDG_DATA_HOME" / "footspring", tmp_path)) as library:
        note_visits(library, [(0, visit(0)), (28, visit(4))])
    assert main(["progress", "--athlete", WHO, "review"]) == 0
    assert main(["progress", "review", "--goal", "power", "--athlete", WHO]) == 0
    assert main(["progress", "undo", "--athlete", WHO]) == 0
    assert main(["progress", "undo", "--athlete", WHO]) == 1
