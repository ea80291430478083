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
from calibration.errors import Refusal, RefusedError
from calibration.judge import judge, slopes
from calibration.model import Calibration
from calibration.readings import Phase, Reading, Setup
from calibration.report import FitReport, make_report
from calibration.scatter import Scatter, find_scatter
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


@dataclass(frozen=True, slots=True)
class Column:
    """What the loads on one cell tell."""

    gain: FloatArray
    """(channel,) counts per newton."""
    pull: FloatArray
    """(n,) share of each reading's relative error in the gain."""
    scatter: Scatter
    fit2: float
    """Relative variance of the gain by scatter."""
    weight_pull: FloatArray
    """(weight,) relative change of the gain per kg."""
    curve_n2: FloatArray
    """(cell, cell) what a straight line leaves."""
    curve_seen_n: float
    hysteresis_n: float


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
        gains = np.array([_gain(s, w) for s, w in zip(found, weights, strict=True)]).T
        matrix = _inverse(setup, gains)
        columns = [_column(setup, s, w, matrix) for s, w in zip(found, weights, strict=True)]
        weights = [_weights(setup, s, c) for s, c in zip(found, columns, strict=True)]
    return columns, _inverse(setup, gains)


def _gain(series: Series, weight: FloatArray) -> FloatArray:
    pull = weight * series.force_n
    return np.asarray(pull @ series.tared / (pull @ series.force_n))


def _inverse(setup: Setup, gains: FloatArray) -> FloatArray:
    relative = gains / np.diag(gains)
    condition = float(np.linalg.cond(relative))
    if not condition <= WORST_CONDITION:
        raise RefusedError(
            f"Cells {', '.join(setup.cells)}: condition {condition:.1f} of their answers to single "
            f"loads; limit {WORST_CONDITION:g}. A load on one moves another nearly as much: part "
            "them mechanically, or calibrate them as one cell.",
            Refusal.CONDITION,
        )
    return np.asarray(np.linalg.inv(gains), dtype=np.float64)


def _column(setup: Setup, series: Series, weight: FloatArray, matrix: FloatArray) -> Column:
    own = series.cell
    residual_n = series.tared @ matrix.T
    residual_n[:, own] -= series.force_n
    scatter = find_scatter(series, residual_n)
    variance_n2 = scatter.variance_n2(series.force_n)
    pull = weight * series.force_n / (weight @ series.force_n**2)
    weight_pull = setup.gravity.value_ms2 * pull @ series.incidence
    masses_u = np.array([known.u_kg() for known in setup.weights])
    curve, expected_n2 = _curve(setup, series, residual_n, variance_n2, weight_pull * masses_u)
    seen_n2 = float(curve[own, own])
    kept = max(0.0, 1 - expected_n2 / seen_n2) if seen_n2 > 0 else 0.0
    return Column(
        gain=_gain(series, weight),
        pull=pull,
        scatter=scatter,
        fit2=float(pull**2 @ variance_n2),
        weight_pull=weight_pull,
        curve_n2=kept * curve,
        curve_seen_n=math.sqrt(seen_n2),
        hysteresis_n=_hysteresis(series, residual_n[:, own], variance_n2),
    )


def _curve(
    setup: Setup,
    series: Series,
    residual_n: FloatArray,
    variance_n2: FloatArray,
    gain_u: FloatArray,
) -> tuple[FloatArray, float]:
    """Return the mean square of the levels' residuals, and what scatter and weights put into it."""
    masses_u = np.array([known.u_kg() for known in setup.weights])
    means: list[FloatArray] = []
    expected_n2 = 0.0
    for level in series.levels:
        rows = list(level)
        means.append(residual_n[rows].mean(axis=0))
        by_weights = setup.gravity.value_ms2 * series.incidence[rows[0]] * masses_u
        by_weights = by_weights - series.force_n[rows[0]] * gain_u
        expected_n2 += float(variance_n2[rows].mean()) / len(rows) + float(by_weights @ by_weights)
    left = np.array(means)
    free = len(series.levels) - 1
    return left.T @ left / free, expected_n2 / free


def _hysteresis(series: Series, residual_n: FloatArray, variance_n2: FloatArray) -> float:
    """Return half of down less up in newtons, its scatter taken off, with its sign."""
    halves: list[float] = []
    expected_n2: list[float] = []
    for up, down in series.loops:
        ups, downs = list(up), list(down)
        halves.append(float(residual_n[downs].mean() - residual_n[ups].mean()) / 2)
        noise = variance_n2[ups].mean() / len(ups) + variance_n2[downs].mean() / len(downs)
        expected_n2.append(float(noise) / 4)
    square_n2 = float(np.mean(np.square(halves)) - np.mean(expected_n2))
    return math.copysign(math.sqrt(max(0.0, square_n2)), sum(halves))


def _weights(setup: Setup, series: Series, column: Column) -> FloatArray:
    masses_u = np.array([known.u_kg() for known in setup.weights])
    by_mass_n2 = (series.incidence * masses_u) ** 2 @ np.ones(len(masses_u))
    own = column.curve_n2[series.cell, series.cell]
    return np.asarray(
        1
        / (
            column.scatter.variance_n2(series.force_n)
            + own
            + column.hysteresis_n**2
            + setup.gravity.value_ms2**2 * by_mass_n2
        )
    )


def _budget(
    setup: Setup,
    readings: Sequence[Reading],
    found: Sequence[Series],
    columns: Sequence[Column],
    matrix: FloatArray,
) -> Budget:
    masses_u = np.array([known.u_kg() for known in setup.weights])
    pulls = np.array([column.weight_pull for column in columns]) * masses_u
    moved_n = np.concatenate([series.moved for series in found]) @ matrix.T
    scale = setup.common_mass_pct / 100 / math.sqrt(3)
    warmth = [r.temperature_c for r in readings if r.temperature_c is not None]
    return Budget(
        least_n=tuple(float(series.force_n.min()) for series in found),
        upper_n=tuple(float(series.force_n.max()) for series in found),
        noise_n=tuple(math.sqrt(column.scatter.noise_n2) for column in columns),
        scatter=tuple(_rows((c.scatter.share2 + c.fit2) * c.scatter.shape) for c in columns),
        scatter_dof=tuple(column.scatter.dof for column in columns),
        curve_n2=tuple(_rows(column.curve_n2) for column in columns),
        curve_seen_n=tuple(column.curve_seen_n for column in columns),
        curve_dof=tuple(float(len(series.levels) - 1) for series in found),
        hysteresis_n=tuple(column.hysteresis_n for column in columns),
        hysteresis_dof=tuple(float(len(series.loops)) for series in found),
        creep=tuple(_creep(setup, series, matrix) for series in found),
        zero_n2=_rows(moved_n.T @ moved_n / len(moved_n)),
        zero_dof=float(len(moved_n)),
        weights=_rows(pulls @ pulls.T),
        common=math.hypot(setup.gravity.relative_u(), scale),
        span_per_k=setup.span_pct_per_k / 100,
        away_k=setup.away_k,
        temperature_c=float(np.mean(warmth)) if warmth else None,
    )


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
