"""The year: patience is shown in weeks, months, rungs and races, beside what truly moved."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.app.progressdiary import WHO, YEAR_START, note_year
from trainer.app.notebook import Notebook
from trainer.app.progressyear import gather_year, year_answer
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, Holiday, KeyWorkout, Race, What
from trainer.core.diary.reviewing import GoalReview
from trainer.core.diary.training import PainReport, PainSite, SessionKind, SessionLog
from trainer.core.folders import Folders
from trainer.library.library import Library, open_library
from trainer.report.yearmodel import tell_habit
from trainer.report.yearpage import render_year

TODAY = YEAR_START + timedelta(weeks=11, days=5)
"""A Saturday in August."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return the library of somebody who has trained for twelve weeks."""
    root = tmp_path_factory.mktemp("year")
    with open_library(Folders(root / "data", root / "config")) as opened:
        note_year(opened, weeks=12)
        for days, said in (
            (0, Decision(What.START, "start", "", programme="foundation", rung="first_steps")),
            (1, SessionLog("g", SessionKind.ACTIVATION, "", "activation", True, False, 180.0)),
            (2, Race(date(2025, 7, 6), "city half")),
            (2, Race(date(2025, 10, 5), "marathon")),
            (2, KeyWorkout(date(2025, 7, 20), "long run")),
            (2, Holiday(date(2025, 8, 4), date(2025, 8, 6))),
            (30, Decision(What.STEP_UP, "gate", "", "", "foundation", "standard_form")),  # type: ignore[arg-type]
            (40, PainReport(PainSite.ARCH, Side.LEFT, 3.0)),
            (41, PainReport(PainSite.ARCH, Side.LEFT, 0.0)),
            (60, GoalReview("2025-07-28", "", "power", (), 2, 0, "", 0)),
        ):
            Notebook(opened, WHO, ManualClock(YEAR_START + timedelta(days=days))).note(said)
        yield opened


@pytest.fixture
def book(library: Library) -> Notebook:
    """Return the notebook on a day of August."""
    return Notebook(library, WHO, ManualClock(TODAY))


def test_months_have_sessions_rungs_races_visits_and_days_of_pain(book: Notebook) -> None:
    months = {month.first: month for month in gather_year(book).months}
    june, july, august = (months[date(2025, month, 1)] for month in (6, 7, 8))
    assert (june.sessions, june.gentle, june.visits) == (13, 1, 5)
    assert june.minutes == pytest.approx(13 * 800 / 60)
    assert (june.rung, july.rung) == ("first_steps", "standard_form")
    assert (july.pain_days, june.pain_days) == (1, 0)
    assert july.marks == ("race city half 07-06", "long run 07-20", "step up 07-02")
    assert august.marks == ("holiday 2025-08-04 to 2025-08-06", "review: power")
    assert months[date(2025, 1, 1)].sessions == 0


def test_the_season_follows_the_races(book: Notebook) -> None:
    months = {month.first: month for month in gather_year(book).months}
    assert months[date(2025, 6, 1)].parts == ("build", "race")
    assert months[date(2025, 7, 1)].parts == ("off", "base")


def test_streak_and_adherence_and_what_moved_stand_on_top_of_the_year(book: Notebook) -> None:
    lines = year_answer(gather_year(book)).lines
    assert lines[0] == "A year of practice: Ada, 2024-08-19 to 2025-08-23"
    assert lines[1].startswith("SIMULATED")
    assert lines[2].startswith("36 sessions in the year; 12 weeks in a row; 100 %")
    assert "To come: 2025-10-05: marathon" in lines
    moved = lines.index("Beyond their own error since the first visit that counts:")
    assert all("MDC95" in line or line == "  nothing yet" for line in lines[moved + 1 : -1])


def test_one_session_of_the_year_is_said_as_one(book: Notebook) -> None:
    year = replace(gather_year(book), sessions=1, streak_weeks=1, adherence=None)
    assert tell_habit(year) == "1 session in the year; 1 week in a row."


def test_every_week_has_its_sessions_races_and_visits_below_each_other(book: Notebook) -> None:
    lines = year_answer(gather_year(book)).lines
    sessions, races, visits = (
        next(line for line in lines if line.startswith(name))[10:]
        for name in ("sessions  ", "races", "visits")
    )
    assert sessions == "." * 41 + "3" * 12
    assert races.index("R") == 41 + 4
    assert visits == " " * 41 + "v" * 12


def test_the_page_of_the_year_is_whole_in_itself(book: Notebook) -> None:
    page = render_year(gather_year(book))
    assert "race city half 07-06" in page
    assert "standard form" in page
    assert not re.search(r'(src|href)="(?!#)', page)


def test_an_empty_year_says_what_to_begin_with_and_the_page_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert main(["progress", "--year"]) == 0
    assert "Nothing was done in this year yet: `footspring plan`" in capsys.readouterr().out
    assert main(["progress", "--year", "--html", str(tmp_path / "y.html")]) == 0
    assert stat.S_IMODE((tmp_path / "y.html").stat().st_mode) == 0o600
