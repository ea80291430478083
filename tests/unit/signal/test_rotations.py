"""Turns in space against scipy's, and chains of them against a plain loop."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from trainer.core.arrays import FloatArray
from trainer.signal.rotations import chained, levelling_of, turned_back, turned_by, turns_by


def draw(count: int, *, size: float = 0.3) -> FloatArray:
    return np.random.default_rng(5).normal(0.0, size, (count, 3))


@pytest.mark.parametrize("size", [0.0, 1e-9, 0.3, 3.0])
def test_a_turn_is_the_one_that_scipy_makes(size: float) -> None:
    angles, vectors = draw(50, size=size), draw(50, size=10.0)
    expected = Rotation.from_rotvec(angles).apply(vectors)
    np.testing.assert_allclose(turned_by(turns_by(angles), vectors), expected, atol=1e-12)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 63, 64, 65, 128, 5000])
def test_a_chain_is_the_product_of_all_before(count: int) -> None:
    angles = draw(count)
    joined = chained(turns_by(angles))
    assert joined.shape == (2, count)
    total = Rotation.identity()
    for row, turn in enumerate(Rotation.from_rotvec(angles) if count else ()):
        total = total * turn
        if row % 61 == 0 or row == count - 1:
            found = turned_by(np.repeat(joined[:, row : row + 1], 3, axis=1), np.eye(3)).T
            np.testing.assert_allclose(found, total.as_matrix(), atol=1e-11)


def test_turning_back_undoes_a_turn() -> None:
    turns, vectors = turns_by(draw(20)), draw(20, size=10.0)
    np.testing.assert_allclose(turned_back(turns, turned_by(turns, vectors)), vectors, atol=1e-12)


@pytest.mark.parametrize("up", [(0, 0, 9.8), (0, 0, -9.8), (1, -2, 9), (-9.8, 0.1, 0), (3, 4, -5)])
def test_levelling_brings_any_direction_upright(up: tuple[float, ...]) -> None:
    levelling = levelling_of(np.array(up, dtype=np.float64))
    found = levelling @ np.array(up)
    np.testing.assert_allclose(found[:2], 0.0, atol=1e-12)
    np.testing.assert_allclose(found[2], np.linalg.norm(up))
    np.testing.assert_allclose(np.linalg.det(levelling), 1.0)
