"""The force axis holds what is drawn and changes rarely."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.dashboard.scale import MARGIN, Scale, choose_scale

FORCES = st.floats(-500.0, 5000.0)


@example(low=-6.0, span=0.0, before=0.0)
@given(low=FORCES, span=st.floats(0.0, 5000.0), before=st.floats(0.0, 5000.0))
def test_all_forces_fit_and_the_labels_are_few(low: float, span: float, before: float) -> None:
    shown = choose_scale(0.0, before, Scale())
    scale = choose_scale(low, low + span, shown)
    margin = MARGIN * (scale.top_n - scale.bottom_n)
    assert scale.bottom_n - margin <= low
    assert low + span <= scale.top_n + margin
    assert 3 <= len(scale.labels_n()) <= 6


@example(low=-2.5, span=28.5)
@given(low=FORCES, span=st.floats(0.0, 5000.0))
def test_the_same_forces_move_nothing(low: float, span: float) -> None:
    scale = choose_scale(low, low + span, Scale())
    assert choose_scale(low, low + span, scale) == scale


@given(low=st.floats(-30.0, 0.0), high=st.floats(5.0, 60.0), shift=st.floats(-0.3, 0.3))
def test_noise_moves_the_axis_once_at_most(low: float, high: float, shift: float) -> None:
    scale, changes = choose_scale(low, high, Scale()), 0
    for number in range(10):
        before, scale = scale, choose_scale(low + (number % 2) * shift, high, scale)
        changes += scale != before
    assert changes <= 1


def test_a_set_of_tired_presses_keeps_one_axis() -> None:
    scale, changes = Scale(), 0
    for peak_n in np.linspace(36.0, 24.0, 40):
        for noise_n in (-1.5, 1.5):
            before, scale = scale, choose_scale(-0.4, peak_n + noise_n, scale)
            changes += scale != before
    assert changes == 1
    assert scale == Scale(0.0, 40.0)


@pytest.mark.parametrize(
    ("high_n", "top_n"), [(0.0, 4.0), (3.0, 4.0), (4.5, 6.0), (26.0, 30.0), (95.0, 150.0)]
)
def test_the_top_is_a_round_number(high_n: float, top_n: float) -> None:
    assert choose_scale(0.0, high_n, Scale()).top_n == pytest.approx(top_n)


@pytest.mark.parametrize(
    ("low_n", "high_n", "labels_n"),
    [
        (0.0, 26.0, (0, 10, 20, 30)),
        (0.0, 92.0, (0, 50, 100, 150)),
        (-14.0, 35.0, (-20, 0, 20, 40)),
        (-110.0, 92.0, (-100, 0, 100)),
        (-200.0, 2.0, (-200, -100, 0)),
    ],
)
def test_the_labels_are_few_and_round(
    low_n: float, high_n: float, labels_n: tuple[int, ...]
) -> None:
    assert choose_scale(low_n, high_n, Scale()).labels_n() == labels_n


def test_the_bottom_sinks_under_an_unloaded_cell_and_comes_back() -> None:
    scale = choose_scale(-14.0, 35.0, Scale())
    assert scale == Scale(-20.0, 40.0)
    assert choose_scale(-12.0, 35.0, scale) == scale
    assert choose_scale(-1.0, 35.0, scale) == Scale(0.0, 40.0)
