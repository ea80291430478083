"""The uncertainty: it grows where it must, and a sum is no more than its cells."""

import math
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import Budget, Calibration, Term, fit
from calibration.budget import effective_dof, expand
from calibration.model import from_table
from tests.unit.calibration.bench import SETUP, readings

FITTED = fit(SETUP, readings(noise=100.0)).calibration
FORCES = st.tuples(st.floats(0, 200), st.floats(0, 200))


def budget() -> Budget:
    assert FITTED.budget is not None
    return FITTED.budget


def single(force_n: float) -> float:
    found = FITTED.expanded_n([force_n, 0.0])
    assert found is not None
    return float(found[0])


@given(st.floats(0, 300), st.floats(0, 300))
def test_it_grows_with_the_force(one_n: float, other_n: float) -> None:
    low, high = sorted((one_n, other_n))
    # Fewer degrees of freedom at one force than at another may outweigh a hair of it.
    assert single(low) <= single(high) * 1.02


def test_beyond_the_range_it_grows_faster_than_the_force_and_is_marked() -> None:
    assert FITTED.is_extrapolated([98.0, 99.0]).tolist() == [False, True]
    assert FITTED.is_extrapolated([[-1.0, -5.0], [0.0, 0.0]]).tolist() == [
        [False, True],
        [False] * 2,
    ]
    assert single(294.0) > 3.0 * single(98.0)


@given(FORCES)
def test_the_sum_of_cells_is_no_surer_than_independent_and_no_worse_than_all_at_once(
    force_n: tuple[float, float],
) -> None:
    each = [
        math.sqrt(sum(term.u_n**2 for term in FITTED.terms(force_n, (name,))))
        for name in FITTED.channels
    ]
    both = math.sqrt(sum(term.u_n**2 for term in FITTED.terms(force_n, FITTED.channels)))
    assert both <= sum(each) * (1 + 1e-9)


def test_weights_that_both_cells_share_do_not_average_out() -> None:
    names = {term.name: term.u_n for term in FITTED.terms([40.0, 40.0], FITTED.channels)}
    alone = {term.name: term.u_n for term in FITTED.terms([40.0, 0.0], ("hallux",))}
    assert alone["weights"] > 0
    assert names["weights"] == pytest.approx(2 * alone["weights"], rel=0.15)
    assert names["gravity and scale"] == pytest.approx(2 * alone["gravity and scale"])
    assert names["temperature"] == pytest.approx(math.sqrt(2) * alone["temperature"])


def test_a_force_on_another_cell_makes_this_one_less_sure() -> None:
    alone, beside = (FITTED.expanded_n(force_n) for force_n in ([20.0, 0.0], [20.0, 90.0]))
    assert alone is not None
    assert beside is not None
    assert beside[0] > alone[0]


def test_a_known_temperature_replaces_its_limits() -> None:
    def warm(away_k: float | None) -> float:
        found = {t.name: t.u_n for t in FITTED.terms([90.0, 0.0], ("hallux",), away_k)}
        return found["temperature"]

    assert warm(0.0) == 0.0
    assert warm(10.0) == pytest.approx(90 * 0.0002 * 10 / math.sqrt(3))
    assert warm(None) == pytest.approx(90 * 0.0002 * 5 / 3)


def test_effective_degrees_of_freedom_are_those_of_welch_and_satterthwaite() -> None:
    terms = (Term("a", 3.0, 4.0), Term("b", 4.0, math.inf))
    assert effective_dof(terms) == pytest.approx(25**2 / (81 / 4))
    assert expand((Term("a", 1.0, 2.0),)) == pytest.approx(4.302652730)
    assert expand((Term("a", 0.0, 2.0),)) == 0.0


def test_every_term_enters_once() -> None:
    force_n, shares = np.array([60.0, 30.0]), np.ones(2)
    none: dict[str, Any] = {
        "noise_n": (0.0, 0.0),
        "scatter": (((0.0,) * 2,) * 2,) * 2,
        "curve_n2": (((0.0,) * 2,) * 2,) * 2,
        "curve_seen_n": (0.0, 0.0),
        "hysteresis_n": (0.0, 0.0),
        "creep": (0.0, 0.0),
        "zero_n2": ((0.0,) * 2,) * 2,
        "weights": ((0.0,) * 2,) * 2,
        "common": 0.0,
        "span_per_k": 0.0,
    }
    assert replace(budget(), **none).expanded_n(force_n, shares) == 0.0
    some = replace(budget(), **(none | {"common": 0.001}))
    assert some.expanded_n(force_n, shares) == pytest.approx(1.96 * 0.09, rel=1e-4)
    creeping = replace(budget(), **(none | {"creep": (0.001, -0.002)}))
    assert creeping.expanded_n(force_n, shares) == pytest.approx(0.0, abs=1e-12)


def test_it_can_be_told_from_what_was_stored() -> None:
    def as_json(value: object) -> object:
        if isinstance(value, dict):
            return {name: as_json(item) for name, item in value.items()}
        return [as_json(item) for item in value] if isinstance(value, tuple) else value

    stored = as_json(asdict(FITTED))
    assert isinstance(stored, dict)
    assert from_table(stored) == FITTED


def test_a_cell_that_is_left_out_leaves_the_others_as_sure() -> None:
    apart = fit(SETUP, readings(mix=np.eye(2), noise=0.0)).calibration
    turned = FITTED.for_channels(("toes", "hallux"))
    assert turned is not None
    there, here = FITTED.expanded_n([20.0, 50.0]), turned.expanded_n([50.0, 20.0])
    assert there is not None
    assert here is not None
    np.testing.assert_allclose(here[::-1], there)
    assert apart.budget is not None
    np.testing.assert_allclose(apart.budget.for_cells([1]).upper_n, apart.budget.upper_n[1:])


def test_without_a_budget_twice_the_standard_uncertainty_is_told_or_nothing() -> None:
    plain = Calibration(("hallux",), (0.0,), ((1e-3,),))
    assert plain.expanded_n([10.0]) is None
    assert plain.terms([10.0], ("hallux",)) == ()
    assert not plain.is_extrapolated([1e6]).any()
    assert replace(plain, uncertainty_pct=0.5).expanded_sum_n([10.0], ("hallux",)) == 0.1


def test_the_plain_percentage_is_that_at_half_of_the_range() -> None:
    half_n = budget().upper_n[0] / 2
    u_n = max(
        math.sqrt(sum(t.u_n**2 for t in FITTED.terms(np.eye(2)[cell] * half_n, (name,))))
        for cell, name in enumerate(FITTED.channels)
    )
    assert FITTED.uncertainty_pct == pytest.approx(100 * u_n / half_n)
