"""The force axis holds what is drawn and changes rarely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.dashboard.scale import MARGIN, Scale, choose_scale

FORCES = st.floats(-500.0, 5000.0)


@given(low=FORCES, span=st.floats(0.0, 5000.0), before=st.floats(0.0, 5000.0))
def test_all_forces_fit_and_the_labels_are_few(low: float, span: float, before: float) -> None:
    shown = choose_scale(0.0, before, Scale())
    scale = choose_scale(low, low + span, shown)
    margin = MARGIN * (scale.top_n - scale.bottom_n)
    assert scale.bottom_n - margin <= low
    assert low + span <= scale.top_n + margin
    if low >= 0:
        assert 4 <= len(scale.labels_n()) <= 6


@given(low=FORCES, span=st.floats(0.0, 5000.0))
def test_the_same_forces_move_nothing(low: float, span: float) -> None:
    scale = choose_scale(low, low + span, Scale())
    assert choose_scale(low, low + span, scale) == scale


def test_a_set_of_tired_presses_keeps_one_axis() -> None:
    scale, changes = Scale(), 0
    for peak_n in np.linspace(36.0, 24.0, 40):
        for noise_n in (-1.5, 1.5):
            before, scale = scale, choose_scale(-0.4, peak_n + noise_n, scale)
            changes += scale != before
    assert changes == 1
    assert scale == Scale(0.0, 60.0, 20.0) or scale == Scale(0.0, 40.0, 10.0)


@pytest.mark.parametrize(
    ("high_n", "top_n"), [(0.0, 4.0), (3.0, 4.0), (4.5, 6.0), (26.0, 40.0), (95.0, 200.0)]
)
def test_the_top_is_a_round_number(high_n: float, top_n: float) -> None:
    assert choose_scale(0.0, high_n, Scale()).top_n == pytest.approx(top_n)


def test_an_unloaded_heel_lowers_the_bottom_by_whole_steps_until_it_is_loaded() -> None:
    scale = choose_scale(-14.0, 35.0, Scale())
    assert scale == Scale(-20.0, 40.0, 10.0)
    assert scale.labels_n() == (-20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 40.0)
    assert choose_scale(-1.0, 35.0, scale) == Scale(0.0, 40.0, 10.0)
