"""Cells of the grid."""

import numpy as np
import pytest

from trainer.detect.cells import cells_of
from trainer.detect.thresholds import GRID

ROWS = np.random.default_rng(1).normal(30.0, 5.0, (5 * GRID, 3))


def test_figures_are_those_of_the_detected_force() -> None:
    cells = cells_of(ROWS)
    force = ROWS[:, -1].reshape(-1, GRID)
    assert cells.lows_n == force.min(axis=1).tolist()
    assert cells.highs_n == force.max(axis=1).tolist()
    assert cells.means_n == pytest.approx(force.mean(axis=1).tolist(), rel=1e-12)
    assert cells.rows_n is ROWS


def test_one_cell_has_the_same_bits_as_among_many() -> None:
    many = cells_of(ROWS)
    for index in range(5):
        one = cells_of(ROWS[GRID * index : GRID * (index + 1)])
        assert one.means_n == many.means_n[index : index + 1]
        assert one.lows_n == many.lows_n[index : index + 1]
        assert one.highs_n == many.highs_n[index : index + 1]
