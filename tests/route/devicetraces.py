"""Recordings of devices as CSV, made up with known truth."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.route.rig import write_csv
from trainer.core.arrays import FloatArray

RATE_HZ = 80
STRETCHES_MM = (0, 10, 20, 30, 40, 50, 40, 30, 20, 10)
STRETCHES = ",".join(map(str, STRETCHES_MM))
TOP_S = 25.0
HELD_S = 6.0
LOST_SHARE = 0.07
"""Of the force on the way back."""

REST_N = (35.0, 135.0, 175.0)
"""Of a seated foot on toes, ball and heel."""


def stretched(
    path: Path, stiffness_n_mm: float, *, creep_pct_min: float = -2.0, rest_n: float = 5.0
) -> Path:
    """Write a band that is stretched step by step and back, with something resting on the pad."""
    rng = np.random.default_rng(1)
    pieces: list[FloatArray] = []
    before_n = 0.0
    top = STRETCHES_MM.index(max(STRETCHES_MM))
    for number, stretch_mm in enumerate(STRETCHES_MM):
        force_n = stiffness_n_mm * stretch_mm * (1 - LOST_SHARE * (number > top))
        held_s = TOP_S if number == top else HELD_S
        minutes = np.arange(round(held_s * RATE_HZ)) / RATE_HZ / 60
        pieces.append(np.linspace(before_n, force_n, RATE_HZ // 2))
        pieces.append(force_n * (1 + creep_pct_min / 100 * minutes))
        before_n = force_n
    total_n = np.concatenate(pieces)
    total_n += rest_n + rng.normal(0, 0.05, len(total_n))
    rows = [(f"{n / RATE_HZ:.4f}", f"{force_n:.4f}") for n, force_n in enumerate(total_n)]
    return write_csv(path, "t_s,force_n", rows)


def pressed(
    path: Path,
    *,
    press_n: Sequence[float] = (0, 40, 40, 40, 40, 0),
    hold_s: float = 3.0,
    sway_cm: float = 0.1,
    slip_cm: float = 0.0,
) -> Path:
    """Write presses of the toes on toes, ball and heel; a slip is in the middle of the second.

    The slip takes load from the heel to the ball; nothing else moves but the sway.
    """
    rng = np.random.default_rng(2)
    rest_s = 3.0
    count = round((len(press_n) + 1) * (hold_s + rest_s) * RATE_HZ)
    time_s = np.arange(count) / RATE_HZ
    toes_n = np.full(count, REST_N[0])
    for number, height_n in enumerate(press_n):
        start_s = rest_s + number * (hold_s + rest_s)
        rise = np.clip((time_s - start_s) / 0.3, 0, 1) - np.clip(
            (time_s - start_s - hold_s) / 0.3, 0, 1
        )
        toes_n = toes_n + height_n * rise
    span_cm = 12.0 + 4.5
    sway = sway_cm * np.sin(2 * np.pi * 0.6 * time_s)
    slip_s = rest_s + (hold_s + rest_s) + hold_s / 2
    moved_cm = sway + slip_cm * (time_s >= slip_s)
    shifted_n = moved_cm * (toes_n + REST_N[1] + REST_N[2]) / span_cm
    cells = np.column_stack([toes_n, REST_N[1] + shifted_n, REST_N[2] - shifted_n])
    cells += rng.normal(0, 0.03, cells.shape)
    rows = [
        (f"{at:.4f}", *(f"{n:.4f}" for n in row)) for at, row in zip(time_s, cells, strict=True)
    ]
    return write_csv(path, "t_s,toes_n,ball_n,heel_n", rows)
