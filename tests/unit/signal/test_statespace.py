"""Second-order sections as a state space must be what scipy's sosfilt computes."""

from typing import Final

import numpy as np
import pytest
from scipy.signal import butter, sosfilt, sosfilt_zi

from trainer.core.arrays import FloatArray
from trainer.signal.statespace import block_response, from_sections, steady_state

SECTIONS: Final = {
    "low-pass": butter(2, 15.0, fs=80.0, output="sos"),
    "band-pass": butter(2, (4.0, 12.0), "bandpass", fs=80.0, output="sos"),
    "three sections": butter(6, 9.0, fs=100.0, output="sos"),
}

every_filter = pytest.mark.parametrize("sections", SECTIONS.values(), ids=SECTIONS.keys())


@every_filter
def test_stepping_the_state_space_filters_as_sosfilt_does(sections: FloatArray) -> None:
    system = from_sections(sections)
    signal = np.random.default_rng(1).normal(size=200)
    state = np.zeros(2 * len(sections))
    found = np.empty(200)
    for k, sample in enumerate(signal):
        found[k] = system.c @ state + system.d * sample
        state = system.a @ state + system.b * sample
    expected, after = sosfilt(sections, signal, zi=np.zeros((len(sections), 2)))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(state, after.ravel(), rtol=1e-9, atol=1e-9)


@every_filter
def test_the_steady_state_is_that_of_sosfilt(sections: FloatArray) -> None:
    found = steady_state(from_sections(sections))
    np.testing.assert_allclose(found, sosfilt_zi(sections).ravel(), rtol=1e-9, atol=1e-9)


@every_filter
@pytest.mark.parametrize("count", [1, 2, 8, 64])
def test_a_whole_block_at_once_goes_on_from_any_state(sections: FloatArray, count: int) -> None:
    rng = np.random.default_rng(count)
    signal, state = rng.normal(size=count), rng.normal(size=2 * len(sections))
    outputs, final = block_response(from_sections(sections), count)
    row = np.concatenate([signal, state])
    expected, after = sosfilt(sections, signal, zi=state.reshape(-1, 2))
    np.testing.assert_allclose(row @ outputs, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(row @ final, after.ravel(), rtol=1e-9, atol=1e-9)
