"""The foot as a lever: how toe force, leg push and ankle moment share out over the four cells.

Sums of forces and of moments about the ankle axis; shear is left out.
"""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray

CHANNELS: Final = ("hallux", "toes", "ball", "heel")

CELL_X_M: Final = (0.185, 0.165, 0.120, -0.045)
"""Distance of the cells forward of the ankle axis."""


def cell_changes(
    hallux_n: float | FloatArray,
    toes_n: float | FloatArray,
    load_n: float | FloatArray,
    moment_nm: float | FloatArray,
) -> FloatArray:
    """Return (..., 4) newtons so that they sum to the load and turn about the ankle by the moment.

    Ball and heel take what the toes leave: pressed toes lift the ball, a calf lifts the heel.
    """
    hallux_x, toes_x, ball_x, heel_x = CELL_X_M
    rest_n = np.subtract(load_n, np.add(hallux_n, toes_n))
    rest_nm = moment_nm - np.multiply(hallux_n, hallux_x) - np.multiply(toes_n, toes_x)
    ball_n = (rest_nm - heel_x * rest_n) / (ball_x - heel_x)
    cells = np.broadcast_arrays(hallux_n, toes_n, ball_n, rest_n - ball_n)
    return np.stack(cells, axis=-1).astype(np.float64)


def toe_moment(hallux_n: float, toes_n: float) -> float:
    """Return the moment of the toe forces about the ball of the foot in newton metres."""
    hallux_x, toes_x, ball_x, _ = CELL_X_M
    return hallux_n * (hallux_x - ball_x) + toes_n * (toes_x - ball_x)
