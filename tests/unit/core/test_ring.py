"""The ring's law: however the samples were cut, the window holds the newest ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.arrays import FloatArray
from trainer.core.ring import Ring


def _ramp(count: int, channels: int, start: int = 0) -> FloatArray:
    index = np.arange(start, start + count, dtype=np.float64)[:, np.newaxis]
    return index + 10_000.0 * np.arange(channels)


@given(
    pieces=st.lists(st.integers(0, 40), max_size=30),
    capacity=st.integers(1, 30),
    slack=st.integers(0, 9),
    channels=st.integers(1, 4),
)
def test_the_window_equals_the_newest_columns_under_any_cutting(
    pieces: list[int], capacity: int, slack: int, channels: int
) -> None:
    ring = Ring(tuple("abcd"[:channels]), capacity, slack)
    whole = np.zeros((capacity, channels))
    for piece in pieces:
        columns = _ramp(piece, channels, start=ring.head + 1)
        ring.push(columns)
        whole = np.concatenate([whole, columns])
        head, window = ring.window()
        assert head == len(whole) - capacity
        np.testing.assert_array_equal(window, whole[-capacity:].T.astype(np.float32))


def test_the_window_is_zero_before_the_first_sample() -> None:
    head, window = Ring(("hallux", "sum"), capacity=5).window()
    assert head == 0
    assert window.shape == (2, 5)
    assert not window.any()


def test_the_window_is_a_view_on_which_nothing_is_copied() -> None:
    ring = Ring(("sum",), capacity=4)
    _, window = ring.window()
    assert window.base is not None
    assert window.strides[1] == window.itemsize


def test_a_window_in_hand_stays_whole_while_the_slack_is_written() -> None:
    ring = Ring(("sum",), capacity=8, slack=5)
    for _ in range(7):
        ring.push(_ramp(3, 1, start=ring.head))
        _, window = ring.window()
        before = window.copy()
        ring.push(_ramp(5, 1, start=ring.head))
        np.testing.assert_array_equal(window, before)


def test_more_samples_than_fit_are_counted_all_the_same() -> None:
    ring = Ring(("sum",), capacity=4, slack=2)
    ring.push(_ramp(3, 1))
    ring.push(_ramp(100, 1, start=3))
    head, window = ring.window()
    assert head == 103
    assert window.tolist() == [[99.0, 100.0, 101.0, 102.0]]
