"""The transition table, cell by cell, and its rules."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.coach.machine import TRANSITIONS, Trigger, is_over, lead
from trainer.core.snapshot import Phase

# One row per phase, one column per trigger, in the order of the table's rules; `.` = nothing.
COLUMNS = (
    Trigger.START,
    Trigger.FIRST_ZERO,
    Trigger.MAX_WANTED,
    Trigger.MAX_ASKED,
    Trigger.MAX_OVER,
    Trigger.SET_DUE,
    Trigger.GO,
    Trigger.SET_OVER,
    Trigger.FOOT_CHANGED,
    Trigger.ALL_DONE,
    Trigger.ASK_READINESS,
    Trigger.CLOCK_DUE,
    Trigger.PAUSE,
    Trigger.END,
    Trigger.STOP,
)
GRID = """
READY      TARE .     .         .         .        .         .    .    .    .    READINESS .     .      DONE STOPPED
READINESS  .    .     .         .         .        .         .    REST .    .    .         CLOCK PAUSED DONE STOPPED
TARE       .    CHECK MVC_READY .         .        COUNTDOWN .    REST .    DONE .         .     PAUSED DONE STOPPED
CHECK      .    .     MVC_READY .         .        COUNTDOWN .    REST .    DONE .         .     PAUSED DONE STOPPED
MVC_READY  .    .     .         MVC_PRESS .        COUNTDOWN .    REST .    DONE .         .     PAUSED DONE STOPPED
MVC_PRESS  .    .     .         .         MVC_REST COUNTDOWN .    REST .    DONE .         .     PAUSED DONE STOPPED
MVC_REST   .    .     .         MVC_PRESS .        COUNTDOWN .    REST .    DONE .         .     PAUSED DONE STOPPED
COUNTDOWN  .    .     .         .         .        .         WORK REST .    DONE .         .     PAUSED DONE STOPPED
WORK       .    .     .         .         .        .         .    REST .    DONE .         .     PAUSED DONE STOPPED
CLOCK      .    .     .         .         .        .         .    REST .    DONE .         .     PAUSED DONE STOPPED
REST       .    .     .         .         .        COUNTDOWN .    .    TARE DONE .         CLOCK PAUSED DONE STOPPED
PAUSED     .    .     .         .         .        .         .    REST TARE DONE READINESS CLOCK .      DONE STOPPED
FOLLOW     .    .     .         .         .        .         .    .    .    .    .         .     .      DONE STOPPED
DONE       .    .     .         .         .        .         .    .    .    .    .         .     .      .    .
STOPPED    .    .     .         .         .        .         .    .    .    .    .         .     .      .    .
"""  # noqa: E501 - a table is read in one piece

phases = st.sampled_from(Phase)
triggers = st.lists(st.sampled_from(Trigger), max_size=30)


def cells() -> list[tuple[Phase, Trigger, Phase]]:
    """Return phase, trigger and where they should lead, for every cell of the grid."""
    rows = [line.split() for line in GRID.strip().splitlines()]
    return [
        (Phase[row[0]], trigger, Phase[row[0]] if name == "." else Phase[name])
        for row in rows
        for trigger, name in zip(COLUMNS, row[1:], strict=True)
    ]


def run(phase: Phase, steps: list[Trigger]) -> Phase:
    """Return where a sequence of triggers ends."""
    for trigger in steps:
        phase = lead(phase, trigger)
    return phase


def test_the_grid_has_every_cell() -> None:
    assert {(phase, trigger) for phase, trigger, _ in cells()} == {
        (phase, trigger) for phase in Phase for trigger in Trigger
    }
    assert set(TRANSITIONS) == set(Phase)


@pytest.mark.parametrize(("phase", "trigger", "target"), cells())
def test_each_cell_leads_where_the_grid_says(phase: Phase, trigger: Trigger, target: Phase) -> None:
    assert lead(phase, trigger) is target


@given(phases, triggers, triggers)
def test_stop_leads_to_stopped_and_nothing_leads_away(
    phase: Phase, before: list[Trigger], after: list[Trigger]
) -> None:
    reached = run(phase, before)
    stopped = lead(reached, Trigger.STOP)
    assert stopped is (Phase.DONE if reached is Phase.DONE else Phase.STOPPED)
    assert run(stopped, after) is stopped


@given(triggers)
def test_done_leads_nowhere(steps: list[Trigger]) -> None:
    assert run(Phase.DONE, steps) is Phase.DONE


plain = st.lists(
    st.sampled_from(
        [t for t in Trigger if t not in {Trigger.ASK_READINESS, Trigger.CLOCK_DUE, Trigger.PAUSE}]
    ),
    max_size=30,
)


@given(plain)
def test_no_press_is_asked_before_a_tare_nor_a_set_begun_without_a_countdown(
    steps: list[Trigger],
) -> None:
    # In a circuit the coach sees to the tare (test_circuit_machine.py).
    path = [Phase.READY]
    for trigger in steps:
        path.append(lead(path[-1], trigger))
    for before, here in pairwise(path):
        if here is Phase.WORK and before is not here:
            assert before is Phase.COUNTDOWN
    asked = [i for i, p in enumerate(path) if p in {Phase.CHECK, Phase.MVC_PRESS, Phase.WORK}]
    assert not asked or Phase.TARE in path[: asked[0]]


def test_only_done_and_stopped_are_over() -> None:
    assert [phase for phase in Phase if is_over(phase)] == [Phase.DONE, Phase.STOPPED]
