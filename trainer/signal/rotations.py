"""Turns in space, many at once: made from angles, each joined to those before it, and applied.

A turn is a unit quaternion (w + x i) + (y + z i) j, kept as its two complex halves: an array of
(2, n) complex numbers. Two of them join in four products, a quarter of what matrices take.
"""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray

TurnArray: TypeAlias = npt.NDArray[np.complex128]

ROW: Final = 64
"""Turns joined by doubling the reach; longer chains are joined in rows of so many, side by side."""


def turns_by(angle_rad: FloatArray) -> TurnArray:
    """Return (2, n) turns about the directions of (n, 3) angle vectors, by their lengths."""
    size = np.sqrt(np.einsum("ij,ij->i", angle_rad, angle_rad))
    # sin(a / 2) / a without a division by zero.
    x, y, z = (0.5 * np.sinc(size / (2 * np.pi))) * angle_rad.T
    return np.array([np.cos(0.5 * size) + 1j * x, y + 1j * z])


def chained(turns: TurnArray) -> TurnArray:
    """Return (2, n) products of each turn and all before it, the first leftmost."""
    count = turns.shape[1]
    if count <= ROW:
        joined = turns.copy()
        reach = 1
        while reach < count:
            joined[:, reach:] = _product(joined[:, :-reach], joined[:, reach:])
            reach *= 2
        return joined
    rows = -(-count // ROW)
    padded = np.zeros((2, rows * ROW), np.complex128)
    padded[0] = 1.0
    padded[:, :count] = turns
    within = padded.reshape(2, rows, ROW)
    for column in range(1, ROW):
        within[:, :, column] = _product(within[:, :, column - 1], within[:, :, column])
    before = chained(within[:, :-1, -1])
    within[:, 1:] = _product(before[:, :, np.newaxis], within[:, 1:])
    return padded[:, :count]


def turned_by(turns: TurnArray, vectors: FloatArray) -> FloatArray:
    """Return (n, 3) vectors, each turned by its own turn."""
    return _vectors(_product(_product(turns, _turns_of(vectors)), _inverse(turns)))


def turned_back(turns: TurnArray, vectors: FloatArray) -> FloatArray:
    """Return (n, 3) vectors, each turned against its own turn."""
    return _vectors(_product(_product(_inverse(turns), _turns_of(vectors)), turns))


def levelling_of(up: FloatArray) -> FloatArray:
    """Return the (3, 3) shortest turn that brings the (3,) direction upright."""
    x, y, z = up / np.linalg.norm(up)
    horizontal = np.hypot(x, y)
    if horizontal == 0.0:
        return np.eye(3) if z > 0 else np.diag([1.0, -1.0, -1.0])
    axis = np.arctan2(horizontal, z) / horizontal * np.array([[y, -x, 0.0]])
    turn = np.repeat(turns_by(axis), 3, axis=1)
    return turned_by(turn, np.eye(3)).T.copy()


def _product(first: TurnArray, second: TurnArray) -> TurnArray:
    a, b = first
    c, d = second
    return np.array([a * c - b * d.conj(), a * d + b * c.conj()])


def _inverse(turns: TurnArray) -> TurnArray:
    return np.array([turns[0].conj(), -turns[1]])


def _turns_of(vectors: FloatArray) -> TurnArray:
    x, y, z = vectors.T
    return np.array([1j * x, y + 1j * z])


def _vectors(turns: TurnArray) -> FloatArray:
    return np.column_stack([turns[0].imag, turns[1].real, turns[1].imag])
