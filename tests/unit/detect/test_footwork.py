"""Slips, rigid placement, the ankle before the toes, pulses: from courses of known shape."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.balances import CELLS, REST_N, X_M, changes_of, hold_of, toe_moment
from trainer.core.arrays import FloatArray
from trainer.core.findings import Compensation
from trainer.core.hold import COURSE_BEFORE_S, COURSE_SLOT_S, COURSE_SLOTS, Hold
from trainer.core.pad import PadSettings
from trainer.detect.cleanpress import known_clean
from trainer.detect.footwork import judge_footwork

PAD = PadSettings()
CLEAN = known_clean(1.0, 0.3)
SLOTS = 60


def slot_middles() -> FloatArray:
    """Return (slot,) seconds from the start of the hold."""
    middles = np.arange(SLOTS, dtype=np.float64) + 0.5
    return np.asarray(middles * COURSE_SLOT_S - COURSE_BEFORE_S, np.float64)


def with_course(
    toe_n: FloatArray, excess_nm: FloatArray, leg_n: FloatArray | float = 0.0, seed: int = 1
) -> Hold:
    """Return a hold of 2 s whose cells followed these (slot,) courses, with 0.05 N of noise."""
    legs = np.broadcast_to(leg_n, toe_n.shape)
    rows = [
        changes_of(toe, toe_moment(toe) + excess, leg)
        for toe, excess, leg in zip(toe_n.tolist(), excess_nm.tolist(), legs.tolist(), strict=True)
    ]
    course = REST_N + np.array(rows) + np.random.default_rng(seed).normal(0, 0.05, (SLOTS, 4))
    middle = slice(SLOTS // 3 + 10, SLOTS - 10)
    hold = hold_of(np.median(course[middle] - REST_N, axis=0))
    return replace(hold, course_n=tuple(map(tuple, course.tolist())))


def ramp(start_s: float, height: float, rise_s: float = 0.2) -> FloatArray:
    """Return (slot,) values that cross half of the height at a time from the hold's start."""
    middles = slot_middles()
    return np.interp(middles, [start_s - rise_s / 2, start_s + rise_s / 2], [0.0, height])


def found(
    hold: Hold, excess_nm: float | None = 0.0, pitch_deg: float | None = None
) -> Compensation:
    before = Compensation(ankle_excess_nm=excess_nm, pitch_change_deg=pitch_deg)
    return judge_footwork([hold], CELLS, PAD, [before], CLEAN)[0]


TOES = ramp(0.0, 40.0)
NOTHING = np.zeros(SLOTS)


def wander(size_nm: float = 0.5) -> FloatArray:
    return size_nm * np.sin(2 * np.pi * 0.7 * slot_middles())


@pytest.mark.parametrize("lead_s", [-0.2, 0.0, 0.15, 0.4])
def test_the_ankle_is_timed_against_the_toes_to_a_hundredth(lead_s: float) -> None:
    hold = with_course(TOES, ramp(-lead_s, 4.0))
    assert found(hold, 4.0).ankle_lead_s == pytest.approx(lead_s, abs=0.015)


def test_a_clean_press_has_no_ankle_movement_to_time() -> None:
    assert found(with_course(TOES, 0.1 * wander()), 0.1).ankle_lead_s is None
    assert found(with_course(TOES, ramp(0.0, 4.0)), None).ankle_lead_s is None


def test_an_ankle_that_worked_all_along_or_swayed_before_is_not_timed() -> None:
    assert found(with_course(TOES, np.full(SLOTS, 4.0)), 4.0).ankle_lead_s is None
    restless = ramp(0.0, 3.0) + 2.0 * np.sin(2 * np.pi * 2.0 * slot_middles())
    assert found(with_course(TOES, restless), 3.0).ankle_lead_s is None


def test_a_foot_that_slips_shows_a_jump_of_the_centre_of_pressure() -> None:
    slip_nm = np.where(slot_middles() > 1.0, 2.0, 0.0)
    jumped = found(with_course(TOES, slip_nm)).slip_cm
    assert jumped == pytest.approx(100 * 2.0 / float(REST_N.sum()), rel=0.05)
    assert float(REST_N @ X_M) > 0
    steady = found(with_course(TOES, NOTHING)).slip_cm
    assert steady is not None
    assert steady < 0.1


def test_a_twitch_is_no_slip() -> None:
    twitch_nm = np.where(np.abs(slot_middles() - 1.0) < COURSE_SLOT_S, 2.0, 0.0)
    slip_cm = found(with_course(TOES, twitch_nm)).slip_cm
    assert slip_cm is not None
    assert slip_cm < 0.2


def test_high_force_without_any_movement_is_rigid_and_a_living_foot_is_not() -> None:
    dead = with_course(TOES, NOTHING)
    quiet = replace(dead, course_n=(dead.course_n[40],) * SLOTS)
    assert found(quiet).is_rigid is True
    assert found(with_course(TOES, wander())).is_rigid is False
    # The stillest second of real stance moved by 0.015 cm; this moves by 0.03.
    rows = np.array(quiet.course_n) + np.outer(wander(0.04), [0.0, 0.0, 1.0, -1.0]) / 0.165
    assert found(replace(quiet, course_n=tuple(map(tuple, rows.tolist())))).is_rigid is False
    assert found(quiet, pitch_deg=0.1).is_rigid is True
    assert found(quiet, pitch_deg=-0.5).is_rigid is False
    weak = replace(quiet, plateau_n=10.0)
    assert found(weak).is_rigid is False
    short = replace(quiet, course_n=quiet.course_n[:48])
    assert found(short).is_rigid is None


def test_an_unloaded_pad_has_no_centre_of_pressure() -> None:
    hold = with_course(TOES, NOTHING)
    bare = replace(hold, cell_rest_n=(0.0, 0.0, 0.0, 0.0))
    assert (found(bare).slip_cm, found(bare).is_rigid) == (None, None)
    lifted = replace(hold, course_n=((0.1, 0.1, 0.1, 0.1),) * SLOTS)
    assert (found(lifted).slip_cm, found(lifted).is_rigid) == (None, None)


def test_pulses_are_counted_and_a_steady_press_has_none() -> None:
    pulsed = TOES * np.where(np.sin(2 * np.pi * 1.5 * slot_middles()) > 0.8, 0.6, 1.0)
    # Of the dips at 0.17, 0.83 and 1.5 s the first belongs to the rise.
    assert found(with_course(pulsed, NOTHING)).pulses == 2
    assert found(with_course(TOES, wander())).pulses == 0


def test_without_a_course_nothing_is_added() -> None:
    bare = hold_of(changes_of(40.0, 2.0))
    before = Compensation(is_compensated=False)
    assert judge_footwork([bare], CELLS, PAD, [before], CLEAN) == (before,)
    saturated = replace(with_course(TOES, NOTHING), is_saturated=True)
    assert judge_footwork([saturated], CELLS, PAD, [before], CLEAN) == (before,)


def test_a_hold_too_short_for_levels_has_no_slip() -> None:
    hold = with_course(TOES, NOTHING)
    brief = replace(hold, course_n=hold.course_n[:38])
    assert found(brief).slip_cm is None
    none = replace(hold, course_n=hold.course_n[:22])
    assert (found(none).slip_cm, found(none).pulses) == (None, 0)


def test_the_begin_of_a_long_hold_is_looked_at_up_to_its_last_slot() -> None:
    hold = with_course(TOES, NOTHING)
    still, moved = hold.course_n[40], changes_of(40.0, 4.0) + REST_N
    rows = (*(still,) * (COURSE_SLOTS - 3), *(tuple(moved.tolist()),) * 3)
    assert found(replace(hold, course_n=rows)).is_rigid is False
    assert found(replace(hold, course_n=rows[1:])).is_rigid is True
