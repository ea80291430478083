"""The guided calibration: every state has a way out, and what was read is never lost."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import (
    CalibrationError,
    Captured,
    Command,
    Finished,
    Phase,
    Procedure,
    Progress,
    Refusal,
    Refused,
    State,
    progress_from_json,
)
from calibration.progress import Open
from calibration.stillness import Unrest
from tests.unit.calibration.person import GAINS, LOADS, MIX, SETUP, Array, Person

WORDS = st.lists(st.sampled_from([*Command, "choose", "samples"]), max_size=40)


def started(**options: bool) -> Procedure:
    procedure = Procedure(SETUP)
    procedure.choose(LOADS, 2, with_creep=options.get("with_creep", False))
    return procedure


def say(procedure: Procedure, person: Person, word: str) -> None:
    """Say a word if it may be said now."""
    if word == "samples":
        procedure.feed(*person.block())
    elif word == "choose":
        if procedure.instruction().state is State.CHOOSE:
            procedure.choose(LOADS, 2, with_creep=False)
    elif Command(word) in procedure.commands():
        procedure.command(Command(word))


def test_a_person_who_does_what_is_said_gets_a_calibration() -> None:
    procedure = Procedure(SETUP)
    Person().finish(procedure)
    fitted = procedure.fitted
    assert fitted is not None
    expected = np.linalg.inv(GAINS[:, None] * MIX)
    np.testing.assert_allclose(fitted.calibration.matrix(), expected, atol=2e-3 / 4000)
    assert [cell.cell for cell in fitted.report.cells] == ["hallux", "toes"]


def test_the_count_of_steps_goes_from_the_first_to_the_last() -> None:
    procedure, person = started(), Person()
    seen: list[int] = []
    while procedure.instruction().state is not State.FINISHED:
        seen.append(procedure.instruction().number)
        person.act(procedure)
    assert sorted(set(seen)) == list(range(1, procedure.instruction().total + 1))
    assert seen == sorted(seen)


@given(WORDS)
def test_no_state_is_without_a_way_out(words: list[str]) -> None:
    procedure, person = Procedure(SETUP), Person()
    for word in words:
        say(procedure, person, word)
    assert procedure.commands() or procedure.instruction().state in (State.CHOOSE, State.FINISHED)
    # Skipped steps make a fit that is refused, which asks for them again.
    person.finish(procedure)


@given(WORDS)
def test_redo_brings_back_what_undo_took(words: list[str]) -> None:
    procedure, person = Procedure(SETUP), Person()
    for word in words:
        say(procedure, person, word)
    if procedure.instruction().state is State.READ:
        procedure.command(Command.UNDO)
    states = [procedure.progress]
    while Command.UNDO in procedure.commands():
        procedure.command(Command.UNDO)
        states.append(procedure.progress)
    for known in reversed(states[:-1]):
        procedure.command(Command.REDO)
        assert procedure.progress == known
    assert states[-1].loads == () or len(states) == 1


def test_an_undone_reading_is_read_again() -> None:
    procedure, person = started(), Person()
    first = person_reads(procedure, person)
    procedure.command(Command.UNDO)
    second = person_reads(procedure, person)
    assert second.step == first.step
    assert second.reading.at_s > first.reading.at_s


def test_what_was_undone_is_gone_once_something_else_was_read() -> None:
    procedure, person = started(), Person()
    person_reads(procedure, person)
    procedure.command(Command.UNDO)
    assert Command.REDO in procedure.commands()
    person_reads(procedure, person)
    assert Command.REDO not in procedure.commands()


def person_reads(procedure: Procedure, person: Person) -> Captured:
    """Act until a load is read."""
    while True:
        for event in person.act(procedure):
            if isinstance(event, Captured):
                return event


@pytest.mark.parametrize("reads", [0, 1, 9, 25])
def test_what_is_taken_up_again_ends_as_if_it_had_never_stopped(reads: int) -> None:
    whole, person = started(), Person()
    for _ in range(reads):
        person_reads(whole, person)
    stored = progress_from_json(whole.progress.to_json(), "stored.json")
    other = Person()
    other.blocks = person.blocks
    person.finish(whole)
    again = Procedure(SETUP, stored)
    other.finish(again)
    assert again.progress == whole.progress
    assert again.fitted == whole.fitted


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_any_cutting_of_the_samples_gives_the_same_readings(sizes: list[int]) -> None:
    time_s, counts = Person().block(400.0)
    found: list[Progress] = []
    for pieces in ([len(time_s)], sizes):
        # From the last reading of a cycle on, the load that stays needs nobody.
        procedure = started(with_creep=True)
        at_creep = next(
            i for i, step in enumerate(procedure.progress.plan()) if step.phase is Phase.CREEP
        )
        skipped = tuple(
            Open.SKIPPED if i < at_creep - 1 else known
            for i, known in enumerate(procedure.progress.done)
        )
        procedure = Procedure(SETUP, replace(procedure.progress, done=skipped))
        procedure.command(Command.NEXT)
        for piece_s, piece in cut(time_s, counts, pieces):
            procedure.feed(piece_s, piece)
        found.append(procedure.progress)
    assert len(found[0].readings()) == 2
    assert found[0] == found[1]


def cut(time_s: Array, counts: Array, sizes: list[int]) -> Iterator[tuple[Array, Array]]:
    start = 0
    while start < len(time_s):
        for size in sizes:
            yield time_s[start : start + size], counts[start : start + size]
            start += size


def test_a_load_that_stays_is_read_again_after_five_minutes_without_a_word() -> None:
    procedure, person = started(with_creep=True), Person()
    while True:
        event = person_reads(procedure, person)
        if event.reading.phase is Phase.CREEP:
            break
    before = procedure.progress.done[event.step - 1]
    assert not isinstance(before, Open)
    assert event.reading.weights == before.weights
    assert event.reading.at_s - before.at_s == pytest.approx(303, abs=1)


def test_the_seconds_that_a_load_must_stay_are_counted_down() -> None:
    procedure, person = started(with_creep=True), Person()
    while procedure.progress.plan()[procedure.progress.next_step() or 0].phase is not Phase.CREEP:
        person_reads(procedure, person)
    begun = procedure.instruction()
    for _ in range(10):
        procedure.feed(*person.block())
    said = procedure.instruction()
    assert begun.remaining_s == pytest.approx(302, abs=1.5)
    assert said.remaining_s == pytest.approx(begun.remaining_s - 60, abs=0.2)
    assert f"{said.remaining_s:.0f} s more" in said.text


def test_a_wrong_weight_is_found_and_only_its_cycle_is_done_again() -> None:
    procedure, person = started(), Person()
    person.mistaken[("2 kg", 2)] = 1.9
    events = [event for _ in range(400) for event in person.act(procedure)]
    (refused,) = [event for event in events if isinstance(event, Refused)]
    assert refused.error.reason is Refusal.OUTLIER
    plan = procedure.progress.plan()
    assert {(plan[i].place, plan[i].cycle) for i in refused.steps} == {("hallux", 2)}
    person.finish(procedure)
    captured = [event for event in events if isinstance(event, Captured)]
    assert len(captured) == len(plan) + len(refused.steps)


def test_a_plan_with_too_few_masses_asks_for_other_masses() -> None:
    procedure, person = Procedure(SETUP), Person()
    procedure.choose(LOADS[:2], 2, with_creep=False)
    while procedure.instruction().state is not State.REFUSED:
        person.act(procedure)
    assert "choose again" in procedure.instruction().text
    procedure.command(Command.NEXT)
    assert procedure.instruction().state is State.CHOOSE
    procedure.command(Command.UNDO)
    assert procedure.instruction().state is State.REFUSED


def disturbed(kind: str, counts: Array) -> Array:
    ramp = np.arange(len(counts))[:, None]
    match kind:
        case "drifts":
            return np.asarray(counts + 20.0 * ramp)
        case "swings":
            return np.asarray(counts + 400 * np.sin(ramp * 2 * np.pi / 15))
        case "shakes":
            return counts + np.random.default_rng(3).normal(0, 600, counts.shape)
        case _:
            return np.full_like(counts, 1e6)


@pytest.mark.parametrize(
    ("kind", "unrest"),
    [
        ("drifts", Unrest.DRIFTS),
        ("swings", Unrest.SWINGS),
        ("shakes", Unrest.SHAKES),
        ("saturated", Unrest.SATURATED),
    ],
)
def test_what_is_not_still_is_not_read_and_the_reason_said(kind: str, unrest: Unrest) -> None:
    procedure, person = started(), Person()
    person_reads(procedure, person)
    person_reads(procedure, person)
    person.act(procedure)
    time_s, counts = person.block(5.5)
    assert procedure.feed(time_s, disturbed(kind, counts)) == ()
    said = procedure.instruction()
    assert said.state is State.READ
    assert said.unrest is unrest
    assert said.unrest_cell in SETUP.cells


def test_a_gap_in_the_samples_is_not_read_over() -> None:
    procedure, person = started(), Person()
    person.act(procedure)
    time_s, counts = person.block(5.5)
    kept = (time_s < 2.5) | (time_s > 3.3)
    assert procedure.feed(time_s[kept], counts[kept]) == ()
    assert procedure.instruction().unrest is Unrest.MISSING


def test_still_samples_are_nearly_always_read_at_the_first_look() -> None:
    late = 0
    for seed in range(60):
        procedure, person = started(), Person(seed=seed)
        person_reads(procedure, person)
        person_reads(procedure, person)
        person.act(procedure)
        late += not procedure.feed(*person.block(5.2))
    assert late <= 2


def test_what_cannot_be_said_now_is_refused_with_what_can() -> None:
    procedure = Procedure(SETUP)
    with pytest.raises(CalibrationError, match=r"'next' is not possible .* 'choose'; possible"):
        procedure.command(Command.NEXT)
    with pytest.raises(CalibrationError, match="named 1 kg, 2 kg, 5 kg"):
        procedure.choose([("3 kg",)])
    procedure.choose(LOADS)
    with pytest.raises(CalibrationError, match="cannot be chosen"):
        procedure.choose(LOADS)


def test_stopping_keeps_what_was_read() -> None:
    procedure, person = started(), Person()
    person_reads(procedure, person)
    before = procedure.progress
    procedure.command(Command.ABORT)
    assert procedure.feed(*person.block()) == ()
    assert procedure.progress == before
    assert procedure.commands() == {Command.RESUME}
    procedure.command(Command.RESUME)
    assert procedure.instruction().state is State.PLACE


def test_a_stored_progress_of_another_pad_is_refused() -> None:
    with pytest.raises(CalibrationError, match="of cells heel; this pad has hallux, toes"):
        Procedure(SETUP, Progress(("heel",)))


def test_the_live_reading_is_above_the_last_unloaded_one() -> None:
    procedure, person = started(), Person()
    for _ in range(3):
        person_reads(procedure, person)
    procedure.feed(*person.block())
    live = procedure.instruction().live_counts
    np.testing.assert_allclose(live, GAINS * (MIX @ person.force_n), atol=300)


def test_a_finished_calibration_is_told_once_and_can_be_undone() -> None:
    procedure, person = started(), Person()
    events = [event for _ in range(400) for event in person.act(procedure)]
    assert sum(isinstance(event, Finished) for event in events) == 1
    procedure.command(Command.UNDO)
    assert procedure.fitted is None
    assert procedure.instruction().state is State.PLACE
