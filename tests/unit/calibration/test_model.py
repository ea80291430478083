"""The calibration's arithmetic: zero, slope and cross-talk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import Calibration, identity

PAD = Calibration(
    channels=("hallux", "heel"),
    zero_counts=(1000.0, -500.0),
    matrix_n_per_count=((1e-3, 2e-5), (0.0, 5e-4)),
    label="bench",
)


def test_the_unloaded_counts_are_no_force() -> None:
    np.testing.assert_array_equal(PAD.to_newton(np.array([[1000.0, -500.0]])), [[0.0, 0.0]])


def test_a_cell_answers_with_its_slope_and_its_neighbours_cross_talk() -> None:
    newtons = PAD.to_newton(np.array([[2000.0, -500.0], [1000.0, 500.0], [2000.0, 500.0]]))
    np.testing.assert_allclose(newtons, [[1.0, 0.0], [0.02, 0.5], [1.02, 0.5]], rtol=1e-12)


def test_no_samples_give_no_newtons() -> None:
    assert PAD.to_newton(np.empty((0, 2))).shape == (0, 2)


@given(
    st.lists(st.tuples(*[st.integers(-0x800000, 0x7FFFFF)] * 2), max_size=20), st.integers(0, 20)
)
def test_any_cutting_gives_the_same_newtons(rows: list[tuple[int, int]], cut: int) -> None:
    counts = np.array(rows, dtype=np.float64).reshape(-1, 2)
    pieces = [PAD.to_newton(counts[:cut]), PAD.to_newton(counts[cut:])]
    np.testing.assert_allclose(np.concatenate(pieces), PAD.to_newton(counts), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("n_per_unit", [1.0, 9.80665])
def test_a_stream_in_units_is_only_scaled(n_per_unit: float) -> None:
    pad = identity(("force", "heel"), n_per_unit)
    assert pad.channels == ("force", "heel")
    assert pad.full_scale_counts == 0
    values = np.array([[1.0, -2.0], [0.0, 3.5]])
    np.testing.assert_allclose(pad.to_newton(values), values * n_per_unit, rtol=1e-15)


def test_the_cells_may_be_asked_for_in_another_order() -> None:
    turned = PAD.for_channels(("heel", "hallux"))
    assert turned is not None
    counts = np.array([[2000.0, 500.0]])
    np.testing.assert_allclose(turned.to_newton(counts[:, ::-1]), PAD.to_newton(counts)[:, ::-1])
    assert (turned.label, turned.channels) == ("bench", ("heel", "hallux"))


def test_a_cell_is_left_out_only_where_it_disturbs_no_other() -> None:
    alone = PAD.for_channels(("heel",))
    assert alone is not None
    assert alone.matrix_n_per_count == ((5e-4,),)
    assert PAD.for_channels(("hallux",)) is None
    assert PAD.for_channels(("hallux", "toes")) is None
