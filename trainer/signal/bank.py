"""Counts to newtons, and every filter of the route, as one matrix product per block.

Columns are the cells and their detected sum; rows of the product are the block's force, its
low-pass, its tremor band, the slope, and the filters' next state. The same states serve sosfilt,
which takes over for long blocks.
"""

from typing import Final

import numpy as np
from scipy.signal import butter, sosfilt

from calibration import Calibration
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, ForceBlock
from trainer.core.packets import detected_columns
from trainer.signal.statespace import block_response, from_sections, steady_state

LOWPASS_HZ: Final = 15.0
"""For the eye only: low-passing the detected force costs 13 ms and gains nothing (measured)."""

BAND_HZ: Final = (4.0, 12.0)
"""Holds the 8-10 Hz peak of physiological tremor (Sutton and Sykes 1967)."""

LONGEST_PRODUCT: Final = 128
"""Samples up to which the product is cheaper: 40 us against 59 by two calls of sosfilt (measured
on x86); they meet at about 200, where a product of each length would fill a megabyte."""

PIECE: Final = 16_384
"""Samples of a long block at a time: 650 kB per array of four cells and their sum."""


class FilterBank:
    """Turn blocks into calibrated, filtered force; a run starts in the steady state."""

    def __init__(self, calibration: Calibration, rate_hz: float) -> None:
        self._channels = calibration.channels
        cells = calibration.matrix()
        detected = np.zeros(len(cells))
        detected[list(detected_columns(self._channels))] = 1.0
        self._detected = detected
        weights = np.vstack([np.eye(len(cells)), detected])
        self._gain = np.ascontiguousarray((weights @ cells).T)
        self._offset = -calibration.zero() @ self._gain
        nyquist_hz = rate_hz / 2
        low_hz = min(LOWPASS_HZ, 0.9 * nyquist_hz)
        band_hz = (min(BAND_HZ[0], 0.5 * nyquist_hz), min(BAND_HZ[1], 0.9 * nyquist_hz))
        self._low_sections = butter(2, low_hz, fs=rate_hz, output="sos")
        self._band_sections = butter(2, band_hz, "bandpass", fs=rate_hz, output="sos")
        self._rate_hz = rate_hz
        self._low = from_sections(self._low_sections)
        self._band = from_sections(self._band_sections)
        self._low_size = len(self._low.b)
        self._steady = np.concatenate(
            [steady_state(self._low), steady_state(self._band), np.ones(1)]
        )
        self._products: dict[int, tuple[FloatArray, FloatArray]] = {}
        self._state: FloatArray | None = None

    def reset(self) -> None:
        """Forget the filters' states, as at the start."""
        self._state = None

    def push(self, block: Block) -> ForceBlock:
        """Return the calibrated and filtered block."""
        count = len(block.time_s)
        if count == 0:
            empty = np.empty((0, len(self._offset)))
            return self._wrap(block, empty, empty, empty, empty)
        if self._state is None or block.starts_run:
            self._state = self._steady[:, None] * (block.data[0] @ self._gain + self._offset)
        if count > LONGEST_PRODUCT:
            return self._filter_long(block)
        product = self._products.get(count)
        if product is None:
            product = self._products[count] = self._make_product(count)
        matrix, entry = product
        # `dot` costs half of what `@` does on matrices this small.
        np.dot(block.data, self._gain, out=entry[:count])
        entry[count:-1] = self._state
        result = matrix.dot(entry)
        self._state = result[4 * count :]
        return ForceBlock(
            self._channels,
            block.first_index,
            block.time_s,
            result[:count],
            result[count : 2 * count],
            result[2 * count : 3 * count],
            result[3 * count : 4 * count],
            block.quality,
            block.starts_run,
        )

    def _make_product(self, count: int) -> tuple[FloatArray, FloatArray]:
        """Return the matrix and its reusable right factor: force, states and offset as rows."""
        low_out, low_next = block_response(self._low, count)
        band_out, band_next = block_response(self._band, count)
        low, size = self._low_size, len(self._steady)
        states = slice(count, count + low), slice(count + low, count + size - 1)
        matrix = np.zeros((count + size + 1, 4 * count + size))
        matrix[:count, :count] = np.eye(count)
        for rows, out, after, column, width in (
            (states[0], low_out, low_next, count, low),
            (states[1], band_out, band_next, 2 * count, size - 1 - low),
        ):
            start = 4 * count + (0 if rows is states[0] else low)
            matrix[:count, column : column + count] = out[:count]
            matrix[rows, column : column + count] = out[count:]
            matrix[:count, start : start + width] = after[:count]
            matrix[rows, start : start + width] = after[count:]
        self._add_slope(matrix, count, size)
        # The offset enters every sample alike, so its row is the sum of the sample rows.
        matrix[-1] = matrix[:count].sum(axis=0)
        entry = np.zeros((count + size + 1, len(self._offset)))
        entry[-1] = self._offset
        return np.ascontiguousarray(matrix.T), entry

    def _add_slope(self, matrix: FloatArray, count: int, size: int) -> None:
        low = matrix[:, count : 2 * count]
        slope = low.copy()
        slope[:, 1:] -= low[:, :-1]
        slope[count + size - 1, 0] -= 1.0
        matrix[:, 3 * count : 4 * count] = slope * self._rate_hz
        matrix[:, 4 * count + size - 1] = low[:, -1]

    def _filter_long(self, block: Block) -> ForceBlock:
        count, columns = len(block.time_s), len(self._offset)
        # Channel by channel, as sosfilt walks; piece by piece, so that what lies between input
        # and output stays in the processor's cache.
        found = np.empty((4, columns, count))
        for start in range(0, count, PIECE):
            stop = min(count, start + PIECE)
            self._filter_piece(block.data[start:stop], found[:, :, start:stop])
        return self._wrap(block, *(part.T for part in found))

    def _filter_piece(self, data: FloatArray, found: FloatArray) -> None:
        """Fill force, low-pass, band and slope, each (cell + 1, n), and go on from there."""
        assert self._state is not None
        low, cells = self._low_size, self._state[:, :-1]
        force, lowpass, band, slope = found
        # On arrays this flat, BLAS starts its threads for nothing: ten times dearer (measured).
        np.einsum("ij,jn->in", self._gain.T, np.ascontiguousarray(data.T), out=force)
        force += self._offset[:, None]
        low_state = self._filter_cells(self._low_sections, force, cells[:low], lowpass)
        band_state = self._filter_cells(self._band_sections, force, cells[low:-1], band)
        np.subtract(lowpass[:, :1], self._state[-1:].T, out=slope[:, :1])
        np.subtract(lowpass[:, 1:], lowpass[:, :-1], out=slope[:, 1:])
        slope *= self._rate_hz
        self._state = np.concatenate([low_state, band_state, lowpass[:, -1:].T])

    def _filter_cells(
        self, sections: FloatArray, force: FloatArray, state: FloatArray, found: FloatArray
    ) -> FloatArray:
        """Fill (cell + 1, n) filtered force; return the (m, cell + 1) states after it.

        What is filtered of a sum is the sum of what is filtered, so the sum costs no filter.
        """
        cells = len(force) - 1
        entry = state.reshape(-1, 2, cells).transpose(0, 2, 1)
        found[:-1], final = sosfilt(sections, force[:-1], zi=entry)
        np.einsum("j,jn->n", self._detected, found[:-1], out=found[-1])
        after = final.transpose(0, 2, 1).reshape(-1, cells)
        return np.column_stack([after, after @ self._detected])

    def _wrap(
        self,
        block: Block,
        force: FloatArray,
        lowpass: FloatArray,
        band: FloatArray,
        slope: FloatArray,
    ) -> ForceBlock:
        return ForceBlock(
            self._channels,
            block.first_index,
            block.time_s,
            force,
            lowpass,
            band,
            slope,
            block.quality,
            block.starts_run,
        )
