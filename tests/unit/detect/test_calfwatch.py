"""The live watch: speaks once a press after 0.3 s, however the signal is cut."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.detect.balances import CELLS, REST_N, changes_of, holds_of, presses, toe_moment
from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock
from trainer.core.events import CompensationSeen, Event, HoldReleased, HoldStarted
from trainer.core.findings import Witness
from trainer.core.packets import detected_columns
from trainer.core.pad import PadSettings
from trainer.detect.calfwatch import LASTING_S, MOST_LEARNED, CalfWatch
from trainer.detect.tilt import TiltTrack

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
    rest_n: FloatArray = REST_N,
) -> list[Event]:
    edges = [0, *sorted(cuts), len(cells_n)] if cuts else [*range(0, len(cells_n), 8), len(cells_n)]
    events: list[Event] = []
    lamp = Lamp(levels_of(cells, rest_n))
    tilt = None if pitch_deg is None else track_of(pitch_deg)
    for first, stop in pairwise(edges):
        block = block_of(cells_n, first, stop, cells, starts=first == 0)
        events += watch.push(block, lamp.look(block), tilt)
    return events


def track_of(pitch_deg: FloatArray) -> TiltTrack:
    count = len(pitch_deg)
    none = np.zeros(count)
    track, time_s = TiltTrack(), np.arange(count) / RATE_HZ
    flags = np.zeros(count, np.uint8)
    many = np.zeros((count, 3))
    track.push(AttitudeBlock(0, time_s, pitch_deg, none, many, many, flags, starts_run=True))
    return track


class Lamp:
    """Says when a press is on, as the hold detector does: from 5 N on, and down to 3 N."""

    def __init__(self, levels_n: FloatArray) -> None:
        self._levels_n = levels_n
        self._is_on = False

    def look(self, block: ForceBlock) -> list[Event]:
        said: list[Event] = []
        above = block.force_n[:, -1] - self._levels_n[-1]
        for at_s, force_n in zip(block.time_s.tolist(), above.tolist(), strict=True):
            if not self._is_on and force_n > 5.0:
                said.append(HoldStarted(at_s, at_s, tuple(self._levels_n.tolist())))
                self._is_on = True
            elif self._is_on and force_n < 3.0:
                said.append(HoldReleased(at_s))
                self._is_on = False
        return said


def times_of(events: list[Event]) -> list[float]:
    return [event.at_s for event in events if isinstance(event, CompensationSeen)]


TIME = np.arange(480) / RATE_HZ
HELPED_S = (2.0, 3.0)
PRESS_S = (1.0, 4.0)
TRACE = cells_of(TIME, PRESS_S, HELPED_S, 3.0)


def test_a_calf_that_helps_is_seen_after_a_third_of_a_second_once() -> None:
    (event,) = run(CalfWatch(KNOWN, CELLS), TRACE)
    assert isinstance(event, CompensationSeen)
    assert event.witness is Witness.MOMENT
    assert event.at_s == pytest.approx(HELPED_S[0] + LASTING_S, abs=1e-9)
    assert event.excess_nm == pytest.approx(3.0)


def test_it_speaks_again_in_the_next_press_and_never_at_rest_or_in_a_clean_press() -> None:
    watch = CalfWatch(KNOWN, CELLS)
    twice = np.concatenate([TRACE, cells_of(TIME, PRESS_S, (0, 0), 0.0), TRACE])
    events = run(watch, twice)
    assert times_of(events) == pytest.approx([2.3, 2.3 + 12.0])
    assert run(watch, cells_of(TIME, (0, 0), HELPED_S, 5.0)) == []


def test_two_short_bursts_are_no_lasting_help() -> None:
    short = cells_of(TIME, PRESS_S, (2.0, 2.25), 3.0)
    later = cells_of(TIME, PRESS_S, (2.3, 2.55), 3.0)
    assert run(CalfWatch(KNOWN, CELLS), np.maximum(short, later)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, len(TRACE) - 1), min_size=1, max_size=60, unique=True))
def test_any_cutting_gives_the_same_events(cuts: list[int]) -> None:
    pitch = np.where(TIME > 3.4, 5.0, 0.0)
    trace = np.concatenate([TRACE, cells_of(TIME, PRESS_S, (0, 0), 0.0)])
    whole = run(CalfWatch(KNOWN, CELLS), trace, pitch_deg=np.tile(pitch, 2), cuts=(480,))
    parts = run(CalfWatch(KNOWN, CELLS), trace, pitch_deg=np.tile(pitch, 2), cuts=tuple(cuts))
    assert len(whole) == len(parts) == 2
    for left, right in zip(whole, parts, strict=True):
        assert isinstance(left, CompensationSeen)
        assert isinstance(right, CompensationSeen)
        assert (left.at_s, left.witness) == (right.at_s, right.witness)
        assert left.excess_nm == pytest.approx(right.excess_nm, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(TRACE)))
def test_an_empty_block_changes_nothing(position: int) -> None:
    watch, lamp = CalfWatch(KNOWN, CELLS), Lamp(levels_of())
    first = block_of(TRACE, 0, position, starts=True)
    last = block_of(TRACE, position, len(TRACE))
    events = list(watch.push(first, lamp.look(first), None))
    assert watch.push(block_of(TRACE, position, position), (), None) == ()
    events += watch.push(last, lamp.look(last), None)
    assert times_of(events) == [2.3]


def test_a_gap_ends_a_press() -> None:
    watch, lamp = CalfWatch(KNOWN, CELLS), Lamp(levels_of())
    before = block_of(TRACE, 0, 180, starts=True)
    assert watch.push(before, lamp.look(before), None) == ()
    assert watch.push(block_of(TRACE, 180, 240, starts=True), (), None) == ()


def test_a_press_that_dips_is_spoken_of_once() -> None:
    watch, lamp = CalfWatch(KNOWN, CELLS), Lamp(levels_of())
    before, after = block_of(TRACE, 0, 200, starts=True), block_of(TRACE, 200, 240)
    first = lamp.look(before)
    assert len(watch.push(before, first, None)) == 1
    (lit,) = first
    assert isinstance(lit, HoldStarted)
    again: list[Event] = [HoldReleased(after.time_s[0]), replace(lit, at_s=after.time_s[2])]
    assert watch.push(after, again, None) == ()


def test_pitch_speaks_without_any_cell_behind_the_toes_and_unknown_pitch_is_silent() -> None:
    cells = ("hallux", "toes")
    pitch = np.where((TIME > 2.0) & (TIME < 3.0), 4.0, 0.0)
    (event,) = run(CalfWatch(PAD, cells), TRACE, cells, pitch)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.PITCH, None)
    assert run(CalfWatch(PAD, cells), TRACE, cells, np.full(480, np.nan)) == []
    assert run(CalfWatch(PAD, cells), TRACE, cells) == []


def test_a_heel_that_comes_off_speaks_and_one_that_never_stood_does_not() -> None:
    cells = ("ball", "heel")
    lifted = TRACE.copy()
    lifted[80:320, 2] += 120.0
    lifted[160:240, 3] = 2.0
    (event,) = run(CalfWatch(PAD, cells), lifted, cells)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.HEEL, None)
    light = np.array([3.0, 2.0, 20.0, 5.0])
    watch = CalfWatch(PAD, cells)
    assert run(watch, lifted, cells, rest_n=light) == []


def test_without_a_ball_cell_the_heel_is_the_witness() -> None:
    cells = ("hallux", "toes", "heel")
    watch = CalfWatch(PAD, cells)
    for hold in holds_of(presses(10), cells):
        watch.learn(hold)
    (event,) = run(watch, cells_of(TIME, PRESS_S, HELPED_S, 6.0), cells)
    assert isinstance(event, CompensationSeen)
    assert (event.witness, event.excess_nm) == (Witness.HEEL, None)


def test_a_lifted_leg_is_no_calf() -> None:
    lifted = TRACE.copy()
    lifted[160:240] = REST_N + changes_of(40.0, 1.1 * toe_moment(40.0), -75.0)
    assert lifted[200, 3] < 0.1 * REST_N[3]
    assert run(CalfWatch(KNOWN, CELLS), lifted) == []


def test_the_clean_press_is_learned_while_the_session_runs() -> None:
    watch = CalfWatch(PAD, CELLS)
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
    watch, lamp = CalfWatch(PAD, CELLS), Lamp(levels_of())
    small = cells_of(TIME, PRESS_S, HELPED_S, 1.8)
    before, after = block_of(small, 0, 100, starts=True), block_of(small, 100, 480)
    events = list(watch.push(before, lamp.look(before), None))
    for hold in holds_of(presses(10)):
        watch.learn(hold)
    events += watch.push(after, lamp.look(after), None)
    assert events == []
    assert len(run(watch, small)) == 1


def test_learning_ends_when_it_tells_little_more() -> None:
    watch = CalfWatch(PAD, CELLS)
    holds = holds_of(presses(MOST_LEARNED + 5))
    for hold in holds[:MOST_LEARNED]:
        watch.learn(hold)
    assert watch.clean is not None
    ratio = watch.clean.ratio
    watch.learn(holds[-1])
    assert watch.clean.ratio == ratio


def test_a_settled_hold_is_judged_by_what_was_learned_so_far() -> None:
    watch = CalfWatch(PAD, CELLS)
    clean = holds_of(presses(12))
    for hold in clean[:-1]:
        watch.learn(hold)
    assert watch.judge(clean[-1], None).is_compensated is False
    changes = list(clean[-1].cell_changes_n)
    changes[2] += 25.0
    changes[3] -= 25.0
    helped = watch.judge(replace(clean[-1], cell_changes_n=tuple(changes)), 0.2)
    assert helped.is_compensated is True
    assert helped.witness is Witness.MOMENT
    assert helped.pitch_change_deg == 0.2


def test_a_pad_of_one_cell_judges_nothing() -> None:
    watch = CalfWatch(PAD, ("force",))
    (hold,) = holds_of(presses(1), ("toes",))
    assert watch.judge(hold, None).is_compensated is None
    assert watch.judge(hold, 3.0).is_compensated is True


def test_pitch_counts_from_the_rest_before_the_press() -> None:
    cells = ("hallux", "toes")
    shifted = np.full(480, 4.0)
    assert run(CalfWatch(PAD, cells), TRACE, cells, shifted) == []
    risen = np.where((TIME > 2.0) & (TIME < 3.0), 8.0, 4.0)
    assert len(run(CalfWatch(PAD, cells), TRACE, cells, risen)) == 1
