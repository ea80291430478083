"""What a change of pitch says."""

import numpy as np
import pytest

from trainer.detect.heelrise import LEAST_DEG, MOST_DEG, CleanPitch, learn_pitch


def test_a_steady_foot_has_the_least_limit_and_an_unsteady_one_the_most() -> None:
    steady = learn_pitch(np.tile([0.02, -0.02], 20))
    assert steady.limit_deg == pytest.approx(LEAST_DEG, abs=0.03)
    unsteady = learn_pitch(np.tile([1.5, -1.5], 20))
    assert unsteady.limit_deg == MOST_DEG


def test_nothing_known_gives_a_limit_between() -> None:
    for unknown in (np.zeros(0), np.full(5, np.nan)):
        assert LEAST_DEG < learn_pitch(unknown).limit_deg < MOST_DEG


def test_a_tilt_that_every_clean_press_has_is_no_heel_rise() -> None:
    tilted = learn_pitch(np.tile([0.35, 0.45], 10))
    assert tilted.centre_deg == pytest.approx(0.4)
    assert tilted.limit_deg == pytest.approx(0.4 + LEAST_DEG, abs=0.05)


def test_heel_rises_in_every_press_to_learn_from_are_not_learned_as_clean() -> None:
    assert learn_pitch(np.full(10, 3.0)).limit_deg == MOST_DEG


def test_evidence_grows_with_the_rise_and_a_heel_that_stays_down_says_little() -> None:
    pitch = CleanPitch()
    found = [pitch.evidence(deg) for deg in (-3.0, 0.0, 1.0, 1.5, 2.0, 60.0)]
    assert found[0] == pytest.approx(found[1], abs=0.05)
    assert -0.5 < found[0] < 0
    assert np.all(np.diff(found[1:]) > 0)
    assert found[4] > 3.0
