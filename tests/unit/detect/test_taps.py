"""Taps are counted as they were made, at any rate, height and shape; unrest gives none."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.detect.feet import SHAPES, Manner, Tapping, fidgeting, tap
from trainer.core.arrays import FloatArray
from trainer.core.findings import Taps
from trainer.detect.taps import TapCounter, TurnTaps, summarise_taps
from trainer.detect.tapseries import PAUSE_S

RATES_HZ = (80.0, 92.9, 240.0)


def count(made: Tapping, rate_hz: float) -> Taps:
    counter = TapCounter(rate_hz)
    counter.push(made.time_s, made.force_n, starts_run=True)
    return counter.finish()


@pytest.mark.parametrize("shape", [*SHAPES, "lift"])
@pytest.mark.parametrize(("rate_hz", "tap_hz"), [(80, 1), (240, 2), (92.9, 3.5), (80, 6), (240, 6)])
def test_thirty_seconds_are_counted_within_one(shape: str, rate_hz: float, tap_hz: float) -> None:
    made = tap(Manner(shape), rate_hz, tap_hz, seed=round(rate_hz * tap_hz))
    found = count(made, rate_hz)
    assert abs(found.count - len(made.taps_s)) <= 1
    assert found.rate_hz == pytest.approx(tap_hz, rel=0.05)


@pytest.mark.parametrize(
    "manner",
    [
        Manner(bounces=1.0),
        Manner("impact", bounces=0.5, cv=0.15),
        Manner(lowest_n=2.0),
        Manner(lowest_n=100.0, rest_n=200.0, noise_n=0.5),
        Manner(slowing=0.3),
        Manner("bell", noise_n=0.3),
    ],
    ids=["bounces", "uneven bounces", "weak", "strong", "slowing", "noisy"],
)
@pytest.mark.parametrize(("rate_hz", "tap_hz"), [(80, 2), (92.9, 5)])
def test_every_manner_is_counted_within_one(manner: Manner, rate_hz: float, tap_hz: float) -> None:
    made = tap(manner, rate_hz, tap_hz, seed=7)
    assert abs(count(made, rate_hz).count - len(made.taps_s)) <= 1


@pytest.mark.parametrize("shape", ["bell", "lift"])
def test_taps_without_rest_before_and_after_are_counted_too(shape: str) -> None:
    made = tap(Manner(shape), 80.0, 6.0, seed=12)
    inside = (made.time_s >= 1.98) & (made.time_s < made.taps_s[-1] + 0.12)
    cut = Tapping(made.time_s[inside], made.force_n[inside], made.taps_s)
    assert abs(count(cut, 80.0).count - len(made.taps_s)) <= 1


@pytest.mark.parametrize("rate_hz", [80.0, 240.0])
def test_a_pad_that_rings_after_each_tap_counts_none_twice(rate_hz: float) -> None:
    time_s = np.arange(round(34 * rate_hz)) / rate_hz
    force_n = 50 + 0.05 * np.random.default_rng(13).normal(size=len(time_s))
    for at_s in np.arange(2.0, 32.0, 0.25):
        since_s = np.clip(time_s - at_s, 0.0, None)
        ring = np.exp(-since_s / 0.03) * np.cos(2 * np.pi * 25.0 * since_s) * (time_s >= at_s)
        pulse = np.sin(np.pi * np.clip(since_s / 0.1, 0.0, 1.0))
        force_n += 20.0 * ring + 16.0 * pulse
    assert count(Tapping(time_s, force_n, np.empty(0)), rate_hz).count == 120


def test_held_losses_change_no_count() -> None:
    made = tap(Manner(), 80.0, 4.0, seed=3)
    is_there = np.random.default_rng(1).random(len(made.time_s)) > 1 / 16
    rows = np.maximum.accumulate(np.where(is_there, np.arange(len(is_there)), 0))
    held = Tapping(made.time_s, made.force_n[rows], made.taps_s)
    assert abs(count(held, 80.0).count - len(made.taps_s)) <= 1


@pytest.mark.parametrize("rate_hz", [80.0, 240.0])
@pytest.mark.parametrize("per_min", [1.0, 3.0])
def test_a_foot_at_rest_taps_not_once_in_five_minutes(rate_hz: float, per_min: float) -> None:
    assert count(fidgeting(rate_hz, 5, 300.0, per_min=per_min), rate_hz).count == 0


@pytest.mark.parametrize("noise_n", [0.5, 3.0])
def test_noise_is_no_tapping(noise_n: float) -> None:
    time_s = np.arange(8000) / 80.0
    noise = noise_n * np.random.default_rng(2).normal(size=8000)
    assert count(Tapping(time_s, 20 + noise, np.empty(0)), 80.0).count == 0


def test_times_are_those_of_the_contacts() -> None:
    made = tap(Manner("block", spread=1.0), 240.0, 3.0, seed=4)
    found = np.array(count(made, 240.0).times_s)
    assert len(found) == len(made.taps_s)
    late_s = found - made.taps_s
    assert late_s.std() < 0.015
    assert 0.0 < late_s.mean() < 0.03


def test_the_measures_are_those_of_the_taps_made() -> None:
    made = tap(Manner(cv=0.1, slowing=0.2), 160.0, 4.0, seed=6)
    found = count(made, 160.0)
    intervals_s = np.diff(made.taps_s)
    assert found.rate_hz == pytest.approx((len(made.taps_s) - 1) / np.ptp(made.taps_s), rel=0.01)
    expected_cv = 100 * intervals_s.std(ddof=1) / intervals_s.mean()
    assert found.interval_cv_pct == pytest.approx(expected_cv, abs=2.0)
    assert found.slowing_pct == pytest.approx(20.0, abs=4.0)


def test_slowing_is_read_off_the_line_through_the_rates() -> None:
    # Intervals so that the rates fall from 4 Hz by 0.1 Hz a second, evenly.
    at_s = [0.0]
    while at_s[-1] < 10.0:
        # The rate in the middle of an interval d from t: 1 / d = 4 - 0.1 (t + d / 2).
        level = 4 - 0.1 * at_s[-1]
        at_s.append(at_s[-1] + (level - np.sqrt(level**2 - 0.2)) / 0.1)
    found = summarise_taps([at_s])
    assert found.slowing_pct == pytest.approx(100 * 0.1 * at_s[-1] / 4, rel=1e-6)
    assert found.rate_hz == pytest.approx((len(at_s) - 1) / at_s[-1])


def test_even_taps_have_no_spread_and_do_not_slow() -> None:
    found = summarise_taps([(np.arange(11) * 0.25).tolist()])
    assert (found.count, found.rate_hz) == (11, 4.0)
    assert found.interval_cv_pct == pytest.approx(0.0)
    assert found.slowing_pct == pytest.approx(0.0)


def test_no_interval_crosses_a_gap_or_a_pause() -> None:
    found = summarise_taps(
        [[0.0, 0.5, 1.0, 1.5], [21.0, 21.5, 22.0, 22.5 + PAUSE_S, 23.0 + PAUSE_S]]
    )
    assert found.count == 9
    assert found.rate_hz == pytest.approx(8 / (23.0 + PAUSE_S))
    # The pause is one of 0.5 s and more than PAUSE_S: left out.
    assert found.interval_cv_pct == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("runs", "rate_hz"),
    [([], None), ([[1.0]], None), ([[1.0, 1.5, 2.0]], 2.0), ([[5.0], [1.0]], None)],
)
def test_too_few_taps_tell_less(runs: list[list[float]], rate_hz: float | None) -> None:
    found = summarise_taps(runs)
    assert found.count == sum(map(len, runs))
    assert found.rate_hz == rate_hz
    assert (found.interval_cv_pct, found.slowing_pct) == (None, None)


def test_live_taps_come_once_each_and_soon() -> None:
    made = tap(Manner(), 80.0, 3.0, seed=8)
    counter = TapCounter(80.0)
    told: list[float] = []
    delays_s: list[float] = []
    for start in range(0, len(made.time_s), 8):
        block = slice(start, start + 8)
        new = counter.push(made.time_s[block], made.force_n[block], starts_run=start == 0)
        delays_s.extend(float(made.time_s[block][-1]) - at_s for at_s in new)
        told.extend(new)
    assert told == sorted(set(told))
    assert abs(len(told) - counter.finish().count) <= 2
    # The first ones wait until they are a series.
    assert np.median(delays_s) < 1.0


def runs_of_taps() -> list[tuple[FloatArray, FloatArray]]:
    """Return taps before and after a gap, and after a clock that stepped back."""
    made = tap(Manner(bounces=0.3), 80.0, 4.0, seed=9, lasts_s=12.0)
    first, second = 500, 900
    parts = (slice(first), slice(first, second), slice(second, None))
    shifts_s = (100.0, 103.0, 50.0)
    return [
        (made.time_s[part] + shift, made.force_n[part])
        for part, shift in zip(parts, shifts_s, strict=True)
    ]


def push_cut(sizes: Sequence[int]) -> tuple[list[float], Taps]:
    counter = TapCounter(80.0)
    told: list[float] = []
    wanted = itertools.cycle(sizes)
    for time_s, force_n in runs_of_taps():
        start = 0
        while start < len(time_s):
            stop = start + next(wanted)
            is_start = start == 0 and stop > 0
            told.extend(counter.push(time_s[start:stop], force_n[start:stop], starts_run=is_start))
            start = stop
    return told, counter.finish()


WHOLE = push_cut([10_000])


@settings(max_examples=15)
@given(sizes=st.lists(st.integers(0, 200), min_size=1, max_size=6).filter(any))
@example(sizes=[1])
@example(sizes=[0, 20])
def test_any_cutting_and_empty_blocks_give_the_same_taps(sizes: list[int]) -> None:
    told, found = push_cut(sizes)
    assert WHOLE[1].count > 40
    assert told == pytest.approx(WHOLE[0], rel=1e-9)
    assert found.times_s == pytest.approx(WHOLE[1].times_s, rel=1e-9)


def test_an_empty_block_starts_no_run() -> None:
    made = tap(Manner(), 80.0, 3.0, seed=8)
    counter = TapCounter(80.0)
    for start in range(0, len(made.time_s), 50):
        block = slice(start, start + 50)
        counter.push(made.time_s[block], made.force_n[block], starts_run=start == 0)
        assert counter.push(np.empty(0), np.empty(0), starts_run=True) == ()
    assert counter.finish().times_s == count(made, 80.0).times_s


def test_finishing_changes_nothing_and_reset_forgets() -> None:
    made = tap(Manner(), 80.0, 3.0, seed=8)
    counter = TapCounter(80.0)
    counter.push(made.time_s[:1000], made.force_n[:1000], starts_run=True)
    assert counter.finish() == counter.finish()
    counter.push(made.time_s[1000:], made.force_n[1000:], starts_run=False)
    assert counter.finish() == count(made, 80.0)
    counter.reset()
    assert counter.finish() == Taps(0, None, None, None)


@pytest.mark.parametrize("tap_hz", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_turns_of_the_foot_are_counted_where_there_is_no_force(tap_hz: float, sign: float) -> None:
    rate_hz = 104.0
    rng = np.random.default_rng(11)
    time_s = np.arange(round(34 * rate_hz)) / rate_hz
    taps_s = (
        2 + np.cumsum(np.clip(1 + 0.08 * rng.normal(size=round(30 * tap_hz)), 0.6, 1.5)) / tap_hz
    )
    tilt_deg = np.zeros_like(time_s)
    for at_s in taps_s:
        lasts_s = min(0.3, 0.7 / tap_hz)
        share = np.clip((time_s - at_s) / lasts_s, 0, 1)
        tilt_deg += sign * rng.uniform(5, 20) * (0.5 - 0.5 * np.cos(2 * np.pi * share))
    turns_dps = np.gradient(tilt_deg, time_s) + 0.8 + 0.1 * rng.normal(size=len(time_s))
    counter = TurnTaps(rate_hz)
    for start in range(0, len(time_s), 37):
        block = slice(start, start + 37)
        counter.push(time_s[block], turns_dps[block], starts_run=start == 0)
        counter.push(np.empty(0), np.empty(0), starts_run=True)
    within = taps_s[taps_s < time_s[-1] - 0.3]
    assert abs(counter.finish().count - len(within)) <= 1
    counter.reset()
    assert counter.finish().count == 0


def test_a_foot_that_sways_turns_without_tapping() -> None:
    time_s = np.arange(104 * 60) / 104.0
    turns_dps = 3.0 * np.cos(2 * np.pi * 0.4 * time_s) + 2.0 * np.cos(2 * np.pi * 0.9 * time_s)
    turns_dps += 0.1 * np.random.default_rng(1).normal(size=len(time_s))
    counter = TurnTaps(104.0)
    counter.push(time_s, turns_dps, starts_run=True)
    assert counter.finish().count == 0
