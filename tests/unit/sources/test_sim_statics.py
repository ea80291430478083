"""The lever of the foot against its own equations, worked out by hand."""

import numpy as np
import pytest

from trainer.sources.sim.statics import CELL_X_M, cell_changes, toe_moment


def test_forces_and_moments_balance() -> None:
    cells = cell_changes(22.0, 18.0, 5.0, 1.7)
    assert cells[:2].tolist() == [22.0, 18.0]
    assert cells.sum() == pytest.approx(5.0)
    assert cells @ np.array(CELL_X_M) == pytest.approx(1.7)


def test_intrinsic_muscles_load_the_heel_and_unload_the_ball() -> None:
    # Sums by hand: -40 N and -7.04 Nm left for ball and heel at +.120 and -.045 m.
    cells = cell_changes(22.0, 18.0, 0.0, 0.0)
    assert cells[2] == pytest.approx(-8.84 / 0.165)
    assert cells[3] == pytest.approx(8.84 / 0.165 - 40.0)
    assert 1.3 < -cells[2] / 40.0 < 1.4
    assert 0.3 < cells[3] / 40.0 < 0.4


def test_the_calf_unloads_the_heel_and_loads_the_ball() -> None:
    clean = cell_changes(22.0, 18.0, 0.0, 0.0)
    pushed = cell_changes(22.0, 18.0, 0.0, 3.3)
    assert pushed[3] - clean[3] == pytest.approx(-20.0)
    assert pushed[2] - clean[2] == pytest.approx(20.0)


def test_a_push_of_the_leg_turns_nothing() -> None:
    cells = cell_changes(0.0, 0.0, 10.0, 0.0)
    assert cells.sum() == pytest.approx(10.0)
    assert cells @ np.array(CELL_X_M) == pytest.approx(0.0)


def test_runs_are_solved_row_by_row() -> None:
    hallux_n = np.array([1.0, 2.0, 3.0])
    together = cell_changes(hallux_n, 0.5 * hallux_n, 4.0, 0.0)
    assert together.shape == (3, 4)
    alone = [cell_changes(h, 0.5 * h, 4.0, 0.0) for h in (1.0, 2.0, 3.0)]
    np.testing.assert_allclose(together, np.stack(alone))


def test_the_toe_moment_turns_about_the_ball() -> None:
    assert toe_moment(22.0, 18.0) == pytest.approx(22.0 * 0.065 + 18.0 * 0.045)
