"""Sway in quiet stance: of the centre of pressure, and of the tilting board or foot.

All figures are taken on an even grid below 10 Hz (signal/stance.py), the mean removed; path,
ellipse and frequency change with both. The formulas stand in docs/stance-and-taps.md.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.cues import Side
from trainer.core.findings import Sway
from trainer.core.pad import PadSettings
from trainer.core.track import EvenTrack

CHI_SQUARE_95: Final = 5.991
"""95 % point of chi square with two degrees of freedom: the ellipse that holds 95 % of a normal
distribution whose covariance is known. The prediction ellipse takes 2 (n^2 - 1) / (n (n - 2)) F."""

LEAST_LOAD_N: Final = 20.0
"""With less on the pad the centre is not known: noise of 0.02 N at 0.2 m moves it by 0.2 mm."""

MEDIAL_DEG: Final = 2.0
"""An excursion leaves the median roll by more than this towards the big toe's side. Assumed: ten
times the error of the roll, and what a heel must rise by to count; no source gives a figure."""

RETURN_SHARE: Final = 0.5
"""... and is over within this share of it, so that a roll about the threshold counts once."""

CM_PER_M: Final = 100.0

ROLL, FORWARD, LEFT = range(3)
"""Columns of a tilt track: roll in degrees, turns about forward and left in deg/s."""


def pressure_centre(cells_n: FloatArray, channels: Sequence[str], pad: PadSettings) -> FloatArray:
    """Return (n, 2) cm forward of the ankle and to the left, from (n, cell) newtons.

    NaN with hardly any load; the second column is NaN where all cells lie in one row.
    """
    placed = [column for column, name in enumerate(channels) if name in pad.cells]
    places = np.array([(pad.cells[channels[c]].x_m, pad.cells[channels[c]].y_m) for c in placed])
    if len(placed) < 2:  # noqa: PLR2004 - a centre lies between two
        return np.full((len(cells_n), 2), np.nan)
    known_n = cells_n[:, placed]
    load_n = known_n.sum(axis=1, keepdims=True)
    is_loaded = load_n >= LEAST_LOAD_N
    centre_cm = CM_PER_M * (known_n @ places) / np.where(is_loaded, load_n, np.nan)
    # Cells in a row, or in one place, tell nothing of the direction across.
    centre_cm[:, np.ptp(places, axis=0) == 0] = np.nan
    return np.asarray(centre_cm)


def measure_sway(centre: EvenTrack | None, tilt: EvenTrack | None, side: Side | None) -> Sway:
    """Return what a track of the centre in cm, (n, 2) or (n, 1), and a tilt track show.

    With one column the figures are those of that direction, and there is no ellipse. Without a
    side nobody knows where medial is.
    """
    has_centre = centre is not None and len(centre.time_s) > 0
    sway = _of_centre(centre) if centre is not None and has_centre else Sway()
    if tilt is None or not len(tilt.time_s):
        return sway
    turns_dps = tilt.values[:, FORWARD:] - tilt.values[:, FORWARD:].mean(axis=0)
    squares = np.einsum("ij,ij->i", turns_dps, turns_dps)
    return Sway(
        sway.path_cm,
        sway.mean_speed_cm_s,
        sway.rms_cm,
        sway.ellipse95_cm2,
        sway.mean_frequency_hz,
        math.sqrt(float(squares.mean())),
        None if side is None else _excursions(tilt.values[:, ROLL], side),
    )


def _of_centre(track: EvenTrack) -> Sway:
    away_cm = track.values - track.values.mean(axis=0)
    distance_cm = np.sqrt(np.einsum("ij,ij->i", away_cm, away_cm))
    path_cm = float(np.sqrt(np.sum(np.diff(away_cm, axis=0) ** 2, axis=1)).sum())
    lasts_s = track.duration_s
    mean_cm = float(distance_cm.mean())
    is_plane = away_cm.shape[1] > 1
    return Sway(
        path_cm=path_cm,
        mean_speed_cm_s=path_cm / lasts_s,
        rms_cm=math.sqrt(float(distance_cm @ distance_cm) / len(distance_cm)),
        ellipse95_cm2=_ellipse(away_cm) if is_plane else None,
        mean_frequency_hz=path_cm / (2 * math.pi * lasts_s * mean_cm) if mean_cm > 0 else None,
    )


def _ellipse(away_cm: FloatArray) -> float:
    spread = np.cov(away_cm.T)
    return math.pi * CHI_SQUARE_95 * math.sqrt(max(0.0, float(np.linalg.det(spread))))


def _excursions(roll_deg: FloatArray, side: Side) -> int:
    """Return how often the roll passed MEDIAL_DEG and came back."""
    # The medial edge sinks: of a left foot the right one, so that the left edge rises.
    sign = 1.0 if side is Side.LEFT else -1.0
    medial_deg = sign * (roll_deg - np.median(roll_deg))
    far = (medial_deg > MEDIAL_DEG).astype(np.int8)
    near = (medial_deg < RETURN_SHARE * MEDIAL_DEG).astype(np.int8)
    states = (far - near)[far != near]
    return int(np.count_nonzero((states[:-1] == 1) & (states[1:] == -1)))
