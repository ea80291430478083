"""What the loads on one cell tell: its gain, its answer in the others, and what sets them off."""

import math
from dataclasses import dataclass

import numpy as np

from calibration.budget import FloatArray
from calibration.readings import Setup
from calibration.scatter import Scatter, find_scatter
from calibration.series import Series


@dataclass(frozen=True, slots=True)
class Column:
    """Gain of one cell, and the parts of its uncertainty."""

    scatter: Scatter
    fit2: float
    """Relative variance of the gain by scatter."""
    weight_pull: FloatArray
    """(weight,) relative change of the gain per kg."""
    curve_n2: FloatArray
    """(cell, cell) mean square over the range of what a straight line leaves."""
    curve_seen_n: float
    """Root of its own part, with what scatter and weights add to it."""
    hysteresis_n: float
    """Half of down less up, with its sign."""


def gain_of(series: Series, weight: FloatArray) -> FloatArray:
    """Return the (channel,) counts per newton by (n,) weights."""
    pull = weight * series.force_n
    return np.asarray(pull @ series.tared / (pull @ series.force_n))


def make_column(setup: Setup, series: Series, weight: FloatArray, matrix: FloatArray) -> Column:
    """Return the column of a fit by (n,) weights and the (cell, channel) matrix."""
    own = series.cell
    residual_n = series.tared @ matrix.T
    residual_n[:, own] -= series.force_n
    scatter = find_scatter(series, residual_n)
    variance_n2 = scatter.variance_n2(series.force_n)
    pull = weight * series.force_n / (weight @ series.force_n**2)
    weight_pull = setup.gravity.value_ms2 * pull @ series.incidence
    curve, expected_n2 = _curve(setup, series, residual_n, variance_n2, weight_pull)
    seen_n2 = float(curve[own, own])
    kept = max(0.0, 1 - expected_n2 / seen_n2) if seen_n2 > 0 else 0.0
    return Column(
        scatter=scatter,
        fit2=float(pull**2 @ variance_n2),
        weight_pull=weight_pull,
        curve_n2=kept * curve,
        curve_seen_n=math.sqrt(seen_n2),
        hysteresis_n=_hysteresis(series, residual_n[:, own], variance_n2),
    )


def weights_of(setup: Setup, series: Series, column: Column) -> FloatArray:
    """Return (n,) 1/u^2 with all that sets a reading off the line."""
    masses_n = setup.gravity.value_ms2 * series.incidence * masses_u(setup)
    own_n2 = column.curve_n2[series.cell, series.cell] + column.hysteresis_n**2
    variance_n2 = column.scatter.variance_n2(series.force_n) + own_n2 + (masses_n**2).sum(axis=1)
    return np.asarray(1 / variance_n2)


def masses_u(setup: Setup) -> FloatArray:
    """Return the (weight,) standard uncertainties of the masses in kg."""
    return np.array([weight.u_kg() for weight in setup.weights])


def _curve(
    setup: Setup,
    series: Series,
    residual_n: FloatArray,
    variance_n2: FloatArray,
    weight_pull: FloatArray,
) -> tuple[FloatArray, float]:
    """Return the mean square left over the range, and what scatter and weights put into it."""
    mean = series.level_mean
    loads = mean @ series.force_n
    stacks = setup.gravity.value_ms2 * mean @ series.incidence
    by_weights = (stacks - loads[:, None] * weight_pull) * masses_u(setup)
    expected = mean**2 @ variance_n2 + (by_weights**2).sum(axis=1)
    left = mean @ residual_n
    # The unloaded cell is on the line: everything is tared.
    share = np.diff(loads, prepend=0.0) / loads[-1]
    low, high = np.vstack([np.zeros(left.shape[1]), left[:-1]]), left
    # The mean square of straight lines from load to load: (a^2 + a b + b^2) / 3 each.
    squares = (low.T * share) @ low + (high.T * share) @ high
    mixed = (low.T * share) @ high
    square = (squares + (mixed + mixed.T) / 2) / 3
    return square, float(share @ (expected + np.append(0.0, expected[:-1]))) / 3


def _hysteresis(series: Series, residual_n: FloatArray, variance_n2: FloatArray) -> float:
    """Return half of down less up in newtons, its scatter taken off, with its sign."""
    halves = series.loop_half @ residual_n
    expected_n2 = series.loop_half**2 @ variance_n2
    square_n2 = float((halves**2 - expected_n2).mean())
    return math.copysign(math.sqrt(max(0.0, square_n2)), float(halves.sum()))
