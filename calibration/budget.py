"""What a calibration's uncertainty is made of, kept small enough to go into every recording.

Standard uncertainties after the GUM (JCGM 100:2008), in newtons or as a share of the force. A force
on cell c may disturb cell i: matrices are (cell, cell) covariances of what all cells then show.
Terms of one weight set, one place and one hold go the same way in all cells and are added before
they are squared; the others are independent.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from calibration.student import coverage_factor

FloatArray: TypeAlias = npt.NDArray[np.float64]
Row: TypeAlias = tuple[float, ...]
Matrix: TypeAlias = tuple[Row, ...]

BEYOND: Final = math.sqrt(30)
"""A parabola through both ends of the range, x (x - 1), has a root mean square of 1 / sqrt(30) in
it: beyond, it grows to sqrt(30) x (x - 1) times that."""

NOTHING_N: Final = 1e-9
"""A force that no converter shows."""

BELOW_ZERO: Final = 0.02
"""Share of the range that a tare may be off without a pull on the cell; our choice."""


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a budget at one force."""

    name: str
    u_n: float
    dof: float
    """Degrees of freedom; infinite for limits that are known."""


@dataclass(frozen=True, slots=True)
class Budget:
    """All that is needed to say how sure a force is, years later."""

    least_n: Row
    """Smallest load of each cell."""
    upper_n: Row
    """Largest load of each cell: the calibrated range."""
    noise_n: Row
    """Scatter from reading to reading that does not grow with the force."""
    scatter: tuple[Matrix, ...]
    """Per loaded cell: that which grows, placement above all, the fit's own share included."""
    scatter_dof: Row
    curve_n2: tuple[Matrix, ...]
    """Per loaded cell: what a straight line leaves."""
    curve_seen_n: Row
    """The same with what noise and weights add to it: counts beyond the range."""
    curve_dof: Row
    hysteresis_n: Row
    """Half of the way down less the way up, with its sign."""
    hysteresis_dof: Row
    creep: Row
    """What a held force gains in 5 min as a share of it, with its sign."""
    zero_n2: Matrix
    """Mean square of what the zero moved in a cycle."""
    zero_dof: float
    weights: Matrix
    """Covariance of the gains by weights that they share."""
    common: float
    """Gravity, and what all weights share."""
    span_per_k: float
    away_k: float
    temperature_c: float | None = None
    """Of the calibration."""

    def terms(
        self, force_n: FloatArray, shares: FloatArray, away_k: float | None = None
    ) -> tuple[Term, ...]:
        """Return the budget of sum(shares * cell) at (cell,) forces.

        `away_k` is how far the temperature lies from the calibration's, where that is known.
        """
        size_n = np.abs(force_n)
        loads = shares * force_n
        return (
            *self._random(size_n, shares),
            *self._curve(size_n, shares),
            Term("hysteresis", *self._hysteresis(size_n, shares)),
            Term("creep", abs(float(loads @ np.array(self.creep))) / math.sqrt(3), math.inf),
            Term("zero", math.sqrt(_square(self.zero_n2, shares) / 3), self.zero_dof),
            Term("weights", math.sqrt(_square(self.weights, loads)), math.inf),
            Term("gravity and scale", self.common * abs(float(loads.sum())), math.inf),
            Term("temperature", self._temperature(loads, away_k), math.inf),
        )

    def expanded_n(
        self, force_n: FloatArray, shares: FloatArray, away_k: float | None = None
    ) -> float:
        """Return U of sum(shares * cell) in newtons, for 95 per cent (GUM G.6.4)."""
        return expand(self.terms(force_n, shares, away_k))

    def is_extrapolated(self, force_n: FloatArray) -> npt.NDArray[np.bool_]:
        """Return (..., cell) whether forces lie outside of what was loaded."""
        upper_n = np.array(self.upper_n)
        return np.asarray((force_n > upper_n) | (force_n < -BELOW_ZERO * upper_n))

    def for_cells(self, kept: Sequence[int]) -> "Budget":
        """Return the budget of some cells, in this order."""
        return Budget(
            least_n=_some(self.least_n, kept),
            upper_n=_some(self.upper_n, kept),
            noise_n=_some(self.noise_n, kept),
            scatter=tuple(_block(self.scatter[cell], kept) for cell in kept),
            scatter_dof=_some(self.scatter_dof, kept),
            curve_n2=tuple(_block(self.curve_n2[cell], kept) for cell in kept),
            curve_seen_n=_some(self.curve_seen_n, kept),
            curve_dof=_some(self.curve_dof, kept),
            hysteresis_n=_some(self.hysteresis_n, kept),
            hysteresis_dof=_some(self.hysteresis_dof, kept),
            creep=_some(self.creep, kept),
            zero_n2=_block(self.zero_n2, kept),
            zero_dof=self.zero_dof,
            weights=_block(self.weights, kept),
            common=self.common,
            span_per_k=self.span_per_k,
            away_k=self.away_k,
            temperature_c=self.temperature_c,
        )

    def _random(self, size_n: FloatArray, shares: FloatArray) -> list[Term]:
        terms: list[Term] = []
        for cell, dof in enumerate(self.scatter_dof):
            relative2 = _square(self.scatter[cell], shares) * size_n[cell] ** 2
            noise2 = (self.noise_n[cell] * shares[cell]) ** 2
            terms.append(Term(f"scatter {cell}", math.sqrt(relative2 + noise2), dof))
        return terms

    def _curve(self, size_n: FloatArray, shares: FloatArray) -> list[Term]:
        terms: list[Term] = []
        for cell, dof in enumerate(self.curve_dof):
            along = min(1.0, float(size_n[cell]) / self.least_n[cell])
            within_n = along * math.sqrt(_square(self.curve_n2[cell], shares))
            reach = float(size_n[cell]) / self.upper_n[cell]
            grown = BEYOND * reach * (reach - 1) * self.curve_seen_n[cell] * abs(shares[cell])
            terms.append(Term(f"curve {cell}", max(within_n, float(grown)), dof))
        return terms

    def _hysteresis(self, size_n: FloatArray, shares: FloatArray) -> tuple[float, float]:
        # Beyond the range a loop grows as the square of its load (Rayleigh's law of small loops).
        along = np.minimum(1.0, size_n / np.array(self.least_n))
        beyond = np.maximum(1.0, size_n / np.array(self.upper_n)) ** 2
        halves_n = shares * np.array(self.hysteresis_n) * along * beyond
        # Less would only be lost in the fourth power.
        parts2 = np.where(np.abs(halves_n) > NOTHING_N, halves_n, 0.0) ** 2
        if not parts2.any():
            return 0.0, math.inf
        dof = parts2.sum() ** 2 / (parts2**2 / np.array(self.hysteresis_dof)).sum()
        # Whoever presses from below meets the whole half of the loop, whatever the cell: no
        # rectangle of half-width, and nothing averages out.
        return abs(float(halves_n.sum())), float(dof)

    def _temperature(self, loads: FloatArray, away_k: float | None) -> float:
        # Where only the limits of the temperature are known it spreads as its limit / sqrt(3).
        away = self.away_k / math.sqrt(3) if away_k is None else abs(away_k)
        return self.span_per_k / math.sqrt(3) * away * math.sqrt(float(loads @ loads))


def expand(terms: Sequence[Term]) -> float:
    """Return U = k u_c, k by Welch and Satterthwaite's degrees of freedom (GUM G.4.1)."""
    return coverage_factor(effective_dof(terms)) * standard_u(terms)


def standard_u(terms: Sequence[Term]) -> float:
    """Return the combined standard uncertainty u_c in newtons."""
    return math.sqrt(sum(term.u_n**2 for term in terms))


def effective_dof(terms: Sequence[Term]) -> float:
    """Return the effective degrees of freedom, 1 or more; infinite where all limits are known."""
    fourths = sum(term.u_n**4 / term.dof for term in terms)
    u2 = sum(term.u_n**2 for term in terms)
    return max(1.0, u2**2 / fourths) if fourths > 0 else math.inf


def budget_from_table(table: Mapping[str, object]) -> Budget:
    """Return a budget from its fields as JSON knows them. Raises TypeError for others."""
    return Budget(**{name: cast("Any", tupled(value)) for name, value in table.items()})


def tupled(value: object) -> object:
    """Return lists as tuples, all the way down: JSON knows no tuples."""
    if isinstance(value, list):
        return tuple(tupled(item) for item in cast("list[object]", value))
    return value


def _square(matrix: Matrix, shares: FloatArray) -> float:
    return max(0.0, float(shares @ np.array(matrix) @ shares))


def _some(row: Row, kept: Sequence[int]) -> Row:
    return tuple(row[cell] for cell in kept)


def _block(matrix: Matrix, kept: Sequence[int]) -> Matrix:
    return tuple(_some(matrix[cell], kept) for cell in kept)
