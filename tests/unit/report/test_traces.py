"""Pieces of the curve."""

from collections.abc import Callable

import numpy as np

from trainer.core.hold import Hold
from trainer.report.traces import break_at_gaps, cut_hold, envelope


def test_a_line_is_broken_at_a_gap_and_nowhere_else() -> None:
    time_s = np.concatenate([np.arange(0, 1, 0.01), np.arange(3, 4, 0.01)])
    trace = break_at_gaps(time_s, np.ones(200))
    assert np.flatnonzero(np.isnan(trace.force_n)).tolist() == [100]


def test_a_loss_of_five_periods_is_drawn_through() -> None:
    time_s = np.delete(np.arange(0, 1, 0.01), [50, 51, 52])
    assert not np.isnan(break_at_gaps(time_s, np.ones(97)).force_n).any()


def test_a_clock_that_steps_back_breaks_the_line() -> None:
    time_s = np.array([0.0, 0.1, 0.2, 0.1, 0.2])
    assert np.isnan(break_at_gaps(time_s, np.ones(5)).force_n).sum() == 1


def test_missing_samples_are_left_out() -> None:
    trace = break_at_gaps(np.arange(0, 1, 0.1), np.array([1.0] * 9 + [np.nan]))
    assert trace.time_s.size == 9


def test_a_hold_is_cut_with_its_rise_and_fall_and_starts_at_zero(
    hold_of: Callable[..., Hold],
) -> None:
    time_s = np.arange(0, 10, 0.01)
    piece = cut_hold(break_at_gaps(time_s, time_s), hold_of(2.0, 1.5))
    assert np.isclose(piece.time_s[0], -0.4, atol=0.011)
    assert np.isclose(piece.time_s[-1], 1.9, atol=0.011)


def test_the_envelope_keeps_every_peak() -> None:
    rng = np.random.default_rng(2)
    force_n = rng.normal(0, 1, 50_000)
    force_n[31_234] = 55.0
    trace = break_at_gaps(np.arange(50_000) / 80, force_n)
    columns = envelope(trace, 900)
    assert columns.time_s.size == 900
    assert columns.high_n.max() == 55.0
    assert columns.low_n.min() == force_n.min()


def test_the_envelope_is_open_where_there_are_no_samples() -> None:
    time_s = np.concatenate([np.arange(0, 10, 0.001), np.arange(15, 20, 0.001)])
    columns = envelope(break_at_gaps(time_s, np.ones(time_s.size)), 100)
    is_open = np.isnan(columns.high_n)
    assert 20 <= is_open.sum() <= 30


def test_a_short_curve_comes_back_as_it_is() -> None:
    trace = break_at_gaps(np.arange(0, 1, 0.01), np.arange(100.0))
    assert envelope(trace, 900).high_n.tolist() == trace.force_n.tolist()
