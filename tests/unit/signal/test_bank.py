"""The filter bank against scipy on the whole signal, and its calibration and sum by hand."""

from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import butter, sosfilt, sosfilt_zi

from calibration import Calibration, identity
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, ForceBlock, Quality
from trainer.core.packets import Stream, StreamInfo
from trainer.core.units import NEWTON_PER_KG, Unit
from trainer.signal.bank import BAND_HZ, LONGEST_PRODUCT, LOWPASS_HZ, PIECE, FilterBank

RATE_HZ: Final = 80.0

PAD: Final = Calibration(
    channels=("heel", "hallux", "ball", "toes"),
    zero_counts=(120_500.0, 84_000.0, 5_000.0, -31_000.0),
    matrix_n_per_count=(
        (2.2e-4, 1e-6, -4e-6, 0.0),
        (1e-6, 2.1e-4, 0.0, 3e-6),
        (-3e-6, 0.0, 2.4e-4, 5e-6),
        (0.0, -2e-6, 4e-6, 1.9e-4),
    ),
)

TOES: Final = [1, 3]
"""Columns of PAD whose sum is the detected force."""


def test_force_is_what_the_calibration_gives_with_the_detected_sum_last() -> None:
    counts = pad_counts(300)
    force = FilterBank(PAD, RATE_HZ).push(block_of(PAD, counts))
    newtons = PAD.to_newton(counts)
    assert force.channels == PAD.channels
    assert_close(force.force_n[:, :-1], newtons)
    assert_close(force.force_n[:, -1], newtons[:, TOES].sum(axis=1))


@pytest.mark.parametrize(
    ("channels", "summed"),
    [
        (("hallux", "toes", "ball", "heel"), [0, 1]),
        (("force", "hallux"), [1]),
        (("dome", "force", "heel"), [1]),
        (("heel", "dome"), [1]),
        (("ball", "heel"), [0, 1]),
        (("force",), [0]),
    ],
)
def test_the_detected_force_is_the_toes_else_force_else_dome_else_all(
    channels: tuple[str, ...], summed: list[int]
) -> None:
    data = np.random.default_rng(4).normal(size=(20, len(channels)))
    calibration = identity(channels, NEWTON_PER_KG)
    force = FilterBank(calibration, RATE_HZ).push(block_of(calibration, data))
    assert_close(force.force_n[:, -1], NEWTON_PER_KG * data[:, summed].sum(axis=1))


@pytest.mark.parametrize("size", [1, 8, 13, LONGEST_PRODUCT, LONGEST_PRODUCT + 1, 1000])
@pytest.mark.parametrize("rate_hz", [80.0, 93.1, 320.0, 1000.0])
def test_the_filters_are_sosfilt_over_the_whole_signal_from_its_steady_state(
    size: int, rate_hz: float
) -> None:
    counts = pad_counts(1000)
    found = filtered_in(FilterBank(PAD, rate_hz), counts, size)
    newtons = PAD.to_newton(counts)
    force = np.column_stack([newtons, newtons[:, TOES].sum(axis=1)])
    lowpass = whole(butter(2, LOWPASS_HZ, fs=rate_hz, output="sos"), force)
    band = whole(butter(2, BAND_HZ, "bandpass", fs=rate_hz, output="sos"), force)
    assert_close(joined(found, "force_n"), force)
    assert_close(joined(found, "lowpass_n"), lowpass)
    assert_close(joined(found, "band_n"), band)
    slope = np.diff(lowpass, axis=0, prepend=lowpass[:1]) * rate_hz
    assert_close(joined(found, "slope_n_s"), slope)


def test_a_whole_recording_at_once_is_what_sosfilt_gives() -> None:
    counts = pad_counts(2 * PIECE + 5)
    found = FilterBank(PAD, RATE_HZ).push(block_of(PAD, counts))
    newtons = PAD.to_newton(counts)
    force = np.column_stack([newtons, newtons[:, TOES].sum(axis=1)])
    assert_close(found.force_n, force)
    lowpass = whole(butter(2, LOWPASS_HZ, fs=RATE_HZ, output="sos"), force)
    assert_close(found.lowpass_n, lowpass)
    assert_close(
        found.band_n, whole(butter(2, BAND_HZ, "bandpass", fs=RATE_HZ, output="sos"), force)
    )
    assert_close(found.slope_n_s, np.diff(lowpass, axis=0, prepend=lowpass[:1]) * RATE_HZ)


def test_long_and_short_blocks_continue_each_other() -> None:
    counts = pad_counts(1000)
    expected = filtered_in(FilterBank(PAD, RATE_HZ), counts, 1000)[0]
    bank = FilterBank(PAD, RATE_HZ)
    stops = [1, 9, 73, 138, 500, 501, 565, 900, 901, 1000]
    found = [
        bank.push(block_of(PAD, counts[start:stop], start, is_start=start == 0))
        for start, stop in zip([0, *stops], stops, strict=False)
    ]
    for name in ("force_n", "lowpass_n", "band_n", "slope_n_s"):
        assert_close(joined(found, name), getattr(expected, name))


LENGTHS: Final = st.one_of(
    st.integers(0, 20),
    st.integers(LONGEST_PRODUCT - 1, LONGEST_PRODUCT + 2),
    st.integers(LONGEST_PRODUCT + 3, 3 * LONGEST_PRODUCT),
)


@given(st.lists(LENGTHS, min_size=1, max_size=9), st.sampled_from([20.0, 93.1, 240.0]))
def test_any_cutting_gives_what_sosfilt_gives_of_the_whole(
    lengths: list[int], rate_hz: float
) -> None:
    counts = pad_counts(max(1, sum(lengths)))
    bank = FilterBank(PAD, rate_hz)
    found, start = [], 0
    for length in lengths:
        stop = min(len(counts), start + length)
        found.append(bank.push(block_of(PAD, counts[start:stop], start, is_start=start == 0)))
        start = stop
    newtons = PAD.to_newton(counts[:start])
    force = np.column_stack([newtons, newtons[:, TOES].sum(axis=1)])
    if len(force) == 0:
        return
    low_hz, band_hz = min(LOWPASS_HZ, 0.45 * rate_hz), min(BAND_HZ[1], 0.45 * rate_hz)
    lowpass = whole(butter(2, low_hz, fs=rate_hz, output="sos"), force)
    band = whole(butter(2, (BAND_HZ[0], band_hz), "bandpass", fs=rate_hz, output="sos"), force)
    assert_close(joined(found, "force_n"), force)
    assert_close(joined(found, "lowpass_n"), lowpass)
    assert_close(joined(found, "band_n"), band)
    slope = np.diff(lowpass, axis=0, prepend=lowpass[:1]) * rate_hz
    assert_close(joined(found, "slope_n_s"), slope)


@pytest.mark.parametrize("size", [1, 8, 300])
def test_a_run_starts_as_if_its_first_sample_had_lasted_for_ever(size: int) -> None:
    counts = np.repeat(pad_counts(1), 300, axis=0)
    for force in filtered_in(FilterBank(PAD, RATE_HZ), counts, size):
        assert_close(force.lowpass_n, force.force_n)
        assert_close(force.band_n, np.zeros_like(force.band_n))
        assert_close(force.slope_n_s, np.zeros_like(force.slope_n_s))


@pytest.mark.parametrize("size", [8, 200])
def test_a_new_run_starts_the_filters_anew(size: int) -> None:
    bank = FilterBank(PAD, RATE_HZ)
    filtered_in(bank, pad_counts(200) + 300_000, size)
    counts = pad_counts(400)
    again = filtered_in(bank, counts, size)
    expected = filtered_in(FilterBank(PAD, RATE_HZ), counts, size)
    for name in ("lowpass_n", "band_n", "slope_n_s"):
        np.testing.assert_array_equal(joined(again, name), joined(expected, name))


def test_a_reset_bank_starts_anew_without_being_told_of_a_run() -> None:
    bank = FilterBank(PAD, RATE_HZ)
    bank.push(block_of(PAD, pad_counts(50) + 300_000))
    bank.reset()
    block = block_of(PAD, pad_counts(50), 50, is_start=False)
    expected = FilterBank(PAD, RATE_HZ).push(block)
    np.testing.assert_array_equal(bank.push(block).lowpass_n, expected.lowpass_n)


def test_a_block_without_the_mark_of_a_run_continues_the_one_before() -> None:
    bank = FilterBank(PAD, RATE_HZ)
    bank.push(block_of(PAD, np.repeat(pad_counts(1), 8, axis=0)))
    step = bank.push(block_of(PAD, np.repeat(pad_counts(1), 8, axis=0) + 50_000, 8, is_start=False))
    assert abs(step.slope_n_s[0, -1]) > 100
    assert abs(step.lowpass_n[0, -1] - step.force_n[0, -1]) > 1


@pytest.mark.parametrize("rate_hz", [5.0, 10.0, 20.0])
def test_a_slow_stream_has_its_filters_below_its_own_limit(rate_hz: float) -> None:
    counts = pad_counts(400)
    found = filtered_in(FilterBank(PAD, rate_hz), counts, 8)
    nyquist_hz = rate_hz / 2
    force = joined(found, "force_n")
    low_hz = min(LOWPASS_HZ, 0.9 * nyquist_hz)
    band_hz = (min(4.0, 0.5 * nyquist_hz), min(12.0, 0.9 * nyquist_hz))
    assert_close(
        joined(found, "lowpass_n"), whole(butter(2, low_hz, fs=rate_hz, output="sos"), force)
    )
    assert_close(
        joined(found, "band_n"),
        whole(butter(2, band_hz, "bandpass", fs=rate_hz, output="sos"), force),
    )


def test_tremor_passes_the_band_and_a_press_does_not() -> None:
    calibration = identity(("force",))
    time_s = np.arange(1600) / RATE_HZ
    press_n, tremor_n = 20.0 * np.sin(0.6 * time_s), np.sin(2 * np.pi * 8.0 * time_s)
    force = FilterBank(calibration, RATE_HZ).push(
        block_of(calibration, (press_n + tremor_n)[:, None])
    )
    settled = force.band_n[400:, -1]
    assert np.sqrt(np.mean(settled**2)) == pytest.approx(np.sqrt(0.5), rel=0.05)


@pytest.mark.parametrize("count", [0, 3, 100])
def test_index_stamps_quality_and_start_are_handed_on(count: int) -> None:
    block = block_of(PAD, pad_counts(count), 77)
    block.quality[1:2] = Quality.HELD
    force = FilterBank(PAD, RATE_HZ).push(block)
    assert (force.first_index, force.starts_run) == (77, True)
    np.testing.assert_array_equal(force.time_s, block.time_s)
    np.testing.assert_array_equal(force.quality, block.quality)
    for array in (force.force_n, force.lowpass_n, force.band_n, force.slope_n_s):
        assert array.shape == (count, 5)


def test_what_was_given_before_does_not_change_with_the_next_block() -> None:
    bank = FilterBank(PAD, RATE_HZ)
    first = bank.push(block_of(PAD, pad_counts(8)))
    kept = {name: getattr(first, name).copy() for name in ("force_n", "lowpass_n", "slope_n_s")}
    bank.push(block_of(PAD, pad_counts(8) + 50_000, 8, is_start=False))
    for name, before in kept.items():
        np.testing.assert_array_equal(getattr(first, name), before)


def pad_counts(count: int) -> FloatArray:
    """Return (n, 4) counts: a slow press, noise and the zero of each cell."""
    rng = np.random.default_rng(6)
    press = 90_000 * np.sin(np.arange(count) / 40)[:, None] * np.array([-0.4, 1.0, 0.2, 0.8])
    zero = np.array([300_000.0, 100_000.0, 60_000.0, -10_000.0])
    counts: FloatArray = np.rint(zero + press + rng.normal(0.0, 800.0, (count, 4)))
    return counts


def block_of(
    calibration: Calibration, data: FloatArray, first_index: int = 0, *, is_start: bool = True
) -> Block:
    info = StreamInfo(Stream.FORCE, calibration.channels, Unit.COUNTS)
    time_s = (first_index + np.arange(len(data))) / RATE_HZ
    quality = np.zeros(len(data), dtype=np.uint8)
    return Block(info, first_index, time_s, data, quality, starts_run=is_start)


def filtered_in(bank: FilterBank, counts: FloatArray, size: int) -> list[ForceBlock]:
    """Return the blocks of a run that is pushed in pieces of one size."""
    return [
        bank.push(block_of(PAD, counts[start : start + size], start, is_start=start == 0))
        for start in range(0, len(counts), size)
    ]


def whole(sections: FloatArray, force_n: FloatArray) -> FloatArray:
    """Return a signal filtered at once, from the steady state of its first sample."""
    state = sosfilt_zi(sections)[:, :, None] * force_n[0]
    return np.asarray(sosfilt(sections, force_n, axis=0, zi=state)[0])


def joined(blocks: list[ForceBlock], name: str) -> FloatArray:
    return np.concatenate([getattr(block, name) for block in blocks])


def assert_close(found: FloatArray, expected: FloatArray) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
