"""How the sensor lies in the pad."""

from itertools import permutations, product

import numpy as np
import pytest
from footnode.axes import Axes

WORDS = [
    " ".join(s + axis for s, axis in zip(signs, order, strict=True))
    for order in permutations("xyz")
    for signs in product("+-", repeat=3)
]


def _matrix(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    columns = []
    for unit in np.eye(3, dtype=np.int64).tolist():
        counts = [*unit, *unit]
        Axes(text).turn(counts)
        assert counts[:3] == counts[3:]
        columns.append(counts[:3])
    return np.array(columns).T


def test_the_24_turns_are_taken_and_the_24_mirror_images_refused() -> None:
    taken = 0
    for text in WORDS:
        try:
            matrix = _matrix(text)
        except ValueError:
            continue
        taken += 1
        assert round(float(np.linalg.det(matrix))) == 1
    assert taken == 24


def test_the_plus_may_be_left_out() -> None:
    assert _matrix("x y z").tolist() == np.eye(3).tolist()


@pytest.mark.parametrize("text", ["", "+x +y", "+x +x +z", "forward left up", "--x +y +z", "x,y,z"])
def test_what_is_no_rotation_is_refused_with_a_right_one(text: str) -> None:
    with pytest.raises(ValueError, match=r'"\+x \+y \+z"'):
        Axes(text)


def test_the_lowest_count_stays_in_sixteen_bits_when_it_is_turned_round() -> None:
    counts = [-0x8000, 5, -0x8000, 0, 0, 0]
    Axes("-x -y +z").turn(counts)
    assert counts[:3] == [0x7FFF, -5, -0x8000]
