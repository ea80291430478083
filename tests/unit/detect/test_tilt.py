"""The pitch at a time, and by how much a hold changed it."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.hold import Hold
from trainer.detect.tilt import TiltTrack

RATE_HZ = 104.0


def block_of(
    time_s: FloatArray, pitch_deg: FloatArray, first_index: int = 0, *, starts_run: bool = True
) -> AttitudeBlock:
    count = len(time_s)
    return AttitudeBlock(
        first_index,
        time_s,
        pitch_deg,
        np.zeros(count),
        np.zeros((count, 3)),
        np.zeros((count, 3)),
        np.zeros(count, dtype=np.uint8),
        starts_run,
    )


def hold_of(start_s: float, end_s: float, *, is_finished: bool = True) -> Hold:
    return Hold(
        start_s=start_s,
        end_s=end_s,
        peak_n=30.0,
        plateau_n=30.0,
        mean_n=30.0,
        cv_pct=None,
        rfd_n_s=None,
        impulse_n_s=60.0,
        best_half_second_n=None,
        tremor_n=None,
        heel_change_n=None,
        trunk_push_n=None,
        is_finished=is_finished,
        is_saturated=False,
        lost_samples=0,
        rest_n=0.0,
    )


def lifted(time_s: FloatArray) -> FloatArray:
    """Return a rest at 1 deg that drifts, 6 deg more from 5 to 7 s, 4 deg less from 10 to 12 s."""
    rise = np.clip((time_s - 4.85) / 0.3, 0, 1) - np.clip((time_s - 6.85) / 0.3, 0, 1)
    fall = np.clip((time_s - 9.85) / 0.3, 0, 1) - np.clip((time_s - 11.85) / 0.3, 0, 1)
    return np.asarray(1.0 + 0.01 * time_s + 6.0 * rise - 4.0 * fall)


TIME_S = np.arange(round(15 * RATE_HZ)) / RATE_HZ


def track_of(*blocks: AttitudeBlock, keep_s: float = math.inf) -> TiltTrack:
    track = TiltTrack(keep_s)
    for block in blocks:
        track.push(block)
    return track


def test_a_hold_with_a_rising_heel_changes_the_pitch_up_and_one_with_raised_toes_down() -> None:
    track = track_of(block_of(TIME_S, lifted(TIME_S)))
    assert track.change_deg(hold_of(5.0, 7.0)) == pytest.approx(6.0, abs=0.03)
    assert track.change_deg(hold_of(10.0, 12.0)) == pytest.approx(-4.0, abs=0.03)


def test_the_answer_is_the_same_before_the_rest_after_the_hold_is_known() -> None:
    early = TIME_S < 7.3
    live = track_of(block_of(TIME_S[early], lifted(TIME_S)[early]))
    later = track_of(block_of(TIME_S, lifted(TIME_S)))
    assert live.change_deg(hold_of(5.0, 7.0)) == later.change_deg(hold_of(5.0, 7.0))


def test_without_rest_before_the_hold_the_rest_after_it_counts() -> None:
    pitch_deg = lifted(TIME_S)
    pitch_deg[TIME_S < 4.9] = np.nan
    track = track_of(block_of(TIME_S, pitch_deg))
    assert track.change_deg(hold_of(5.0, 7.0)) == pytest.approx(6.0, abs=0.05)
    assert track.change_deg(hold_of(5.0, 7.0, is_finished=False)) is None


def test_a_hold_that_was_not_seen_has_no_change() -> None:
    track = track_of(block_of(TIME_S, lifted(TIME_S)))
    assert track.change_deg(hold_of(40.0, 42.0)) is None
    assert TiltTrack().change_deg(hold_of(5.0, 7.0)) is None
    unknown = track_of(block_of(TIME_S, np.full(len(TIME_S), np.nan)))
    assert unknown.change_deg(hold_of(5.0, 7.0)) is None


def test_pitch_is_interpolated_within_a_run_and_unknown_outside() -> None:
    first, second = TIME_S < 5.0, TIME_S > 6.0
    track = track_of(
        block_of(TIME_S[first], 2.0 * TIME_S[first]),
        block_of(TIME_S[second], 3.0 * TIME_S[second]),
    )
    asked_s = np.array([-1.0, 0.0, 1.2345, 5.5, 7.7777, 99.0])
    expected = np.array([np.nan, 0.0, 2.469, np.nan, 23.3331, np.nan])
    np.testing.assert_allclose(track.pitch_at(asked_s), expected)
    assert len(track.pitch_at(np.empty(0))) == 0
    assert np.isnan(TiltTrack().pitch_at(asked_s)).all()


def test_after_a_clock_that_stepped_back_a_time_means_its_last_occurrence() -> None:
    track = track_of(
        block_of(TIME_S + 2.0, np.full(len(TIME_S), 50.0)), block_of(TIME_S, lifted(TIME_S))
    )
    assert track.pitch_at(np.array([6.0, 16.0])) == pytest.approx([7.06, 50.0])
    assert track.change_deg(hold_of(5.0, 7.0)) == pytest.approx(6.0, abs=0.03)


def test_live_memory_is_bounded_and_keeps_the_newest() -> None:
    track = TiltTrack(keep_s=20.0)
    for first in range(0, 30_000, 8):
        time_s = np.arange(first, first + 8) / RATE_HZ
        track.push(block_of(time_s, time_s, first, starts_run=first == 0))
    end_s = 29_999 / RATE_HZ
    known = np.isfinite(track.pitch_at(np.arange(0.0, end_s, 0.1)))
    assert 195 <= known.sum() <= 202
    assert known[-1]


def cut(sizes: Sequence[int]) -> list[AttitudeBlock]:
    pitch_deg = lifted(TIME_S)
    blocks: list[AttitudeBlock] = []
    start = position = 0
    while start < len(TIME_S):
        stop = start + sizes[position % len(sizes)]
        position += 1
        blocks.append(
            block_of(TIME_S[start:stop], pitch_deg[start:stop], start, starts_run=start == 0)
        )
        start = stop
    return blocks


@given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=5), is_start=st.booleans())
def test_neither_the_cutting_nor_an_empty_block_changes_the_answer(
    sizes: list[int], is_start: bool
) -> None:
    whole = track_of(block_of(TIME_S, lifted(TIME_S)))
    track = TiltTrack()
    for block in cut(sizes):
        track.push(block)
        track.push(block_of(np.empty(0), np.empty(0), starts_run=is_start))
    asked_s = np.linspace(-1.0, 16.0, 77)
    np.testing.assert_allclose(track.pitch_at(asked_s), whole.pitch_at(asked_s), rtol=1e-9)
    assert track.change_deg(hold_of(5.0, 7.0)) == whole.change_deg(hold_of(5.0, 7.0))


def test_a_reset_track_is_empty() -> None:
    track = track_of(block_of(TIME_S, lifted(TIME_S)))
    track.reset()
    assert track.change_deg(hold_of(5.0, 7.0)) is None
