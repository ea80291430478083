"""From readings to a calibration: gains and cross-talk by weighted least squares, with a budget.

Each reading of cell c, less the zero of its cycle, is counts = S[:, c] * force. Column c of S comes
from the loads on cell c alone, weighted by 1/u^2 with all that sets a reading off the line; the
matrix of the calibration is the inverse of S.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from calibration.budget import Budget, FloatArray, Matrix, standard_u
from calibration.column import Column, gain_of, make_column, masses_u, weights_of
from calibration.errors import Refusal, RefusedError
from calibration.judge import judge, slopes
from calibration.model import Calibration
from calibration.readings import Phase, Reading, Setup
from calibration.report import FitReport, make_report
from calibration.series import Series

WORST_CONDITION: Final = 5.0
"""Above, an error in one cell's counts grows fivefold in another's newtons; our choice."""

_ROUNDS: Final = 3
"""Weights follow the residuals, which follow the weights; the third changes nothing (measured)."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration and how it came about."""

    calibration: Calibration
    report: FitReport


def fit(setup: Setup, readings: Sequence[Reading], made_at: str | None = None) -> Fitted:
    """Return the calibration that readings give. Raises RefusedError: why, what to repeat."""
    found = judge(setup, readings)
    columns, matrix = _solve(setup, found)
    budget = _budget(setup, readings, found, columns, matrix)
    zeros = [r.mean_counts for r in readings if r.phase is Phase.UNLOADED]
    calibration = Calibration(
        channels=setup.cells,
        zero_counts=_row(np.array(zeros).mean(axis=0)),
        matrix_n_per_count=_rows(matrix),
        full_scale_counts=setup.full_scale_counts,
        label=setup.label,
        budget=budget,
        made_at=made_at,
    )
    calibration = replace(calibration, uncertainty_pct=_plain_pct(budget))
    return Fitted(calibration, make_report(calibration, found))


def _solve(setup: Setup, found: Sequence[Series]) -> tuple[list[Column], FloatArray]:
    """Return the columns and the (cell, channel) matrix, weights and residuals in agreement."""
    gains = np.array([slopes(series) for series in found]).T
    weights = [1 / series.force_n**2 for series in found]
    columns: list[Column] = []
    for _ in range(_ROUNDS):
        gains = np.array([gain_of(s, w) for s, w in zip(found, weights, strict=True)]).T
        matrix = _inverse(setup, gains)
        columns = [make_column(setup, s, w, matrix) for s, w in zip(found, weights, strict=True)]
        weights = [weights_of(setup, s, c) for s, c in zip(found, columns, strict=True)]
    return columns, _inverse(setup, gains)


def _inverse(setup: Setup, gains: FloatArray) -> FloatArray:
    relative = gains / np.diag(gains)[:, None]
    condition = float(np.linalg.cond(relative))
    if not condition <= WORST_CONDITION:
        raise RefusedError(
            f"Cells {', '.join(setup.cells)}: condition {condition:.1f} of their answers to single "
            f"loads; limit {WORST_CONDITION:g}. A load on one moves another nearly as much: part "
            "them mechanically, or calibrate them as one cell.",
            Refusal.CONDITION,
        )
    return np.asarray(np.linalg.inv(gains), dtype=np.float64)


def _budget(
    setup: Setup,
    readings: Sequence[Reading],
    found: Sequence[Series],
    columns: Sequence[Column],
    matrix: FloatArray,
) -> Budget:
    pulls = np.array([column.weight_pull for column in columns]) * masses_u(setup)
    moved_n = np.concatenate([series.moved for series in found]) @ matrix.T
    noise_n2 = np.array([column.scatter.noise_n2 for column in columns])
    scale = setup.common_mass_pct / 100 / math.sqrt(3)
    warmth = [r.temperature_c for r in readings if r.temperature_c is not None]
    return Budget(
        least_n=tuple(float(series.force_n.min()) for series in found),
        upper_n=tuple(float(series.force_n.max()) for series in found),
        noise_n=_row(np.sqrt(noise_n2)),
        scatter=tuple(_rows(_scatter(own, column, noise_n2)) for own, column in enumerate(columns)),
        scatter_dof=tuple(column.scatter.dof for column in columns),
        curve_n2=tuple(_rows(column.curve_n2) for column in columns),
        curve_seen_n=tuple(column.curve_seen_n for column in columns),
        curve_dof=tuple(float(len(series.level_mean) - 1) for series in found),
        hysteresis_n=tuple(column.hysteresis_n for column in columns),
        hysteresis_dof=tuple(float(len(series.loop_half)) for series in found),
        creep=tuple(_creep(setup, series, matrix) for series in found),
        zero_n2=_rows(moved_n.T @ moved_n / len(moved_n)),
        zero_dof=float(len(moved_n)),
        weights=_rows(pulls @ pulls.T),
        common=math.hypot(setup.gravity.relative_u(), scale),
        span_per_k=setup.span_pct_per_k / 100,
        away_k=setup.away_k,
        temperature_c=float(np.mean(warmth)) if warmth else None,
    )


def _scatter(own: int, column: Column, noise_n2: FloatArray) -> FloatArray:
    """Return what grows with the force on one cell, the fit's own share included."""
    found = column.scatter.growing(own, noise_n2)
    found[own, own] += column.fit2
    return found


def _creep(setup: Setup, series: Series, matrix: FloatArray) -> float:
    if not len(series.creep):
        return setup.creep_pct / 100
    gained_n = series.creep @ matrix[series.cell]
    return float((gained_n / series.creep_force_n).mean())


def _plain_pct(budget: Budget) -> float:
    """Return the standard uncertainty at half of the range, of the worst cell, in per cent."""
    half_n = np.array(budget.upper_n) / 2
    each: FloatArray = np.eye(len(half_n))
    found = [standard_u(budget.terms(half_n * each[i], each[i])) for i in range(len(half_n))]
    return max(100 * u_n / float(f_n) for u_n, f_n in zip(found, half_n, strict=True))


def _row(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _rows(matrix: FloatArray) -> Matrix:
    return tuple(_row(row) for row in matrix)
