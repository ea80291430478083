"""Stance whose sway has a closed form: a pressure centre on an ellipse, a board that rocks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ellipe

from tests.truth.helping import GRAVITY_MS2, IMU
from tests.truth.laws import Samples, as_samples

CHI2_95: Final = 5.991
"""95 % quantile of chi-square with 2 degrees of freedom: what the ellipse's area counts with."""


@dataclass(frozen=True, slots=True)
class SwayTake:
    """A recording of the pressure centre, and its measures in cm, s and Hz."""

    columns: dict[str, Samples]
    truth: dict[str, float]


def record_sway(seed: int) -> SwayTake:
    """Return one recording: half axes, their direction, turns and rate are drawn."""
    random = np.random.default_rng(seed)
    rate_hz = float(random.choice([50.0, 100.0, 200.0]))
    duration_s = float(random.choice([30.0, 60.0]))
    long_cm, ratio = random.uniform(0.3, 2.0), random.uniform(0.3, 1.0)
    turns = int(random.integers(4, round(1.2 * duration_s)))
    count = round(duration_s * rate_hz) + 1
    time_s = as_samples(np.arange(count) / rate_hz)
    angle = 2 * np.pi * turns * time_s / duration_s + random.uniform(0, 6)
    along, across = long_cm * np.cos(angle), ratio * long_cm * np.sin(angle)
    turned = random.uniform(0, np.pi)
    x_cm = random.uniform(-9, 9) + np.cos(turned) * along - np.sin(turned) * across
    y_cm = random.uniform(-9, 9) + np.sin(turned) * along + np.cos(turned) * across
    # Rows go missing one by one, never the first or last.
    is_kept = random.random(count) > 0.005
    is_kept[[0, -1]] = True
    columns = {"t_s": time_s + random.uniform(0, 100), "copx_cm": x_cm, "copy_cm": y_cm}
    kept = {name: as_samples(values[is_kept]) for name, values in columns.items()}
    return SwayTake(kept, _closed_form(long_cm, ratio * long_cm, turns, duration_s))


def _closed_form(
    long_cm: float, short_cm: float, turns: int, duration_s: float
) -> dict[str, float]:
    """Return the measures of an ellipse that is run round at a steady phase."""
    flatness = 1 - (short_cm / long_cm) ** 2
    path_cm = turns * 4 * long_cm * float(ellipe(flatness))
    mean_cm = 2 / np.pi * long_cm * float(ellipe(flatness))
    return {
        "path_cm": path_cm,
        "mean_speed_cm_s": path_cm / duration_s,
        "rms_cm": float(np.hypot(long_cm, short_cm) / np.sqrt(2)),
        "ellipse95_cm2": np.pi * CHI2_95 * long_cm * short_cm / 2,
        "mean_frequency_hz": path_cm / (2 * np.pi * duration_s * mean_cm),
    }


def record_rocking(seed: int) -> SwayTake:
    """Return one recording of an inertial sensor on a board that rocks about both axes."""
    random = np.random.default_rng(seed)
    rate_hz, duration_s = float(random.choice([80.0, 100.0, 200.0])), 32.0
    time_s = as_samples(np.arange(round(duration_s * rate_hz) + 1) / rate_hz)
    # Whole turns, so that their mean is zero.
    turns = int(random.integers(8, 45))
    turn = 2 * np.pi * turns / duration_s
    roll_deg, pitch_deg = random.uniform(0.5, 3.0, 2)
    phase = turn * time_s
    roll, pitch = np.radians(roll_deg * np.sin(phase)), np.radians(pitch_deg * np.cos(phase))
    accel = GRAVITY_MS2 * np.column_stack(
        [-np.sin(pitch), np.sin(roll) * np.cos(pitch), np.cos(roll) * np.cos(pitch)]
    )
    turns_dps = np.column_stack(
        [roll_deg * turn * np.cos(phase), -pitch_deg * turn * np.sin(phase), 0 * phase]
    )
    accel += random.normal(0, 0.05, 3) + random.normal(0, 0.02, accel.shape)
    turns_dps += random.normal(0, 0.5, 3) + random.normal(0, 0.05, turns_dps.shape)
    table = np.column_stack([accel, turns_dps]).T
    truth = {"tilt_rate_rms_dps": float(turn * np.hypot(roll_deg, pitch_deg) / np.sqrt(2))}
    return SwayTake({"t_s": time_s, **dict(zip(IMU, table, strict=True))}, truth)
