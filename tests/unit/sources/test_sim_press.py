"""The truth of a press: half of the plateau, against closed forms."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.sources.guided import IDEAL, reps, run, with_faults
from trainer.core.arrays import FloatArray
from trainer.core.block import Quality
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.sources.sim.bands import Band
from trainer.sources.sim.press import Intent, Press, Shape, half_plateau
from trainer.sources.sim.source import SimSource
from trainer.sources.sim.truth import PressTruth, Purpose
from trainer.timing.assemble import Assembler


def make_press(**changes: float) -> Press:
    shape = {
        "rise_s": 0.4,
        "fall_s": 0.2,
        "skew": 1.0,
        "droop": 0.0,
        "droop_s": 12.0,
        "wander_cv": 0.0,
        "tremor_ratio": 0.0,
    }
    return Press(
        start_s=10.0,
        release_s=12.0,
        level_n=40.0,
        shape=Shape(**(shape | changes)),
        intent=Intent(Purpose.REP, Side.LEFT),
        cells_per_n=np.array([0.6, 0.4, -1.2, 0.2]),
    )


@pytest.fixture(name="wander")
def make_wander() -> Band:
    return Band(np.random.default_rng(4), 0.3, 3.0)


def test_a_symmetrical_press_is_at_half_in_the_middle_of_its_rise_and_fall(wander: Band) -> None:
    truth = make_press().settle(wander, math.inf)
    assert truth is not None
    assert truth.start_s == pytest.approx(10.2, abs=1e-6)
    assert truth.end_s == pytest.approx(12.1, abs=1e-6)
    assert truth.plateau_n == pytest.approx(40.0)
    assert truth.is_finished


def test_a_skewed_rise_is_at_half_where_its_time_is_skewed_to(wander: Band) -> None:
    truth = make_press(skew=1.3).settle(wander, math.inf)
    assert truth is not None
    assert truth.start_s == pytest.approx(10.0 + 0.4 * 0.5 ** (1 / 1.3), abs=1e-4)


def test_a_sagging_press_has_the_plateau_of_its_middle(wander: Band) -> None:
    truth = make_press(droop=0.3, droop_s=3.0).settle(wander, math.inf)
    assert truth is not None
    middle_s = (truth.start_s + truth.end_s) / 2 - 10.4
    expected_n = 40.0 * (1.0 - 0.3 * (1.0 - math.exp(-middle_s / 3.0)))
    assert truth.plateau_n == pytest.approx(expected_n, rel=1e-3)


def test_a_press_under_way_is_unfinished(wander: Band) -> None:
    truth = make_press().settle(wander, 11.0)
    assert truth is not None
    assert not truth.is_finished
    assert truth.end_s == 11.0


def test_a_press_not_begun_has_no_truth(wander: Band) -> None:
    assert make_press().settle(wander, 9.9) is None


def test_a_trapezoid_is_crossed_where_its_slopes_say() -> None:
    time_s = np.linspace(0.0, 10.0, 1001)
    force_n = np.interp(time_s, [1.0, 2.0, 8.0, 9.0], [0.0, 30.0, 30.0, 0.0])
    start_s, end_s, plateau_n = half_plateau(time_s, force_n)
    assert (start_s, end_s, plateau_n) == pytest.approx((1.5, 8.5, 30.0))


def test_a_spike_at_the_start_does_not_set_the_plateau() -> None:
    time_s = np.linspace(0.0, 10.0, 1001)
    force_n = np.interp(time_s, [1.0, 1.1, 1.2, 2.0, 8.0, 9.0], [0.0, 50.0, 15.0, 30.0, 30.0, 0.0])
    assert half_plateau(time_s, force_n)[2] == pytest.approx(30.0)


def test_the_pad_measures_what_the_truth_says() -> None:
    session = run(IDEAL, reps(3), 14.0)
    assert len(session.truth.presses) == 3
    assert_measured(session.truth.presses, session.time_s, session.toe_n)


def test_the_truth_is_on_the_clock_of_the_stamps() -> None:
    config = with_faults(replace(IDEAL, rate_drift=5e-4), missed_per_frame=0.02)
    session = run(config, reps(10), 42.0)
    info = SimSource(config, speed=None, clock=ManualClock()).streams[0]
    blocks = Assembler(info).push(session.packets).blocks
    stamps_s = np.concatenate([b.time_s[b.quality == Quality.GOOD] for b in blocks])
    assert len(stamps_s) == len(session.toe_n)
    assert session.truth.faults.lost_samples > 10
    assert len(session.truth.presses) == 10
    assert_measured(session.truth.presses, stamps_s, session.toe_n)


def assert_measured(presses: tuple[PressTruth, ...], time_s: FloatArray, toe_n: FloatArray) -> None:
    for press in presses:
        near = (time_s > press.start_s - 0.6) & (time_s < press.end_s + 0.6)
        above_n = toe_n[near] - toe_n[:20].mean()
        measured = half_plateau(time_s[near], above_n)
        assert measured[0] == pytest.approx(press.start_s, abs=0.002)
        assert measured[1] == pytest.approx(press.end_s, abs=0.002)
        assert measured[2] == pytest.approx(press.plateau_n, rel=1e-3)
