"""What the weeks have shown, by command: weeks and not days, the own error beside every figure."""

import json
import re
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.app.progressdiary import WHO, YEAR_START, note_visits, note_year, visit
from trainer.app.notebook import Notebook
from trainer.app.progress import gather
from trainer.app.progressfiles import open_page, write_page
from trainer.app.progresstext import progress_answer
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.running import Run, RunSource
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.core.folders import user_folders
from trainer.library.library import open_library

QUIET = [50.0, 51.0, 50.0, 49.0, 50.0, 51.0, 50.0, 51.0]
Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def note_weekly(values: list[float], first_week: int = 0, **changes: object) -> None:
    """Note a visit of both feet a week."""
    with open_library(user_folders()) as library:
        for week, value in enumerate(values, first_week):
            both = [(7 * week, visit(week, value, side=side, **changes)) for side in Side]
            note_visits(library, both)


def progress(told: Told, *words: str) -> str:
    """Return what the command says."""
    told.readouterr()
    assert main(["progress", "--athlete", WHO, *words]) == 0
    return told.readouterr().out


def test_an_empty_diary_is_told_what_to_do_next_in_one_line(capsys: Told) -> None:
    said = progress(capsys)
    assert said.startswith("No assessment yet: `footspring run --circuit baseline`")
    assert said.count("\n") == 1
    assert main(["progress", "--html", "never.html"]) == 2
    assert "nothing to show yet" in capsys.readouterr().err
    assert not Path("never.html").exists()


def test_weekly_medians_come_with_their_error_and_there_is_no_score_of_the_day(
    capsys: Told,
) -> None:
    note_weekly(QUIET)
    said = progress(capsys)
    assert "TRANSFER OF FORCE" in said
    assert "Weeks, not days: there is no score of the day." in said
    weeks = next(line for line in said.splitlines() if "median ± 95 %" in line)
    assert len(re.findall(r"\d\d-\d\d \d+\.\d ± \d+\.\d", weeks)) == 4


def test_no_change_seen_yet_stands_below_the_mdc_and_not_above_it(capsys: Told) -> None:
    note_weekly(QUIET)
    assert progress(capsys).count("no change seen yet (+1.0 N, MDC95 ") == 2
    note_weekly([80.0], first_week=12)
    said = progress(capsys)
    assert said.count("better: +30.0 N, beyond the MDC95 of ") == 2
    assert "no change seen yet (" not in said


def test_every_line_with_a_figure_has_its_mdc_beside_it(capsys: Told) -> None:
    note_weekly(QUIET)
    note_weekly([97.0, 99.0], metric="taps")
    lines = progress(capsys).splitlines()
    assert any(line.startswith("Where the MDC95 is not known there is no") for line in lines)
    changes = [line for line in lines if " -> " in line]
    assert len(changes) == 4
    for line in changes:
        assert "MDC95 " in line or "the error of this figure is not known" in line
    assert any(re.search(r"great toe; own MDC95 \d+\.\d N, from 14 diff", line) for line in lines)
    assert any("foot taps, 30 s; MDC95 not known yet" in line for line in lines)


def test_two_sets_of_one_day_are_counted_as_one_visit(capsys: Told) -> None:
    sets = [visit(0), replace(visit(0), visit="day 0 (2)"), visit(7)]
    with open_library(user_folders()) as library:
        note_visits(library, list(zip((0, 0, 7), sets, strict=True)))
    assert "2 visits that count; 0 practice visits" in progress(capsys)


def test_the_push_off_has_its_error_against_the_target_and_its_rate_of_force(capsys: Told) -> None:
    note_weekly([12.0, 14.0], metric="tracking_pct", unit="%")
    note_weekly([400.0, 430.0], metric="rfd_n_s", unit="N/s")
    lines = progress(capsys).splitlines()
    head = lines.index("TRANSFER OF FORCE")
    for title, change in (
        ("error against the target", "12.0 % (2025-06-02) -> 14.0 %"),
        ("rate of force development", "400 N/s (2025-06-02) -> 430 N/s"),
    ):
        at = next(n for n, line in enumerate(lines) if title in line)
        assert at > head
        assert "\n".join(lines[at + 1 : at + 5]).count(change) == 2


def test_of_runs_alone_the_title_says_that_nothing_of_the_foot_is_known(capsys: Told) -> None:
    def note(said: object) -> None:
        with open_library(user_folders()) as library:
            Notebook(library, WHO, ManualClock(YEAR_START)).note(said)

    for number in range(2):
        note(Run(f"{number}", RunSource.FIT, 3000.0, km=9.0, gct_ms=240.0))
    today = f"{datetime.now().astimezone():%Y-%m-%d}"
    nothing = "of the foot nothing was trained or measured yet"
    assert progress(capsys).splitlines()[0] == f"Runs of Ada, {today}: {nothing}"
    note(SetLog("s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60.0, impulse_n_s=100.0))
    assert progress(capsys).splitlines()[0] == f"What the weeks have shown: Ada, {today}"


def test_practice_is_shown_and_compared_with_nothing(capsys: Told) -> None:
    note_weekly([20.0, 25.0], is_practice=True)
    assert "no change seen yet (" not in progress(capsys)
    note_weekly([50.0, 51.0], first_week=2)
    said = progress(capsys)
    assert "2 visits that count; 2 practice visits" in said
    assert "practice, not compared: 20.0 N (2025-06-02), 25.0 N (2025-06-09)" in said
    assert said.count("no change seen yet (+1.0 N") == 2


def test_two_versions_of_the_protocol_are_two_series_and_it_says_why(capsys: Told) -> None:
    note_weekly([50.0, 50.0])
    note_weekly([90.0, 90.0], first_week=2, protocol_version=2)
    said = progress(capsys)
    assert "apart, not compared (protocol version 1, not 2); MDC95 " in said
    assert said.count("no change seen yet (+0.0 N") == 4
    assert "+40.0 N" not in said


def test_the_sides_are_named_only_where_they_differ_beyond_their_error(capsys: Told) -> None:
    note_weekly(QUIET)
    assert "95 % interval" not in progress(capsys)
    with open_library(user_folders()) as library:
        note_visits(library, [(77, visit(11, 80.0)), (77, visit(11, 51.0, side=Side.RIGHT))])
    assert "left 61.1 % (95 % interval" in progress(capsys)


def test_a_jump_of_the_weekly_impulse_is_warned_of() -> None:
    with open_library(user_folders()) as library:
        note_year(library, weeks=8)
        book = Notebook(library, WHO, ManualClock(YEAR_START + timedelta(weeks=7, days=5)))
        assert gather(book).warnings == ()
        last = book.entries(SetLog)[-1]
        book.exchange(last, replace(last.said, impulse_n_s=20_000.0))
        assert "beyond the largest of 30 days" in gather(book).warnings[0]


def test_how_the_sessions_are_kept_stands_on_top() -> None:
    with open_library(user_folders()) as library:
        note_year(library, weeks=8)
        book = Notebook(library, WHO, ManualClock(YEAR_START + timedelta(weeks=7, days=5)))
        assert progress_answer(gather(book)).lines[2].startswith("Kept: 8 weeks in a row")


def test_a_year_has_load_muscles_runs_and_figures_for_a_program(capsys: Told) -> None:
    with open_library(user_folders()) as library:
        note_year(library, weeks=12)
    said = progress(capsys)
    assert "SIMULATED" in said
    assert "RUNNING BESIDE THE FOOT (all proxies" in said
    assert "LOAD BY WEEK" in said
    table = json.loads(progress(capsys, "--json"))
    assert table["loads"][-1]["left_n_s"] > 0
    assert {one["head"] for one in table["series"]} == {
        "arch resilience",
        "toe-off stability",
        "transfer of force",
    }
    assert all(one["mdc95"] for one in table["series"] if one["error"])


def test_the_page_is_private_and_the_browser_is_told_of_it(tmp_path: Path, capsys: Told) -> None:
    note_weekly([50.0, 51.0])
    progress(capsys, "--html", str(tmp_path / "p.html"))
    assert stat.S_IMODE((tmp_path / "p.html").stat().st_mode) == 0o600
    shown: list[str] = []

    def show(address: str) -> bool:
        shown.append(address)
        return False

    with open_library(user_folders()) as library:
        overview = gather(Notebook(library, WHO, ManualClock()))
        answer = open_page(lambda path: write_page(overview, path), "progress.html", show=show)
    assert shown == [(user_folders().reports / "progress.html").as_uri()]
    assert answer.lines[0].startswith("no browser was found: open ")
