"""The face: words, shape and flood for each phase."""

from dataclasses import replace
from itertools import combinations

import pytest

from tests.unit.dashboard.scenes import BASE, IN_WORK, SNAPSHOTS
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.dashboard.band import Band, judge_band
from trainer.dashboard.face import (
    CounterFace,
    CueFace,
    DialFace,
    counter_face,
    cue_face,
    dial_face,
)
from trainer.dashboard.shapes import Shape
from trainer.dashboard.theme import Flood
from trainer.dashboard.words import target_words


def face(snapshot: Snapshot, alarm: Alarm = Alarm.NONE) -> CueFace:
    return cue_face(snapshot, judge_band(snapshot, Band.NONE), alarm)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_a_face_that_says_the_cue(phase: Phase) -> None:
    snapshot = replace(BASE, phase=phase, cue="WORD")
    assert face(snapshot).cue == "WORD"
    assert counter_face(snapshot).big is not None
    assert dial_face(snapshot, 1.0).number is not None


def test_states_that_differ_in_colour_differ_in_shape_too() -> None:
    scenes = [scene for name, scene in SNAPSHOTS.items() if name != "long_names"]
    for one, other in combinations([face(scene) for scene in scenes], 2):
        assert one.flood is other.flood or one.shape is not other.shape


@pytest.mark.parametrize(
    ("force_n", "flood", "shape", "word"),
    [
        (9.0, Flood.MORE, Shape.UP, "BELOW"),
        (25.0, Flood.GOOD, Shape.DISC, "IN BAND"),
        (33.0, Flood.LESS, Shape.DOWN, "ABOVE"),
    ],
)
def test_the_band_floods_with_colour_shape_and_word(
    force_n: float, flood: Flood, shape: Shape, word: str
) -> None:
    assert face(replace(IN_WORK, force_n=force_n)) == CueFace(flood, shape, word, "HOLD")


def test_stale_data_flood_whatever_the_force_was() -> None:
    assert face(SNAPSHOTS["stale"]) == CueFace(Flood.LESS, Shape.ALERT, "NO DATA", "WAIT")


def test_a_silent_engine_says_no_answer() -> None:
    assert face(IN_WORK, Alarm.SILENT).cue == "NO ANSWER"


def test_after_a_maximal_press_the_face_lets_go() -> None:
    assert face(SNAPSHOTS["mvc_press"]).flood is Flood.MAXIMUM
    assert face(replace(SNAPSHOTS["mvc_press"], left_s=0.0)).flood is Flood.RELAX


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        ("ready", CounterFace("20", "", "REPS, 3 SETS")),
        ("mvc_rest", CounterFace("2", "/3", "MAXIMAL PRESS")),
        ("work_in", CounterFace("7", "/20", "SET 2/3")),
        ("rest", CounterFace("20", "/20", "SET 2/3")),
        ("follow", CounterFace("112", "", "SET 3")),
    ],
)
def test_the_counter_says_what_counts_in_the_phase(scene: str, expected: CounterFace) -> None:
    assert counter_face(SNAPSHOTS[scene]) == expected


def test_a_replay_before_its_first_set_counts_reps() -> None:
    before = replace(SNAPSHOTS["follow"], set_number=0, rep=0)
    assert counter_face(before) == CounterFace("0", "", "REPS")


@pytest.mark.parametrize(
    ("scene", "longest_s", "expected"),
    [
        ("work_in", 0.0, DialFace("1.3", "of 2 s", 0.65)),
        ("follow", 0.0, DialFace("1.3", "s held", 0.0)),
        ("rest", 88.4, DialFace("45", "s rest", 0.5)),
        ("countdown", 0.0, DialFace("3", "to start", 0.0)),
        ("check", 0.0, DialFace("6", "newtons", 0.0)),
        ("done", 0.0, DialFace("", "", 0.0)),
    ],
)
def test_the_dial_counts_up_in_a_hold_and_down_in_a_rest(
    scene: str, longest_s: float, expected: DialFace
) -> None:
    assert dial_face(SNAPSHOTS[scene], longest_s) == expected


def test_a_long_hold_fills_the_ring_once() -> None:
    assert dial_face(replace(IN_WORK, hold_s=9.0), 0.0).filled == 1.0


def test_on_one_leg_the_flood_says_whether_somebody_stands_and_the_wobble_is_told() -> None:
    stance = replace(BASE, phase=Phase.CLOCK, block="work", set_number=4, sets=0, cue="BALANCE")
    standing = replace(stance, is_standing=True, wobble_dps=7.4)
    assert (face(standing).flood, face(standing).shape) == (Flood.GOOD, Shape.DISC)
    assert counter_face(standing).below == "SET 4   WOBBLE 7 °/s"
    fallen = replace(stance, is_standing=False)
    assert (face(fallen).flood, face(fallen).shape) == (Flood.MORE, Shape.UP)
    assert face(stance).flood is Flood.RELAX


def test_a_margin_that_is_not_known_yet_is_said_so() -> None:
    watched = replace(IN_WORK, is_margin_watched=True)
    assert counter_face(watched).below == "SET 2/3   MARGIN NOT YET"
    assert counter_face(replace(watched, margin_pct=40.0)).below == "SET 2/3   MARGIN 40 %"


def test_what_the_foot_bears_stands_beside_the_set() -> None:
    loaded = replace(BASE, phase=Phase.CLOCK, block="work", set_number=4, sets=0, load_n=241.7)
    assert counter_face(loaded).below == "SET 4   LOAD 242 N"


@pytest.mark.parametrize(
    ("load_n", "word", "filled"), [(140.0, "BELOW", 0.5), (280.0, "IN BAND", 1.0)]
)
def test_a_sequence_shows_its_load_against_its_band(
    load_n: float, word: str, filled: float
) -> None:
    borne = replace(SNAPSHOTS["sequence"], load_n=load_n)
    assert face(borne).shape_word == word
    assert dial_face(borne, 0.0) == DialFace(f"{load_n:.0f}", "224-336 N", filled)
    assert target_words(borne) == "bear 224-336 N"
    unknown = replace(borne, load_band_n=None)
    assert dial_face(unknown, 0.0) == DialFace(f"{load_n:.0f}", "newtons", 0.0)
    assert face(unknown) == CueFace(Flood.WAIT, Shape.CIRCLE, "", "SPREAD")
