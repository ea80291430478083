"""How good a fit is: residuals and the figures a person judges a calibration by."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.budget import FloatArray, Row
from calibration.model import Calibration
from calibration.series import Series


@dataclass(frozen=True, slots=True)
class CellReport:
    """The fit of one cell."""

    cell: str
    counts_per_n: float
    range_n: tuple[float, float]
    """Smallest and largest load."""
    forces_n: Row
    """By nominal masses, reading by reading."""
    residuals_n: Row
    """Found less nominal, reading by reading."""
    readings: tuple[int, ...]
    """Their indices."""
    nonlinearity_n: float
    """Furthest mean of a load from the line."""
    hysteresis_n: float
    """Largest difference of down and up at one load."""
    repeatability_n: float
    """Standard deviation of readings of one load and direction."""
    left_out_n: float
    """Furthest that a load lies from the line through all others."""
    crosstalk_pct: float
    """Largest answer of another channel, in per cent of its own gain."""
    expanded_n: float
    """U at the largest load."""


@dataclass(frozen=True, slots=True)
class FitReport:
    """The fit of a pad."""

    cells: tuple[CellReport, ...]
    condition: float
    """Of the answers to single loads; 1 without cross-talk."""
    zero_moved_n: float
    """Largest change of an unloaded cell within a cycle."""


def make_report(calibration: Calibration, found: Sequence[Series]) -> FitReport:
    """Return the report of a fitted calibration."""
    gains: FloatArray = np.asarray(np.linalg.inv(calibration.matrix()), dtype=np.float64)
    moved_n = np.concatenate([series.moved for series in found]) @ calibration.matrix().T
    return FitReport(
        cells=tuple(_cell(calibration, series, gains) for series in found),
        condition=float(np.linalg.cond(gains / np.diag(gains)[:, None])),
        zero_moved_n=float(np.abs(moved_n).max()),
    )


def _cell(calibration: Calibration, series: Series, gains: FloatArray) -> CellReport:
    own = series.cell
    off_n = series.tared @ calibration.matrix()[own] - series.force_n
    others = np.delete(np.abs(gains[:, own] / np.diag(gains)), own)
    force_n = np.zeros(len(gains))
    force_n[own] = series.force_n.max()
    expanded_n = calibration.expanded_sum_n(force_n, (calibration.channels[own],))
    return CellReport(
        cell=calibration.channels[own],
        counts_per_n=float(gains[own, own]),
        range_n=(float(series.force_n.min()), float(series.force_n.max())),
        forces_n=tuple(float(force) for force in series.force_n),
        residuals_n=tuple(float(off) for off in off_n),
        readings=series.indices,
        nonlinearity_n=float(np.abs(series.level_mean @ off_n).max()),
        hysteresis_n=2 * float(np.abs(series.loop_half @ off_n).max()),
        repeatability_n=_repeatability(series, off_n),
        left_out_n=_left_out(series),
        crosstalk_pct=100 * float(others.max(initial=0.0)),
        expanded_n=expanded_n or 0.0,
    )


def _repeatability(series: Series, off_n: FloatArray) -> float:
    away_n = off_n - (series.group_mean > 0).T @ (series.group_mean @ off_n)
    return math.sqrt(float(away_n @ away_n) / (len(off_n) - len(series.group_mean)))


def _left_out(series: Series) -> float:
    """Return the largest error in newtons at a load that the line does not know."""
    own = series.tared[:, series.cell]
    others = (series.level_mean == 0).astype(np.float64)
    gains = others @ (own / series.force_n) / others.sum(axis=1)
    return float(np.abs(series.level_mean @ own / gains - series.level_mean @ series.force_n).max())
