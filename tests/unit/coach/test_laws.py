"""Laws that hold for any session: cutting of time, order, no surprise after the end."""

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.coach.person import EXERCISE, make_hold, make_session
from trainer.coach.conductor import Coach, Conductor, Follower
from trainer.coach.machine import TRANSITIONS, is_over
from trainer.coach.plan import Feet
from trainer.core.commands import (
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Retare,
    SkipMvc,
    Undo,
)
from trainer.core.cues import Cue, RepCounted, SessionEnded, SessionStopped, Side, StopReason
from trainer.core.events import (
    Event,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    SaturationSeen,
)

QUICK = replace(EXERCISE, rest_s=8.0, mvc=replace(EXERCISE.mvc, trials=1, pause_s=6.0))

commands = st.sampled_from(
    [
        Next(),
        Next(),
        SkipMvc(),
        ChangeSide(Side.RIGHT),
        ChangeSide(Side.LEFT),
        ChangeAthlete("Bo"),
        Undo(),
        Retare(),
    ]
)
pauses = st.floats(0.0, 12.0)
presses = st.tuples(st.floats(0.1, 6.0), st.floats(2.0, 90.0), st.booleans())
steps = st.lists(st.one_of(pauses, presses, commands), max_size=40)

Step = float | tuple[float, float, bool] | Command


def coach() -> Coach:
    return Coach(make_session(Feet.BOTH, sets=2, reps=2, exercise=QUICK))


def play(script: list[Step], tick_s: float) -> list[Cue]:
    """Return the cues of a script when `advance` is called every `tick_s`."""
    conductor = coach()
    cues: list[Cue] = []
    ticks = [0]

    def run_to(at_s: float) -> None:
        while (ticks[0] + 1) * tick_s < at_s:
            ticks[0] += 1
            cues.extend(conductor.advance(ticks[0] * tick_s))

    at_s = 0.0
    for step in script:
        if isinstance(step, int | float):
            at_s += step
        elif isinstance(step, tuple):
            length_s, force_n, is_lit = step
            hold = make_hold(at_s, length_s, force_n)
            events: list[Event] = [HoldSettled(hold.end_s + 0.3, hold)]
            if is_lit:
                lit_s = at_s + min(0.1, length_s / 2)
                events[:0] = [HoldStarted(lit_s, at_s), HoldReleased(hold.end_s)]
            for event in events:
                assert not isinstance(event, GapFound)
                run_to(event.at_s)
                cues.extend(conductor.push(event))
            at_s = hold.end_s + 0.3
        else:
            run_to(at_s)
            cues.extend(conductor.obey(step, at_s))
    cues.extend(conductor.advance(at_s))
    return cues


@given(steps, st.sampled_from([0.4, 1.0, 7.0]))
@settings(max_examples=60)
def test_it_makes_no_difference_how_often_time_is_told(script: list[Step], tick_s: float) -> None:
    assert play(script, tick_s) == play(script, 0.05)


@given(steps)
@settings(max_examples=60)
def test_cues_come_in_the_order_of_time_and_end_with_the_session(script: list[Step]) -> None:
    cues = play([Next(), SkipMvc(), *script], 0.5)
    times = [cue.at_s for cue in cues]
    assert times == sorted(times)
    ends = [i for i, cue in enumerate(cues) if isinstance(cue, SessionEnded | SessionStopped)]
    assert ends in ([], [len(cues) - 1])


events = st.builds(
    lambda kind, at_s, length_s: {
        "started": HoldStarted(at_s, at_s - 0.1),
        "released": HoldReleased(at_s),
        "withdrawn": HoldWithdrawn(at_s),
        "settled": HoldSettled(at_s, make_hold(at_s - length_s, length_s)),
        "cut": HoldSettled(at_s, replace(make_hold(at_s - length_s, length_s), is_finished=False)),
        "saturated": SaturationSeen(at_s, "toes"),
        "gap": GapFound(at_s, at_s + length_s),
        "back": GapFound(at_s, at_s - length_s),
    }[kind],
    st.sampled_from(
        ["started", "released", "withdrawn", "settled", "cut", "saturated", "gap", "back"]
    ),
    st.floats(0.0, 100.0),
    st.floats(0.0, 5.0),
)
chaos = st.lists(
    st.one_of(
        events,
        commands,
        st.floats(0.0, 120.0),
        st.booleans(),
        st.sampled_from([EndSession(), StopReason.PAIN]),
    ),
    max_size=60,
)


def poke(
    conductor: Conductor, at_s: float, step: Event | Command | float | bool | StopReason
) -> tuple[Cue, ...]:
    """Let one thing happen."""
    if isinstance(step, bool):
        return conductor.stale(step, at_s)
    if isinstance(step, int | float):
        return conductor.advance(step)
    if isinstance(step, StopReason):
        return conductor.stop(step, at_s)
    if isinstance(step, Event):
        return conductor.push(step)
    return conductor.obey(step, at_s)


@given(chaos, st.booleans())
@settings(max_examples=150)
def test_whatever_happens_phases_follow_the_table_and_counts_the_plan(
    script: list[Event | Command | float | bool | StopReason], is_replay: bool
) -> None:
    conductor: Conductor = coach()
    if is_replay:
        conductor = Follower(make_session(exercise=QUICK))
    at_s = 0.0
    for step in script:
        before = conductor.view().phase
        cues = poke(conductor, at_s, step)
        at_s = at_s if isinstance(step, bool) or not isinstance(step, float) else step
        view = conductor.view()
        assert not (is_over(before) and cues)
        assert all(math.isfinite(cue.at_s) for cue in cues)
        assert view.phase is before or TRANSITIONS[before]
        assert view.message
        assert view.left_s >= 0.0
        assert view.hold_s >= 0.0
        assert is_replay or view.rep <= view.reps
        assert is_replay or view.set_number <= view.sets
    counted = sum(len(s.counted) for s in conductor.result().sets)
    assert counted <= sum(isinstance(step, HoldSettled) for step in script)


@given(chaos)
@settings(max_examples=100)
def test_nothing_counts_while_data_are_stale(
    script: list[Event | Command | float | bool | StopReason],
) -> None:
    conductor = coach()
    conductor.stale(True, 0.0)
    for step in script:
        if not isinstance(step, bool):
            assert not any(isinstance(cue, RepCounted) for cue in poke(conductor, 0.0, step))
