"""How good a fit is: residuals and the figures a person judges a calibration by."""

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
        condition=float(np.linalg.cond(gains / np.diag(gains))),
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
        nonlinearity_n=max(abs(float(off_n[list(level)].mean())) for level in series.levels),
        hysteresis_n=max(
            abs(float(off_n[list(down)].mean() - off_n[list(up)].mean()))
            for up, down in series.loops
        ),
        repeatability_n=_repeatability(series, off_n),
        left_out_n=_left_out(series),
        crosstalk_pct=100 * float(others.max(initial=0.0)),
        expanded_n=expanded_n or 0.0,
    )


def _repeatability(series: Series, off_n: FloatArray) -> float:
    groups = [off_n[list(group)] for group in series.groups if len(group) > 1]
    squares = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    return float(np.sqrt(squares / sum(len(group) - 1 for group in groups)))


def _left_out(series: Series) -> float:
    """Return the largest error in newtons at a load that the line does not know."""
    own = series.tared[:, series.cell]
    worst = 0.0
    for level in series.levels:
        rest = np.ones(len(own), dtype=np.bool_)
        rest[list(level)] = False
        gain = np.mean(own[rest] / series.force_n[rest])
        off_n = own[list(level)].mean() / gain - series.force_n[level[0]]
        worst = max(worst, abs(float(off_n)))
    return worst
