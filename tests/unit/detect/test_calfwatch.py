"""The live watch: speaks once a press after 0.3 s, however the signal is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.detect.balances import CELLS, REST_N, changes_of, holds_of, presses, toe_moment
from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import CompensationSeen, Event
from trainer.core.findings import Witness
from trainer.core.packets import detected_columns
from trainer.core.pad import PadSettings
from trainer.detect.calfwatch import LASTING_S, MOST_LEARNED, CalfWatch

RATE_HZ = 80.0
PAD = PadSettings()
KNOWN = PadSettings(clean_ratio=1.1, clean_sigma_nm=0.3)


def cells_of(
    time_s: FloatArray, press: tuple[float, float], helped: tuple[float, float], extra_nm: float
) -> FloatArray:
    """Return (n, 4) newtons: a press of 40 N, and within it a calf that helps."""
    toes = np.where((time_s >= press[0]) & (time_s < press[1]), 40.0, 0.0)
    extra = np.where((time_s >= helped[0]) & (time_s < helped[1]), extra_nm, 0.0)
    rows = [
        changes_of(toe, 1.1 * toe_moment(toe) + more)
        for toe, more in zip(toes.tolist(), extra.tolist(), strict=True)
    ]
    return REST_N + np.array(rows)


def block_of(
    cells_n: FloatArray,
    first: int,
    stop: int,
    cells: tuple[str, ...] = CELLS,
    *,
    starts: bool = False,
) -> ForceBlock:
    kept = cells_n[first:stop, [CELLS.index(cell) for cell in cells]]
    detected = kept[:, list(detected_columns(cells))].sum(axis=1)
    data = np.column_stack([kept, detected])
    flags = np.zeros(len(data), np.uint8)
    time = np.arange(first, stop) / RATE_HZ
    none = np.zeros_like(data)
    return ForceBlock(cells, first, time, data, data, none, none, flags, starts_run=starts)


def levels_of(cells: tuple[str, ...] = CELLS, rest_n: FloatArray = REST_N) -> FloatArray:
    kept = rest_n[[CELLS.index(cell) for cell in cells]]
    return np.append(kept, kept[list(detected_columns(cells))].sum())


def run(
    watch: CalfWatch,
    cells_n: FloatArray,
    cells: tuple[str, ...] = CELLS,
    pitch_deg: FloatArray | None = None,
    cuts: tuple[int, ...] = (),
) -> list[Event]:
    edges = [0, *sorted(cuts), len(cells_n)] if cuts else [*range(0, len(cells_n), 8), len(cells_n)]
    levels = levels_of(cells)
    events: list[Event] = []
    for first, stop in pairwise(edges):
        part = None if pitch_deg is None else pitch_deg[first:stop]
        block = block_of(cells_n, first, stop, cells, starts=first == 0)
        events += watch.push(block, levels, part)
    return events


def times_of(events: list[Event]) -> list[float]:
    return [event.at_s for event in events if isinstance(event, CompensationSeen)]


TIME = np.arange(480) / RATE_HZ
HELPED_S = (2.0, 3.0)
PRESS_S = (1.0, 4.0)
TRACE = cells_of(TIME, PRESS_S, HELPED_S, 3.0)


def test_a_calf_that_helps_is_seen_after_a_third_of_a_second_once() -> None:
    (event,) = run(CalfWatch(KNOWN, CELLS, RATE_HZ), TRACE)
    assert isinstance(event, CompensationSeen)
    assert event.witness is Witness.MOMENT
    assert event.at_s == pytest.approx(HELPED_S[0] + LASTING_S, abs=1e-9)
    assert event.excess_nm == pytest.approx(3.0)


def test_it_speaks_again_in_the_next_press_and_never_at_rest_or_in_a_clean_press() -> None:
    watch = CalfWatch(KNOWN, CELLS, RATE_HZ)
    twice = np.concatenate([TRACE, cells_of(TIME, PRESS_S, (0, 0), 0.0), TRACE])
    events = run(watch, twice)
    assert times_of(events) == pytest.approx([2.3, 2.3 + 12.0])
    assert run(watch, cells_of(TIME, (0, 0), HELPED_S, 5.0)) == []


def test_two_short_bursts_are_no_lasting_help() -> None:
    short = cells_of(TIME, PRESS_S, (2.0, 2.25), 3.0)
    later = cells_of(TIME, PRESS_S, (2.3, 2.55), 3.0)
    assert run(CalfWatch(KNOWN, CELLS, RATE_HZ), np.maximum(short, later)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, len(TRACE) - 1), min_size=1, max_size=60, unique=True))
def test_any_cutting_gives_the_same_events(cuts: list[int]) -> None:
    pitch = np.where(TIME > 3.4, 5.0, np.nan)
    trace = np.concatenate([TRACE, cells_of(TIME, PRESS_S, (0, 0), 0.0)])
    whole = run(CalfWatch(KNOWN, CELLS, RATE_HZ), trace, pitch_deg=np.tile(pitch, 2), cuts=(480,))
    parts = run(
        CalfWatch(KNOWN, CELLS, RATE_HZ), trace, pitch_deg=np.tile(pitch, 2), cuts=tuple(cuts)
    )
    assert len(whole) == len(parts) == 2
    for left, right in zip(whole, parts, strict=True):
        assert isinstance(left, CompensationSeen)
        assert isinstance(right, CompensationSeen)
        assert (left.at_s, left.witness) == (right.at_s, right.witness)
        assert left.excess_nm == pytest.approx(right.excess_nm, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(TRACE)))
def test_an_empty_block_changes_nothing(position: int) -> None:
    watch, levels = CalfWatch(KNOWN, CELLS, RATE_HZ), levels_of()
    events = list(watch.push(block_of(TRACE, 0, position, starts=True), levels, None))
    assert watch.push(block_of(TRACE, position, position), levels, None) == ()
    events += watch.push(block_of(TRACE, position, len(TRACE)), levels, None)
    assert times_of(events) == [2.3]


def test_a_gap_ends_a_press() -> None:
    watch, levels = CalfWatch(KNOWN, CELLS, RATE_HZ), levels_of()
    first = watch.push(block_of(TRACE, 0, 180, starts=True), levels, None)
    second = watch.push(block_of(TRACE, 180, 200, starts=True), levels, None)
    assert first == second == ()
    assert len(watch.push(block_of(TRACE, 200, 220), levels, None)) == 1


def test_pitch_speaks_without_any_cell_behind_the_toes_and_unknown_pitch_is_silent() -> None:
    cells = ("hallux", "toes")
    pitch = np.where((TIME > 2.0) & (TIME < 3.0), 4.0, 0.0)
    (event,) = run(CalfWatch(PAD, cells, RATE_HZ), TRACE, cells, pitch)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.PITCH, None)
    assert run(CalfWatch(PAD, cells, RATE_HZ), TRACE, cells, np.full(480, np.nan)) == []
    assert run(CalfWatch(PAD, cells, RATE_HZ), TRACE, cells) == []


def test_a_heel_that_comes_off_speaks_and_one_that_never_stood_does_not() -> None:
    cells = ("ball", "heel")
    lifted = TRACE.copy()
    lifted[80:320, 2] += 120.0
    lifted[160:240, 3] = 2.0
    (event,) = run(CalfWatch(PAD, cells, RATE_HZ), lifted, cells)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.HEEL, None)
    light = np.array([3.0, 2.0, 20.0, 5.0])
    watch = CalfWatch(PAD, cells, RATE_HZ)
    assert (
        watch.push(block_of(lifted, 0, 480, cells, starts=True), levels_of(cells, light), None)
        == ()
    )


def test_without_a_ball_cell_the_heel_is_the_witness() -> None:
    cells = ("hallux", "toes", "heel")
    watch = CalfWatch(PAD, cells, RATE_HZ)
    for hold in holds_of(presses(10), cells):
        watch.learn(hold)
    (event,) = run(watch, cells_of(TIME, PRESS_S, HELPED_S, 6.0), cells)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.HEEL, None)


def test_a_lifted_leg_is_no_calf() -> None:
    lifted = TRACE.copy()
    lifted[160:240] = REST_N + changes_of(40.0, 1.1 * toe_moment(40.0), -75.0)
    assert lifted[200, 3] < 0.1 * REST_N[3]
    assert run(CalfWatch(KNOWN, CELLS, RATE_HZ), lifted) == []


def test_the_clean_press_is_learned_while_the_session_runs() -> None:
    watch = CalfWatch(PAD, CELLS, RATE_HZ)
    small = cells_of(TIME, PRESS_S, HELPED_S, 1.8)
    assert run(watch, small) == []
    for hold in holds_of(presses(10)):
        watch.learn(hold)
    assert watch.clean is not None
    assert watch.clean.ratio == pytest.approx(1.1, abs=0.1)
    assert len(run(watch, small)) == 1
    learned = watch.clean.ratio
    watch.reset()
    assert watch.clean.ratio != learned
    assert run(watch, small) == []


def test_what_is_learned_within_a_press_holds_from_the_next_one_on() -> None:
    watch, levels = CalfWatch(PAD, CELLS, RATE_HZ), levels_of()
    small = cells_of(TIME, PRESS_S, HELPED_S, 1.8)
    events = list(watch.push(block_of(small, 0, 100, starts=True), levels, None))
    for hold in holds_of(presses(10)):
        watch.learn(hold)
    events += watch.push(block_of(small, 100, 480), levels, None)
    assert events == []
    assert len(run(watch, small)) == 1


def test_learning_ends_when_it_tells_little_more() -> None:
    watch = CalfWatch(PAD, CELLS, RATE_HZ)
    holds = holds_of(presses(MOST_LEARNED + 5))
    for hold in holds[:MOST_LEARNED]:
        watch.learn(hold)
    assert watch.clean is not None
    ratio = watch.clean.ratio
    watch.learn(holds[-1])
    assert watch.clean.ratio == ratio
