"""The plan by command: shown, explained, overruled with a reason, taken back; the bench's row."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from trainer.app.benchplan import measure_plan
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Notebook
from trainer.app.planning import (
    note_wish,
    overrule,
    plan_today,
    show_plan,
    show_why,
    show_year,
    start,
    todays_order,
    undo,
)
from trainer.app.planrecords import read_records
from trainer.app.programmes import shipped_text
from trainer.app.shoes import ShoeShelf
from trainer.cli.diaryoptions import say
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.devices import Level, Shoe, ShoeType
from trainer.core.diary.planning import Decision, Goal, GoalKind, PainFreeDay, Race, What
from trainer.core.diary.running import Run, RunSource
from trainer.core.diary.training import (
    Block,
    EndedBy,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.core.settings import DeviceSettings
from trainer.library.library import open_library
from trainer.progress.error import VISITS, Visit, own_error

NOW = datetime(2026, 6, 1, 16, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock in Berlin, on a Monday at 18:00."""
    return ManualClock(NOW, "Europe/Berlin")


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[Notebook]:
    """Return the notebook of somebody new."""
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        yield Notebook(library, "Ada", clock)


def test_the_first_plan_is_the_baseline_and_its_decision_is_noted_once(book: Notebook) -> None:
    lines = show_plan(book).lines
    assert lines[0].startswith("Now: Baseline")
    assert "`footspring run --today` starts it." in lines
    show_plan(book)
    (entry,) = book.entries(Decision)
    assert entry.said.rung == "first_steps"


def test_the_minutes_of_a_baseline_hold_its_maximal_presses(book: Notebook) -> None:
    assert plan_today(book).plan.today.minutes == pytest.approx(20.4, abs=0.1)
    assert "Baseline, 20 min" in todays_order(book).sentence


def test_every_decision_and_reason_is_told_with_its_rule(book: Notebook) -> None:
    lines = show_why(book).lines
    assert any(line.startswith("decided, start: ") for line in lines)
    assert any(line.startswith("weeks: Rung first_steps") for line in lines)


def test_the_table_is_json_and_has_the_steps_to_run(
    book: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    say(show_plan(book), as_json=True)
    table = json.loads(capsys.readouterr().out)
    assert table["today"]["kind"] == "baseline"
    assert table["today"]["steps"][0]["block"] == "warm-up"
    assert len(table["days"]) == 14


def test_the_circuits_of_today_come_as_they_are_to_be_run(book: Notebook) -> None:
    (circuit,) = plan_today(book).plan.today.circuits
    assert circuit.kind is SessionKind.BASELINE


def test_overruling_takes_a_reason_changes_today_and_is_taken_back(book: Notebook) -> None:
    with pytest.raises(UsageError, match="takes a reason"):
        overrule(book, "today", "", "  ")
    overrule(book, "today", "", "slept badly")
    assert not plan_today(book).plan.today.is_hard
    assert "slept badly" in undo(book).lines[0]
    assert plan_today(book).plan.today.is_hard


def test_training_is_not_overruled_within_48_hours(book: Notebook, clock: ManualClock) -> None:
    said = SessionLog("a", SessionKind.TRAINING, "foundation", "", True, True, 900.0)
    book.note(said)
    clock.move(24 * 3600)
    with pytest.raises(UsageError, match="48 hours"):
        overrule(book, "today", "train", "I want to")


def test_a_rung_is_overruled_by_one_step_up_and_any_down_but_never_by_two(book: Notebook) -> None:
    with pytest.raises(UsageError, match="Never two rungs"):
        overrule(book, "slow_spread", "", "bored")
    overrule(book, "standard_form", "", "I know it")
    assert plan_today(book).plan.rung == "standard_form"
    undo(book)
    assert plan_today(book).plan.rung == "first_steps"


@pytest.mark.parametrize(
    ("what", "words"),
    [("cut", "nothing is dialled"), ("plateau", "no change"), ("up", "today, cut")],
)
def test_what_is_not_there_cannot_be_overruled(book: Notebook, what: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        overrule(book, what, "", "because")


def test_a_dial_back_is_undone_with_a_reason_only(book: Notebook, clock: ManualClock) -> None:
    plan_today(book)
    book.note(PainReport(PainSite.ARCH, Side.LEFT, 6.0))
    assert plan_today(book).plan.position.rep_cuts == 1
    with pytest.raises(UsageError, match="within a week of pain"):
        overrule(book, "standard_form", "", "it is fine")
    clock.move(15 * 24 * 3600)
    with pytest.raises(UsageError, match="nothing of yours"):
        undo(book)
    overrule(book, "cut", "", "a stone in the shoe")
    assert plan_today(book).plan.position.rep_cuts == 0


def test_within_a_week_of_sharp_pain_its_cut_stands_and_its_day_is_not_without_pain(
    book: Notebook, clock: ManualClock
) -> None:
    plan_today(book)
    book.note(PainReport(PainSite.ARCH, Side.LEFT, 4.0, is_sharp=True))
    assert plan_today(book).plan.position.rep_cuts == 1
    with pytest.raises(UsageError, match=r"Say it tomorrow, .* `footspring log undo`"):
        note_wish(book, PainFreeDay())
    assert not book.entries(PainFreeDay)
    clock.move(6 * 24 * 3600)
    note_wish(book, PainFreeDay())
    with pytest.raises(UsageError, match=r"sharp pain at the arch .* within a week of pain"):
        overrule(book, "cut", "", "it is fine")
    clock.move(2 * 24 * 3600)
    overrule(book, "cut", "", "a stone in the shoe")


def test_wishes_are_noted_and_past_days_are_refused(book: Notebook) -> None:
    with pytest.raises(UsageError, match="is past"):
        note_wish(book, Race(date(2026, 5, 1)))
    note_wish(book, Race(date(2026, 6, 2), "track"))
    assert not plan_today(book).plan.today.is_hard
    assert "race track 2026-06-02" in "\n".join(show_year(book).lines)


def test_the_programme_follows_the_goal_and_begins_on_its_lowest_rung(book: Notebook) -> None:
    plan_today(book)
    note_wish(book, Goal(GoalKind.ENDURANCE))
    start(book, None)
    assert read_records(book).programme.id == "endurance"
    assert plan_today(book).plan.position.index == 0


def test_a_file_that_no_later_plan_would_find_is_not_begun(book: Notebook, tmp_path: Path) -> None:
    text = shipped_text("endurance").replace('id = "endurance"', 'id = "mine"', 1)
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"programmes/mine\.toml"):
        start(book, str(file))
    assert plan_today(book).records.programme.id == "foundation"


def test_runs_and_shoes_come_as_figures(book: Notebook) -> None:
    book.note(Shoe("cloud", 40.0, 8.0, ShoeType.CUSHIONED), key="cloud")
    book.note(Shoe("bare", 4.0, 0.0, ShoeType.MINIMALIST), key="bare")
    run = Run("1", RunSource.CSV, 3600.0, km=12.0, shoe="cloud")
    book.note(run, key="1")
    book.note(replace(run, sha256="2", km=2.0, duration_s=600.0, shoe="bare"), key="2")
    facts = read_records(book).facts
    assert facts.weekly_km == {date(2026, 6, 1): 14.0}
    assert facts.high_stack_share == pytest.approx(12 / 14)
    assert facts.minimalist_min[date(2026, 6, 1)] == 10.0


def do_standard_set(
    book: Notebook, key: str, trials_n_s: Mapping[Side, tuple[float, ...]], version: int = 1
) -> None:
    """Note a standard set with its trials, its warm-up and its cooldown."""
    kind = SessionKind.STANDARD_SET
    book.note(SessionLog(key, kind, "p", "c", True, True, 60.0, protocol_version=version))
    for side, amounts in trials_n_s.items():
        book.note(SetLog(key, "press", Block.WARM_UP, side, EndedBy.DONE, 30.0, impulse_n_s=50.0))
        for amount in amounts:
            said = SetLog(key, "hold", Block.WORK, side, EndedBy.DONE, 20.0, impulse_n_s=amount)
            book.note(said)


def test_shoes_and_plan_tell_the_same_minimalist_minutes_also_after_pain(
    book: Notebook, clock: ManualClock
) -> None:
    plan_today(book)
    book.note(Decision(What.STEP_UP, "gate", "", programme="foundation", rung="balance_floor"))
    book.note(Shoe("bare", 4.0, 0.0, ShoeType.MINIMALIST), key="bare")
    shelf = ShoeShelf(DeviceShelf(book, DeviceSettings()))
    found: list[float] = []
    for week in range(3):
        run = Run(str(week), RunSource.CSV, 600.0, km=2.0, shoe="bare")
        book.note(run, key=str(week))
        if week == 1:
            book.note(PainReport(PainSite.ACHILLES, Side.LEFT, 4.0))
        found.append(plan_today(book).plan.minimalist_min)
        shown = shelf.minimalist()
        assert (shown.allowed_min, shown.done_min) == (found[-1], 10.0)
        clock.move(7 * 24 * 3600)
    # Back in phase one, they are shut again; the run of that week is one too many.
    assert found == [10.0, 0.0, 0.0]
    assert shelf.minimalist().allowed_min == 0.0


def test_devices_and_plan_open_the_same_level_also_after_pain(book: Notebook) -> None:
    plan_today(book)
    levels: list[tuple[Level, int]] = []
    for said in (
        Goal(GoalKind.ENDURANCE),
        Decision(What.STEP_UP, "gate", "", programme="foundation", rung="standard_form"),
        Decision(What.STEP_UP, "gate", "", programme="foundation", rung="balance_floor"),
        PainReport(PainSite.ARCH, Side.LEFT, 6.0),
    ):
        book.note(said)
        level = plan_today(book).plan.device_level
        levels.append((DeviceShelf(book, DeviceSettings()).ladder.highest, level))
    assert levels == [
        (Level.ENTRY, 1), (Level.MODERATE, 2), (Level.ADVANCED, 3), (Level.MODERATE, 2),
    ]  # fmt: skip


def test_standard_sets_come_as_the_impulse_of_a_trial_of_one_protocol(
    book: Notebook, clock: ManualClock
) -> None:
    for number, version in enumerate((1, 2, 2)):
        trials = {Side.LEFT: (100.0, 110.0, 120.0), Side.RIGHT: (90.0, 90.0, 90.0)}
        do_standard_set(book, f"s{number}", trials, version)
        clock.move(7 * 24 * 3600)
    facts = read_records(book).facts
    assert [each.amount for each in facts.standard] == [100.0, 100.0]
    assert facts.mdc95 is None


def test_standard_sets_of_one_day_are_one_result(book: Notebook, clock: ManualClock) -> None:
    do_standard_set(book, "s0", {Side.LEFT: (100.0,)})
    clock.move(3600.0)
    do_standard_set(book, "s1", {Side.LEFT: (110.0,)})
    clock.move(7 * 24 * 3600)
    do_standard_set(book, "s2", {Side.LEFT: (120.0,)})
    assert [each.amount for each in read_records(book).facts.standard] == [105.0, 120.0]


def test_the_own_error_is_the_one_that_progress_shows(book: Notebook, clock: ManualClock) -> None:
    left = (100.0, 108.0, 101.0, 109.0, 102.0, 107.0, 103.0, 106.0)
    right = (90.0, 95.0, 92.0, 97.0, 91.0, 96.0, 93.0, 94.0)
    feet: list[list[Visit]] = [[], []]
    for number, both in enumerate(zip(left, right, strict=True)):
        do_standard_set(book, f"s{number}", {Side.LEFT: (both[0],), Side.RIGHT: (both[1],)})
        for visits, amount in zip(feet, both, strict=True):
            visits.append(Visit(book.now().date(), amount))
        assert (read_records(book).facts.mdc95 is None) is (number < VISITS - 1)
        clock.move(7 * 24 * 3600)
    error = own_error(feet)
    assert error is not None
    assert read_records(book).facts.mdc95 == pytest.approx(error.mdc95())


def test_the_command_refuses_a_wrong_day_and_shows_the_year(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "race", "--date", "soon"])
    assert "2027-04-25" in capsys.readouterr().err
    assert main(["plan", "--athlete", "Planner", "overrule", "today", "--reason", " "]) == 2
    assert main(["plan", "--athlete", "Planner", "goal", "endurance", "--date", "2099-04-25"]) == 0
    assert main(["plan", "--athlete", "Planner", "--json", "why"]) == 0
    assert main(["plan", "--athlete", "Planner", "undo"]) == 0
    assert "goal endurance until 2099-04-25" in capsys.readouterr().out
    assert main(["plan", "--athlete", "Planner", "--year"]) == 0
    assert "season" in capsys.readouterr().out


def test_the_bench_has_a_row_beside_its_floor() -> None:
    (figure,) = measure_plan(years=1, rounds=1)
    assert figure.value is not None
    assert figure.floor_value is not None
    assert "sessions" in figure.note
