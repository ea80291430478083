"""What one key starts today: the plan's circuit with its dose and rung, or nothing, and why."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.circuitorder import CircuitOrder, plan_circuit, resume_order
from trainer.app.made import Made, made_key
from trainer.app.notebook import Notebook
from trainer.app.order import Order
from trainer.app.planning import note_wish, overrule, plan_today, show_plan, todays_order
from trainer.app.plantoday import order_answer
from trainer.app.shelf import shipped_exercises
from trainer.coach.plan import Feet, make_plan
from trainer.coach.rung import rung_circuit
from trainer.coach.setlog import log_session
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, PainFreeDay, Race, What
from trainer.core.diary.session import RESUME, Progress
from trainer.core.diary.training import PainReport, PainSite, SessionKind, SessionLog
from trainer.core.folders import Folders
from trainer.library.library import open_library

MONDAY = datetime(2026, 6, 1, 16, tzinfo=UTC)
DAY_S = 24 * 3600.0


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock in Berlin, on a Monday at 18:00."""
    return ManualClock(MONDAY, "Europe/Berlin")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def book(folders: Folders, clock: ManualClock) -> Iterator[Notebook]:
    """Return the notebook of somebody new."""
    with open_library(folders) as library:
        yield Notebook(library, "Ada", clock)


def log(kind: SessionKind, circuit: str, *, is_complete: bool = True) -> SessionLog:
    return SessionLog("s", kind, "foundation", circuit, is_complete, True, 800.0)


def put_on(book: Notebook, clock: ManualClock, rung: str) -> None:
    """Let the baseline be done and a rung be reached, and three days pass."""
    book.note(Decision(What.START, "start", "", programme="foundation", rung="first_steps"))
    book.note(log(SessionKind.BASELINE, "baseline"))
    clock.move(60.0)
    book.note(Decision(What.STEP_UP, "gate", "", programme="foundation", rung=rung))
    clock.move(3 * DAY_S)
    book.note(log(SessionKind.STANDARD_SET, "standard_set"))
    clock.move(2 * DAY_S)


def made_of(book: Notebook) -> Made:
    order = todays_order(book)
    assert order.made is not None, order.sentence
    return order.made


def test_somebody_new_starts_the_baseline_on_the_lowest_rung(book: Notebook) -> None:
    order = todays_order(book)
    assert order.sentence.startswith("Today: Baseline, ")
    assert order.later.startswith("Next after today: ")
    assert made_of(book).rung == "first_steps"
    started = order.onto(Order(speed=None))
    assert (started.athlete, started.circuit, started.made) == ("Ada", "baseline", order.made)


def test_what_a_rung_changes_reaches_the_sets_that_are_run_and_their_log(
    book: Notebook, clock: ManualClock, folders: Folders
) -> None:
    put_on(book, clock, "more_resistance")
    made = made_of(book)
    base = make_plan(shipped_exercises()["toe_curl"], athlete="Ada")
    ordered = CircuitOrder(made.circuit.id, made.programme, Feet.BOTH, made=made)
    planned = plan_circuit(ordered, base, book.library.diary, folders, book.now())
    programme = plan_today(book).records.programme
    plain = programme.circuits["standard"]
    full = rung_circuit(programme, "more_resistance")
    pct = {step.exercise: step.target_pct_mvc for step in plain.steps}
    raised = {step.exercise: step.target_pct_mvc for step in full.steps}
    run = {item.step.exercise: item.step.target_pct_mvc for item in planned.agenda}
    assert run["arch_squeeze"] == raised["arch_squeeze"]
    assert run["arch_squeeze"] == pytest.approx(1.1 * (pct["arch_squeeze"] or 0.0))
    spread = next(item for item in planned.agenda if item.drill.id == "toe_spread")
    assert spread.step.tempo.up_s == 1.5
    assert log_session(planned, {}, 0.0, "").rung == "more_resistance"


def test_less_after_pain_reaches_them_too(book: Notebook, clock: ManualClock) -> None:
    put_on(book, clock, "more_resistance")
    before = made_of(book)
    book.note(PainReport(PainSite.ARCH, Side.LEFT, 4.5))
    clock.move(4 * DAY_S)
    book.note(PainFreeDay())
    after = made_of(book)
    assert after.rung == "slow_spread"
    for one, other in zip(after.circuit.steps, before.circuit.steps, strict=True):
        if one.exercise == "arch_squeeze":
            assert (one.target_pct_mvc or 0.0) < (other.target_pct_mvc or 0.0)
            assert one.duration_s < other.duration_s


def test_the_foot_that_is_behind_begins(book: Notebook, folders: Folders) -> None:
    made = Made(made_of(book).circuit, "foundation", "first_steps", Side.RIGHT)
    base = make_plan(shipped_exercises()["toe_curl"], athlete="Ada")
    ordered = CircuitOrder("baseline", "foundation", Feet.BOTH, made=made)
    planned = plan_circuit(ordered, base, book.library.diary, folders, book.now())
    assert next(item.side for item in planned.agenda if item.side) is Side.RIGHT


def test_a_rest_day_says_why_and_offers_gentle_activation(
    book: Notebook, clock: ManualClock
) -> None:
    plan_today(book)
    book.note(log(SessionKind.BASELINE, "baseline"))
    clock.move(DAY_S)
    order = todays_order(book)
    assert not order.is_something
    assert "48 hours after the last hard session" in order.sentence
    assert "`footspring run --circuit activation`" in order.later
    assert "Next after today: " in order.later
    book.note(log(SessionKind.ACTIVATION, "activation"))
    assert "activation" not in todays_order(book).later


def test_the_day_before_a_race_starts_nothing_hard(book: Notebook) -> None:
    note_wish(book, Race(book.now().date().replace(day=2), "track"))
    order = todays_order(book)
    assert order.made is None
    assert "race track" in order.sentence


def test_before_the_48_hours_are_over_it_says_from_when_on(
    book: Notebook, clock: ManualClock
) -> None:
    plan_today(book)
    book.note(log(SessionKind.BASELINE, "baseline"))
    clock.move(2 * DAY_S - 3 * 3600)
    order = todays_order(book)
    assert order.made is None
    assert order.sentence.startswith("Not yet: a hard session may begin from 18:00 on.")


def test_a_second_start_on_the_same_day_starts_nothing(book: Notebook) -> None:
    plan_today(book)
    book.note(log(SessionKind.BASELINE, "baseline"))
    assert todays_order(book).sentence == "Nothing hard today: Done: baseline."


def test_what_was_overruled_is_not_started(book: Notebook) -> None:
    overrule(book, "today", "rest", "slept badly")
    assert "slept badly" in todays_order(book).sentence


def test_what_was_cut_off_today_goes_on_as_it_was_made(book: Notebook) -> None:
    made = made_of(book)
    book.note(made, key=made_key("S"))
    progress = Progress("S", "foundation", made.circuit.id, "both", 3, 30, 1.0, 300.0, 400.0)
    book.note(progress, key=RESUME)
    order = todays_order(book)
    assert order.onto(Order()).is_resumed
    assert order.sentence == "baseline was cut off at set 3 of 30: it goes on there."
    assert resume_order(book.library.diary, "Ada", book.now()).made == made


def test_gentle_minutes_that_were_cut_off_do_not_take_the_place_of_the_training(
    book: Notebook,
) -> None:
    book.note(Progress("S", "", "activation", "both", 2, 4, 1.0, 0.0, 40.0), key=RESUME)
    assert made_of(book).circuit.id == "baseline"
    book.note(log(SessionKind.BASELINE, "baseline"))
    assert todays_order(book).is_resumed


def test_a_baseline_takes_its_second_visit_where_the_first_ended(
    book: Notebook, clock: ManualClock
) -> None:
    plan_today(book)
    book.note(log(SessionKind.BASELINE, "baseline", is_complete=False))
    book.note(Progress("s", "", "baseline", "both", 12, 30, 1.0, 300.0, 400.0), key=RESUME)
    clock.move(DAY_S)
    assert not todays_order(book).is_something
    clock.move(DAY_S)
    order = todays_order(book)
    assert order.is_resumed
    assert order.sentence == "baseline was cut off at set 12 of 30: it goes on there."


def test_training_that_was_cut_off_on_another_day_does_not_go_on_by_itself(
    book: Notebook, clock: ManualClock
) -> None:
    put_on(book, clock, "standard_form")
    book.note(Progress("x", "", "standard", "both", 12, 30, 1.0, 300.0, 400.0), key=RESUME)
    clock.move(DAY_S)
    assert made_of(book).circuit.id == "standard"


def test_after_pain_that_stops_nothing_goes_on(book: Notebook) -> None:
    plan_today(book)
    book.note(Progress("S", "", "baseline", "both", 3, 30, 1.0, 300.0, 400.0), key=RESUME)
    book.note(PainReport(PainSite.ARCH, Side.LEFT, 8.0, is_sharp=True))
    order = todays_order(book)
    assert not order.is_something
    assert "day without pain" in order.sentence
    # Gentle minutes are for the days after it.
    assert "gentle minutes neither" in order.sentence
    assert order.later == ""
    assert not show_plan(book).lines[0].startswith("Today: ")


def test_the_dry_answer_has_the_steps_a_line_each_and_for_a_program(book: Notebook) -> None:
    answer = order_answer(todays_order(book))
    assert any("toe_curl @40%" in line for line in answer.lines)
    assert isinstance(answer.table, dict)
    assert answer.table["circuit"] == "baseline"
    assert answer.table["steps"]


def test_beside_a_real_session_the_simulated_ones_do_not_count(
    book: Notebook, clock: ManualClock
) -> None:
    book.note(log(SessionKind.BASELINE, "baseline"), is_simulated=True)
    assert "Done: baseline" in todays_order(book).sentence
    clock.move(3 * DAY_S)
    book.note(log(SessionKind.TRAVEL, "travel"))
    clock.move(2 * DAY_S)
    assert todays_order(book).sentence.startswith("Today: Baseline, ")


def test_further_parts_of_the_baseline_are_named_and_are_no_baseline_by_themselves(
    book: Notebook, clock: ManualClock
) -> None:
    book.note(log(SessionKind.BASELINE, "baseline_control"))
    assert plan_today(book).plan.review_due == MONDAY.date()
    clock.move(3 * DAY_S)
    book.note(log(SessionKind.BASELINE, "baseline"))
    clock.move(3 * DAY_S)
    told = "\n".join(plan_today(book).plan.todo)
    assert "run --circuit baseline_control" in told
    assert "run --circuit baseline_speed" in told
    book.note(log(SessionKind.BASELINE, "baseline_speed"))
    assert "baseline_speed" not in "\n".join(plan_today(book).plan.todo)
