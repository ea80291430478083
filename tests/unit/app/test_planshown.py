"""What `plan` shows: the days to come, one day for the baseline, and what is left out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from trainer.app.diarylog import note_activation
from trainer.app.notebook import Notebook
from trainer.app.planning import note_wish, plan_today, show_plan, show_year
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import KeyWorkout, Race
from trainer.core.diary.training import (
    Block,
    EndedBy,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.folders import Folders
from trainer.library.library import open_library

SUNDAY = datetime(2026, 11, 29, 10, tzinfo=UTC)
DAY_S = 24 * 3600.0


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock in Berlin, on a Sunday."""
    return ManualClock(SUNDAY, "Europe/Berlin")


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[Notebook]:
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        yield Notebook(library, "Ada", clock)


def log(kind: SessionKind, circuit: str) -> SessionLog:
    return SessionLog("s", kind, "foundation", circuit, True, True, 800.0)


def days_of(book: Notebook) -> list[str]:
    """Return the days that are shown, as `Sun 29 Nov`."""
    lines = [line[2:12] for line in show_plan(book).lines]
    return [line for line in lines if line.endswith((" Nov", " Dec"))]


def review_line(book: Notebook) -> str:
    (line,) = (line for line in show_plan(book).lines if "aseline:" in line)
    return line


def test_on_a_sunday_the_next_seven_days_are_shown_and_no_empty_past(book: Notebook) -> None:
    shown = days_of(book)
    assert (shown[0], shown[-1], len(shown)) == ("Sun 29 Nov", "Sun 06 Dec", 8)
    assert not any("Nothing was noted" in line for line in show_plan(book).lines)


def test_a_past_day_of_this_week_is_shown_when_something_was_done(
    book: Notebook, clock: ManualClock
) -> None:
    clock.move(3 * DAY_S)
    book.note(log(SessionKind.TRAVEL, "travel"))
    clock.move(2 * DAY_S)
    assert days_of(book)[:2] == ["Wed 02 Dec", "Fri 04 Dec"]


def test_the_baseline_is_today_where_today_has_room(book: Notebook) -> None:
    assert review_line(book) == "Next baseline: Sun 29 Nov 2026."


def test_before_a_key_workout_the_baseline_has_one_later_day_and_the_reason(
    book: Notebook,
) -> None:
    note_wish(book, KeyWorkout(date(2026, 11, 30), "hills"))
    line = review_line(book)
    assert line.startswith("Next baseline: Tue 01 Dec 2026, not today. Within 24 hours before")
    assert "hills" in line
    assert "2026-11-29" not in "\n".join(show_plan(book).lines)


def test_a_baseline_that_pain_keeps_away_has_no_day_and_says_why(book: Notebook) -> None:
    book.note(PainReport(PainSite.ARCH, Side.LEFT, 8.0, is_sharp=True))
    line = review_line(book)
    assert line.startswith("Baseline: due, and these two weeks have no day for it yet.")
    assert "without pain" in line


def test_a_baseline_that_is_weeks_away_has_its_due_day(book: Notebook) -> None:
    book.note(log(SessionKind.BASELINE, "baseline"))
    assert review_line(book) == "Next baseline: Sun 27 Dec 2026."


def test_the_year_goes_from_base_over_build_and_race_to_off_with_a_mark_and_a_strip(
    book: Notebook,
) -> None:
    note_wish(book, Race(date(2027, 2, 14), "city half"))
    lines = show_year(book).lines
    part = {line[:10]: line.split()[1] for line in lines if line[:2] == "20"}
    days = ("2026-12-14", "2026-12-21", "2027-02-01", "2027-02-08", "2027-02-15", "2027-03-01")
    assert [part[day] for day in days] == ["base", "build", "build", "race", "off", "base"]
    (race,) = (line for line in lines if "city half" in line)
    assert race.startswith("2027-02-08")
    assert "B" * 27 + "bbbu" + "u" * 6 + "*oobb" in lines[0]


def test_gentle_minutes_noted_by_hand_leave_the_simulated_sessions_in_the_plan(
    book: Notebook, clock: ManualClock
) -> None:
    book.note(log(SessionKind.BASELINE, "baseline"), is_simulated=True)
    clock.move(DAY_S)
    note_activation(book, 3.0)
    assert plan_today(book).plan.review_due == date(2026, 12, 27)
    assert not any("left out" in line for line in show_plan(book).lines)


def test_a_real_session_leaves_the_simulated_ones_out_and_the_plan_says_so(
    book: Notebook, clock: ManualClock
) -> None:
    book.note(log(SessionKind.BASELINE, "baseline"), is_simulated=True)
    clock.move(DAY_S)
    book.note(log(SessionKind.TRAVEL, "travel"))
    lines = show_plan(book).lines
    assert lines[0] == "1 simulated session is left out: a real one is noted."
    assert plan_today(book).plan.review_due == date(2026, 11, 30)


def test_a_set_measured_under_a_foot_is_real_whatever_its_session_was(book: Notebook) -> None:
    book.note(log(SessionKind.BASELINE, "baseline"), is_simulated=True)
    book.note(SetLog("g", "calm", Block.WORK, Side.LEFT, EndedBy.DONE, 30.0))
    assert plan_today(book).records.left_out == 1


def test_one_day_and_one_week_are_said_as_one_and_no_share_is_no_dash(book: Notebook) -> None:
    note_activation(book, 3)
    (line,) = (one for one in show_plan(book).lines if one.startswith("Phase "))
    assert "no session was due yet, 0 weeks in a row; activation on 1 day this week." in line
