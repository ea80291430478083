"""Cells of the grid: what rest, spreads and shifts are judged by, cut at absolute sample indices.

A cell is GRID samples from an index that GRID divides, however the blocks are cut. Its figures are
computed in one order of operations, so that they are the same bits for any cutting.
"""

from typing import NamedTuple

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.detect.thresholds import GRID


class Cells(NamedTuple):
    """Complete cells one after the other: figures of the detected force in newtons.

    A tuple, because one is made of every block and a frozen dataclass takes twice as long.
    """

    lows_n: list[float]
    highs_n: list[float]
    means_n: list[float]
    rows_n: FloatArray
    """(GRID n, cell + 1) the samples"""


def cells_of(rows_n: FloatArray) -> Cells:
    """Return the cells of (GRID n, cell + 1) newtons; the detected force is the last column."""
    count = len(rows_n) // GRID
    if count == 1:
        # The usual case live: numpy would cost five times as much for one cell.
        force: list[float] = rows_n[:, -1].tolist()
        a, b, c, d, e, f, g, h = force
        return Cells([min(force)], [max(force)], [(a + b + c + d + e + f + g + h) / GRID], rows_n)
    columns = np.ascontiguousarray(rows_n[:, -1].reshape(count, GRID).T)
    sums = columns[0].copy()
    for column in columns[1:]:
        sums += column
    lows, highs = columns.min(axis=0), columns.max(axis=0)
    return Cells(lows.tolist(), highs.tolist(), (sums / GRID).tolist(), rows_n)
